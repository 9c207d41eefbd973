#include "core/channel/statement.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

#include "core/channel/bill_table.h"
#include "core/channel/bill_words.h"

namespace ordeal::channel {
namespace {

using Failure = std::optional<StatementError>;

// The lines that are there to their end.
class Lines {
 public:
  explicit Lines(std::string_view text) : left_(text) {}

  std::optional<std::string_view> next() {
    const std::size_t end = left_.find('\n');
    if (end == left_.npos) return std::nullopt;
    std::string_view line = left_.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    left_.remove_prefix(end + 1);
    return line;
  }
  std::string_view rest() const { return left_; }

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

std::string_view without(std::string_view text, std::string_view bom) {
  if (!bom.empty() && text.starts_with(bom)) text.remove_prefix(bom.size());
  return text;
}

class BillReader {
 public:
  BillReader(std::string_view text, const StatementRules& rules, Day day)
      : rules_(rules), layout_(*rules.layout), lines_(without(text, layout_.bom)) {
    statement_.day = day;
  }

  Result<Statement, StatementError> read() {
    for (const auto step : {&BillReader::read_head, &BillReader::read_details, &BillReader::read_totals,
                            &BillReader::read_rest, &BillReader::judge}) {
      if (const Failure failure = (this->*step)()) return Err{*failure};
    }
    return std::move(statement_);
  }

 private:
  bool is_remark(std::string_view line) const {
    return !layout_.remark.empty() && line.starts_with(layout_.remark);
  }
  std::int64_t sum(Sum which) const { return sums_[static_cast<std::size_t>(which)]; }

  Failure read_head() {
    auto line = lines_.next();
    for (; line && is_remark(*line); line = lines_.next()) {
      if (!line->starts_with(layout_.range[0])) continue;
      const auto said = parse_range(*line);
      if (!said || said_) return StatementError::malformed;
      said_ = said;
    }
    if (!line) return StatementError::truncated;
    auto table = BillTable::under(*line, rules_);
    if (!table || (!said_ && !layout_.range[0].empty())) return StatementError::malformed;
    table_.emplace(std::move(*table));
    of_that_day_ = !said_ || *said_ == statement_.day;
    return std::nullopt;
  }

  // Of one whole day.
  std::optional<Day> parse_range(std::string_view line) const {
    const auto& words = layout_.range;
    line.remove_prefix(words[0].size());
    const std::size_t between = line.find(words[1]);
    if (between == line.npos || !line.ends_with(words[2])) return std::nullopt;
    const auto from = parse_day_in_words(line.substr(0, between));
    line.remove_prefix(between + words[1].size());
    if (line.size() < words[2].size()) return std::nullopt;
    line.remove_suffix(words[2].size());
    return from && parse_day_in_words(line) == from->next() ? from : std::nullopt;
  }

  Failure read_details() {
    for (line_ = lines_.next(); line_ && !ends_details(*line_); line_ = lines_.next()) {
      auto row = table_->row(*line_);
      if (!row || !add(row->sums) || !is_one_currency(row->line)) return StatementError::malformed;
      note_numbers(*row);
      of_that_day_ = of_that_day_ && day_at(row->line.at, rules_.zone) == statement_.day;
      statement_.lines.push_back(std::move(row->line));
    }
    return line_ ? std::nullopt : Failure(StatementError::truncated);
  }

  bool ends_details(std::string_view line) const {
    if (!layout_.remark.empty()) return is_remark(line);
    if (!layout_.before_value.empty()) return !line.starts_with(layout_.before_value);
    return line.starts_with(table_->form().totals.front().name);
  }
  bool is_one_currency(const StatementLine& line) const {
    return statement_.lines.empty() || line.amount.currency == statement_.lines.front().amount.currency;
  }
  bool add(const Sums& sums) {
    for (std::size_t i = 0; i < kSums; ++i) {
      sums_[i] += sums[i];
      if (sums_[i] > kMostInFile || sums_[i] < -kMostInFile) return false;
    }
    return true;
  }

  Failure read_totals() { return table_->form().totals.empty() ? read_sentences() : read_named_totals(); }

