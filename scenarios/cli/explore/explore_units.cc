#include "scenarios/cli/explore/explore_units.h"

#include <algorithm>

namespace ordeal::cli {
namespace {

constexpr const char* kNothingUnsynced = "a crash with nothing unsynced: nothing could survive";
constexpr const char* kSameFuture = "second fault in a future that an earlier single has had";
constexpr const char* kSameInstant = "a fault of the same instant stands for it";
constexpr const char* kIndependent = "two singles that touch no host at the same time";
// One in so many of the pruned trials is played all the same.
constexpr std::uint64_t kCheckedShare = 2'000;
constexpr std::uint64_t kCheckedShareOfIndependent = 500;
constexpr std::uint64_t kAnySite = 0;

std::set<std::string> invariants_of(const sim::TrialResult& trial) {
  std::set<std::string> out;
  for (const sim::Finding& finding : trial.findings) out.insert(finding.invariant);
  return out;
}

faults::Limits limits_of(const faults::Menu& menu, const std::vector<std::string>& hosts) {
  faults::Limits limits;
  limits.allowed = menu.allowed;
  for (const std::string& host : hosts) {
    const auto& may = menu.crash_hosts;
    limits.hosts.push_back(std::find(may.begin(), may.end(), host) != may.end());
  }
  return limits;
}

}  // namespace

ExploreUnits::ExploreUnits(Production& production, ExploredWorld world, std::uint64_t depth)
    : production_(production), world_(std::move(world)), options_(production.options), depth_(depth) {
  options_.faults = play::FaultMode::plan;
  options_.seed = world_.seed;
  options_.only = first_actors(production.stage->scenario(), world_.actors);
  clean_ = list(world_.plan());
  limits_ = limits_of(production.stage->menu(), clean_.trial.host_names);
  singles_ = faults::singles(clean_.sites, limits_);
  number_singles();
  if (depth_ > 1) twins_.emplace(clean_.sites, clean_.trial.records);
}

void ExploreUnits::number_singles() {
  futures_.resize(count());
  units_.clear();
  trials_ = 1;
  for (std::size_t i = 0; i < singles_.size(); ++i) {
    const faults::Single& single = singles_[i];
    trials_ += faults::is_crash(clean_.sites[single.question].applicable[single.action]) ? 2 : 1;
    if (depth_ > 1) units_.emplace(single, i + 1);
  }
}

std::uint64_t ExploreUnits::add_to(PlacesStruck& struck, bool thinned) {
  const std::uint64_t all = trials_;
  std::erase_if(singles_, [&](const faults::Single& single) {
    const faults::SiteAsked& site = clean_.sites[single.question];
    const auto times = struck.add(site, site.applicable[single.action], world_.journal_mode);
    return thinned && times >= PlacesStruck::kOften;
  });
  number_singles();
  return all - trials_;
}

play::Played ExploreUnits::list(const faults::Plan& plan) {
  play::PlayOptions options = options_;
  options.plan = plan;
  options.list_sites = true;
  if (depth_ > 1) options.trace = sim::Trace::Mode::full;
  return production_.stage->play(options);
}

Judged ExploreUnits::judge(const faults::Plan& plan) {
  play::PlayOptions options = options_;
  options.plan = plan;
  return play_and_judge(*production_.stage, options, Ratio::zero());
}

faults::Plan ExploreUnits::plan_of(std::uint64_t unit) const {
  faults::Plan plan = world_.plan();
  if (unit != 0) plan.strikes.push_back(faults::strike_of(clean_.sites, singles_[unit - 1]));
  return plan;
}

std::size_t ExploreUnits::first_question(std::uint64_t unit) const {
  return unit == 0 ? 0 : singles_[unit - 1].question + 1;
}

ExploreSums ExploreUnits::play(std::uint64_t unit) {
  ExploreSums sums;
  sums.unit = unit;
  sums.seed = world_.seed;
  sums.actors = world_.actors;
  CertificateHash hash;
  const faults::Plan plan = plan_of(unit);
  const bool crashes = unit != 0 && faults::is_crash(plan.strikes.front().action);
  if (depth_ > 1) {
    const play::Played played = list(plan);
    if (!played.trial.broken) sums.future = to_text(future_of(played, first_question(unit), clean_, limits_));
  }
  sums.add(judge(plan), plan, hash);
  if (crashes) {
    faults::Plan kept = plan;
    kept.windows.push_back(faults::all_unsynced_survives());
    const Judged judged = judge(kept);
    // Only the crash itself: then the window struck nowhere, and the trial was the one before.
    if (judged.played.fired.size() > 1) {
      sums.add(judged, kept, hash);
    } else {
      ++sums.pruned[kNothingUnsynced];
    }
  }
  sums.digest = hash.text();
  return sums;
}

// ---- pairs ----

void ExploreUnits::learn(std::uint64_t unit, const std::string& future) {
  if (future.empty()) return;  // the trial was broken
  futures_[unit] = future_from(future);
  for (const Future::Question& question : futures_[unit].questions) owners_.emplace(question.hash, unit);
}

void ExploreUnits::judge_claims() {
  represented_.assign(count(), false);
  for (std::uint64_t unit = 1; unit < count(); ++unit) {
    const faults::Single& single = singles_[unit - 1];
    const faults::Twin* twin = twins_->of(single.question, single.action);
    if (twin == nullptr) continue;
    const auto other = units_.find({twin->question, twin->action});
    const std::uint64_t after = other == units_.end() ? 0 : futures_[other->second].after;
    const auto& questions = futures_[unit].questions;
    const bool comes_to_it = std::any_of(questions.begin(), questions.end(), [&](const Future::Question& q) {
      return after != 0 && q.hash == after;
    });
    represented_[unit] = comes_to_it && futures_[unit].after == after;
    const faults::SiteAsked& site = clean_.sites[single.question];
    const Sort sort = *sort_of(site, site.applicable[single.action]);
    claims_.emplace(Claim{site.site_id, sort}, true).first->second &= comes_to_it;
    claims_.emplace(Claim{kAnySite, sort}, true).first->second &= comes_to_it;
  }
}

// Where the trial without faults never was, a claim must have held everywhere.
bool ExploreUnits::holds(std::uint64_t site, Sort sort) const {
  auto found = claims_.find({site, sort});
  if (found == claims_.end()) found = claims_.find({kAnySite, sort});
  return found != claims_.end() && found->second;
}

void ExploreUnits::settle() {
  judge_claims();
  for (std::uint64_t unit = 1; unit < count(); ++unit) {
    bool any = false;
    for (std::size_t q = 0; q < futures_[unit].questions.size(); ++q) {
      for (std::size_t a = 0; a < futures_[unit].questions[q].actions.size(); ++a) {
        const Fate fate = fate_of(unit, q, a);
        if (fate == Fate::may_not) continue;
        ++candidates_;
        if (fate == Fate::same_instant) ++pruned_[kSameInstant];
        if (fate == Fate::same_future) ++pruned_[kSameFuture];
        if (fate == Fate::independent) ++pruned_[kIndependent];
        any = any || fate == Fate::play;
      }
    }
    if (any) with_pairs_.push_back(unit);
  }
}

ExploreUnits::Fate ExploreUnits::fate_of(std::uint64_t unit, std::size_t behind, std::size_t action) const {
  const Future::Question& question = futures_[unit].questions[behind];
  const char letter = question.actions[action];
  if (letter == Future::kMayNot) return Fate::may_not;
  if (represented_[unit]) return Fate::same_instant;
  if (owners_.find(question.hash)->second != unit) return Fate::same_future;
  const auto sort = Future::sort_in(letter);
  if (sort && holds(question.site, *sort)) return Fate::same_instant;
  const auto other = units_.find({question.in_clean, action});
  if (other != units_.end() &&
      faults::independent(futures_[unit].footprint, futures_[other->second].footprint))
    return Fate::independent;
  return Fate::play;
}

bool ExploreUnits::in_checked_share(std::uint64_t unit, std::size_t behind, std::size_t action,
                                    Fate fate) const {
  const std::uint64_t share = fate == Fate::independent ? kCheckedShareOfIndependent : kCheckedShare;
  return Digest(options_.seed).add(unit).add(behind).add(action).value() % share == 0;
}

// The pair that stands for one in a future which `owner` had first: the same question, counted from the end.
std::optional<faults::Plan> ExploreUnits::plan_in_owner(std::uint64_t owner, std::size_t from_end,
                                                        std::size_t action) {
  faults::Plan plan = plan_of(owner);
  const play::Played played = list(plan);
  if (from_end > played.sites.size()) return std::nullopt;
  plan.strikes.push_back(faults::strike_of(played.sites, {played.sites.size() - from_end, action}));
  return plan;
}

bool ExploreUnits::end_alike(const faults::Plan& a, const faults::Plan& b) {
  const play::Played one = list(a);
  const play::Played other = list(b);
  return one.at_rest == other.at_rest && one.trial.verdict == other.trial.verdict &&
         invariants_of(one.trial) == invariants_of(other.trial);
}

bool ExploreUnits::add_up(const faults::Plan& both, const faults::Plan& a, const faults::Plan& b) {
  const play::Played played = list(both);
  const play::Played one = list(a);
  const play::Played other = list(b);
  std::set<std::string> expected = invariants_of(one.trial);
  expected.merge(invariants_of(other.trial));
  const auto sum = [](const play::Played& of) { return faults::tally(of.trial.records); };
  return invariants_of(played.trial) == expected && sum(played) + sum(clean_) == sum(one) + sum(other);
}

// Plays a pair that was pruned beside what it was pruned for.
void ExploreUnits::check_pruned(std::uint64_t unit, const play::Played& first, std::size_t behind,
                                std::size_t action, Fate fate, ExploreSums& sums) {
  const std::size_t question = first_question(unit) + behind;
  const auto with = [&](std::size_t q, std::size_t a) {
    faults::Plan plan = plan_of(unit);
    plan.strikes.push_back(faults::strike_of(first.sites, {q, a}));
    return plan;
  };
  const faults::Plan pair = with(question, action);
  const Future::Question& asked = futures_[unit].questions[behind];
  std::optional<faults::Plan> other;
  bool right = false;
  if (fate == Fate::independent) {
    other = plan_of(units_.at({asked.in_clean, action}));
    right = add_up(pair, plan_of(unit), *other);
  } else {
    if (fate == Fate::same_future) {
      other = plan_in_owner(owners_.find(asked.hash)->second, first.sites.size() - question, action);
    } else {
      const faults::Twins twins(first.sites, first.trial.records);
      const faults::Twin* twin = twins.of(question, action);
      if (twin != nullptr) other = with(twin->question, twin->action);
    }
    right = other && end_alike(pair, *other);
  }
  ++sums.checked;
  if (right) return;
  ++sums.wrong;
  sums.our_bugs.push_back("a pruned pair did not end as was claimed: " + faults::readable(pair) +
                          "  against  " + (other ? faults::readable(*other) : std::string("nothing")));
}

ExploreSums ExploreUnits::play_pairs(std::uint64_t unit) {
  ExploreSums sums;
  sums.unit = unit;
  sums.seed = world_.seed;
  sums.actors = world_.actors;
  CertificateHash hash;
  const faults::Plan alone = plan_of(unit);
  const play::Played first = list(alone);
  const std::size_t begin = first_question(unit);
  for (std::size_t q = begin; q < first.sites.size(); ++q) {
    for (std::size_t a = 0; a < first.sites[q].applicable.size(); ++a) {
      const Fate fate = fate_of(unit, q - begin, a);
      if (fate == Fate::play) {
        faults::Plan plan = alone;
        plan.strikes.push_back(faults::strike_of(first.sites, {q, a}));
        sums.add(judge(plan), plan, hash);
      } else if (fate != Fate::may_not && in_checked_share(unit, q - begin, a, fate)) {
        check_pruned(unit, first, q - begin, a, fate, sums);
      }
    }
  }
  sums.digest = hash.text();
  return sums;
}

}  // namespace ordeal::cli
