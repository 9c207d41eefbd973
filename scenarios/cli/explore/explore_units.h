// What there is to explore in one world, and how a unit of it is played.
//
// The trial without faults lists every question; each with an action that may answer it is a single. Unit 0 is
// that trial, unit k the k-th single: its trial, and for a crash a second one in which all that was not synced
// survives.
//
// Pairs. Up to its first fault a trial is the one without faults, up to its second the one with the first
// alone. So (single, question asked after it struck in its own trial) names every execution with two faults
// exactly once, also those whose second place only exists because of the first. What is not played:
//   - a second fault in a future that a unit before has had (faults/search/futures.h): the same world goes on;
//   - a fault that another one of the same instant stands for (faults::Twins), for first faults if its own trial
//     comes to the same future, for second ones if those of all singles of that sort at that site do;
//   - a second fault that is a single itself and independent of the first (faults/search/footprint.h).
// A share is played all the same. The first two must end with the same rows, books and findings as what stands for
// them; the third with the findings of its two singles, and what happens in it must add up from theirs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tsl/robin_map.h>

#include "faults/search/enumerate.h"
#include "faults/search/futures.h"
#include "scenarios/cli/explore/explore_futures.h"
#include "scenarios/cli/explore/explore_sums.h"
#include "scenarios/cli/explore/explore_worlds.h"
#include "scenarios/cli/run/casting.h"

namespace ordeal::cli {

class ExploreUnits {
 public:
  // Plays the trial without faults.
  ExploreUnits(Production& production, ExploredWorld world, std::uint64_t depth);

  const ExploredWorld& world() const { return world_; }
  std::uint64_t count() const { return 1 + singles_.size(); }
  // Of all units, without pairs. A crash is two trials.
  std::uint64_t trials() const { return trials_; }
  const std::vector<faults::SiteAsked>& asked() const { return clean_.sites; }
  const std::vector<faults::Single>& singles() const { return singles_; }
  // Counts its singles; in a thinned world those stay out that there have been often enough. How many trials that were.
  std::uint64_t add_to(PlacesStruck& struck, bool thinned);
  // Its trials without pairs.
  ExploreSums play(std::uint64_t unit);

  // --- pairs ---
  // What `play` said of the future of a unit; in the order of units. Counts candidates and what is pruned.
  void learn(std::uint64_t unit, const std::string& future);
  // Once all units are learnt.
  void settle();
  std::uint64_t pair_candidates() const { return candidates_; }
  const reports::Named<std::uint64_t>& pruned() const { return pruned_; }
  // Units that have pairs to play.
  const std::vector<std::uint64_t>& with_pairs() const { return with_pairs_; }
  ExploreSums play_pairs(std::uint64_t unit);

 private:
  // What becomes of a pair: a unit, the so-manyth question behind its strike, an action.
  enum class Fate : std::uint8_t { may_not, play, same_instant, same_future, independent };

  using Claim = std::pair<std::uint64_t, Sort>;  // at a site

  void number_singles();
  play::Played list(const faults::Plan& plan);
  Judged judge(const faults::Plan& plan);
  void judge_claims();
  bool holds(std::uint64_t site, Sort sort) const;
  Fate fate_of(std::uint64_t unit, std::size_t behind, std::size_t action) const;
  std::size_t first_question(std::uint64_t unit) const;
  faults::Plan plan_of(std::uint64_t unit) const;
  std::optional<faults::Plan> plan_in_owner(std::uint64_t owner, std::size_t from_end, std::size_t action);
  bool end_alike(const faults::Plan& a, const faults::Plan& b);
  bool add_up(const faults::Plan& both, const faults::Plan& a, const faults::Plan& b);
  bool in_checked_share(std::uint64_t unit, std::size_t behind, std::size_t action, Fate fate) const;
  void check_pruned(std::uint64_t unit, const play::Played& first, std::size_t behind, std::size_t action,
                    Fate fate, ExploreSums& sums);

  Production& production_;
  ExploredWorld world_;
  play::PlayOptions options_;
  std::uint64_t depth_;
  play::Played clean_;
  faults::Limits limits_;
  std::vector<faults::Single> singles_;
  std::uint64_t trials_ = 0;
  std::map<faults::Single, std::uint64_t> units_;
  std::optional<faults::Twins> twins_;  // of the trial without faults
  std::vector<Future> futures_;         // by unit
  std::vector<bool> represented_;       // by unit: its twin's trial goes on in the same way
  std::map<Claim, bool> claims_;        // of faults::Twins: whether they held in every single
  tsl::robin_map<std::uint64_t, std::uint64_t> owners_;  // the first unit that has a future
  std::uint64_t candidates_ = 0;
  reports::Named<std::uint64_t> pruned_;
  std::vector<std::uint64_t> with_pairs_;
};

}  // namespace ordeal::cli
