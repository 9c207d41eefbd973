#include "reports/hunt_words.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "faults/text.h"
#include "reports/words.h"

namespace ordeal::reports {
namespace {

constexpr int kNothingRan = 5;
constexpr int kIo = 74;
constexpr int kTryAgain = 75;
constexpr int kSignal = 128;

}  // namespace

std::vector<std::string> not_shown(const HuntReport& report) {
  std::vector<std::string> out;
  std::vector<std::string> not_reached = report.not_reached;
  std::erase_if(not_reached, [&](const std::string& mark) {
    return std::find(report.missed.begin(), report.missed.end(), mark) != report.missed.end();
  });
  if (!not_reached.empty()) {
    out.push_back(fmt::format("never happened: {}; so this hunt says nothing about what follows from them",
                              fmt::join(not_reached, ", ")));
  }
  if (!report.never_effective.empty()) {
    out.push_back(fmt::format("faults that were planned (armed) and never struck anything: {}",
                              fmt::join(report.never_effective, ", ")));
  }
  if (!report.rates_off.empty()) {
    // Three sigma: 27 of 10,000 fair rates look unfair.
    const RateOff& rate = report.rates_off.front();
    out.push_back(fmt::format(
        "{} of {} kinds and rates of fault struck more or less often than asked for, by three sigma (by "
        "chance {:.1f} would), such as {}: {} of {} times where {} was asked for",
        report.rates_off.size(), grouped(report.rates_judged),
        static_cast<double>(report.rates_judged) * 0.0027, rate.kind, grouped(rate.hits), grouped(rate.tries),
        faults::text(rate.asked)));
  }
  if (report.remembered) {
    for (const std::string& line : report.remembered->unclear)
      out.push_back("a failure that is remembered could not be played as it was: " + line);
  }
  return out;
}

std::string missing_words(const MissingSeeds& missing) {
  if (!missing.any()) return "";
  const std::string which = missing.shards.empty()
                                ? fmt::format("{}{}", fmt::join(missing.first, ", "),
                                              missing.count > missing.first.size() ? ", …" : "")
                                : fmt::format("all of shard {}", fmt::join(missing.shards, ", "));
  const std::string how_many = missing.count == 0   ? "seeds are"
                               : missing.count == 1 ? "1 seed is"
                                                    : grouped(missing.count) + " seeds are";
  return fmt::format("{} missing: {}", how_many, which);
}

std::vector<std::string> shortcomings(const HuntReport& report) {
  std::vector<std::string> out;
  if (report.expectation_missed) out.push_back(*report.expectation_missed);
  if (report.missing_seeds.any()) out.push_back(missing_words(report.missing_seeds));
  if (report.mismatches != 0)
    out.push_back(fmt::format("{} of {} trials that were played twice had another trace",
                              grouped(report.mismatches), grouped(report.reruns)));
  for (const std::string& use : report.came_to_nothing) {
    const auto set_about = report.set_about.find(use);
    out.push_back(fmt::format(
        "nothing is shown: {} set about it, and {} stays 0 in all trials",
        grouped(set_about == report.set_about.end() ? 0 : static_cast<std::uint64_t>(set_about->second)),
        use));
  }
  if (!report.missed.empty()) {
    out.push_back(fmt::format("inconclusive: never happened in {} trials, and has to: {}",
                              grouped(report.trials), fmt::join(report.missed, ", ")));
  }
  if (report.corpus) {
    for (const std::string& line : report.corpus->otherwise) out.push_back("corpus: " + line);
  }
  if (report.remembered) {
    for (const std::string& line : report.remembered->again)
      out.push_back("a failure that is remembered is there again: " + line);
  }
  for (const OurBug& bug : report.our_bugs)
    out.push_back(fmt::format("our bug, with seed {}: {}", bug.seed, bug.what));
  if (report.exit_code == kNothingRan) out.emplace_back("nothing ran");
  if (report.exit_code == kIo) out.emplace_back("not everything could be written");
  if (report.exit_code == kTryAgain || report.exit_code > kSignal)
    out.push_back("stopped because " + report.stopped_because);
  return out;
}

}  // namespace ordeal::reports
