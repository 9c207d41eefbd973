// What of that which was asked for placing runs, and by what (scenarios/play/coverage.h).
#include "scenarios/flows/placing/laws/laws.h"
#include "scenarios/flows/placing/telling/telling.h"

namespace ordeal::placing {

std::vector<play::CoverRow> cover_rows() {
  using enum play::CoverKind;
  return {
      {"A8",
       {{scenario, "one_mug"},
        {design, "order.consistency=tcc"},
        {design, "order.consistency=outbox"},
        {design, "order.consistency=half_message"},
        {law, kOrderIffBranches}}},
      {"A10",
       {{design, "order.consistency=tcc"},
        {design, "order.consistency=reconcile"},
        {scenario, "drifting_points"},
        {law, kDifferencesAreRepaired},
        {law, kAgreeInTime}}},
      {"A18", {{design, "order.consistency=half_message"}, {scenario, "wishes_by_broker"}}},
      {"B34", {{flaw, "F-74"}, {design, "order.consistency=reconcile"}, {law, kRepairedOnce}}},
      {"C11", {{scenario, "points_evening"}, {design, "order.consistency=tcc"}, {law, kPoolsAddUp}}},
      {"C14", {{scenario, "wishes_by_broker"}, {design, "order.consistency=half_message"}}},
      {"C34",
       {{design, "order.consistency=tcc"},
        {flaw, "F-50"},
        {flaw, "F-51"},
        {law, kBranchStepsKeepTheirTurn},
        {test, "Tcc.GoesOnFromItsLogWhereverItDied"}}},
      {"E35",
       {{design, "order.consistency=tcc"},
        {design, "order.consistency=half_message"},
        {scenario, "wishes_by_broker"}}},
      {"I-13", {{law, kAgreeInTime}, {law, kDifferencesAreRepaired}}},
      {"I-55",
       {{law, kBranchStepsKeepTheirTurn},
        {law, kOrderIffBranches},
        {test, "Fence.KeepsTheThreeRulesInAnyOrderOfSteps"}}},
  };
}

}  // namespace ordeal::placing
