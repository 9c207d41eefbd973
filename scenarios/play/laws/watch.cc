#include "scenarios/play/laws/watch.h"

#include <algorithm>

namespace ordeal::play {

std::vector<const LawRow*> laws_of(const Flows& flows, const Scenario& scenario) {
  const auto& wanted = scenario.invariants;
  for (const std::string& name : wanted)
    ORDEAL_CHECK(flows.law(name) != nullptr, "no such invariant: " + name);
  std::vector<const LawRow*> laws;
  for (const LawRow* law : flows.laws()) {
    const bool there = std::all_of(law->services.begin(), law->services.end(),
                                   [&](std::string_view service) { return scenario.has_service(service); });
    const bool named = wanted.empty() || std::find(wanted.begin(), wanted.end(), law->name) != wanted.end();
    if (there && named) laws.push_back(law);
  }
  return laws;
}

Watch::Watch(const Flows& flows, const Scenario& scenario) {
  for (const LawRow* law : laws_of(flows, scenario)) law->watch({scenario, flows, monitors_, audit_});
}

}  // namespace ordeal::play
