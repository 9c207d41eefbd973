#include "scenarios/cli/report/passing.h"

#include <algorithm>
#include <utility>

#include "scenarios/cli/hunt/recall.h"
#include "scenarios/cli/wall_clock.h"
#include "scenarios/play/shrinking.h"

namespace ordeal::cli {
namespace {

bool passes(const play::Played& played) {
  return !played.trial.broken && played.trial.verdict == sim::Verdict::pass;
}

std::string listed_flaws(const std::vector<std::string>& flaws) {
  std::string out;
  for (const std::string& flaw : flaws) out += (out.empty() ? "" : ", ") + flaw;
  return out;
}

// The strikes that struck are kept by name: what a window did in one design it may do elsewhere in another.
std::optional<Passing> right_design(const play::Flows& flows, const reports::Repro& repro,
                                    const std::string& file) {
  reports::Repro right = repro;
  right.flaws.clear();
  const Production production = recall(flows, right, file);
  play::PlayOptions options = production.options;
  options.trace = sim::Trace::Mode::with_causes;
  play::Played played = production.stage->play(options);
  if (!passes(played)) return std::nullopt;
  return Passing{"the same bad day without " + listed_flaws(repro.flaws), std::move(played)};
}

std::optional<Passing> without_one_thing(const Production& failing, const play::Played& played,
                                         std::int64_t until_ns) {
  std::vector<std::pair<std::string, play::PlayOptions>> candidates;
  play::PlayOptions base = failing.options;
  base.faults = play::FaultMode::plan;
  base.plan = played.plan;
  for (std::size_t i = 0; i < base.plan.strikes.size(); ++i) {
    play::PlayOptions options = base;
    options.plan.strikes.erase(options.plan.strikes.begin() + static_cast<std::ptrdiff_t>(i));
    candidates.emplace_back("without one fault: " + faults::readable(base.plan.strikes[i]),
                            std::move(options));
  }
  for (std::size_t i = 0; i < base.plan.windows.size(); ++i) {
    play::PlayOptions options = base;
    options.plan.windows.erase(options.plan.windows.begin() + static_cast<std::ptrdiff_t>(i));
    candidates.emplace_back("without one fault: " + faults::readable(base.plan.windows[i]),
                            std::move(options));
  }
  const play::Scenario& scenario = failing.stage->scenario();
  const std::vector<play::Actor> actors = play::actors_of(scenario, base);
  for (const play::Actor& actor : actors) {
    play::PlayOptions options = base;
    options.only = actors;
    std::erase(*options.only, actor);
    candidates.emplace_back("without " + play::actor_name(scenario, actor), std::move(options));
  }
  for (auto& [title, options] : candidates) {
    if (wall_now_ns() >= until_ns) return std::nullopt;
    if (!passes(failing.stage->play(options))) continue;
    options.trace = sim::Trace::Mode::with_causes;
    return Passing{std::move(title), failing.stage->play(options)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Passing> passing_beside(const play::Flows& flows, const reports::Repro& repro,
                                      const std::string& file, const Production& failing,
                                      const play::Played& played, std::int64_t until_ns) {
  if (passes(played) || played.trial.broken) return std::nullopt;
  if (!repro.flaws.empty()) {
    if (auto right = right_design(flows, repro, file)) return right;
  }
  return without_one_thing(failing, played, until_ns);
}

}  // namespace ordeal::cli
