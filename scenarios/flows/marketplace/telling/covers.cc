// What of that which was asked for a marketplace runs, and by what (scenarios/play/coverage.h).
#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/telling/telling.h"

namespace ordeal::marketplace {

std::vector<play::CoverRow> cover_rows() {
  using enum play::CoverKind;
  return {
      {"A14",
       {{scenario, "seller_desk"},
        {scenario, "reshard_day"},
        {scenario, "reshard_undone"},
        {law, kOnTheirShard},
        {test, "Reshard.ABucketMovesWithItsOrdersAndItsKeys"}}},
      {"A15",
       {{scenario, "seller_desk"},
        {design, "seller.lookup=scatter"},
        {design, "seller.lookup=mapping"},
        {design, "seller.lookup=gene"},
        {design, "seller.lookup=search_copy"},
        {law, kSellersSee},
        {test, "Lookup.AsksSoManyShardsAsItSays"}}},
      {"A30",
       {{scenario, "two_shards"},
        {design, "seller.lookup=mapping"},
        {test, "Lookup.ARelationIsThereBeforeItsOrderOrThereIsNoOrder"}}},
      {"A31",
       {{flaw, "F-59"},
        {design, "seller.lookup=gene"},
        {law, kShardsAskedAreBounded},
        {test, "Lookup.AsksSoManyShardsAsItSays"},
        {test, "Lookup.ANumberWithAGeneIsFoundOnOneShardAndAnyOtherOnAll"}}},
      {"A32",
       {{flaw, "F-58"},
        {scenario, "seller_desk"},
        {design, "seller.lookup=search_copy"},
        {test, "Feed.TheCopyIsAsTheShardAlsoAfterAnOlderPosition"}}},
      {"B14",
       {{flaw, "F-30"},
        {flaw, "F-31"},
        {design, "order.ids=snowflake"},
        {test, "Snowflake.GivesFourThousandAndNinetySixNumbersAMillisecond"},
        {test, "Pods.ARestartWithAClockThatStandsOrWentBackTakesAnotherWorker"},
        {test, "Pods.TwoNeverShareAWorkersTime"}}},
      {"C7",
       {{scenario, "reshard_day"},
        {design, "order.ids=gene"},
        {design, "order.ids=segments"},
        {law, kNumbersNeverRepeat},
        {test, "Pods.AGeneIsInTheNumber"}}},
  };
}

}  // namespace ordeal::marketplace
