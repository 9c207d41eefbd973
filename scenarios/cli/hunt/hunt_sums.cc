#include "scenarios/cli/hunt/hunt_sums.h"

#include "scenarios/cli/hunt/summing_up.h"

namespace ordeal::cli {
namespace {

constexpr std::int64_t kEnoughActors = 10;  // one or two may well fail under faults
constexpr std::size_t kSeedsKept = 100;     // of each headline: more are never looked into

void note_move(reports::EdgeTaken& taken, const TrialLine& line) {
  ++taken.trials;
  for (const auto& [kind, counts] : line.faults.by_kind)
    if (counts.effective != 0) ++taken.under[kind];
}

}  // namespace

void HuntSums::add(TrialLine line) {
  if (line.verdict != sim::Verdict::pass || line.our_bug) ++failures_seen_;
  const std::uint64_t seed = line.seed;
  waiting_.emplace(seed, std::move(line));
  for (auto first = waiting_.begin(); first != waiting_.end() && first->first == next_ && !full();) {
    merge(first->second);
    first = waiting_.erase(first);
    next_ += step_;
  }
}

void HuntSums::merge(const TrialLine& line) {
  const bool passed = line.verdict == sim::Verdict::pass && !line.our_bug;
  last_ = line.seed;
  ++report_.trials;
  ++(passed ? report_.passed : report_.failed);
  ++report_.by_verdict[line.our_bug ? "broken" : std::string(sim::name_of(line.verdict))];
  report_.reruns += line.twice ? 1 : 0;
  report_.mismatches += line.same ? 0 : 1;
  report_.events += line.events;
  report_.virtual_ns += line.virtual_ns;
  traces_.add(line.seed);
  traces_.add(std::string_view(line.trace_hash));
  if (!line.findings.empty()) {
    const std::string& headline = line.findings.front().invariant;
    report_.headlines.insert(headline);
    std::vector<std::uint64_t>& seeds = report_.failing_seeds[headline];
    if (seeds.size() < kSeedsKept) seeds.push_back(line.seed);
  }
  for (const TrialLine::Broken& one : line.findings) {
    if (++report_.by_invariant[one.invariant] != 1) continue;
    report_.first_failures.push_back({line.seed, one.invariant, one.kind, one.message, ""});
  }
  for (const auto& [mark, count] : line.marks) report_.sometimes[mark] += count;
  for (const auto& [name, count] : line.counts) report_.counts[name] += count;
  for (const auto& [name, count] : line.set_about) report_.set_about[name] += count;
  for (const auto& [machine, edges] : line.moves)
    for (const std::string& edge : edges) note_move(report_.machines[machine][edge], line);
  for (const auto& [kind, counts] : line.faults.by_kind) report_.faults.by_kind[kind] += counts;
  for (const TrialLine::Rate& rate : line.rates) {
    Tried& tried = rates_[{static_cast<int>(rate.kind), {rate.asked.num, rate.asked.den}}];
    tried.tries += rate.tries;
    tried.hits += rate.hits;
  }
  if (line.our_bug) report_.our_bugs.push_back({line.seed, *line.our_bug});
}

void HuntSums::close_gaps() {
  for (const auto& [seed, line] : waiting_) {
    if (full()) break;
    merge(line);
  }
  waiting_.clear();
}

void HuntSums::finish(reports::HuntReport& report, const play::Scenario& scenario) {
  close_gaps();
  for (const auto& [key, tried] : rates_) {
    const Ratio asked{key.second.first, key.second.second};
    if (!faults::enough_tries(tried.tries, asked)) continue;
    ++report_.rates_judged;
    if (faults::within_three_sigma(tried.tries, tried.hits, asked)) continue;
    const auto kind = static_cast<faults::FaultKind>(key.first);
    report_.rates_off.push_back({std::string(faults::name_of(kind)), asked, tried.tries, tried.hits});
  }
  for (const auto& [kind, counts] : report_.faults.by_kind) {
    if (counts.effective == 0) report_.never_effective.push_back(kind);
  }
  for (const auto& [use, actors] : report_.set_about) {
    if (actors >= kEnoughActors && report_.counts[use] == 0) report_.came_to_nothing.push_back(use);
  }
  report_.traces_hash = traces_.text();
  report_.not_reached = not_reached(scenario, report_.sometimes);
  report_.setting = report.setting;
  report = std::move(report_);
}

}  // namespace ordeal::cli
