// Plays one trial of a scenario: draws or takes a fault plan, builds the world, runs build → storm → heal →
// settle → audit.
//
// A Stage is made once per scenario, design choice and process, and used for many trials: it holds what is
// costly to make (database images, fiber stacks) and nothing that a trial could leave behind. The thousandth
// trial equals the first.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "faults/inject/reach.h"
#include "faults/plan/plan.h"
#include "faults/search/site_list.h"
#include "faults/search/swarm.h"
#include "scenarios/play/actor.h"
#include "scenarios/play/adjusting.h"
#include "scenarios/play/flows.h"
#include "sim/trial.h"

namespace ordeal::play {

// What to play besides the scenario itself. Both are checked against the tables: unknown names throw
// play::BadInput.
struct Cast {
  std::map<std::string, std::string> designs;  // override the scenario's
  std::vector<std::string> flaws;              // "F-01"
};

// swarm: faults::portfolio, mostly swarms; slight: every kind a little in every trial, to compare with.
enum class FaultMode : std::uint8_t { none, swarm, slight, plan };

struct PlayOptions {
  std::uint64_t seed = 1;
  FaultMode faults = FaultMode::swarm;
  faults::Plan plan;                       // with FaultMode::plan
  std::optional<std::vector<Actor>> only;  // a reduced workload: the actors that are left, sorted
  std::vector<Omission> omitted;           // and what those do without, sorted
  std::vector<Adjustment>
      adjusted;  // settings that are smaller than the scenario has them; it must take them
  sim::Trace::Mode trace = sim::Trace::Mode::hash_only;
  // Nothing: drawn by the seed, half of all trials first come, first served (sim/ordering.h).
  std::optional<sim::Ordering> ordering = sim::Ordering::fifo;
  // Fill Played::sites and Played::at_rest; the trial is the same, and several times slower.
  bool list_sites = false;
};

struct Played {
  sim::TrialResult trial;
  faults::Plan plan;
  sim::Ordering ordering{};
  std::vector<faults::FiredStrike> fired;  // what struck, as strikes that would do the same again
  std::vector<faults::Strike> unmatched;   // strikes of the plan whose site never came
  faults::Reach reach;
  std::vector<faults::SiteAsked> sites;        // every question of the storm, in the order of asking
  std::uint64_t at_rest = 0;                   // scenarios/play/state_hash.h
  std::map<std::string, std::int64_t> counts;  // of the flows that take part (CountRow)
  std::map<std::string, std::vector<std::string>> moves;  // edges that were taken, by machine (MachineRow)
  std::map<std::string, std::int64_t> set_about;  // by the count they came for: actors (World::sets_about)
  std::int64_t wall_ns = 0;                       // set by the caller that owns a real clock
};

class Stage {
 public:
  // The flows outlive the stage.
  Stage(const Flows& flows, Scenario scenario, Cast cast);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  const Flows& flows() const;
  const Scenario& scenario() const;
  const Cast& cast() const;
  // What may go wrong, as the swarm has it.
  const faults::Menu& menu() const;
  // Plans, actors and omissions of the options mean what they mean in scenario(), however it is adjusted.
  Played play(const PlayOptions& options);
  // The same trial, and the samples of its measures (MeasureRow): of the flows that take part, the machine room's last.
  Played play(const PlayOptions& options, std::vector<Measured>& measured);

 private:
  struct Impl;
  Played play(const PlayOptions& options, std::vector<Measured>* measured);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ordeal::play
