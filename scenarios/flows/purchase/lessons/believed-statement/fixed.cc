// A file counts as a whole or not at all: its lines have to add up to the totals that stand in it. Nothing is no proof that
// nothing happened: it is believed only if nothing here says otherwise, and not the first time.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::Belief;
using payment::Reading;
using Kind = channel::StatementAnswer::Kind;

class WholeOrNotAtAll final : public payment::StatementCheck {
 public:
  Reading read(const channel::StatementAnswer& answer, const channel::Profile& profile,
               const payment::KnownOfDay& known) override {
    if (answer.kind == Kind::none) return nothing(known);
    if (answer.kind != Kind::text) return {Belief::not_yet, "statement not ready"};
    // Refuses what is cut off, what does not add up to its totals, what is there twice, and other days.
    auto statement = channel::parse_statement(answer.text, profile, known.day);
    if (!statement) return {Belief::refused, "statement totals differ"};
    if (statement->lines.empty()) return nothing(known);
    return {Belief::believed, "statement believed", std::move(statement).value()};
  }

 private:
  static Reading nothing(const payment::KnownOfDay& known) {
    if (known.awaits_lines) return {Belief::said_empty, "empty statement of a day with money"};
    const bool for_long = known.empty_since && known.now - *known.empty_since >= payment::kEmptyIsBelieved;
    if (!for_long) return {Belief::said_empty, "empty statement once"};
    return {Belief::believed, "empty statement believed", {known.day, {}, {}}};
  }
};

}  // namespace

std::unique_ptr<payment::StatementCheck> make_believing_statement_check() {
  return std::make_unique<WholeOrNotAtAll>();
}

}  // namespace ordeal::purchase::planted
