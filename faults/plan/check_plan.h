// Can this plan happen in that world? What is well-formed may still strike nowhere: a host, a fork or a way that
// nobody has, a cache that is not there, an action that its site does not ask for, a window after heal. Whoever reads a
// plan from outside refuses it with these mistakes.
//
// What a swarm draws from a menu has none. A strike at a site that this seed never reaches is none either: only the
// trial can tell (PlanHooks::unmatched).
#pragma once

#include <string>
#include <vector>

#include "faults/kinds/menu.h"
#include "faults/plan/plan_json.h"

namespace ordeal::faults {

// In the order of the plan. `hosts`: every host of the world, parties included. Paths begin with `path`.
std::vector<PlanError> check_plan(const Plan& plan, const Menu& menu, const std::vector<std::string>& hosts,
                                  const Capabilities& can = {}, const std::string& path = "$");

}  // namespace ordeal::faults
