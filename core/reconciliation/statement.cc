#include "core/reconciliation/statement.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/reconciliation/figures.h"

namespace ordeal::reconciliation {
namespace {

bool add_to(std::int64_t& sum, std::int64_t value) { return !__builtin_add_overflow(sum, value, &sum); }

}  // namespace

bool Sums::add(const Entry& entry) {
  if (currency && *currency != entry.currency) return false;
  currency = entry.currency;
  OfKind& kind = of_kind[static_cast<std::size_t>(entry.kind)];
  ++kind.lines;
  ++lines;
  return add_to(kind.amount, entry.amount) && add_to(kind.settled, entry.settled) && add_to(fee, entry.fee) &&
         (entry.state != State::processing || add_to(processing, entry.amount));
}

std::int64_t Sums::net_funds() const {
  return of(Kind::credit).amount - of(Kind::debit).amount - of(Kind::fee).amount + of(Kind::fee_back).amount;
}

void Statement::widen(std::int64_t day) {
  first_day = std::min(first_day.value_or(day), day);
  last_day = std::max(last_day.value_or(day), day);
}

Refused Taking::take(Entry entry, bool one_day) {
  if (asked_.processing_is_done && entry.state == State::processing && entry.kind == Kind::refund)
    entry.state = State::success;
  const std::int64_t day = day_of(entry.at);
  if (one_day) {
    const std::int64_t meant = asked_.day.value_or(statement_.first_day.value_or(day));
    if (day != meant)
      return Refusal{.line = entry.line,
                     .what = fmt::format("a line of {} in the file of {}", date_text(day), date_text(meant))};
  }
  statement_.widen(day);
  if (!statement_.sums.add(entry)) {
    const bool other = statement_.sums.currency != entry.currency;
    return Refusal{.line = entry.line,
                   .what = other ? fmt::format("{} in a file of {}: there is no sum over two currencies",
                                               entry.currency.text(), statement_.sums.currency->text())
                                 : "the sum of the amounts is larger than any file's"};
  }
  return sink_.take(entry);
}

}  // namespace ordeal::reconciliation
