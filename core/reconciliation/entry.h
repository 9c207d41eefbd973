// Entry: one line of a book or a bill, whatever the file it stands in: what moved, under which number, how much, and how
// it stands. What a reader gets from a file and what the matcher compares.
//
// Two entries are of one event when their kind and number are the same. The number is the merchant's: of an order, or of a
// refund; where a bank knows none, the bank's own.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/base/money.h"

namespace ordeal::reconciliation {

// payment, refund      lines of trades: what an order costs, what is asked back of it
// cancel               of trades: a payment that was taken back whole on its own day (WeChat's REVOKED)
// credit, debit        lines of funds: money that came to an account, that left it
// fee, fee_back        of funds: what the channel takes for itself, what it gives back of that
enum class Kind : std::uint8_t { payment, refund, cancel, credit, debit, fee, fee_back };
constexpr auto names_of(Kind) {
  return std::to_array<std::string_view>(
      {"payment", "refund", "cancel", "credit", "debit", "fee", "fee_back"});
}

// success              the money moved
// processing           not known yet
// failed, closed       nothing moved, and nothing will
enum class State : std::uint8_t { success, processing, failed, closed };
constexpr auto names_of(State) {
  return std::to_array<std::string_view>({"success", "processing", "failed", "closed"});
}

template <class E>
constexpr std::string_view name_of(E value) {
  return names_of(value)[static_cast<std::size_t>(value)];
}

// Trades say who owes what to whom, funds what an account holds (domain C22, C23).
enum class Flow : std::uint8_t { trades, funds };
constexpr Flow flow_of(Kind kind) { return kind < Kind::credit ? Flow::trades : Flow::funds; }
// Which way the money goes, for the merchant.
constexpr bool is_incoming(Kind kind) {
  return kind == Kind::payment || kind == Kind::credit || kind == Kind::fee_back;
}
constexpr bool moves_money(State state) { return state == State::success || state == State::processing; }

// Fees have five decimals in bills (domain 2.2), so they are counted in a thousandth of a minor unit.
inline constexpr std::int64_t kFeePerMinor = 1000;
inline constexpr std::int64_t kSecondsPerDay = 86'400;

struct Entry {
  Kind kind = Kind::payment;
  State state = State::success;
  Currency currency{};
  bool has_fee = false;      // false: the file does not say what the fee was
  bool only_day = false;     // `at` is a day's midnight, and no more is known
  std::int64_t amount = 0;   // minor units, never negative: the kind says which way
  std::int64_t settled = 0;  // of trades: what of it goes through the merchant's account
  std::int64_t fee = 0;      // kFeePerMinor to a minor unit; negative: given back
  std::int64_t at = 0;       // seconds since 1970-01-01 by the clock that the file is written in
  std::uint64_t line = 0;    // of the file, from 1
  std::string_view number{};
  std::string_view channel_number{};  // empty: the file has none
};

// Days since 1970-01-01.
constexpr std::int64_t day_of(std::int64_t at) {
  return at / kSecondsPerDay - (at % kSecondsPerDay < 0 ? 1 : 0);
}

}  // namespace ordeal::reconciliation
