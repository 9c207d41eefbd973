#include <array>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "core/reconciliation/figures.h"
#include "reports/layout.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/reconcile/findings.h"
#include "scenarios/cli/reconcile/findings_shapes.h"
#include "scenarios/play/harmless.h"

namespace ordeal::cli {

using namespace reconciliation;

namespace {

// Of each class so many are told.
constexpr std::size_t kTold = 10;

struct ClassWords {
  std::string_view name;
  std::string_view meaning;
};
ClassWords words_of(Class what) {
  static constexpr std::array<ClassWords, kClasses> kWords{{
      {"matched", ""},
      {"missing here", "掉单: theirs alone has it"},
      {"missing there", "掉单: ours alone has it"},
      {"amount", "another amount"},
      {"status", "another state"},
      {"duplicate", "a further line of one event"},
      {"fee", "another fee"},
      {"surplus", "长款: their account holds more"},
      {"shortage", "短款: their account holds less"},
      {"day cut", "on the other side of midnight"},
      {"late", "both have it, days apart"},
  }};
  return kWords[static_cast<std::size_t>(what)];
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t there = reports::display_width(text);
  if (there < width) text.append(width - there, ' ');
  return text;
}

class TextWriter final : public FindingWriter {
 public:
  TextWriter(const Told& ours, const Told& theirs, bool every) : ours_(ours), theirs_(theirs), every_(every) {
    const auto& currency =
        theirs.statement.sums.currency ? theirs.statement.sums.currency : ours.statement.sums.currency;
    if (currency) decimals_ = decimals_of(*currency);
  }

  void found(const Finding& finding) override {
    if (finding.what == Class::matched) return;
    std::vector<std::string>& told = told_[finding.what];
    if (told.size() >= kTold) return;
    const Entry& one = finding.ours != nullptr ? *finding.ours : *finding.theirs;
    std::string text = fmt::format("{}  {} {}\n", words_of(finding.what).name, name_of(one.kind),
                                   play::harmless_line(one.number));
    text += side("ours", finding.ours) + side("theirs", finding.theirs);
    if (!every_) return told.push_back(std::move(text));
    constexpr std::size_t kBlock = std::size_t{1} << 16U;
    waiting_ += text + "\n";
    if (waiting_.size() < kBlock) return;
    print(waiting_);
    waiting_.clear();
  }

  // Every difference is printed as it comes, and the table stands below them; the first ones of each class stand below it.
  void end(const Outcome& outcome, int) override {
    print(waiting_ + file("ours", ours_) + file("theirs", theirs_) + "\n" + table(outcome));
    for (const auto& [what, told] : told_) {
      for (const std::string& text : told) print("\n" + text);
      const auto all = static_cast<std::size_t>(outcome.of(what).events);
      if (!every_ && all > told.size())
        print(fmt::format("\n{}: {} more, see --all\n", words_of(what).name, all - told.size()));
    }
    const std::int64_t events = outcome.differences() + outcome.of(Class::matched).events;
    print(outcome.differences() == 0 ? fmt::format("\nall {} agree\n", events)
                                     : fmt::format("\n{} of {} differ, by {} in all\n", outcome.differences(),
                                                   events, money(gap_of_all(outcome))));
  }

 private:
  std::string money(std::int64_t minor) const { return decimal_text(minor, decimals_); }

  static std::int64_t gap_of_all(const Outcome& outcome) {
    std::int64_t sum = 0;
    for (const Outcome::OfClass& one : outcome.of_class) sum += one.gap;
    return sum;
  }

  std::string side(std::string_view name, const Entry* entry) const {
    if (entry == nullptr) return fmt::format("  {:<7} no line\n", name);
    std::string fee = entry->has_fee ? "  fee " + fee_text(entry->fee, decimals_) : "";
    return fmt::format("  {:<7} line {:<7} {} {}  {}  {}{}\n", name, entry->line,
                       decimal_text(entry->amount, decimals_of(entry->currency)), entry->currency.text(),
                       name_of(entry->state), at_text(entry->at, entry->only_day), fee);
  }

  std::string file(std::string_view name, const Told& told) const {
    const Statement& it = told.statement;
    const std::string days = it.first_day ? dates_text(*it.first_day, *it.last_day) : "";
    std::string text =
        fmt::format("{:<7} {:<13} {} {}  {}  {}\n", name, it.format, it.sums.lines,
                    it.sums.lines == 1 ? "line" : "lines", days, play::harmless_line(told.file));
    const std::string sums = it.no_bill ? "the channel says that there is no bill" : sums_of(it);
    return text + fmt::format("{:<7} {}\n", "", sums);
  }

  std::string sums_of(const Statement& it) const {
    std::string text;
    for (std::size_t i = 0; i < it.sums.of_kind.size(); ++i) {
      const Sums::OfKind& kind = it.sums.of_kind[i];
      if (kind.lines == 0) continue;
      text += fmt::format("{}{} {} in {}", text.empty() ? "" : ", ", name_of(static_cast<Kind>(i)),
                          money(kind.amount), kind.lines);
    }
    if (it.sums.fee != 0) text += fmt::format(", fees {}", fee_text(it.sums.fee, decimals_));
    if (it.opening && it.closing)
      text += fmt::format(", balance {} to {}", money(*it.opening), money(*it.closing));
    return text.empty() ? "nothing" : text;
  }

  std::string table(const Outcome& outcome) const {
    std::string text = fmt::format("{:<14} {:>9}  {:>16}\n", "class", "events", "theirs - ours");
    for (std::size_t i = 0; i < kClasses; ++i) {
      const Outcome::OfClass& one = outcome.of_class[i];
      if (one.events == 0 && i != 0) continue;
      const ClassWords words = words_of(static_cast<Class>(i));
      text += padded(std::string(words.name), 14) +
              fmt::format(" {:>9}  {:>16}", one.events, money(one.gap)) +
              (words.meaning.empty() ? "" : "  " + std::string(words.meaning)) + "\n";
    }
    if (outcome.moved_nothing != 0)
      text += fmt::format("{:<14} {:>9}  {:>16}  failed or closed, and only one knows it\n", "moved nothing",
                          outcome.moved_nothing, "");
    return text;
  }

  const Told& ours_;
  const Told& theirs_;
  bool every_;
  int decimals_ = 2;
  std::string waiting_;
  std::map<Class, std::vector<std::string>> told_;
};

}  // namespace

std::unique_ptr<FindingWriter> new_text_writer(const Told& ours, const Told& theirs, bool every) {
  return std::make_unique<TextWriter>(ours, theirs, every);
}

std::unique_ptr<FindingWriter> new_writer(Shape shape, const Told& ours, const Told& theirs, bool every) {
  if (shape == Shape::json) return new_json_writer(ours, theirs, every);
  if (shape == Shape::csv) return new_csv_writer(every);
  return new_text_writer(ours, theirs, every);
}

}  // namespace ordeal::cli
