// Knobs: settings of the services and of the machine room that a trial may have otherwise than usual, so that a hunt
// visits small pages and long timeouts too. A trial's plan names the knobs that are turned (faults/plan/plan.h), by name
// and value; whoever a knob belongs to asks for it and brings the usual value along.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "scenarios/play/scenario.h"

namespace ordeal::play {

using TurnedKnobs = std::map<std::string, std::string>;  // as in faults::Plan

inline constexpr std::string_view kJournalModeKnob = "database.journal_mode";

class Knobs {
 public:
  Knobs() = default;
  // Names and values as faults::check_plan lets them pass.
  explicit Knobs(const TurnedKnobs& turned) : turned_(turned.begin(), turned.end()) {}

  std::string_view text(std::string_view name, std::string_view otherwise) const;
  std::int64_t number(std::string_view name, std::int64_t otherwise) const;
  Duration duration(std::string_view name, Duration otherwise) const;
  Ratio ratio(std::string_view name, Ratio otherwise) const;

 private:
  std::map<std::string, std::string, std::less<>> turned_;
};

// The databases of a trial: the scenario's, but for what is turned.
DatabaseSpec database_of(const Scenario& scenario, const Knobs& knobs);

}  // namespace ordeal::play
