#include "scenarios/cli/learn/bad_day.h"

#include <algorithm>
#include <utility>

#include "reports/plain_faults.h"
#include "scenarios/cli/hunt/corpus.h"
#include "scenarios/cli/hunt/recall.h"
#include "scenarios/cli/replay/making_small.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

// Of a strike that struck: each left one event, in the order of firing.
std::string words_of(const faults::Strike& strike, const play::Played& played) {
  const sim::TrialResult& trial = played.trial;
  auto fired = played.fired.begin();
  for (const sim::TraceRecord& record : trial.records) {
    if (record.kind != sim::EventKind::fault || fired == played.fired.end()) continue;
    if (fired->strike == strike)
      return reports::plain_strike(strike, trial.host_names[record.host], trial.tale).what;
    ++fired;
  }
  return readable(strike);
}

}  // namespace

BadDay::BadDay(const play::Flows& flows, const std::filesystem::path& repro)
    : repro_(read_repro_file(repro.string())), production_(recall(flows, repro_, repro.string())) {
  strikes_ = production_.options.plan.strikes;
}

play::PlayOptions BadDay::options_with(const std::vector<faults::Strike>& strikes) const {
  play::PlayOptions options = production_.options;
  options.faults = play::FaultMode::plan;
  options.plan.heal_at = production_.stage->scenario().storm;
  options.plan.strikes = strikes;
  std::sort(options.plan.strikes.begin(), options.plan.strikes.end());
  options.trace = sim::Trace::Mode::full;
  return options;
}

play::Played BadDay::calm_with_sites() {
  play::PlayOptions options = options_with({});
  options.list_sites = true;
  return production_.stage->play(options);
}

const std::vector<std::string>& BadDay::persons() {
  if (!persons_.empty()) return persons_;
  const play::Played played = production_.stage->play(options_with({}));
  const auto& known = played.trial.tale.persons();
  for (const sim::Told& line : played.trial.tale.lines()) {
    const std::string actor = line.root.substr(0, line.root.find('/'));
    const bool person = std::find(known.begin(), known.end(), actor) != known.end();
    if (person && std::find(persons_.begin(), persons_.end(), actor) == persons_.end())
      persons_.push_back(actor);
  }
  return persons_;
}

std::int64_t BadDay::breach_ns() {
  const sim::TrialResult trial = production_.stage->play(options_with(strikes_)).trial;
  for (const sim::Finding& finding : trial.findings) {
    if (finding.invariant == repro_.expects.invariant) return finding.at_ns;
  }
  return trial.virtual_ns;
}

DayTold BadDay::play(const std::vector<faults::Strike>& strikes, reports::Page page) {
  page.named = persons();
  const play::Played played = production_.stage->play(options_with(strikes));
  const sim::TrialResult& trial = played.trial;
  const reports::StoryOf of{trial, played.plan, played.fired};
  DayTold told;
  told.verdict = trial.verdict;
  told.broken = trial.broken.value_or("");
  if (!trial.findings.empty()) told.invariant = trial.findings.front().invariant;
  told.breaks = repro_.expects.verdict != "pass" && as_expected(repro_, trial);
  if (told.breaks) told.invariant = repro_.expects.invariant;  // the one that the story ends in
  told.story = trial.findings.empty() ? reports::calm_story(of, page)
                                      : reports::short_story(of, repro_.expects.invariant, page);
  return told;
}

BadDay::ButFor BadDay::but_for() {
  constexpr std::int64_t kBudgetNs = 2'000'000'000;
  const play::PlayOptions options = options_with(strikes_);
  const play::Played played = production_.stage->play(options);
  const play::Aim aim = play::aim_at(repro_.expects.invariant, played.trial);
  const auto table = but_for_table(*production_.stage, options, aim, wall_now_ns() + kBudgetNs, {});
  const auto names = reports::names_of(persons());
  ButFor found;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const reports::ButForRow& row = table.rows[i];
    if (row.kind == "message") {
      ++found.messages;
      if (!row.still_breaks) ++found.needed_messages;
      continue;
    }
    std::string words = row.what;
    if (const auto name = names.find(row.what); name != names.end()) words = name->second;
    // The strikes come first, in the order of the plan.
    if (row.kind == "strike") words = words_of(options.plan.strikes[i], played);
    found.rows.push_back({words, row.still_breaks});
  }
  return found;
}

}  // namespace ordeal::cli
