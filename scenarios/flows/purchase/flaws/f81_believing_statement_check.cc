// F-81: `for line in file: import(line)`. No look at the trailer, lines that do not parse are skipped, and no file is a
// day without trades. A download that breaks off, or a batch job that found nothing, becomes the truth about the day:
// what is not on it counts as missing at the channel (in Chinese bookkeeping: all own trades become 短款), and what
// callbacks have lost is never found (I-91).
#include "core/channel/bill_table.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::Belief;
using Kind = channel::StatementAnswer::Kind;

// What can be read as a line, below the names of the columns. The rest is left out.
std::vector<channel::StatementLine> lines_in(std::string_view text, const channel::StatementRules& rules) {
  if (text.starts_with(rules.layout->bom)) text.remove_prefix(rules.layout->bom.size());
  std::vector<channel::StatementLine> lines;
  std::optional<channel::BillTable> table;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!table) {
      if (auto here = channel::BillTable::under(line, rules)) table.emplace(std::move(*here));
    } else if (auto row = table->row(line)) {
      lines.push_back(std::move(row->line));
    }
  }
  return lines;
}

class BelievingStatementCheck final : public payment::StatementCheck {
 public:
  payment::Reading read(const channel::StatementAnswer& answer, const channel::Profile& profile,
                        const payment::KnownOfDay& known) override {
    if (answer.kind == Kind::unknown || answer.kind == Kind::not_ready)
      return {Belief::not_yet, "statement not ready"};
    channel::Statement statement{known.day, lines_in(answer.text, profile.statement), {}};
    statement.totals = channel::totals_of(statement.lines);
    return {Belief::believed, "statement believed", std::move(statement)};
  }
};

}  // namespace

std::unique_ptr<payment::StatementCheck> make_believing_statement_check() {
  return std::make_unique<BelievingStatementCheck>();
}

}  // namespace ordeal::purchase::planted
