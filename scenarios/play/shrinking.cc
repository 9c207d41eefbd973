#include "scenarios/play/shrinking.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "scenarios/play/as_strikes.h"
#include "scenarios/play/laws/findings.h"
#include "scenarios/play/loader.h"

namespace ordeal::play {
namespace {

// Actors are what a trial's time is spent on: of a crowd most go before anything else is tried, with
// as many tries as that is worth.
constexpr std::size_t kCrowd = 16;
constexpr std::uint64_t kCrowdTries = 24;
constexpr int kRoundsMax = 5;
// Of a longer list each row is tried by itself.
constexpr std::size_t kRowsAtOnce = 16;

// What a candidate must be besides failing in the same way.
enum class Must : std::uint8_t {
  fail,     // it is smaller whatever its story looks like
  differ,   // what changes nothing was not there
  shorten,  // and its story may not get longer
};

// Many strikes often need few actors, and the other way round; which way down ends lower only trying both tells.
enum class First : std::uint8_t { strikes, actors };

class TrialShrinker {
 public:
  TrialShrinker(const Shrinking& how, const PlayOptions& failing, const Played& first)
      : how_(how), best_{failing, first, 0, false} {
    best_.options.faults = FaultMode::plan;
    best_.options.plan = first.plan;
    best_.options.list_sites = false;
    best_.options.ordering = first.ordering;
    best_.options.trace = sim::Trace::Mode::hash_only;
    settings_ = adjustables(how.stage.flows(), how.stage.scenario());
  }

  Small run() {
    const faults::PlanShrinker::Judge judge = [this](const faults::Plan& plan) {
      PlayOptions candidate = best_.options;
      candidate.plan = plan;
      return fails(std::move(candidate));
    };
    prepare(judge);
    const Small prepared = best_;
    rounds(judge, First::strikes);
    kept_ = std::exchange(best_, prepared);
    rounds(judge, First::actors);
    if (!beats(best_, *kept_)) best_ = *kept_;
    kept_.reset();
    faults::PlanShrinker plan(best_.options.plan, judge, how_.budget);
    if (how_.times && !over()) plan.shorten();
    tidy(plan);
    only_what_matters();
    best_.tries = how_.budget.tries;
    best_.finished = !over();
    return std::move(best_);
  }

 private:
  bool over() const {
    return how_.budget.tries >= how_.budget.max_tries || (how_.budget.expired && how_.budget.expired());
  }

  // What both ways down begin with.
  void prepare(const faults::PlanShrinker::Judge& judge) {
    faults::PlanShrinker plan(best_.options.plan, judge, how_.budget);
    plan.strike_out(best_.played.fired);
    thin_the_crowd(plan);
    first_come_first_served();
    parts_of_all();
    tidy(plan);
  }

  void rounds(const faults::PlanShrinker::Judge& judge, First first) {
    faults::PlanShrinker plan(best_.options.plan, judge, how_.budget);
    for (int round = 0; round < kRoundsMax && !over(); ++round) {
      const std::uint64_t before = betters_;
      if (round == 0 && first == First::actors) {
        smaller_settings();
        fewer_actors();
      }
      plan.fewer_strikes();
      smaller_settings();
      fewer_actors();
      fewer_parts();
      tidy(plan);
      plan.fewer_windows();
      plan.fewer_hosts(host_names(how_.stage.scenario()));
      strikes_for_windows(plan);
      plan.fewer_knobs();
      if (betters_ == before) break;
    }
    tidy(plan);
  }

  // What the clock does becomes what happens at a site, where that does it too.
  void strikes_for_windows(faults::PlanShrinker& plan) {
    for (std::size_t w = best_.options.plan.windows.size(); w-- > 0 && !over();) {
      for (faults::Plan& candidate : as_strikes(how_.stage, best_.options, w)) {
        if (plan.offer(std::move(candidate))) break;
      }
    }
  }

  bool beats(const Small& a, const Small& b) const {
    const Scenario& scenario = how_.stage.scenario();
    return smaller(size_of(scenario, a.options, a.played), size_of(scenario, b.options, b.played));
  }

