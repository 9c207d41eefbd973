#include "tests/flows/lending/parts.h"

#include "faults/text.h"

namespace ordeal::lending {

using play::Shape;

namespace {

constexpr std::int64_t kMaxUmbrellas = 10'000;
constexpr std::int64_t kMaxBorrowers = 10'000;

const Shape<Stand>& inner_stand_shape() {
  static const Shape<Stand> shape = [] {
    Shape<Stand> s;
    s.integer("umbrellas", &Stand::umbrellas, 1, kMaxUmbrellas, "how many there are").may_get_smaller(1);
    s.duration("loan", &Stand::loan, "how long one may be kept").may_get_smaller();
    return s;
  }();
  return shape;
}

}  // namespace

const Shape<StandSetting>& stand_shape() {
  static const Shape<StandSetting> shape = [] {
    Shape<StandSetting> s;
    s.object("stand", &StandSetting::stand, inner_stand_shape(), "what there is to lend");
    return s;
  }();
  return shape;
}

const Shape<WeatherSpec>& weather_shape() {
  static const Shape<WeatherSpec> shape = [] {
    Shape<WeatherSpec> s;
    s.chance("rain", &WeatherSpec::rain, "of the times that it is asked").optional().may_get_smaller();
    return s;
  }();
  return shape;
}

const Shape<BorrowingSpec>& borrowing_shape() {
  using B = BorrowingSpec;
  static const Shape<B> shape = [] {
    Shape<B> s;
    s.integer("borrowers", &B::borrowers, 1, kMaxBorrowers, "how many come, each to borrow once");
    s.duration("arrive", &B::arrive, "all come before this");
    s.span("keeps", &B::keeps_min, &B::keeps_max, "from borrowing to giving back").may_get_smaller();
    s.chance("forgetful", &B::forgetful, "never bring it back").optional().may_get_smaller();
    s.chance("double_click", &B::double_click, "ask twice at once").optional().may_get_smaller();
    return s;
  }();
  return shape;
}

void check_borrowing(const play::Part& part, const play::Scenario& scenario, const play::Place& place) {
  const auto& work = part.as<BorrowingSpec>();
  if (work.arrive.ns == 0 || work.arrive > scenario.storm)
    place.key("arrive").fail("longer than nothing and at most the storm, " + faults::text(scenario.storm),
                             "\"" + faults::text(work.arrive) + "\"");
  if (scenario.setting<StandSetting>().stand.umbrellas == 0)
    place.fail("something to borrow: the key \"stand\" of the scenario", "none");
}

}  // namespace ordeal::lending
