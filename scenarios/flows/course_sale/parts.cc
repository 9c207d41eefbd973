#include "scenarios/flows/course_sale/parts.h"

#include "faults/text.h"

namespace ordeal::course_sale {

using play::Shape;

namespace {

constexpr std::int64_t kMostSeats = 100'000;
constexpr std::int64_t kMostLearners = 10'000;
constexpr std::int64_t kMostPermits = 64;

const Shape<CourseSpec>& course_shape() {
  static const Shape<CourseSpec> shape = [] {
    Shape<CourseSpec> s;
    s.text("course", &CourseSpec::name, "its name");
    s.money("price", &CourseSpec::price, "of a seat");
    s.integer("seats", &CourseSpec::seats, 1, kMostSeats, "how many there are").may_get_smaller(1);
    return s;
  }();
  return shape;
}

const Shape<Sale>& inner_sale_shape() {
  static const Shape<Sale> shape = [] {
    Shape<Sale> s;
    s.duration("opens", &Sale::opens, "after the trial began");
    s.duration("lasts", &Sale::lasts, "from opening to closing");
    s.duration("confirm_within", &Sale::confirm_within, "how long a winner may take to confirm");
    s.duration("pay_within", &Sale::pay_within, "how long who confirmed may take to pay");
    s.integer("permits", &Sale::permits, 1, kMostPermits, "grabs that are looked at at one time");
    s.duration("lease", &Sale::lease, "after which a permit comes back by itself");
    s.integer("rate", &Sale::rate, 0, kMostLearners, "grabs that are let in in a second; 0: all").optional();
    s.list("courses", &Sale::courses, course_shape(), 1, "what is sold");
    return s;
  }();
  return shape;
}

}  // namespace

const Shape<SaleSetting>& sale_shape() {
  static const Shape<SaleSetting> shape = [] {
    Shape<SaleSetting> s;
    s.object("sale", &SaleSetting::sale, inner_sale_shape(), "the flash sale");
    return s;
  }();
  return shape;
}

const Shape<OfficeSpec>& office_shape() {
  static const Shape<OfficeSpec> shape = [] {
    Shape<OfficeSpec> s;
    s.duration("publishes", &OfficeSpec::publishes, "after the trial began");
    s.chance("again", &OfficeSpec::again, "that it publishes the same once more while the sale is open")
        .optional()
        .may_get_smaller();
    return s;
  }();
  return shape;
}

const Shape<TillSpec>& till_shape() {
  static const Shape<TillSpec> shape = [] {
    Shape<TillSpec> s;
    s.chance("declines", &TillSpec::declines, "of the charges").optional().may_get_smaller();
    s.chance("slow", &TillSpec::slow, "of the charges take half a minute").optional().may_get_smaller();
    return s;
  }();
  return shape;
}

const Shape<RushSpec>& rush_shape() {
  using R = RushSpec;
  static const Shape<R> shape = [] {
    Shape<R> s;
    s.integer("learners", &R::learners, 1, kMostLearners, "how many come, each for one seat");
    s.duration("from", &R::from, "after the sale opened").may_get_smaller();
    s.duration("until", &R::until, "they come before this, after the sale opened").may_get_smaller();
    s.chance("early", &R::early, "have a countdown that runs fast").optional().may_get_smaller();
    s.chance("second_device", &R::second_device, "ask on two devices at once").optional().may_get_smaller();
    s.chance("never_confirms", &R::never_confirms, "win and leave").optional().may_get_smaller();
    s.chance("never_pays", &R::never_pays, "confirm and leave").optional().may_get_smaller();
    s.span("think", &R::think_min, &R::think_max, "before each step").may_get_smaller();
    return s;
  }();
  return shape;
}

void check_rush(const play::Part& part, const play::Scenario& scenario, const play::Place& place) {
  const Sale& sale = scenario.setting<SaleSetting>().sale;
  if (sale.courses.empty()) place.fail("something to sell: the key \"sale\" of the scenario", "none");
  if (scenario.cache_host() == nullptr)
    place.fail("a host that is a cache, such as {\"name\": \"cache\", \"cache\": {}}, for a flash sale",
               "none");
  const auto& rush = part.as<RushSpec>();
  if (rush.until < rush.from)
    place.key("until").fail("at least \"from\", " + faults::text(rush.from),
                            "\"" + faults::text(rush.until) + "\"");
  if (sale.opens + rush.until > scenario.storm)
    place.key("until").fail("a time of the storm, " + faults::text(scenario.storm),
                            "\"" + faults::text(rush.until) + "\" after the opening");
}

}  // namespace ordeal::course_sale
