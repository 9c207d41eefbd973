// F-81: `for line in file: import(line)`. No look at the trailer, lines that do not parse are skipped, and no file is a
// day without trades. A download that breaks off, or a batch job that found nothing, becomes the truth about the day:
// what is not on it counts as missing at the channel (in Chinese bookkeeping: all own trades become 短款), and what
// callbacks have lost is never found (I-91).
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::Belief;
using Kind = channel::StatementAnswer::Kind;

class BelievingStatementCheck final : public payment::StatementCheck {
 public:
  payment::Reading read(const channel::StatementAnswer& answer, const channel::Profile& profile,
                        const payment::KnownOfDay& known) override {
    if (answer.kind == Kind::unknown || answer.kind == Kind::not_ready)
      return {Belief::not_yet, "statement not ready"};
    channel::Statement statement{known.day, {}, {}};
    std::string_view left = answer.text;
    while (!left.empty()) {
      const auto end = std::min(left.find('\n'), left.size());
      if (auto line = channel::parse_detail(left.substr(0, end), profile))
        statement.lines.push_back(std::move(*line));
      left.remove_prefix(std::min(end + 1, left.size()));
    }
    statement.totals = channel::totals_of(statement.lines);
    return {Belief::believed, "statement believed", std::move(statement)};
  }
};

}  // namespace

std::unique_ptr<payment::StatementCheck> make_believing_statement_check() {
  return std::make_unique<BelievingStatementCheck>();
}

}  // namespace ordeal::purchase::planted