  // The one place where a candidate is played; what fails is the best from then on.
  bool fails(PlayOptions candidate, Must must = Must::fail) {
    Played played = how_.stage.play(candidate);
    if (!how_.aim.hit_by(played.trial)) return false;
    const sim::TrialResult& before = best_.played.trial;
    if (must != Must::fail && played.trial.trace_hash == before.trace_hash) return false;
    if (must == Must::shorten && played.trial.events > before.events) return false;
    best_ = {std::move(candidate), std::move(played), how_.budget.tries, false};
    ++betters_;
    if (how_.on_better && (!kept_ || beats(best_, *kept_))) how_.on_better(best_);
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

  // While there are many strikes: what then still fails does not hang on who came a moment before whom.
  void parts_of_all() {
    const std::vector<Part>& workloads = how_.stage.scenario().workloads;
    for (std::uint32_t workload = 0; workload < workloads.size(); ++workload) {
      std::vector<Actor> actors = actors_of(how_.stage.scenario(), best_.options);
      std::erase_if(actors, [&](const Actor& actor) { return actor.workload != workload; });
      const auto parts = static_cast<const WorkloadRow*>(workloads[workload].row)->omissions.size();
      for (std::uint32_t part = 0; part < parts; ++part) without(actors, part, Must::differ);
    }
  }

  bool without(const std::vector<Actor>& actors, std::uint32_t part, Must must = Must::shorten) {
    PlayOptions candidate = best_.options;
    for (const Actor& actor : actors) {
      const Omission omission{actor, part};
      auto& list = candidate.omitted;
      if (std::find(list.begin(), list.end(), omission) == list.end()) list.push_back(omission);
    }
    std::sort(candidate.omitted.begin(), candidate.omitted.end());
    if (candidate.omitted == best_.options.omitted || !how_.budget.take()) return false;
    return fails(std::move(candidate), must);
  }

  // ---- settings ----

  void smaller_settings() {
    if (best_.options.adjusted.empty()) least_of_all();
    for (const Description::Adjustable& place : settings_) {
      if (place.is_row && !is_gone(place.at)) adjust({{place.at, {}}}, Must::fail);
    }
    for (const Description::Adjustable& place : settings_) {
      for (const Json& value : place.smaller) {
        if (over() || is_gone(place.at) || value_at(place.at) == value.dump()) break;
        if (adjust({{place.at, value.dump()}}, place.is_count ? Must::differ : Must::shorten)) break;
      }
    }
  }

  // Everything at once, and of a list one row: mostly that does, and then nothing else has to be tried.
  void least_of_all() {
    std::vector<Adjustment> least;
    for (const Description::Adjustable& place : settings_) {
      for (const Json& value : place.smaller) {
        if (!takes({{place.at, value.dump()}})) continue;
        least.push_back({place.at, value.dump()});
        break;
      }
    }
    if (!adjust(least, Must::differ)) {
      const auto rows =
          std::count_if(settings_.begin(), settings_.end(), [](auto& one) { return one.is_row; });
      if (rows > static_cast<std::ptrdiff_t>(kRowsAtOnce)) return;
    }
    for (const Description::Adjustable& kept : settings_) {
      if (!kept.is_row) continue;
      std::vector<Adjustment> alone = least;
      for (const Description::Adjustable& other : settings_) {
        if (other.is_row && other.at != kept.at && list_of(other.at) == list_of(kept.at))
          alone.push_back({other.at, {}});
      }
      if (alone.size() > least.size() && adjust(alone, Must::differ)) return;
    }
  }

  // `more` takes the place of what was adjusted there; inside a row that is gone nothing is.
  bool adjust(const std::vector<Adjustment>& more, Must must) {
    PlayOptions candidate = best_.options;
    auto& list = candidate.adjusted;
    for (const Adjustment& one : more) {
      std::erase_if(list, [&](const Adjustment& old) { return old.at == one.at; });
      list.push_back(one);
    }
    std::erase_if(list, [&](const Adjustment& one) {
      return std::any_of(list.begin(), list.end(), [&](const Adjustment& row) {
        return row.is_gone() && one.at != row.at && one.at.starts_with(row.at);
      });
    });
    std::sort(list.begin(), list.end());
    if (list == best_.options.adjusted || !takes(list) || !how_.budget.take()) return false;
    return fails(std::move(candidate), must);
  }

  bool takes(const std::vector<Adjustment>& list) const {
    return list.empty() || try_adjusted(how_.stage.flows(), how_.stage.scenario(), list).has_value();
  }
  // In a row that is gone, or such a row itself.
  bool is_gone(std::string_view at) const {
    const auto& list = best_.options.adjusted;
    return std::any_of(list.begin(), list.end(),
                       [&](const Adjustment& one) { return one.is_gone() && at.starts_with(one.at); });
  }
  std::string value_at(std::string_view at) const {
    for (const Adjustment& one : best_.options.adjusted) {
      if (one.at == at) return one.to;
    }
    return {};
  }
  static std::string_view list_of(std::string_view row) { return row.substr(0, row.rfind('[')); }

  // What was taken away together with more, and changes nothing any longer, is no part of what it takes.
  void only_what_matters() {
    const auto put_back = [this]<class Item>(std::vector<Item> PlayOptions::*list) {
      const std::vector<Item> all = best_.options.*list;
      for (const Item& one : all) {
        PlayOptions candidate = best_.options;
        std::erase(candidate.*list, one);
        if (over() || !takes(candidate.adjusted) || !how_.budget.take()) continue;
        Played played = how_.stage.play(candidate);
        if (!how_.aim.hit_by(played.trial) || played.trial.trace_hash != best_.played.trial.trace_hash)
          continue;
        best_ = {std::move(candidate), std::move(played), how_.budget.tries, false};
      }
    };
    put_back(&PlayOptions::adjusted);
    put_back(&PlayOptions::omitted);
  }

  const Shrinking& how_;
  Small best_;                 // on the way that is gone just now
  std::optional<Small> kept_;  // what the way before came to
  std::vector<Description::Adjustable> settings_;
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
  const auto is_it = [&](const sim::Finding& finding) {
    return finding.invariant == invariant && (kind.empty() || kind_of_breach(finding) == kind);
  };
  if (headline) return is_it(trial.findings.front());
  return std::any_of(trial.findings.begin(), trial.findings.end(), is_it);
}

Aim aim_at(const std::string& invariant, const sim::TrialResult& trial) {
  const bool headline = !trial.findings.empty() && trial.findings.front().invariant == invariant;
  std::string kind;
  for (const sim::Finding& finding : trial.findings) {
    if (finding.invariant == invariant && kind.empty()) kind = kind_of_breach(finding);
  }
  return {invariant, headline, trial.verdict, std::move(kind)};
}

Size size_of(const Scenario& scenario, const PlayOptions& options, const Played& played) {
  return {played.fired.size(), played.plan.windows.size(), actors_of(scenario, options).size(),
          played.trial.events};
}

bool smaller(const Size& a, const Size& b) {
  const auto measure = [](const Size& size) {
    const std::uint64_t faults = size.strikes + size.windows;
    return std::array{faults + size.actors, faults, size.events};
  };
  return measure(a) < measure(b);
}

Small shrink(const Shrinking& how, const PlayOptions& failing, const Played& first) {
  return TrialShrinker(how, failing, first).run();
}

}  // namespace ordeal::play
