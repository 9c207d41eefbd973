#include "core/payment/statement_check.h"

namespace ordeal::payment {
namespace {

using channel::StatementError;
using Kind = channel::StatementAnswer::Kind;

std::string_view mark_of(StatementError error) {
  switch (error) {
    case StatementError::malformed:
      return "statement malformed";
    case StatementError::truncated:
      return "statement truncated";
    case StatementError::totals_differ:
      return "statement totals differ";
    case StatementError::line_repeated:
      return "statement line repeated";
    case StatementError::other_day:
      break;
  }
  return "statement of another day";
}

class Totals : public StatementCheck {
 public:
  Reading read(const channel::StatementAnswer& answer, const channel::Profile& profile,
               const KnownOfDay& known) override {
    switch (answer.kind) {
      case Kind::unknown:
        return {Belief::not_yet, "statement not answered"};
      case Kind::not_ready:
        return {Belief::not_yet, "statement not ready"};
      case Kind::none:
        return nothing(known);
      case Kind::text:
        break;
    }
    auto statement = channel::parse_statement(answer.text, profile, known.day);
    if (!statement) return {Belief::refused, mark_of(statement.error())};
    if (statement->lines.empty()) return nothing(known);
    return {Belief::believed, "statement believed", std::move(statement).value()};
  }

 private:
  static Reading nothing(const KnownOfDay& known) {
    if (known.awaits_lines) return {Belief::said_empty, "empty statement of a day with money"};
    if (!known.empty_since || known.now - *known.empty_since < kEmptyIsBelieved)
      return {Belief::said_empty, "empty statement once"};
    return {Belief::believed, "empty statement believed", {known.day, {}, {}}};
  }
};

}  // namespace

std::unique_ptr<StatementCheck> make_statement_check(std::string_view name) {
  return name == "totals" ? std::make_unique<Totals>() : nullptr;
}

}  // namespace ordeal::payment
