// What the trial of one single fault says of the second faults that could follow it: which questions come, whether
// their futures are known, and what the fault touched. A worker finds it out and sends it as one word.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "faults/search/enumerate.h"
#include "faults/search/footprint.h"
#include "faults/search/futures.h"
#include "scenarios/play/play.h"

namespace ordeal::cli {

// The actions for which faults::Twins makes a claim.
enum class Sort : std::uint8_t { crash, fail_write, fail_read, stall, freeze };

std::optional<Sort> sort_of(const faults::SiteAsked& site, const faults::Action& action);

struct Future {
  static constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

  struct Question {
    std::uint64_t hash = 0;  // faults::futures
    std::uint64_t site = 0;
    // The same question at the same time in the trial without faults.
    std::size_t in_clean = kNowhere;
    std::string actions;  // a letter for each that applies: may_not, may, or who stands for it
  };
  static constexpr char kMayNot = '-';
  static constexpr char kMay = '+';
  static char represented(Sort sort) { return static_cast<char>('a' + static_cast<int>(sort)); }
  // The sort of a letter that means "represented".
  static std::optional<Sort> sort_in(char letter);

  std::uint64_t after = 0;          // faults::future_after
  std::vector<Question> questions;  // behind the strike
  faults::Footprint footprint;
};

// `first`: the first question behind the strike, 0 for the trial without faults.
Future future_of(const play::Played& played, std::size_t first, const play::Played& clean,
                 const faults::Limits& limits);

std::string to_text(const Future& future);
// Checks itself: only workers of this program write one.
Future future_from(std::string_view text);

}  // namespace ordeal::cli
