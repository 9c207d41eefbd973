// A permit is a key of its own, with its holder's name in it and a time after which it is free again. Whoever dies gives nothing back,
// and need not. Whoever comes late gives back nothing but his own: the script deletes the key only where his name still stands.
#include <string>
#include <utility>

#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale::planted {
namespace {

class LeasedPermits final : public limits::Permits {
 public:
  limits::Admitted acquire(env::Cache& cache, const limits::PermitTerms& terms, std::string holder) override {
    env::CacheWords keys;
    for (std::int64_t slot = 1; slot <= terms.capacity; ++slot) keys.push_back(key(terms, slot));
    const std::string life = std::to_string(terms.lease.ns / 1'000'000);
    const auto reply = cache.script("acquire_permit", keys, {holder, life});
    if (!reply) return {};
    if (reply->integer == 0) return {limits::Admission::none, {}};
    return {limits::Admission::granted, {reply->integer, std::move(holder)}};
  }
  void release(env::Cache& cache, const limits::PermitTerms& terms, const limits::Permit& permit) override {
    if (permit.slot != 0) (void)cache.script("release_permit", {key(terms, permit.slot)}, {permit.holder});
  }

 private:
  static std::string key(const limits::PermitTerms& terms, std::int64_t slot) {
    return "permit:" + terms.name + ":" + std::to_string(slot);
  }
};

}  // namespace

std::unique_ptr<limits::Permits> make_counted_permits() { return std::make_unique<LeasedPermits>(); }

}  // namespace ordeal::course_sale::planted
