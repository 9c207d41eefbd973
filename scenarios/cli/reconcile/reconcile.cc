// `ordeal reconcile --ours FILE --theirs FILE`: a book of one's own against what a channel or bank says, outside of any
// trial. Both files are read whole before a word is said: a file that is refused leaves nothing half told.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/reconciliation/book.h"
#include "core/reconciliation/camt053.h"
#include "core/reconciliation/figures.h"
#include "core/reconciliation/formats.h"
#include "core/reconciliation/matcher.h"
#include "faults/suggest.h"
#include "faults/text.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/reconcile/findings.h"
#include "scenarios/cli/reconcile/input_file.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/harmless.h"

namespace ordeal::cli {

using namespace reconciliation;
using play::BadInput;
using play::ExitCode;

namespace {

constexpr const char* kHelp = "ordeal reconcile --help";

struct Flags {
  std::string ours;
  std::string theirs;
  std::string before;
  std::string format;
  std::string ours_format;
  std::string day;
  std::string window = "10m";
  std::string processing = "open";
  bool csv = false;
  bool every = false;
  OutputFlags output;
};

// --- what was typed ---

const Format* format_of(std::string_view flag, const std::string& name) {
  if (name.empty()) return nullptr;
  std::vector<std::string_view> known;
  std::string list;
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
    known.push_back(format.name);
    list += (list.empty() ? "" : ", ") + std::string(format.name);
  }
  misused(fmt::format("{} needs one of {}, found \"{}\"", flag, list, name),
          faults::nearest(name, known).value_or(""), kHelp);
}

struct Typed {
  const Format* ours;
  const Format* theirs;
  Asked asked;
  std::int64_t window;
  Shape shape;
};

Typed typed(const Flags& flags) {
  if (flags.ours.empty() || flags.theirs.empty())
    misused(std::string(flags.ours.empty() ? "--ours" : "--theirs") + " FILE is needed", "", kHelp);
  Typed out{.ours = format_of("--ours-format", flags.ours_format),
            .theirs = format_of("--format", flags.format),
            .asked = {},
            .window = 0,
            .shape = flags.output.json ? Shape::json
                     : flags.csv       ? Shape::csv
                                       : Shape::text};
  if (flags.output.json && flags.csv) misused("--json and --csv: one of them", "", kHelp);
  if (!flags.day.empty()) {
    const auto day = parse_date(flags.day);
    if (!day) misused("--day needs a day like 2026-01-02, found \"" + flags.day + "\"", "", kHelp);
    out.asked.day = day_of(*day);
  }
  const auto window = faults::parse_duration(flags.window);
  constexpr std::int64_t kSecond = 1'000'000'000;
  if (!window || window->ns < 0 || window->ns > kSecondsPerDay * kSecond)
    misused("--window needs a duration from 0s to 24h, found \"" + flags.window + "\"", "", kHelp);
  out.window = window->ns / kSecond;
  if (flags.processing != "open" && flags.processing != "done") {
    constexpr std::array<std::string_view, 2> kKnown{"open", "done"};
    misused("--processing needs open or done, found \"" + flags.processing + "\"",
            faults::nearest(flags.processing, kKnown).value_or(""), kHelp);
  }
  out.asked.processing_is_done = flags.processing == "done";
  return out;
}

// --- reading ---

[[noreturn]] void refuse(const std::string& file, const Refusal& refusal) {
  std::string place = file;
  if (refusal.line != 0) place += ":" + std::to_string(refusal.line);
  if (refusal.line != 0 && refusal.column != 0) place += ":" + std::to_string(refusal.column);
  std::string message = play::harmless(place + ": " + refusal.what);
  if (refusal.what.find("the day has to be told") != std::string::npos)
    message += "\n  say it with  --day 2026-01-02";
  throw BadInput(refusal.why == Why::not_ready ? ExitCode::try_again : ExitCode::data, message);
}

// Nothing of it is kept: what is asked for is the statement as a whole.
class Nowhere final : public EntrySink {
 public:
  Refused take(const Entry&) override { return std::nullopt; }
};

Statement read_file(const std::string& name, InputFile& file, const Format* format, const Asked& asked,
                    EntrySink& sink) {
  Statement statement;
  if (const Refused refused = read_statement(file, format, asked, sink, statement)) refuse(name, *refused);
  return statement;
}

void check_before(const Flags& flags, const Typed& words, const Told& theirs) {
  if (flags.before.empty()) return;
  InputFile file(flags.before);
  Nowhere nowhere;
  const Statement before = read_file(flags.before, file, words.theirs, {}, nowhere);
  if (const Refused refused = continues(before, theirs.statement)) refuse(flags.theirs, *refused);
}

std::optional<Days> days_of(const Statement& statement) {
  if (!statement.first_day) return std::nullopt;
  return Days{*statement.first_day, *statement.last_day};
}

// The same bytes twice would agree, and say nothing.
void check_two_files(const Flags& flags, const InputFile& ours, const InputFile& theirs) {
  if (ours.is_same(theirs))
    misused(flags.ours + " and " + flags.theirs + " are the same file: it agrees with itself", "", kHelp);
}

struct Sides {
  Told ours;
  Told theirs;
  Book our_book{new_scratch};
  Book their_book{new_scratch};
};

void finish(const Told& told, Book& book) {
  book.sort();
  if (const Refused refused = book.check(told.statement.is_bill)) refuse(told.file, *refused);
}

// Trades may be held against an account's lines, as what they move there; not the other way round.
void check_flows(const Flags& flags, const Sides& sides) {
  const Statement& ours = sides.ours.statement;
  const Statement& theirs = sides.theirs.statement;
  if (ours.sums.lines == 0 || theirs.sums.lines == 0 || ours.flow == theirs.flow || ours.flow == Flow::trades)
    return;
  throw BadInput(ExitCode::data,
                 play::harmless(flags.ours + " tells of an account, " + flags.theirs +
                                " of trades\n  give the trades as --ours, the account as --theirs"));
}

ExitCode reconcile(const Flags& flags) {
  const Typed words = typed(flags);
  auto sides = std::make_unique<Sides>();
  {
    InputFile ours(flags.ours);
    InputFile theirs(flags.theirs);
    check_two_files(flags, ours, theirs);
    sides->theirs = {flags.theirs,
                     read_file(flags.theirs, theirs, words.theirs, words.asked, sides->their_book)};
    AsFunds as_funds(sides->our_book);
    EntrySink& sink =
        sides->theirs.statement.flow == Flow::funds ? static_cast<EntrySink&>(as_funds) : sides->our_book;
    sides->ours = {flags.ours, read_file(flags.ours, ours, words.ours, words.asked, sink)};
  }
  check_flows(flags, *sides);
  check_before(flags, words, sides->theirs);
  finish(sides->ours, sides->our_book);
  finish(sides->theirs, sides->their_book);
  const MatchRules rules{.window = words.window,
                         .ours = days_of(sides->ours.statement),
                         .theirs = days_of(sides->theirs.statement)};
  const auto writer = new_writer(words.shape, sides->ours, sides->theirs, flags.every);
  const Outcome outcome = match(sides->our_book, sides->their_book, rules, *writer);
  const ExitCode code = outcome.differences() == 0 ? ExitCode::ok : ExitCode::expectation;
  writer->end(outcome, static_cast<int>(code));
  return code;
}

}  // namespace

