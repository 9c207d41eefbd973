// F-29: a node that has seen nothing left says "sold out" until it hears that a unit came back. The news are told once, to whoever
// listens just then: a node that misses them sends everybody away while seats are there (I-19).
#include <set>

#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale::planted {
namespace {

class UntilTold final : public seckill::SoldOut {
 public:
  void start(env::Env& env) override {
    env_ = &env;
    seckill::hear_units_are_back(env, [this](Of course, std::int64_t) { flags_.erase(course); });
  }
  bool is_set(Of course) override { return flags_.contains(course); }
  void set(Of course, std::int64_t, Duration) override { flags_.insert(course); }
  void clear(Of course, std::int64_t version) override {
    flags_.erase(course);
    seckill::tell_units_are_back(*env_, course, version);
  }

 private:
  env::Env* env_ = nullptr;
  std::set<Of> flags_;
};

}  // namespace

std::unique_ptr<seckill::SoldOut> make_until_told() { return std::make_unique<UntilTold>(); }

}  // namespace ordeal::course_sale::planted
