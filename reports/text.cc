#include "reports/text.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "faults/text.h"
#include "reports/hunt_words.h"
#include "reports/layout.h"
#include "reports/shrink_report.h"
#include "reports/words.h"

namespace ordeal::reports {
namespace {

template <class... Args>
void add(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

std::string setting_text(const Setting& setting) {
  std::string out = setting.scenario;
  for (const std::string& flaw : setting.flaws) out += "  flaw " + flaw;
  for (const auto& [seam, design] : setting.designs) out += "  " + seam + "=" + design;
  if (setting.faults != "swarm") out += "  faults " + setting.faults;
  return out;
}

// `sign` and the text behind it, wrapped.
void add_wrapped(std::string& out, std::string_view sign, const std::string& text, const Style& style) {
  constexpr std::size_t kSign = 2;
  bool first = true;
  for (const std::string& line : wrapped(text, style.width - std::min(style.width, kSign))) {
    out += (first ? std::string(sign) + " " : std::string(kSign, ' ')) + line + "\n";
    first = false;
  }
}

// "placed 10 · paid 8", wrapped under where it begins.
template <class Value>
std::string pairs(const Named<Value>& named) {
  constexpr std::size_t kIndent = 12;
  constexpr std::size_t kWidth = 100;
  std::string out;
  std::size_t column = kIndent;
  for (const auto& [name, value] : named) {
    if (value == 0) continue;
    std::string words = name + " " + grouped(static_cast<std::uint64_t>(value));
    std::replace(words.begin(), words.end(), '_', ' ');
    if (!out.empty() && column + words.size() + 3 > kWidth) {
      out += "\n" + std::string(kIndent, ' ') + words;
      column = kIndent + words.size();
    } else {
      out += (out.empty() ? "" : " · ") + words;
      column += words.size() + 3;
    }
  }
  return out.empty() ? "nothing" : out;
}

void faults_text(std::string& out, const FaultReport& faults) {
  const FaultCounts all = faults.total();
  if (all.armed == 0) {
    out += "  faults    none\n";
    return;
  }
  add(out, "  faults    {} armed, {} reached, {} struck\n", grouped(all.armed), grouped(all.reached),
      grouped(all.effective));
  for (const auto& [kind, counts] : faults.by_kind) {
    add(out, "    {:<20} {:>8} of {:<8} struck{}\n", kind, grouped(counts.effective), grouped(counts.armed),
        counts.hits == 0 ? "" : ", " + grouped(counts.hits) + " times");
  }
}

void not_reached_text(std::string& out, const std::vector<std::string>& marks, const Style& style) {
  if (!marks.empty()) add_wrapped(out, " ", fmt::format("never happened: {}", fmt::join(marks, ", ")), style);
}

void finding_text(std::string& out, const sim::Finding& finding, const Style& style) {
  add(out, "{} {}  {}  {}\n", painted(style.color, Paint::bad, "✗"),
      painted(style.color, Paint::bold, finding.invariant), name_of(finding.kind), story_time(finding.at_ns));
  add(out, "    {}\n", finding.message);
  std::size_t width = 0;
  for (const auto& [name, value] : finding.evidence) width = std::max(width, name.size());
  for (const auto& [name, value] : finding.evidence) add(out, "    {:<{}}  {}\n", name, width, value);
}

std::string verdict_text(const RunReport& report, const Style& style) {
  if (report.broken) return painted(style.color, Paint::bad, "✗ our bug: " + *report.broken);
  const bool good = report.verdict == sim::Verdict::pass;
  return painted(style.color, good ? Paint::good : Paint::bad,
                 fmt::format("{} {}", good ? "✓" : "✗", sim::name_of(report.verdict)));
}

// Failures of one invariant and one cause are one finding; people are shown the first whole.
void small_text(std::string& out, const HuntReport& report, const std::string& invariant,
                const Style& style) {
  constexpr std::size_t kShown = 3;
  std::vector<const SmallFailure*> causes;
  for (const SmallFailure& small : report.small) {
    if (small.invariant == invariant) causes.push_back(&small);
  }
  if (causes.empty()) return;
  const SmallFailure& first = *causes.front();
  add(out, "    small  {} (from {}){}\n", sizes_text(first.after), sizes_text(first.before),
      first.finished ? "" : ", best within the budget");
  if (!first.repro.empty()) add(out, "    again  {}\n", replay_line(first.repro, style));
  const auto looked = report.looked_into.find(invariant);
  if (style.quiet || looked == report.looked_into.end() || looked->second < 2) return;
  add(out, "    of {} looked into\n", grouped(looked->second));
  for (std::size_t i = 0; i < std::min(kShown, causes.size()); ++i)
    add(out, "      {} × {}\n", causes[i]->count, causes[i]->cause);
  if (causes.size() > kShown) add(out, "      and {} causes more\n", causes.size() - kShown);
}

bool is_small(const HuntReport& report, const std::string& invariant) {
  return std::any_of(report.small.begin(), report.small.end(), [&](const SmallFailure& small) {
    return small.invariant == invariant && !small.repro.empty();
  });
}

void failures_text(std::string& out, const HuntReport& report, const Style& style) {
  for (const FirstFailure& first : report.first_failures) {
    const auto found = report.by_invariant.find(first.invariant);
    const std::uint64_t times = found == report.by_invariant.end() ? 0 : found->second;
    add(out, "{} {}  {} of {} trials, first with seed {}\n", painted(style.color, Paint::bad, "✗"),
        painted(style.color, Paint::bold, first.invariant), grouped(times), grouped(report.trials),
        first.seed);
    add(out, "    {}\n", first.message);
    small_text(out, report, first.invariant, style);
    if (first.repro.empty()) {
      add(out, "    again  {}\n", run_line(report.setting, first.seed, style));
    } else {
      add(out, "    {}  {}\n", is_small(report, first.invariant) ? "whole" : "again",
          replay_line(first.repro, style));
    }
  }
  for (const OurBug& bug : report.our_bugs) {
    add(out, "{} seed {}: {}\n", painted(style.color, Paint::bad, "✗ our bug:"), bug.seed, bug.what);
  }
}

// "1 fault struck", "3 faults struck, of 7 that were armed".
std::string struck_text(const FaultReport& faults) {
  const FaultCounts all = faults.total();
  if (all.armed == 0) return "no faults";
  return fmt::format("{} {} struck, of {} armed", grouped(all.effective),
                     all.effective == 1 ? "fault" : "faults", grouped(all.armed));
}

void tables_text(std::string& out, const Named<std::int64_t>& counts, const Named<std::uint64_t>& sometimes,
                 const FaultReport& faults) {
  add(out, "  counts    {}\n", pairs(counts));
  add(out, "  sometimes {}\n", pairs(sometimes));
  faults_text(out, faults);
}

// How a hunt went: its pace, what was checked on the way, where everything is kept.
void pace_text(std::string& out, const HuntReport& report, const Style& style) {
  if (style.verbose) tables_text(out, report.counts, report.sometimes, report.faults);
  const PlayedBefore& before = report.before;
  if (report.merged_from != 0) {
    add(out, "  {} trials merged from {} run {}; {}\n", grouped(report.trials), grouped(report.merged_from),
        report.merged_from == 1 ? "directory" : "directories", struck_text(report.faults));
  } else {
    if (before.trials != 0) add(out, "  {} trials were there before\n", grouped(before.trials));
    add(out, "  {} in {}: {:.0f} trials, {} events a second; {}\n",
        grouped(report.trials - before.trials) + " trials", wall_text(report.wall_ns),
        per_second(report.trials - before.trials, report.wall_ns),
        grouped(static_cast<std::uint64_t>(per_second(report.events - before.events, report.wall_ns))),
        struck_text(report.faults));
  }
  add(out, "  {} of them played twice: {}\n", grouped(report.reruns),
      report.mismatches == 0 ? "the same traces" : grouped(report.mismatches) + " with another trace");
  if (report.corpus) {
    add(out, "  corpus: {} of {} replayed as expected\n", report.corpus->as_expected,
        report.corpus->replayed);
  }
  if (!report.run_directory.empty()) add(out, "  saved in  {}\n", report.run_directory);
}

constexpr int kInconclusive = 4;
constexpr int kTryAgain = 75;

std::string hunt_verdict_text(const HuntReport& report, const Style& style) {
  const bool green = report.failed == 0 && report.our_bugs.empty() && report.trials != 0 &&
                     report.came_to_nothing.empty() && report.missed.empty() &&
                     (!report.corpus || report.corpus->otherwise.empty()) && !report.missing_seeds.any() &&
                     (!report.remembered || report.remembered->again.empty()) &&
                     report.exit_code != kInconclusive &&  // such as a plan that never struck
                     report.exit_code != kTryAgain;
  const std::string said = report.trials == 0 ? "✗ nothing ran"
                                              : fmt::format("{} {} of {} trials passed", green ? "✓" : "✗",
                                                            grouped(report.passed), grouped(report.trials));
  return painted(style.color, green ? Paint::good : Paint::bad, said) + "; stopped because " +
         report.stopped_because + "\n";
}

}  // namespace

std::string run_line(const Setting& setting, std::uint64_t seed, const Style& style) {
  std::string out =
      shell_word(style.program) + " run " + shell_word(setting.scenario) + " --seed " + std::to_string(seed);
  for (const std::string& flaw : setting.flaws) out += " --flaw " + flaw;
  for (const auto& [seam, design] : setting.designs) out += " --design " + seam + "=" + design;
  if (setting.faults != "swarm") out += " --faults " + shell_word(setting.faults);
  if (setting.order != "mixed") out += " --order " + setting.order;
  return out;
}

std::string replay_line(const std::string& repro, const Style& style) {
  return shell_word(style.program) + " replay " + shell_word(repro);
}

std::string run_text(const RunReport& report, const Style& style) {
  std::string out;
  if (report.expectation_missed)
    add(out, "{} {}\n", painted(style.color, Paint::bad, "✗"), *report.expectation_missed);
  out += verdict_text(report, style);
  add(out, "{}\n",
      style.quiet ? "" : fmt::format("  {}  seed {}", setting_text(report.setting), report.seed));
  if (!style.quiet) {
    for (const sim::Finding& finding : report.findings) finding_text(out, finding, style);
  }
  if (report.repro) {
    add(out, "again  {}\n", replay_line(*report.repro, style));
  } else if (report.verdict != sim::Verdict::pass || report.broken) {
    add(out, "again  {}\n", run_line(report.setting, report.seed, style));
  }
  if (style.quiet) return out;
  if (style.verbose) tables_text(out, report.counts, report.sometimes, report.faults);
  add(out, "  {} events, {} of virtual time in {}; {}{}\n", grouped(report.events),
      story_clock(report.virtual_ns), wall_text(report.wall_ns), struck_text(report.faults),
      report.played_twice ? "; played twice: the same trace" : "");
  add(out, "  trace     {}\n", report.trace_hash);
  not_reached_text(out, report.not_reached, style);
  return out;
}

std::string hunt_text(const HuntReport& report, const Style& style) {
  std::string out;
  if (report.expected) {
    add(out, "{}\n",
        report.expectation_missed
            ? painted(style.color, Paint::bad, "✗ " + *report.expectation_missed)
            : painted(style.color, Paint::good,
                      "✓ found " + *report.expected +
                          ", as expected, and no failing trial is about anything else"));
  }
  out += hunt_verdict_text(report, style);
  failures_text(out, report, style);
  if (report.missing_seeds.any())
    add_wrapped(out, painted(style.color, Paint::bad, "✗"), missing_words(report.missing_seeds), style);
  for (const std::string& use : report.came_to_nothing) {
    add_wrapped(out, painted(style.color, Paint::bad, "✗"),
                fmt::format("nothing is shown: {} set about it, and {} stays 0 in all trials",
                            grouped(static_cast<std::uint64_t>(report.set_about.at(use))), use),
                style);
  }
  if (!report.missed.empty()) {
    add_wrapped(out, painted(style.color, Paint::bad, "✗"),
                fmt::format("inconclusive: never happened in {} trials, and has to: {}",
                            grouped(report.trials), fmt::join(report.missed, ", ")),
                style);
  }
  if (report.corpus) {
    for (const std::string& line : report.corpus->otherwise)
      add(out, "{} corpus: {}\n", painted(style.color, Paint::bad, "✗"), line);
  }
  if (report.remembered) {
    for (const std::string& line : report.remembered->again)
      add_wrapped(out, painted(style.color, Paint::bad, "✗"),
                  "a failure that is remembered is there again: " + line, style);
    for (const std::string& line : report.remembered->mended)
      add_wrapped(out, painted(style.color, Paint::good, "✓"), "not broken any more: " + line, style);
  }
  if (style.quiet) return out;
  add(out, "{}  seeds {}..{}{}\n", setting_text(report.setting), report.first_seed, report.last_seed,
      report.shard ? ", shard " + *report.shard : "");
  pace_text(out, report, style);
  for (const std::string& line : not_shown(report))
    add_wrapped(out, painted(style.color, Paint::warn, "!"), line, style);
  return out;
}

}  // namespace ordeal::reports
