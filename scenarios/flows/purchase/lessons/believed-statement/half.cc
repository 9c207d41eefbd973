// A file has to add up, and an empty one is doubted. Where none comes, there is nothing to take over.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::Belief;
using payment::Reading;
using Kind = channel::StatementAnswer::Kind;

class AddsUp final : public payment::StatementCheck {
 public:
  Reading read(const channel::StatementAnswer& answer, const channel::Profile& profile,
               const payment::KnownOfDay& known) override {
    if (answer.kind == Kind::not_ready) return {Belief::not_yet, "statement not ready"};
    if (answer.kind != Kind::text) return {Belief::believed, "statement believed", {known.day, {}, {}}};
    auto statement = channel::parse_statement(answer.text, profile, known.day);
    if (!statement) return {Belief::refused, "statement totals differ"};
    if (statement->lines.empty()) return {Belief::said_empty, "empty statement once"};
    return {Belief::believed, "statement believed", std::move(statement).value()};
  }
};

}  // namespace

std::unique_ptr<payment::StatementCheck> make_believing_statement_check() {
  return std::make_unique<AddsUp>();
}

}  // namespace ordeal::purchase::planted
