// The counter expires: if nobody who holds a permit comes back for as long as the lease, all of them are free again.
#include <string>
#include <utility>

#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale::planted {
namespace {

class ExpiringCount final : public limits::Permits {
 public:
  limits::Admitted acquire(env::Cache& cache, const limits::PermitTerms& terms, std::string holder) override {
    const auto out = cache.add(key(terms), 1);
    if (!out) return {};
    if (*out == 1) (void)cache.expire(key(terms), terms.lease);
    if (*out <= terms.capacity) return {limits::Admission::granted, {1, std::move(holder)}};
    (void)cache.add(key(terms), -1);
    return {limits::Admission::none, {}};
  }
  void release(env::Cache& cache, const limits::PermitTerms& terms, const limits::Permit& permit) override {
    if (permit.slot != 0) (void)cache.add(key(terms), -1);
  }

 private:
  static std::string key(const limits::PermitTerms& terms) { return "permits-out:" + terms.name; }
};

}  // namespace

std::unique_ptr<limits::Permits> make_counted_permits() { return std::make_unique<ExpiringCount>(); }

}  // namespace ordeal::course_sale::planted