Action declare_reconcile(CommandLine& command_line, const Repertoire&) {
  auto flags = std::make_shared<Flags>();
  command_line.option("--ours", flags->ours, "FILE",
                      "your own book: a plain CSV (see docs/reconcile.md) or any format below");
  command_line.option("--theirs", flags->theirs, "FILE",
                      "the channel's or bank's file; what it is is found out");
  command_line.option(
      "--format", flags->format, "FORMAT",
      "of --theirs: plain, wechat-trade, wechat-fund, wechat-answer, alipay-trade, alipay-fund, "
      "camt053 or unionpay-flat");
  command_line.option("--ours-format", flags->ours_format, "FORMAT", "the same of --ours");
  command_line.option("--day", flags->day, "DAY",
                      "2026-01-02: a file of a channel must be of that day; unionpay-flat needs it");
  command_line.option("--before", flags->before, "FILE",
                      "theirs of the day before: this one must open with its closing balance");
  command_line.option("--window", flags->window, "TIME",
                      "around midnight, in which a difference is one of the day's cut (10m)");
  command_line.option("--processing", flags->processing, "HOW",
                      "a refund that a bill calls PROCESSING: open (ask for it) or done (open)");
  command_line.flag("--csv", flags->csv, "the differences as CSV");
  command_line.flag("--all", flags->every, "every difference as text; with --csv or --json what agrees, too");
  add_json_flag(command_line, flags->output);
  return [flags] { return reconcile(*flags); };
}

}  // namespace ordeal::cli
