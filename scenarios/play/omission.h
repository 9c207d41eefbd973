// Parts of a shopper's visit that a trial may do without: what a shrinker takes away after whole shoppers.
// Taking a part away leaves every other choice of that shopper as it was, for choices are keyed.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string_view>

namespace ordeal::scenarios {

enum class VisitPart : std::uint8_t {
  second_click,   // the request is sent once
  further_lines,  // the basket has its first line only
  further_units,  // one unit of each sku
  lateness,       // who would pay late pays at once
  payment,        // leaves without paying
  asking_again,   // takes no answer for an answer
};

// In the order of VisitPart; repro files use them.
std::span<const std::string_view> visit_part_names();

struct Omission {
  std::uint32_t shopper = 0;
  VisitPart part{};
  auto operator<=>(const Omission&) const = default;
};

}  // namespace ordeal::scenarios
