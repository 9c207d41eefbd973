// What of that which was asked for a flash sale runs, and by what (scenarios/play/coverage.h).
#include "scenarios/flows/course_sale/laws/laws.h"
#include "scenarios/flows/course_sale/telling/telling.h"

namespace ordeal::course_sale {

using enum play::CoverKind;

std::vector<play::CoverRow> cover_rows() {
  return {
      {"A18",
       {{flaw, "F-49"}, {design, "seckill.events=half_message"}, {law, kPaidIsTold}, {law, kOnlyPaidIsTold}}},
      {"D14", {{flaw, "F-29"}, {design, "seckill.sold_out=expiring"}, {law, kSoldOutIsTrue}}},
      {"D15", {{flaw, "F-29"}, {design, "seckill.sold_out=none"}}},
      {"D16",
       {{design, "seckill.sold_out=expiring"},
        {law, kSoldOutIsTrue},
        {test, "SoldOutFlags.EndByThemselves"}}},
      {"E1", {{scenario, "course_seckill"}, {law, kSeatsWithinStock}}},
      {"E2",
       {{scenario, "course_seckill"},
        {design, "limits.permits=leases"},
        {design, "seckill.events=half_message"}}},
      {"E3",
       {{flaw, "F-38"},
        {design, "seckill.publishing=worker"},
        {law, kPublishedIsWarm},
        {test, "Counts.AReloadRaisesNothing"}}},
      {"E4", {{flaw, "F-32"}, {design, "limits.permits=leases"}, {test, "Limits.PermitsAreNoRate"}}},
      {"E5", {{scenario, "course_seckill"}, {test, "Counts.AreTakenAndGivenBackOnceForEachGrab"}}},
      {"E7", {{flaw, "F-34"}, {scenario, "course_seckill"}, {law, kOneSeatPerUser}}},
      {"E8", {{flaw, "F-27"}, {scenario, "one_seat"}, {law, kNoSeatWithoutDeadline}}},
      {"E9", {{flaw, "F-32"}, {law, kPermitsComeBack}}},
      {"E10", {{scenario, "course_seckill"}, {law, kSoldInHours}}},
      {"E11", {{scenario, "one_seat"}, {machine, "seat"}}},
      {"E12", {{scenario, "course_seckill"}, {law, kOneRight}, {law, kPaidIsTold}}},
      {"E13", {{flaw, "F-49"}, {design, "seckill.events=half_message"}, {law, kOnlyPaidIsTold}}},
      {"E14", {{design, "seckill.close_by=delayed_message"}, {scenario, "course_seckill"}}},
      {"E15", {{flaw, "F-75"}, {law, kUnitBackOnce}}},
      {"E17", {{test, "Tokens.AreClaimedByOneAndByHimAgain"}}},
      {"E22", {{design, "seckill.close_by=scan"}, {law, kNoSeatWithoutDeadline}}},
      {"E28", {{flaw, "F-37"}, {law, kOneRight}, {law, kPaidIsTold}}},
      {"E29", {{design, "seckill.events=half_message"}, {law, kPaidIsTold}}},
      {"E30", {{flaw, "F-49"}, {law, kPaidIsTold}}},
      {"E31", {{flaw, "F-37"}, {design, "classroom.roll=unique_index"}, {law, kOneRight}}},
      {"E32", {{fork, "till: done, and no answer"}, {law, kTillAgrees}}},
      {"E34", {{design, "limits.permits=leases"}, {test, "Limits.TokensOfAnInterval"}}},
  };
}

}  // namespace ordeal::course_sale
