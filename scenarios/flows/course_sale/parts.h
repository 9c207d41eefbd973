// What a scenario may say about a flash sale: the sale itself, the office that publishes it, the till, and those who come.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/seckill.h"
#include "core/base/ratio.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"

namespace ordeal::course_sale {

struct CourseSpec {
  std::string name;
  Money price{};
  std::int64_t seats = 0;
};

struct Sale {
  Duration opens{};  // after the trial began
  Duration lasts{};
  Duration confirm_within{};
  Duration pay_within{};
  std::int64_t permits = 2;
  Duration lease{};
  std::int64_t rate = 0;  // grabs a second; 0: no limit
  std::vector<CourseSpec> courses;
};

// The setting "sale".
struct SaleSetting {
  Sale sale;
};

struct OfficeSpec {
  Duration publishes{};         // after the trial began
  Ratio again = Ratio::zero();  // publishes the same once more while the sale is open
};

struct TillSpec {
  Ratio declines = Ratio::zero();
  Ratio slow = Ratio::zero();
};

struct RushSpec {
  std::uint32_t learners = 0;
  Duration from{};  // after the sale opened
  Duration until{};
  Ratio early = Ratio::zero();  // their countdown runs fast
  Ratio second_device = Ratio::zero();
  Ratio never_confirms = Ratio::zero();
  Ratio never_pays = Ratio::zero();
  Duration think_min{};
  Duration think_max{};
};

const play::Shape<SaleSetting>& sale_shape();
const play::Shape<OfficeSpec>& office_shape();
const play::Shape<TillSpec>& till_shape();
const play::Shape<RushSpec>& rush_shape();
void check_rush(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

// The one activity of a scenario, and its courses in the order of the file.
inline constexpr seckill::ActivityId kActivity{1};
inline seckill::CourseId course_id(std::size_t index) { return {static_cast<std::int64_t>(index) + 1}; }

// Hours as the wall clocks of hosts have them when they are right.
inline Instant opens_at(const play::Scenario& scenario) {
  return scenario.start + scenario.setting<SaleSetting>().sale.opens;
}
inline Instant ends_at(const play::Scenario& scenario) {
  return opens_at(scenario) + scenario.setting<SaleSetting>().sale.lasts;
}

}  // namespace ordeal::course_sale
