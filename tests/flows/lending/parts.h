// What a scenario may say about lending: the stand, the weather, the borrowers.
#pragma once

#include <cstdint>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"

namespace ordeal::lending {

struct Stand {
  std::int64_t umbrellas = 0;  // numbered from 1
  Duration loan{};             // how long one may be kept
};

// The setting "stand".
struct StandSetting {
  Stand stand;
};

struct WeatherSpec {
  Ratio rain = Ratio::zero();  // of the times that it is asked
};

struct BorrowingSpec {
  std::uint32_t borrowers = 0;
  Duration arrive{};  // all come before this, uniformly
  Duration keeps_min{};
  Duration keeps_max{};
  Ratio forgetful = Ratio::zero();     // never bring it back
  Ratio double_click = Ratio::zero();  // ask twice at once
};

const play::Shape<StandSetting>& stand_shape();
const play::Shape<WeatherSpec>& weather_shape();
const play::Shape<BorrowingSpec>& borrowing_shape();

// What only the whole scenario shows.
void check_borrowing(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

}  // namespace ordeal::lending
