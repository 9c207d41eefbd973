#include "scenarios/cli/learn/part_two.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "reports/short_story.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/learn/plug_in.h"
#include "scenarios/cli/replay/making_small.h"
#include "scenarios/cli/run/casting.h"

namespace ordeal::cli {
namespace {

// So many failing worlds are made small, with so many tries each.
constexpr std::size_t kCandidates = 40;
constexpr std::uint64_t kTries = 300;

struct Found {
  std::string text;
  std::tuple<bool, bool, bool, std::size_t, std::size_t> worth;  // less is better
};

// A day without the new fault shows something else; one with windows cannot be told by its strikes; two persons read worse
// than one.
Found made_small(const Production& production, const play::PlayOptions& options, const play::Played& played,
                 const std::string& new_fault) {
  const std::string& invariant = played.trial.findings.front().invariant;
  SmallOrder order;
  order.most_tries = kTries;
  MadeSmall made = make_small(production, options, played, invariant, order);
  play::PlayOptions again = made.small.options;
  again.trace = sim::Trace::Mode::full;
  const play::Played small = production.stage->play(again);
  const std::string story = reports::short_story({small.trial, small.plan, small.fired}, invariant, {});
  const auto lines = static_cast<std::size_t>(std::count(story.begin(), story.end(), '\n'));
  const auto& plan = made.small.options.plan;
  const bool by_it = std::any_of(plan.strikes.begin(), plan.strikes.end(), [&](const faults::Strike& strike) {
    return faults::info(strike.action).name == new_fault;
  });
  const std::size_t acting =
      plan.strikes.size() + play::actors_of(production.stage->scenario(), made.small.options).size();
  return {reports::json_text(repro_of(production, made.small.options, made.small.played, invariant)),
          {!by_it, plan.strikes.empty(), !plan.windows.empty(), acting, lines}};
}

// Making small takes nothing new in, so a world without the new fault cannot become its day.
bool has_struck(const play::Played& played, const std::string& new_fault) {
  return std::any_of(played.fired.begin(), played.fired.end(), [&](const faults::FiredStrike& fired) {
    return faults::info(fired.strike.action).name == new_fault;
  });
}

}  // namespace

void renew_part_two(const Repertoire& repertoire, const Lesson& lesson, const std::filesystem::path& half,
                    std::uint64_t seeds) {
  const PlugIn plug_in(repertoire.flows, lesson.flaw, half);
  const Repertoire own{plug_in.flows(), repertoire.shelves, repertoire.corpus, repertoire.lessons};
  CastFlags cast;
  cast.scenario = lesson.scenario;
  cast.flaws = {lesson.flaw};
  cast.order = "fifo";
  const Production production = produce(own, cast);
  std::optional<Found> best;
  std::size_t candidates = 0;
  for (std::uint64_t seed = 1; seed <= seeds && candidates < kCandidates; ++seed) {
    play::PlayOptions options = production.options;
    options.seed = seed;
    const play::Played played = production.stage->play(options);
    if (played.trial.verdict != sim::Verdict::safety && played.trial.verdict != sim::Verdict::liveness)
      continue;
    if (!has_struck(played, lesson.new_fault)) continue;
    ++candidates;
    Found found = made_small(production, options, played, lesson.new_fault);
    if (!best || found.worth < best->worth) best = std::move(found);
  }
  if (best) write_whole(lesson.part_two(), best->text);
}

}  // namespace ordeal::cli
