// The real clocks, for progress, budgets and the names of run directories. Nothing that happens in a trial
// may depend on them: this header is for scenarios/cli alone (design section 4).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include <date/date.h>

namespace ordeal::cli {

// Nanoseconds since some moment; never runs back.
inline std::int64_t wall_now_ns() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// "20260101T120000Z"
inline std::string wall_stamp() {
  return date::format("%Y%m%dT%H%M%SZ",
                      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

}  // namespace ordeal::cli
