// What of that which was asked for refunds run, and by what (scenarios/play/coverage.h).
#include "scenarios/flows/aftersale/laws/laws.h"
#include "scenarios/flows/aftersale/telling/telling.h"

namespace ordeal::aftersale {

std::vector<play::CoverRow> cover_rows() {
  using enum play::CoverKind;
  return {
      {"C17",
       {{scenario, "refund_wave"},
        {design, "aftersale.reserve=conditional"},
        {design, "aftersale.reserve=sum"},
        {law, kOneRefundableBalance},
        {law, kMerchantsPayFirst},
        {test, "Refunds.GoTheFourSteps"}}},
      {"C18",
       {{scenario, "old_trades"},
        {design, "aftersale.route=by_date"},
        {design, "aftersale.route=asks"},
        {law, kGivenBackOnce},
        {test, "Refunds.AreByPayoutWhenTheWindowIsOver"}}},
      {"F-45", {{law, kGivenBackOnce}, {test, "Refunds.KeepTheirNumberWhileNobodyKnows"}}},
      {"F-46", {{law, kOneRefundableBalance}}},
      {"F-47", {{law, kOneRefundableBalance}, {law, kCasesAreJudgedOnce}}},
      {"F-48", {{law, kGivenBackOnce}}},
      {"F-80", {{law, kMerchantsPayFirst}}},
      {"F-98", {{law, kEachWishIsItsOwn}}},
      {"I-37", {{law, kOneRefundableBalance}, {law, kRefundRowsAddUp}, {law, kCasesAreJudgedOnce}}},
      {"I-38", {{law, kGivenBackOnce}}},
      {"I-40", {{law, kRefundsComeToAnEnd}}},
  };
}

}  // namespace ordeal::aftersale
