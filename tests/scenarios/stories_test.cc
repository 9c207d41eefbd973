// One order's whole life, on good and bad days. Every story also passes all invariants: that is what clean() means.
#include <gtest/gtest.h>

#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::Played;

std::int64_t count(const Played& day, const char* what) { return day.counts.at(what); }

TEST(OneOrder, IsPlacedPaidBookedAndTold) {
  Story story;
  const Played& day = story.play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "orders_placed"), 1);
  EXPECT_EQ(count(day, "orders_paid"), 1);
  EXPECT_EQ(count(day, "channel_debits"), 1);
  EXPECT_EQ(count(day, "captures"), 1);
  EXPECT_EQ(count(day, "ledger_entries"), 1);
  EXPECT_EQ(count(day, "merchant_notices"), 1);
  EXPECT_EQ(count(day, "orders_closed"), 0);
}

TEST(OneOrder, PaidByDirectDebitIsTheSame) {
  Story story;
  const Played& day = story.everybody_pays_by_debit().play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "captures"), 1);
}

TEST(OneOrder, DoubleClickMakesOneOrder) {  // I-01, A2
  Story story;
  story.habits().double_click = Ratio::one();
  const Played& day = story.shoppers(5).play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "orders_placed"), 5);
  EXPECT_GT(mark(day, "request key used again"), 0u);
}

TEST(OneOrder, UnpaidIsClosedAndItsStockReturnsOnce) {  // I-41, I-14
  Story story;
  const Played& day = story.shoppers(3).nobody_pays().play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "orders_closed"), 3);
  EXPECT_EQ(count(day, "channel_debits"), 0);
}

TEST(OneOrder, SoldOutIsRejectedNotOversold) {  // I-10
  Story story;
  const Played& day = story.shoppers(10).stock(3).play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "orders_paid"), 3);
  EXPECT_EQ(count(day, "orders_rejected"), 7);
}

TEST(Callbacks, LostOnesAreFoundByQuery) {  // I-42, F-13
  Story story;
  const Played& day = story.fork("callback start", "never").play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "callbacks_sent"), 0);
  EXPECT_EQ(count(day, "captures"), 1);
  EXPECT_GT(mark(day, "capture found by query"), 0u);
}

TEST(Callbacks, DuplicatesHaveOneEffect) {  // I-31, F-11
  Story story;
  const Played& day = story.shoppers(5).fork("callback", "storm").play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "captures"), 5);
  EXPECT_GE(count(day, "callbacks_sent"), 25);
}

TEST(Callbacks, BeforeTheAnswerIsFine) {  // F-84
  Story story;
  const Played& day = story.everybody_pays_by_debit().fork("callback start", "before").play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "captures"), 1);
  EXPECT_GT(mark(day, "callback before the answer"), 0u);
}

TEST(Callbacks, ForgedOnesChangeNothing) {  // I-33, F-19
  for (const char* way : {"wrong_amount", "bad_signature"}) {
    Story story;
    const Played& day = story.fork("callback", way).play();
    EXPECT_TRUE(clean(day)) << way;
    EXPECT_GT(mark(day, "callback refused"), 0u) << way;
    EXPECT_EQ(count(day, "captures"), 1) << way;
  }
}

TEST(Callbacks, UnacknowledgedOnesComeBackByTheSchedule) {  // domain 2.1: eight sends
  Story story;
  story.cut_off("gateway-1", minutes(14), minutes(4 * 60));
  story.everybody_pays_late(minutes(5), minutes(10));
  const Played& day = story.play();
  EXPECT_TRUE(clean(day));
  EXPECT_GT(count(day, "callbacks_sent"), 1);
  EXPECT_LE(count(day, "callbacks_sent"), 8);
}

TEST(Channel, DebitedAlthoughItSaidErrorIsFoundAndNotRepeated) {  // I-32, F-14
  Story story;
  story.everybody_pays_by_debit().fork("callback start", "never");
  story.fault(faults::ForkTaken{"answer", "error_although_done", Ratio::one()}, {}, {}, minutes(15));
  const Played& day = story.shoppers(3).play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "channel_debits"), 3);
  EXPECT_EQ(count(day, "captures"), 3);
}

TEST(LatePayment, OnAClosedOrderIsRefundedOnce) {  // I-35, F-18
  // Payment cannot be asked while the order's time runs out, so the order closes without an answer; the code stays payable.
  Story story;
  story.everybody_pays_late(minutes(19), minutes(22));
  story.cut_off("payment-1", minutes(14), minutes(40));
  const Played& day = story.shoppers(4).play();
  EXPECT_TRUE(clean(day));
  EXPECT_GT(mark(day, "closed without an answer from payment"), 0u);
  EXPECT_GT(count(day, "refunds"), 0);
  EXPECT_EQ(count(day, "refunds"), count(day, "channel_refunds"));
  EXPECT_EQ(count(day, "orders_paid"), count(day, "channel_debits") - count(day, "channel_refunds"));
}

TEST(LatePayment, GoesBackThoughTheChannelTakesTheRefundOnForHoursAndFailsAtIt) {  // node-tenpay #50
  Story story;
  story.everybody_pays_late(minutes(19), minutes(22)).fork("refund", "taken_on");
  story.cut_off("payment-1", minutes(14), minutes(40));
  const Played& day = story.shoppers(4).play();
  EXPECT_TRUE(clean(day));
  EXPECT_GT(mark(day, "refund taken on"), 0u);
  EXPECT_GT(count(day, "refunds"), 0);
  EXPECT_EQ(count(day, "refunds"), count(day, "channel_refunds"));
}

