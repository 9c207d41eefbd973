// What of that which was asked for settlement runs, and by what (scenarios/play/coverage.h).
#include "scenarios/flows/settlement/laws/laws.h"
#include "scenarios/flows/settlement/telling/telling.h"

namespace ordeal::settlement {

std::vector<play::CoverRow> cover_rows() {
  using enum play::CoverKind;
  return {
      {"A19", {{scenario, "profit_share"}, {flaw, "F-67"}, {law, kFundsAreNotPooled}}},
      {"A20",
       {{design, "settlement.route=supervised"},
        {design, "settlement.route=provider"},
        {design, "settlement.route=channel_split"},
        {law, kFundsAreNotPooled}}},
      {"A21",
       {{scenario, "pickup_settlement"},
        {design, "clearing.due=each_line"},
        {design, "clearing.due=whole_trade"},
        {law, kSettledWhenPickedUp}}},
      {"C19", {{scenario, "pickup_settlement"}, {law, kSettlementPostingsStay}}},
      {"C29",
       {{scenario, "pickup_settlement"},
        {law, kSharesFollowTheRule},
        {test, "Sharing.RoundsDownAndTheMerchantHasTheRest"}}},
      {"C30",
       {{scenario, "pickup_settlement"},
        {law, kLinesGoOnce},
        {law, kSettlementIsAsTold},
        {test, "Settlement.PaysWhatWasPickedUpOnItsDay"}}},
      {"C31",
       {{scenario, "pickup_settlement"},
        {flaw, "F-63"},
        {law, kSettlementAddsUp},
        {test, "Settlement.CarriesADayBelowZeroForward"},
        {test, "Settlement.TakesUpWhatComesBetweenTheDraftAndThePayment"}}},
      {"C36", {{law, kSettlementAddsUp}, {law, kSlipsArePaidOnce}}},
  };
}

}  // namespace ordeal::settlement
