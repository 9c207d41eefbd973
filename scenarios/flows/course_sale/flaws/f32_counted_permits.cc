// F-32: `tryAcquire(); try { … } finally { release(); }` over a counter in the cache, Redisson's RSemaphore. No `finally` runs in a
// process that dies, so its permit never comes back; when all have gone that way nobody gets in any more (I-68).
#include <string>
#include <utility>

#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale::planted {
namespace {

class CountedPermits final : public limits::Permits {
 public:
  limits::Admitted acquire(env::Cache& cache, const limits::PermitTerms& terms, std::string holder) override {
    const auto out = cache.add(key(terms), 1);
    if (!out) return {};
    if (*out <= terms.capacity) return {limits::Admission::granted, {*out, std::move(holder)}};
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

std::unique_ptr<limits::Permits> make_counted_permits() { return std::make_unique<CountedPermits>(); }

}  // namespace ordeal::course_sale::planted
