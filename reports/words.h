// The small words that all reports share: how a virtual time, a wall time and a rate are written for people,
// and the colours. Pure functions of their arguments: a report does not ask for a terminal, it is told.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/finding.h"

namespace ordeal::reports {

// "+00:15:03.250": hours, minutes, seconds and milliseconds since the trial began.
std::string story_time(std::int64_t at_ns);
// "00:00:01", eight characters: seconds are enough where the order of the lines says the rest. From the hundredth hour on "5d 10:00".
std::string story_clock(std::int64_t at_ns);
// "1.8 ms", "12.4 s", "3m20s": rough, for wall times.
std::string wall_text(std::int64_t ns);
// 1234567 → "1,234,567".
std::string grouped(std::uint64_t number);
std::string_view name_of(sim::FindingKind kind);
// Things per second; 0 when no time has passed.
double per_second(std::uint64_t count, std::int64_t wall_ns);
// The order's share of `counts`: what orders_per_second counts.
inline constexpr std::string_view kOrdersPlaced = "orders_placed";

// `text` as one word of a shell: as it is, or in quotes.
std::string shell_word(std::string_view text);

enum class Paint : std::uint8_t { good, bad, warn, dim, bold };
// `text` in ANSI colours, or as it is.
std::string painted(bool color, Paint paint, std::string_view text);

}  // namespace ordeal::reports
