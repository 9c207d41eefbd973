// Span: a stretch of a trial in which something is done, as a scenario file gives it: {"from": "0s", "until": "28m"}.
#pragma once

#include "core/base/time.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"

namespace ordeal::play {

struct Span {
  Duration from{};
  Duration until{};
};

// It ends later than it begins.
const Shape<Span>& span_shape();

// Who comes after the storm meets no fault. `place` is the span's; fails with BadInput.
void within_the_storm(const Span& span, const Scenario& scenario, const Place& place);

}  // namespace ordeal::play
