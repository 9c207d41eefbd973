// Watch: the laws of one trial, put together. However many are watched, a fact's type is looked up once, and the
// databases are read once.
#pragma once

#include "scenarios/play/laws/dispatcher.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::play {

// What a law adds its monitors and checks to.
struct Watching {
  const Scenario& scenario;
  const Flows& flows;
  Dispatcher& monitors;
  RestAudit& audit;
};

class Watch {
 public:
  // Of the invariants that the scenario names ("I-10 no-oversell"); none named means all whose services are there, in the
  // order of their rank. Flows and scenario must outlive the watch. A watch is for one trial.
  Watch(const Flows& flows, const Scenario& scenario);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  void on_fact(const sim::Fact& fact, Findings& findings) { monitors_.on_fact(fact, findings); }
  void at_rest(const Rest& rest, Findings& findings) const { audit_.check(rest, findings); }

 private:
  Dispatcher monitors_;
  RestAudit audit_;
};

// The laws that hold in this scenario.
std::vector<const LawRow*> laws_of(const Flows& flows, const Scenario& scenario);

}  // namespace ordeal::play
