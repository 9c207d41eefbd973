#include "core/channel/statement.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <tuple>

#include "core/base/check.h"

namespace ordeal::channel {
namespace {

constexpr std::size_t kColumns = 7;
constexpr std::size_t kTotals = 3;

std::string yuan(Money amount) {
  std::string text = amount.text();
  return text.substr(0, text.size() - 4);  // "68.00 CNY"
}

std::optional<Money> parse_yuan(std::string_view text, std::string_view currency) {
  if (text.size() < 4 || text[text.size() - 3] != '.') return std::nullopt;
  return Money::parse(std::string(text) + " " + std::string(currency));
}

class Writer {
 public:
  explicit Writer(const StatementRules& rules) : rules_(rules) {}

  void line(std::string_view text) {
    text_ += text;
    text_ += '\n';
  }
  void values(std::initializer_list<std::string_view> values) {
    bool first = true;
    for (const std::string_view value : values) {
      ORDEAL_CHECK(value.find_first_of(",\n`\t") == value.npos, std::string(value));
      if (!first) text_ += ',';
      first = false;
      text_ += rules_.before_value;
      text_ += value;
      text_ += rules_.after_value;
    }
    text_ += '\n';
  }
  std::string take() { return std::move(text_); }

 private:
  const StatementRules& rules_;
  std::string text_;
};

// Just `count` values, each between its marks.
std::optional<std::vector<std::string_view>> values_of(std::string_view line, const StatementRules& rules,
                                                       std::size_t count) {
  std::vector<std::string_view> values;
  for (std::size_t from = 0; from <= line.size();) {
    const std::size_t end = std::min(line.find(',', from), line.size());
    std::string_view value = line.substr(from, end - from);
    from = end + 1;
    if (value.size() < rules.before_value.size() + rules.after_value.size() ||
        !value.starts_with(rules.before_value) || !value.ends_with(rules.after_value)) {
      return std::nullopt;
    }
    value.remove_prefix(rules.before_value.size());
    value.remove_suffix(rules.after_value.size());
    values.push_back(value);
  }
  if (values.size() != count) return std::nullopt;
  return values;
}

std::optional<StatementTotals> parse_totals(std::string_view line, const StatementRules& rules,
                                            Currency currency) {
  const auto values = values_of(line, rules, kTotals);
  if (!values) return std::nullopt;
  const std::string_view digits = (*values)[0];
  StatementTotals totals;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), totals.count);
  const auto paid = parse_yuan((*values)[1], currency.text());
  const auto refunded = parse_yuan((*values)[2], currency.text());
  if (error != std::errc{} || end != digits.data() + digits.size() || !paid || !refunded) return std::nullopt;
  totals.paid = *paid;
  totals.refunded = *refunded;
  return totals;
}

// The lines that are there to their end.
class Lines {
 public:
  explicit Lines(std::string_view text) : left_(text) {}

  std::optional<std::string_view> next() {
    const std::size_t end = left_.find('\n');
    if (end == left_.npos) return std::nullopt;
    const std::string_view line = left_.substr(0, end);
    left_.remove_prefix(end + 1);
    return line;
  }
  bool at_end() const { return left_.empty(); }

 private:
  std::string_view left_;
};

auto name_of_line(const StatementLine& line) {
  return std::tie(line.kind, line.out_trade_no, line.out_request_no);
}

bool has_repeated(const std::vector<StatementLine>& lines) {
  std::vector<std::tuple<LineKind, std::string_view, std::string_view>> names;
  for (const StatementLine& line : lines) names.emplace_back(name_of_line(line));
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

}  // namespace

StatementTotals totals_of(const std::vector<StatementLine>& lines) {
  StatementTotals totals;
  if (!lines.empty()) totals.paid.currency = totals.refunded.currency = lines.front().amount.currency;
  for (const StatementLine& line : lines) {
    ++totals.count;
    (line.kind == LineKind::payment ? totals.paid : totals.refunded) += line.amount;
  }
  return totals;
}

std::string render(const Statement& statement, const Profile& profile) {
  const StatementRules& rules = profile.statement;
  Writer writer(rules);
  if (!rules.title.empty()) writer.line(std::string(rules.title) + statement.day.text());
  writer.line(rules.columns);
  for (const StatementLine& line : statement.lines) {
    writer.values({time_text(line.at, rules.zone), line.trade_no, line.out_trade_no, line.out_request_no,
                   line.kind == LineKind::payment ? rules.payment : rules.refund, line.amount.currency.text(),
                   yuan(line.amount)});
  }
  writer.line(rules.totals);
  const StatementTotals& totals = statement.totals;
  writer.values({std::to_string(totals.count), yuan(totals.paid), yuan(totals.refunded)});
  return writer.take();
}

std::optional<StatementLine> parse_detail(std::string_view line, const Profile& profile) {
  const StatementRules& rules = profile.statement;
  const auto values = values_of(line, rules, kColumns);
  if (!values) return std::nullopt;
  const auto at = parse_time((*values)[0], rules.zone);
  const auto amount = parse_yuan((*values)[6], (*values)[5]);
  const bool is_refund = (*values)[4] == rules.refund;
  const bool numbered = !(*values)[1].empty() && !(*values)[2].empty() && is_refund != (*values)[3].empty();
  if (!at || !amount || !amount->is_payable() || !numbered || (!is_refund && (*values)[4] != rules.payment)) {
    return std::nullopt;
  }
  return StatementLine{.kind = is_refund ? LineKind::refund : LineKind::payment,
                       .out_trade_no = std::string((*values)[2]),
                       .out_request_no = std::string((*values)[3]),
                       .trade_no = std::string((*values)[1]),
                       .amount = *amount,
                       .at = *at};
}

Result<Statement, StatementError> parse_statement(std::string_view text, const Profile& profile, Day day) {
  const StatementRules& rules = profile.statement;
  Lines lines(text);
  bool of_that_day = true;
  if (!rules.title.empty()) {
    const auto title = lines.next();
    if (!title) return Err{StatementError::truncated};
    const auto said =
        title->starts_with(rules.title) ? Day::parse(title->substr(rules.title.size())) : std::nullopt;
    if (!said) return Err{StatementError::malformed};
    of_that_day = *said == day;
  }
  const auto columns = lines.next();
  if (!columns) return Err{StatementError::truncated};
  if (*columns != rules.columns) return Err{StatementError::malformed};

  Statement statement{day, {}, {}};
  auto line = lines.next();
  for (; line && *line != rules.totals; line = lines.next()) {
    auto detail = parse_detail(*line, profile);
    if (!detail) return Err{StatementError::malformed};
    if (!statement.lines.empty() && detail->amount.currency != statement.lines.front().amount.currency) {
      return Err{StatementError::malformed};
    }
    of_that_day = of_that_day && day_at(detail->at, rules.zone) == day;
    statement.lines.push_back(std::move(*detail));
  }
  const auto trailer = lines.next();
  if (!trailer) return Err{StatementError::truncated};
  const StatementTotals sums = totals_of(statement.lines);
  const auto totals = parse_totals(*trailer, rules, sums.paid.currency);
  if (!totals || !lines.at_end()) return Err{StatementError::malformed};
  statement.totals = *totals;

  if (*totals != sums) return Err{StatementError::totals_differ};
  if (has_repeated(statement.lines)) return Err{StatementError::line_repeated};
  if (!of_that_day) return Err{StatementError::other_day};
  return statement;
}

}  // namespace ordeal::channel
