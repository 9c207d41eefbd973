#include "core/limits/limits.h"

#include <utility>

namespace ordeal::limits {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

std::string slot_key(const PermitTerms& terms, std::int64_t slot) {
  return "permit:" + terms.name + ":" + std::to_string(slot);
}

class Leases final : public Permits {
 public:
  Admitted acquire(env::Cache& cache, const PermitTerms& terms, std::string holder) override {
    env::CacheWords keys;
    for (std::int64_t slot = 1; slot <= terms.capacity; ++slot) keys.push_back(slot_key(terms, slot));
    const auto reply =
        cache.script("acquire_permit", keys, {holder, std::to_string(terms.lease.ns / kMillisecond)});
    if (!reply) return {};
    if (reply->integer == 0) return {Admission::none, {}};
    return {Admission::granted, {reply->integer, std::move(holder)}};
  }
  // What a silent cache may have granted runs out by itself.
  void release(env::Cache& cache, const PermitTerms& terms, const Permit& permit) override {
    if (permit.slot != 0)
      (void)cache.script("release_permit", {slot_key(terms, permit.slot)}, {permit.holder});
  }
};

}  // namespace

std::unique_ptr<Permits> make_permits(std::string_view name) {
  return name == "leases" ? std::make_unique<Leases>() : nullptr;
}

bool take_token(env::Cache& cache, const RateTerms& terms) {
  if (terms.rate == 0) return true;
  const auto reply =
      cache.script("take_token", {"rate:" + terms.name},
                   {std::to_string(terms.rate), std::to_string(terms.interval.ns / kMillisecond)});
  return !reply || reply->integer == 1;
}

}  // namespace ordeal::limits
