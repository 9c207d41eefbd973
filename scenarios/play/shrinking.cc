#include "scenarios/play/shrinking.h"

#include <algorithm>
#include <utility>

namespace ordeal::play {
namespace {

// Actors are what a trial's time is spent on: of a crowd most go before anything else is tried, with
// as many tries as that is worth.
constexpr std::size_t kCrowd = 16;
constexpr std::uint64_t kCrowdTries = 24;
constexpr int kRoundsMax = 5;

class TrialShrinker {
 public:
  TrialShrinker(const Shrinking& how, const PlayOptions& failing, const Played& first)
      : how_(how), best_{failing, first, 0, false} {
    best_.options.faults = FaultMode::plan;
    best_.options.plan = first.plan;
    best_.options.list_sites = false;
    best_.options.ordering = first.ordering;
    best_.options.trace = sim::Trace::Mode::hash_only;
  }

  Small run() {
    const faults::PlanShrinker::Judge judge = [this](const faults::Plan& plan) {
      PlayOptions candidate = best_.options;
      candidate.plan = plan;
      return fails(std::move(candidate));
    };
    faults::PlanShrinker plan(best_.options.plan, judge, how_.budget);
    plan.strike_out(best_.played.fired);
    thin_the_crowd(plan);
    first_come_first_served();
    for (int round = 0; round < kRoundsMax && !over(); ++round) {
      const std::uint64_t before = betters_;
      plan.fewer_strikes();
      fewer_actors();
      fewer_parts();
      tidy(plan);
      plan.fewer_windows();
      plan.fewer_knobs();
      if (betters_ == before) break;
    }
    if (how_.times) plan.shorten();
    tidy(plan);
    best_.tries = how_.budget.tries;
    best_.finished = !over();
    return std::move(best_);
  }

 private:
  bool over() const {
    return how_.budget.tries >= how_.budget.max_tries || (how_.budget.expired && how_.budget.expired());
  }

  // The one place where a candidate is played; what fails is the best from then on.
  bool fails(PlayOptions candidate, bool must_differ = false) {
    Played played = how_.stage.play(candidate);
    if (!how_.aim.hit_by(played.trial)) return false;
    if (must_differ && played.trial.trace_hash == best_.played.trial.trace_hash) return false;
    best_ = {std::move(candidate), std::move(played), how_.budget.tries, false};
    ++betters_;
    if (how_.on_better) how_.on_better(best_);
    return true;
  }

  // Strikes whose actor or cause is gone strike no more.
  void tidy(faults::PlanShrinker& plan) {
    plan.forget(best_.played.unmatched);
    best_.options.plan = plan.best();
    best_.played.plan = plan.best();
    best_.played.unmatched.clear();
  }

  void remove_actors(faults::Budget& budget) {
    PlayOptions candidate = best_.options;
    const std::function<bool(const std::vector<Actor>&)> judge = [&](const std::vector<Actor>& left) {
      candidate.only = left;
      candidate.omitted = best_.options.omitted;
      std::erase_if(candidate.omitted, [&](const Omission& one) {
        return std::find(left.begin(), left.end(), one.actor) == left.end();
      });
      return fails(candidate);
    };
    faults::ddmin<Actor>(actors_of(how_.stage.scenario(), best_.options), judge, budget);
  }

  // A failure that does not need its order among equals is easier to follow without.
  void first_come_first_served() {
    if (best_.options.ordering == sim::Ordering::fifo || over() || !how_.budget.take()) return;
    PlayOptions candidate = best_.options;
    candidate.ordering = sim::Ordering::fifo;
    fails(std::move(candidate));
  }

  void thin_the_crowd(faults::PlanShrinker& plan) {
    if (over() || actors_of(how_.stage.scenario(), best_.options).size() <= kCrowd) return;
    faults::Budget some = how_.budget;
    some.max_tries = std::min(some.max_tries, some.tries + kCrowdTries);
    remove_actors(some);
    how_.budget.tries = some.tries;
    tidy(plan);
  }

  void fewer_actors() {
    if (!over()) remove_actors(how_.budget);
  }

  // Each part for all actors of a workload at once, then for one after the other. A part that changes nothing was not
  // there.
  void fewer_parts() {
    const std::vector<Part>& workloads = how_.stage.scenario().workloads;
    for (std::uint32_t workload = 0; workload < workloads.size(); ++workload) {
      const auto parts = static_cast<const WorkloadRow*>(workloads[workload].row)->omissions.size();
      for (std::uint32_t part = 0; part < parts; ++part) {
        std::vector<Actor> actors = actors_of(how_.stage.scenario(), best_.options);
        std::erase_if(actors, [&](const Actor& actor) { return actor.workload != workload; });
        if (actors.size() > 1 && without(actors, part)) continue;
        for (const Actor& actor : actors) without({actor}, part);
      }
    }
  }

  bool without(const std::vector<Actor>& actors, std::uint32_t part) {
    PlayOptions candidate = best_.options;
    for (const Actor& actor : actors) {
      const Omission omission{actor, part};
      auto& list = candidate.omitted;
      if (std::find(list.begin(), list.end(), omission) == list.end()) list.push_back(omission);
    }
    std::sort(candidate.omitted.begin(), candidate.omitted.end());
    if (candidate.omitted == best_.options.omitted || !how_.budget.take()) return false;
    return fails(std::move(candidate), true);
  }

  const Shrinking& how_;
  Small best_;
  std::uint64_t betters_ = 0;
};

}  // namespace

std::vector<Actor> actors_of(const Scenario& scenario, const PlayOptions& options) {
  return options.only ? *options.only : all_actors(scenario);
}

bool Aim::hit_by(const sim::TrialResult& trial) const {
  if (trial.broken) return false;
  if (invariant.empty()) return trial.verdict == verdict;
  if (trial.findings.empty()) return false;
  if (headline) return trial.findings.front().invariant == invariant;
  return std::any_of(trial.findings.begin(), trial.findings.end(),
                     [&](const sim::Finding& finding) { return finding.invariant == invariant; });
}

Aim aim_at(const std::string& invariant, const sim::TrialResult& trial) {
  const bool headline = !trial.findings.empty() && trial.findings.front().invariant == invariant;
  return {invariant, headline, trial.verdict};
}

Size size_of(const Scenario& scenario, const PlayOptions& options, const Played& played) {
  return {played.fired.size(), played.plan.windows.size(), actors_of(scenario, options).size()};
}

Small shrink(const Shrinking& how, const PlayOptions& failing, const Played& first) {
  return TrialShrinker(how, failing, first).run();
}

}  // namespace ordeal::play
