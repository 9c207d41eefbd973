// The matcher: two books side by side, event by event, and for each what becomes of it. A merge over sorted keys: linear,
// whatever differs.
//
// Of trades (信息流, domain C22)           Of an account's lines (资金流, C23, C27, C28)
//   matched        both say the same         matched    both say the same
//   missing_here   掉单: theirs alone has it  surplus    长款: their account holds more than ours says
//   missing_there  掉单: ours alone has it    shortage   短款: it holds less
//   amount         another amount            fee        what the channel took or gave back differs
//   status         another state
//   fee            another fee
// and of both
//   duplicate      a further line of one event (of channels: under another number of theirs, paid twice)
//   day_cut        one of them has it on the other side of midnight: within the window, so the file of the next day
//                  (or of the one before) closes it, or both have it and the days differ
//   late           both have it, on days apart by more than the window
//
// An event has one class, the first that fits of: duplicate, status, amount, fee, day_cut, late. A line that moved nothing
// (failed, closed) and that the other file does not know is no difference.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/reconciliation/book.h"

namespace ordeal::reconciliation {

enum class Class {
  matched,
  missing_here,
  missing_there,
  amount,
  status,
  duplicate,
  fee,
  surplus,
  shortage,
  day_cut,
  late
};
constexpr auto names_of(Class) {
  return std::to_array<std::string_view>({"matched", "missing_here", "missing_there", "amount", "status",
                                          "duplicate", "fee", "surplus", "shortage", "day_cut", "late"});
}
inline constexpr std::size_t kClasses = names_of(Class{}).size();

// At least one of both is there.
struct Finding {
  Class what = Class::matched;
  const Entry* ours = nullptr;
  const Entry* theirs = nullptr;
};

// What theirs moved more than ours, in minor units.
std::int64_t gap(const Finding& finding);

class FindingSink {
 public:
  virtual ~FindingSink() = default;
  virtual void found(const Finding& finding) = 0;  // matched ones too; lives until it returns
};

// Days since 1970 that a file tells of, both included.
struct Days {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

struct MatchRules {
  std::int64_t window =
      600;  // seconds around midnight in which the clocks of two systems may disagree on the day
  std::optional<Days> ours{};
  std::optional<Days> theirs{};
};

struct Outcome {
  struct OfClass {
    std::int64_t events = 0;
    std::int64_t gap = 0;
  };
  std::array<OfClass, kClasses> of_class{};
  std::int64_t moved_nothing = 0;

  const OfClass& of(Class what) const { return of_class[static_cast<std::size_t>(what)]; }
  std::int64_t differences() const;
};

// Both books are sorted and checked.
Outcome match(const Book& ours, const Book& theirs, const MatchRules& rules, FindingSink& sink);

}  // namespace ordeal::reconciliation
