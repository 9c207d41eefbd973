#include "reports/ci_report.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/hunt_words.h"
#include "reports/shrink_report.h"
#include "reports/words.h"

namespace ordeal::reports {
namespace {

// Flaws, designs and faults that are not the usual ones.
std::string choices(const Setting& setting) {
  std::vector<std::string> parts;
  for (const std::string& flaw : setting.flaws) parts.push_back("flaw " + flaw);
  for (const auto& [seam, design] : setting.designs) parts.push_back(seam + "=" + design);
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string joined(const std::string& one, const std::string& other) {
  return one.empty() || other.empty() ? one + other : one + ", " + other;
}

// Names in `expected` are listed with commas between them.
bool is_expected(const std::optional<std::string>& expected, bool missed, const std::string& law) {
  return expected && (!missed || expected->find(law) != std::string::npos);
}

void add_held(std::vector<CiCase>& cases, const std::vector<std::string>& laws) {
  std::set<std::string> names(laws.begin(), laws.end());
  for (const CiCase& one : cases) names.erase(one.law);
  for (const std::string& law : names) {
    cases.emplace_back();
    cases.back().law = law;
  }
}

// Whatever the exit code was for, the report has to say that there is something.
void explain(CiReport& report) {
  const bool explained =
      !report.shortcomings.empty() ||
      std::any_of(report.cases.begin(), report.cases.end(), [](const CiCase& one) { return one.fails(); });
  if (!report.green() && !explained)
    report.shortcomings.push_back(fmt::format("it ended with exit code {}", report.exit_code));
}

std::uint64_t times_of(const Named<std::uint64_t>& by_invariant, const std::string& law) {
  const auto found = by_invariant.find(law);
  return found == by_invariant.end() ? 0 : found->second;
}

CiCase case_of(const HuntReport& report, const FirstFailure& first, const Style& style) {
  CiCase one;
  one.law = first.invariant;
  one.broken = true;
  one.expected = is_expected(report.expected, report.expectation_missed.has_value(), first.invariant);
  one.kind = name_of(first.kind);
  one.times = times_of(report.by_invariant, first.invariant);
  one.seed = first.seed;
  one.message = first.message;
  const auto small = std::find_if(report.small.begin(), report.small.end(), [&](const SmallFailure& failure) {
    return failure.invariant == first.invariant;
  });
  std::string repro = first.repro;
  if (small != report.small.end()) {
    one.takes = small->takes;
    if (!small->repro.empty()) repro = small->repro;
  }
  if (!repro.empty()) one.replay = replay_line(repro, style);
  one.run = run_line(report.setting, first.seed, style);
  return one;
}

}  // namespace

CiReport ci_report(const HuntReport& report, const std::vector<std::string>& laws, const Style& style) {
  CiReport ci;
  ci.verb = report.merged_from != 0 ? "merge" : "hunt";
  ci.scenario = report.setting.scenario;
  ci.setting = choices(report.setting);
  if (report.setting.faults != "swarm") ci.setting = joined(ci.setting, "faults " + report.setting.faults);
  if (report.setting.order != "mixed") ci.setting = joined(ci.setting, "order " + report.setting.order);
  ci.setting = joined(ci.setting, fmt::format("seeds {}..{}", report.first_seed, report.last_seed));
  if (report.shard) ci.setting += ", shard " + *report.shard;
  ci.engine = report.setting.engine;
  ci.exit_code = report.exit_code;
  ci.verdict = fmt::format("{} of {} trials passed; stopped because {}", grouped(report.passed),
                           grouped(report.trials), report.stopped_because);
  ci.trials = report.trials;
  ci.wall_ns = report.wall_ns;
  for (const FirstFailure& first : report.first_failures) ci.cases.push_back(case_of(report, first, style));
  add_held(ci.cases, laws);
  ci.shortcomings = shortcomings(report);
  ci.not_shown = not_shown(report);
  const FaultCounts faults = report.faults.total();
  ci.figures = {{"trials", grouped(report.trials)},
                {"failed", grouped(report.failed)},
                {"events", grouped(report.events)},
                {"faults that struck", grouped(faults.effective) + " of " + grouped(faults.armed)},
                {"played twice", grouped(report.reruns)},
                {"wall time", wall_text(report.wall_ns)},
                {"traces hash", report.traces_hash}};
  explain(ci);
  return ci;
}

CiReport ci_report(const ExploreReport& report, const std::vector<std::string>& laws, const Style& style) {
  CiReport ci;
  ci.verb = "explore";
  ci.scenario = report.setting.scenario;
  ci.setting = joined(choices(report.setting),
                      report.depth == 1 ? "every single fault" : "every fault and every pair of faults");
  ci.engine = report.setting.engine;
  ci.exit_code = report.exit_code;
  ci.verdict = fmt::format("{} of {} trials passed; stopped because {}", grouped(report.passed),
                           grouped(report.explored), report.stopped_because);
  ci.trials = report.explored;
  ci.wall_ns = report.wall_ns;
  for (const ExploreFailure& first : report.first_failures) {
    CiCase& one = ci.cases.emplace_back();
    one.law = first.invariant;
    one.broken = true;
    one.expected = is_expected(report.expected, report.expectation_missed.has_value(), first.invariant);
    one.kind = name_of(first.kind);
    one.times = times_of(report.by_invariant, first.invariant);
    one.seed = first.seed;
    one.message = first.message;
    one.takes = first.faults;
    if (!first.repro.empty()) one.replay = replay_line(first.repro, style);
  }
  add_held(ci.cases, laws);
  if (report.expectation_missed) ci.shortcomings.push_back(*report.expectation_missed);
  for (const std::string& bug : report.our_bugs) ci.shortcomings.push_back("our bug: " + bug);
  if (!report.certificate) {
    ci.shortcomings.push_back(fmt::format("{} of {} explored, so there is no certificate: {}",
                                          grouped(report.explored + report.pruned_total()),
                                          grouped(report.candidates), report.stopped_because));
  }
  ci.figures = {
      {"candidates", grouped(report.candidates)}, {"played", grouped(report.explored)},
      {"pruned", grouped(report.pruned_total())}, {"failed", grouped(report.failed)},
      {"wall time", wall_text(report.wall_ns)},   {"certificate", report.certificate.value_or("none")}};
  explain(ci);
  return ci;
}

}  // namespace ordeal::reports