  Failure read_named_totals() {
    const auto names = split(*line_, "");
    const auto below = lines_.next();
    if (!below) return StatementError::truncated;
    const auto values = split(*below, layout_.before_value);
    if (!values || values->size() != names->size()) return StatementError::malformed;
    for (const BillTotal& total : table_->form().totals) {
      const auto place = place_of(*names, total.name, total.also);
      if (!place || !compare(total.sum, (*values)[*place])) return StatementError::malformed;
    }
    return std::nullopt;
  }

  Failure read_sentences() {
    for (const BillSentence& sentence : table_->form().sentences) {
      while (line_ && is_remark(*line_) && !line_->starts_with(sentence.words[0])) line_ = lines_.next();
      if (!line_) return StatementError::truncated;
      if (!read_sentence(*line_, sentence)) return StatementError::malformed;
    }
    return std::nullopt;
  }

  bool read_sentence(std::string_view line, const BillSentence& sentence) {
    if (!line.starts_with(sentence.words[0])) return false;
    line.remove_prefix(sentence.words[0].size());
    for (std::size_t i = 0; i < sentence.sums.size(); ++i) {
      const std::string_view word = sentence.words[i + 1];
      const std::size_t end = line.find(word);
      if (end == line.npos || !compare(sentence.sums[i], line.substr(0, end))) return false;
      line.remove_prefix(end + word.size());
    }
    return line.empty();
  }

  // False: what it says is no number.
  bool compare(Sum which, std::string_view said) {
    if (which == Sum::lines || which == Sum::payments || which == Sum::refunds) {
      std::int64_t count = -1;
      const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), count);
      if (error != std::errc{} || end != said.data() + said.size() || count < 0) return false;
      totals_differ_ = totals_differ_ || count != sum(which);
      return true;
    }
    const auto amount = parse_amount(said);
    if (!amount) return false;
    const bool is_negative =
        layout_.refunds_negative && (which == Sum::settled_back || which == Sum::discount_back);
    totals_differ_ = totals_differ_ || *amount != (is_negative ? -sum(which) : sum(which));
    return true;
  }

  // Remarks may follow, and end anywhere.
  Failure read_rest() {
    for (auto line = lines_.next(); line; line = lines_.next()) {
      if (!is_remark(*line)) return StatementError::malformed;
    }
    return lines_.rest().empty() || is_remark(lines_.rest()) ? std::nullopt
                                                             : Failure(StatementError::malformed);
  }

  // One number of the channel is one of ours.
  void note_numbers(const BillTable::Row& row) {
    const auto trade = trades_.emplace(row.line.trade_no, row.line.out_trade_no).first;
    number_shared_ = number_shared_ || trade->second != row.line.out_trade_no;
    if (row.refund_no.empty()) return;
    const auto refund = refunds_.emplace(row.refund_no, row.line.out_request_no).first;
    number_shared_ = number_shared_ || refund->second != row.line.out_request_no;
  }

  Failure judge() {
    if (totals_differ_) return StatementError::totals_differ;
    if (number_shared_ || has_repeated(statement_.lines)) return StatementError::line_repeated;
    if (!of_that_day_) return StatementError::other_day;
    statement_.totals = totals_of(statement_.lines);
    return std::nullopt;
  }

  const StatementRules& rules_;
  const BillLayout& layout_;
  Lines lines_;
  Statement statement_{};
  std::optional<Day> said_;
  std::optional<BillTable> table_;
  std::optional<std::string_view> line_;
  Sums sums_{};
  std::map<std::string, std::string> trades_;  // our number by the channel's
  std::map<std::string, std::string> refunds_;
  bool of_that_day_ = true;
  bool totals_differ_ = false;
  bool number_shared_ = false;
};

}  // namespace

StatementTotals totals_of(const std::vector<StatementLine>& lines) {
  StatementTotals totals;
  if (!lines.empty()) totals.paid.currency = totals.refunded.currency = lines.front().amount.currency;
  for (const StatementLine& line : lines) {
    ++totals.count;
    if (line.kind == LineKind::refund) ++totals.refunds;
    (line.kind == LineKind::payment ? totals.paid : totals.refunded) += line.amount;
  }
  return totals;
}

Result<Statement, StatementError> parse_statement(std::string_view text, const Profile& profile, Day day) {
  return BillReader(text, profile.statement, day).read();
}

}  // namespace ordeal::channel
