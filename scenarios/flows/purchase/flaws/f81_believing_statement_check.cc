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

class BelievingStatementCheck final : public payment::StatementCheck {
 public:
  payment::Reading read(const channel::StatementAnswer& answer, const channel::Profile& profile,
                        const payment::KnownOfDay& known) override {
    if (answer.kind == Kind::unknown || answer.kind == Kind::not_ready)
      return {Belief::not_yet, "statement not ready"};
    channel::Statement statement{known.day, {}, {}};
    std::string_view left = answer.text;
    if (left.starts_with(profile.statement.layout->bom))
      left.remove_prefix(profile.statement.layout->bom.size());
    std::optional<channel::BillTable> table;
    while (!left.empty()) {
      const auto end = std::min(left.find_first_of("\r\n"), left.size());
      const std::string_view line = left.substr(0, end);
      left.remove_prefix(std::min(end + 1, left.size()));
      if (!table) {
        if (auto here = channel::BillTable::under(line, profile.statement)) table.emplace(std::move(*here));
      } else if (auto row = table->row(line)) {
        statement.lines.push_back(std::move(row->line));
      }
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
