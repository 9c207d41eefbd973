// A host's own clocks. The wall clock may be wrong and may step; the monotonic clock never goes back, but may
// drift.
#pragma once

#include "core/base/time.h"

namespace ordeal::env {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant wall_now() const = 0;
  // Time since some moment before this process started; for measuring waits.
  virtual Duration monotonic_now() const = 0;
};

}  // namespace ordeal::env
