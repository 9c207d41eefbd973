// What of that which was asked for payouts run, and by what (scenarios/play/coverage.h).
#include "scenarios/flows/payout/laws/laws.h"
#include "scenarios/flows/payout/telling/telling.h"

namespace ordeal::payout {

std::vector<play::CoverRow> cover_rows() {
  using enum play::CoverKind;
  return {
      {"D1",
       {{scenario, "payout_quota"},
        {law, kQuotaIsKept},
        {law, kFirstWithRoomPays},
        {test, "EveryQuotaKeeper.FillsTheFirstAccountBeforeTheSecond"}}},
      {"D2", {{law, kAccountFitsTheApp}, {test, "Payouts.FailWhenNoOtherAccountServesTheApp"}}},
      {"D3",
       {{design, "payout.bind_account_at=code"},
        {design, "payout.bind_account_at=pay"},
        {flaw, "D3"},
        {law, kAccountFitsTheApp}}},
      {"D4",
       {{design, "payout.quota=one_row"},
        {scenario, "one_quota"},
        {law, kOccupationsEnd},
        {test, "EveryQuotaKeeper.WritesNothingWithoutRoom"}}},
      {"D5",
       {{scenario, "payout_quota"},
        {law, kOccupationEndsOnce},
        {law, kPaidOutOnce},
        {test, "Payouts.AreUsedInTheTransactionThatCallsThemPaid"}}},
      {"D6",
       {{design, "payout.codes=deadline"},
        {design, "payout.codes=scan"},
        {flaw, "F-61"},
        {law, kOccupationsEnd},
        {test, "Payouts.EndWithTheirCodeAndFreeItsQuotaOnce"}}},
      {"D7",
       {{scenario, "payout_quota"},
        {fork, "changing an account: stale"},
        {flaw, "F-64"},
        {law, kTermsAreOfTheirVersion},
        {test, "PayoutAccounts.ChangeFromTheVersionThatWasSeen"}}},
      {"D8",
       {{scenario, "payout_rush"},
        {design, "payout.quota=one_row"},
        {design, "payout.quota=buckets"},
        {law, kQuotaRowsAddUp},
        {test, "PayoutBuckets.AddUpWhateverHappens"}}},
      {"B35", {{law, kPayoutAnswersAreTrue}}},
      {"F-60", {{law, kQuotaIsKept}}},
      {"F-78",
       {{design, "payout.doubt=query"},
        {design, "payout.doubt=query_and_statement"},
        {test, "Payouts.KeepTheirNumberAndTheirQuotaWhileNobodyKnows"}}},
      {"I-38", {{law, kPaidOutOnce}}},
      {"I-40", {{law, kPayoutsComeToAnEnd}}},
  };
}

}  // namespace ordeal::payout
