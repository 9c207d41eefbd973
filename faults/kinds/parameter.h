// A parameter of a fault or of a strike, described once: its key in files, what it means, what a file may say, and
// how far a swarm goes. Structs hand one of these with each field to whoever visits them (`fields`), so that readers,
// writers, texts, the swarm and `show fault` follow the same line.
//
// Converts to its key, for visitors that want no more. The type of the field is its unit: a Duration is a time, a
// Ratio a chance.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/time.h"

namespace ordeal::faults {

// How a swarm draws a time: over orders of magnitude, from `least` to the menu's limit or `most`, whichever is less.
struct Draw {
  enum class Limit : std::uint8_t {
    fixed,  // not drawn: the initial value stays
    most,   // `most` alone
    delay,  // Menu::max_delay
    downtime,
    clock_error,
  };
  Limit limit = Limit::fixed;
  Duration least{};  // zero: a 200th of the longest; what is shorter passes unnoticed
  Duration most = Duration::max();
  std::string_view lane = "for";
};

struct Parameter {
  std::string_view key;
  std::string_view says{};  // "how much later at the most"
  // A file may say "never". Others are at most ten years.
  bool may_be_never = false;
  // Clocks alone are set by negative times. A swarm then draws either sign.
  bool may_be_negative = false;
  // Zero, or nothing, is a value like any other: a file may leave it out.
  bool may_be_blank = false;
  // Whole numbers: the least that a file may say.
  std::int64_t least = -999'999'999;
  // The key of the parameter that is the upper end of the same range. A swarm that does not draw this one takes a
  // tenth of that.
  std::string_view not_above{};
  Draw draw{};

  constexpr operator std::string_view() const { return key; }
};

inline constexpr Duration kMillisecond{1'000'000};
inline constexpr Duration kSecond{1'000'000'000};

}  // namespace ordeal::faults
