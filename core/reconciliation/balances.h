// Balances: an account's lines carry what it held after each. They chain from above to below or, where the newest line is
// the first, from below to above; a line that was lost, added or changed breaks the chain whatever the totals say.
#pragma once

#include <cstdint>
#include <optional>

namespace ordeal::reconciliation {

class Balances {
 public:
  // A line that changed the account by `change` and left `balance`.
  void add(std::uint64_t line, std::int64_t change, std::int64_t balance);

  // The first line at which neither direction holds on.
  std::optional<std::uint64_t> break_at() const {
    if (!down_broke_ || !up_broke_) return std::nullopt;
    return *down_broke_ > *up_broke_ ? down_broke_ : up_broke_;
  }
  // Before the oldest line and after the newest; none: there is no line.
  std::optional<std::int64_t> opening() const { return is_upwards() ? up_opening_ : down_opening_; }
  std::optional<std::int64_t> closing() const { return is_upwards() ? first_ : last_; }

 private:
  bool is_upwards() const { return down_broke_ && !up_broke_; }

  std::optional<std::int64_t> first_;
  std::optional<std::int64_t> last_;
  std::optional<std::int64_t> down_opening_;
  std::optional<std::int64_t> up_opening_;  // before the line that was added last
  std::optional<std::uint64_t> down_broke_;
  std::optional<std::uint64_t> up_broke_;
};

}  // namespace ordeal::reconciliation