TEST(Cancel, InAnyMomentEndsWell) {  // F-17, A29
  for (const auto& [way, paid] :
       {std::pair("before_paying", 0), std::pair("with_the_code", 0), std::pair("after_paying", 1)}) {
    Story story;
    const Played& day = story.shoppers(3).fork("cancelling", way).play();
    EXPECT_TRUE(clean(day)) << way;
    EXPECT_EQ(count(day, "orders_paid"), 3 * paid) << way;
    EXPECT_EQ(count(day, "orders_closed"), 3 - 3 * paid) << way;
  }
}

TEST(Cancel, InTheMomentOfPayingEndsInOneOfTwoWays) {  // F-17, I-04
  std::int64_t paid = 0;
  std::int64_t closed = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Story story;
    const Played& day = story.shoppers(3).fork("cancelling", "while_paying").play(seed);
    EXPECT_TRUE(clean(day)) << seed;
    EXPECT_EQ(count(day, "channel_debits") - count(day, "channel_refunds"), count(day, "orders_paid"))
        << seed;
    paid += count(day, "orders_paid");
    closed += count(day, "orders_closed");
  }
  EXPECT_GT(paid, 0);
  EXPECT_GT(closed, 0);
}

TEST(OneOrder, OfNothingNeedsNoChannel) {  // saleor #10081
  Story story;
  story.shop().catalogue.skus.front().price.minor = 0;
  const Played& day = story.play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "orders_paid"), 1);
  EXPECT_EQ(count(day, "ledger_entries"), 0);
  EXPECT_EQ(count(day, "merchant_notices"), 1);
}

TEST(Outages, OfAnySingleServiceEndWell) {  // I-41, I-51
  for (const char* host :
       {"gateway-1", "order-1", "inventory-1", "payment-1", "ledger-1", "notification-1"}) {
    for (const Duration from : {minutes(0), minutes(3), minutes(12)}) {
      Story story;
      const Played& day = story.shoppers(6).outage(host, from, from + minutes(30)).play();
      EXPECT_TRUE(clean(day)) << host << " from " << from.ns;
    }
  }
}

TEST(Outages, LedgerCatchesUp) {
  Story story;
  const Played& day = story.shoppers(4).outage("ledger-1", minutes(0), minutes(120)).play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "ledger_entries"), count(day, "orders_paid"));
  EXPECT_GT(mark(day, "outbox resent"), 0u);
}

TEST(Crashes, BeforeAndAfterEveryCommitAndSendEndWell) {  // A27, I-12
  faults::HostCrash crash;
  crash.rate = {1, 12};
  crash.restart_after_min = seconds(1);
  crash.restart_after_max = seconds(20);
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Story story;
    story.fault(crash,
                {.hosts = {"gateway-1", "order-1", "inventory-1", "payment-1", "ledger-1", "notification-1"},
                 .from = {},
                 .to = {},
                 .file = {}});
    const Played& day = story.shoppers(5).play(seed);
    EXPECT_TRUE(clean(day)) << "seed " << seed;
    EXPECT_GT(day.fired.size(), 0u);
  }
}

TEST(Crashes, OfThePartiesEndWellToo) {
  faults::HostCrash crash;
  crash.rate = {1, 10};
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Story story;
    story.fault(crash, {.hosts = {"alipay", "merchant"}, .from = {}, .to = {}, .file = {}});
    EXPECT_TRUE(clean(story.shoppers(5).play(seed))) << "seed " << seed;
  }
}

// F-20. The first commits of the day fail at one sync each; some of them happened all the same (seed 87226 of first_sale).
TEST(Disks, AnOrderIsClosedInTimeWhicheverSyncOfItsCommitsFailed) {
  const std::string placing = "shopper-0/checkout-1 › visit › gateway.place_order › order.place › sync ";
  for (const char* mode : {"wal", "delete", "truncate", "persist"}) {
    for (const char* file : {"order.db", "order.db-journal", "order.db-wal", "directory"}) {
      int struck = 0;
      for (std::uint32_t nth = 0; nth < 8; ++nth) {
        Story story;
        story.nobody_pays().knob("database.journal_mode", mode);
        const Played& day = story.strike({placing + file, nth, faults::act::DiskFail{}}).play();
        if (day.fired.empty()) break;
        ++struck;
        EXPECT_TRUE(clean(day)) << mode << ", sync " << nth << " of " << file;
        EXPECT_EQ(count(day, "orders_closed") + count(day, "orders_rejected"), count(day, "orders_placed"));
      }
      if (std::string(mode) == "persist" && std::string(file) == "order.db-journal") {
        EXPECT_GT(struck, 3);
      }
    }
  }
}

TEST(Merchant, BrokenEndpointHearsLater) {  // I-80, F-71
  Story story;
  story.fault(faults::ForkTaken{"merchant answer", "broken", Ratio::one()}, {}, {}, minutes(60));
  const Played& day = story.play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "merchant_notices"), 1);
}

TEST(Clocks, WrongByMinutesEndWell) {  // F-72
  for (const std::int64_t by : {-9, 9}) {
    for (const char* host : {"order-1", "payment-1"}) {
      Story story;
      story.fault(faults::ClockOffset{minutes(by)}, {.hosts = {host}, .from = {}, .to = {}, .file = {}});
      EXPECT_TRUE(clean(story.shoppers(4).play())) << host << by;
    }
  }
}

}  // namespace
}  // namespace ordeal::test
