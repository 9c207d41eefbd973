// "Did you mean …": the known word nearest to a mistyped one, by edit distance (insert, delete, replace, swap
// neighbours), capitals or not. Gives nothing when no word is near enough to be a help: a third of its length, at least
// one letter. A word that was cut short counts as near, and so does a part of a name: "no-oversell" of
// "I-10 no-oversell", "row_lock" of "stock.gate=row_lock".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ordeal::faults {

std::size_t edit_distance(std::string_view a, std::string_view b);
std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace ordeal::faults
