// Shops with a cache and with a broker, on good and on bad days of theirs.
#include <gtest/gtest.h>

#include "scenarios/play/bad_input.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::Played;
using Keeps = play::CacheSpec::Keeps;

std::int64_t count(const Played& day, const char* what) { return day.counts.at(what); }

Story cached(Keeps keeps = Keeps::replica) {
  Story story;
  story.shop().frame.hosts.push_back({"cache", {}, {}, play::CacheSpec{.keeps = keeps}});
  return std::move(story.design("stock.gate", "cache_then_db"));
}

Story with_broker(play::BrokerSpec::Flush flush = play::BrokerSpec::Flush::async) {
  Story story;
  story.shop().frame.hosts.push_back({"broker", {}, {}, {}, play::BrokerSpec{flush}});
  return std::move(story.design("order.close_by", "delayed_message"));
}

TEST(ShopWithACache, TurnsBuyersAwayWithoutATransaction) {
  Story story = cached();
  const Played& day = story.shoppers(10).stock(3).play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "orders_paid"), 3);
  EXPECT_EQ(count(day, "orders_rejected"), 7);
  EXPECT_GE(mark(day, "the cache turned a buyer away"), 7U);
  EXPECT_EQ(mark(day, "the cache counted more than there was"), 0U);
}

TEST(ShopWithACache, WhatComesBackIsSold) {  // F-22
  Story story = cached();
  story.shop().shopping.arrive.until = minutes(90);
  const Played& day = story.shoppers(12).stock(1).nobody_pays().play();
  EXPECT_TRUE(clean(day));
  EXPECT_GT(count(day, "orders_closed"), 1);
}

TEST(ShopWithACache, AShopSellsWithoutIt) {
  Story story = cached();
  const Played& day = story.shoppers(8).stock(3).outage("cache", {}, minutes(4 * 60)).play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "orders_paid"), 3);
  EXPECT_GT(mark(day, "the cache was silent"), 0U);
}

TEST(ShopWithACache, AFailoverOversellsNothing) {  // F-02
  faults::CacheFailover failover;
  failover.rate = {1, 5};
  bool counted_too_much = false;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Story story = cached();
    story.shop().shopping.arrive.until = minutes(2);
    story.fault(failover, {.hosts = {"cache"}, .from = {}, .to = {}, .file = {}});
    const Played& day = story.shoppers(14).stock(4).play(seed);
    EXPECT_TRUE(clean(day)) << "seed " << seed;
    counted_too_much |= mark(day, "the cache counted more than there was") > 0;
  }
  EXPECT_TRUE(counted_too_much);
}

TEST(ShopWithACache, ComingBackEmptyEndsNoSale) {  // F-39
  faults::CacheRestartEmpty wipe;
  wipe.rate = {1, 5};
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Story story = cached(Keeps::nothing);
    story.fault(wipe, {.hosts = {"cache"}, .from = {}, .to = {}, .file = {}});
    EXPECT_TRUE(clean(story.shoppers(8).stock(6).play(seed))) << "seed " << seed;
  }
}

TEST(ShopWithABroker, ItsMessageClosesWhatIsNotPaid) {  // I-41, C35
  Story story = with_broker();
  const Played& day = story.shoppers(3).nobody_pays().play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "orders_closed"), 3);
  EXPECT_GE(mark(day, "close message came"), 3U);
}

TEST(ShopWithABroker, OrdersCloseWithoutIt) {  // F-28
  Story story = with_broker();
  const Played& day = story.shoppers(3).nobody_pays().outage("broker", {}, minutes(4 * 60)).play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "orders_closed"), 3);
  EXPECT_EQ(mark(day, "close message came"), 0U);
  EXPECT_GT(mark(day, "close message not sent"), 0U);
}

TEST(ShopWithABroker, AMessageAboutAPaidOrderChangesNothing) {
  Story story = with_broker();
  const Played& day = story.shoppers(3).play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(count(day, "orders_paid"), 3);
  EXPECT_GE(mark(day, "close message came"), 3U);
}

TEST(ShopWithABroker, ItsOwnFaultsEndWell) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    for (const faults::Fault& fault :
         {faults::Fault(faults::BrokerDuplicate{{1, 2}}), faults::Fault(faults::BrokerRedeliver{{1, 2}}),
          faults::Fault(faults::BrokerDelay{{1, 2}, minutes(3)})}) {
      Story story = with_broker();
      story.fault(fault, {.hosts = {"broker"}, .from = {}, .to = {}, .file = {}});
      EXPECT_TRUE(clean(story.shoppers(4).nobody_pays().play(seed))) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace ordeal::test
