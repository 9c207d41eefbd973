// How bills write a day: "2026年01月31日".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/channel/day.h"

namespace ordeal::channel {

std::string day_in_words(Day day);
// Just that form, of a day that the calendar has.
std::optional<Day> parse_day_in_words(std::string_view text);

}  // namespace ordeal::channel
