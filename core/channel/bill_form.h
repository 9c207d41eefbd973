// BillForm: how a channel lays out the file of a day, as data: how its columns and totals are called and what stands in
// them. Who writes a file follows the order of the form, who reads one goes by the names alone: an older file has fewer
// columns, a newer one has more, and neither says which it is (domain 2.2).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ordeal::channel {

// What is added up over the lines of a file.
//
// paid, back             what orders cost their buyers, and what is given back of it
// settled, settled_back  of these, what goes through the merchant's account: a coupon of the merchant's does not
// fee                    of lines of both kinds; a refund gives some back
enum class Sum {
  nothing,
  lines,
  payments,
  refunds,
  paid,
  back,
  settled,
  settled_back,
  coupons_back,
  discount,
  discount_back,
  fee
};
inline constexpr std::size_t kSums = 12;
using Sums = std::array<std::int64_t, kSums>;

// text    for people: written as it stands in the form, not read
// amount  money of one kind of line; under it stands nothing in lines of the other kind
// fee     money that may be negative in any line
enum class Cell {
  text,
  at,
  trade_no,
  out_trade_no,
  kind,
  currency,
  refund_no,  // the channel's
  out_request_no,
  refund_state,
  amount,
  fee
};

struct BillColumn {
  std::string_view name;
  Cell cell = Cell::text;
  std::string_view filler{};  // of text; elsewhere: where a payment has nothing
  Sum of_payment = Sum::nothing;
  Sum of_refund = Sum::nothing;
  std::string_view after{};  // behind each value
  std::string_view also{};   // another name that it has in files
};

// Totals under names of their own.
struct BillTotal {
  std::string_view name;
  Sum sum;
  std::string_view also{};
};

// Totals in a sentence: words[0] sums[0] words[1] …, each a line.
struct BillSentence {
  std::array<std::string_view, 4> words;
  std::array<Sum, 3> sums;
};

struct BillForm {
  std::span<const BillColumn> columns;
  std::span<const BillTotal> totals{};
  std::span<const BillSentence> sentences{};
};

// All that a file is made of.
struct BillLayout {
  std::span<const BillForm> forms;  // the first is written, each is read
  std::string_view payment;         // the two kinds of a line
  std::string_view refund;
  std::string_view refund_done{};  // how a refund stands; empty: a file does not say
  std::string_view refund_in_process{};
  std::string_view currency{};  // of a file that does not say
  bool refunds_negative = false;
  bool times_have_offset =
      false;  // "2026-10-25 02:30:00+01:00": else what is there twice a year is told once

  std::string_view bom{};  // optional when read
  std::string_view line_end = "\r\n";
  std::string_view before_value{};
  std::string_view remark{};  // begins each line that is not of the table; empty: there is none
  // The remarks, from above to below. Around the day and the next one, both at midnight, stand the words of `range`; when
  // the file was made, between those of `made`.
  std::span<const std::string_view> opening{};
  std::array<std::string_view, 3> range{};
  std::string_view above_columns{};
  std::string_view below_details{};
  std::array<std::string_view, 2> made{};
};

// Amounts of a file, in a thousandth of a minor unit: a fee has five decimals (domain 2.2).
inline constexpr std::int64_t kPerMinor = 1000;
inline constexpr std::int64_t kMostInFile = 4'000'000'000'000'000'000;

// "12.34", "-0.00612", "0": digits with at most five decimals. A whole number is refused unless it is nothing, since fen
// where yuan are meant look like that (F-40); so are "1e2", "1,234.00", "+1.00", ".50".
std::optional<std::int64_t> parse_amount(std::string_view text);

// Two decimals; `minor` may be negative.
std::string amount_text(std::int64_t minor);

}  // namespace ordeal::channel
