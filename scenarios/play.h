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

#include "faults/plan.h"
#include "faults/reach.h"
#include "faults/site_list.h"
#include "scenarios/omission.h"
#include "scenarios/scenario.h"
#include "sim/trial.h"

namespace ordeal::scenarios {

// What to play besides the scenario itself. Both are checked against the tables: unknown names throw
// scenarios::BadInput.
struct Cast {
  std::map<std::string, std::string> designs;  // override the scenario's
  std::vector<std::string> flaws;              // "F-01"
};

enum class FaultMode : std::uint8_t { none, swarm, plan };

struct PlayOptions {
  std::uint64_t seed = 1;
  FaultMode faults = FaultMode::swarm;
  faults::Plan plan;                                        // with FaultMode::plan
  std::optional<std::vector<std::uint32_t>> only_shoppers;  // a reduced workload: the shoppers that are left
  std::vector<Omission> omitted;                            // and what those do without
  std::vector<faults::SiteAsked>* asked = nullptr;          // filled with every question that devices asked
  sim::Trace::Mode trace = sim::Trace::Mode::hash_only;
};

struct Played {
  sim::TrialResult trial;
  faults::Plan plan;
  std::vector<faults::FiredStrike> fired;  // what struck, as strikes that would do the same again
  std::vector<faults::Strike> unmatched;   // strikes of the plan whose site never came
  faults::Reach reach;
  std::map<std::string, std::int64_t>
      counts;                // orders_placed, orders_paid, orders_closed, captures, refunds, …
  std::int64_t wall_ns = 0;  // set by the caller that owns a real clock
};

class Stage {
 public:
  Stage(Scenario scenario, Cast cast);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  const Scenario& scenario() const;
  const Cast& cast() const;
  Played play(const PlayOptions& options);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ordeal::scenarios
