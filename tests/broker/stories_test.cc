// What a broker promises, and how it breaks each promise it does not give, told as stories.
#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "tests/broker/world.h"

namespace ordeal::test {
namespace {

using env::Consumed;
using env::HalfOutcome;
using env::Incoming;
using sim::broker::Flush;

// It must work, or it may fail, and the answer does not matter.
void sure(const auto& answer) { EXPECT_TRUE(answer.ok()); }
void maybe(const auto&) {}

// ---- delivery ----

TEST(Broker, EveryMessageComesOnce) {
  BrokerWorld world;
  world.play([](env::Env& env) {
    for (int i = 0; i < 20; ++i) {
      const auto receipt = env.broker().send(note("order-" + std::to_string(i)));
      ASSERT_TRUE(receipt.ok());
      EXPECT_GE(receipt->queue, 0);
    }
  });
  EXPECT_TRUE(world.finished);
  EXPECT_EQ(world.got.size(), 20u);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(world.times("order-" + std::to_string(i)), 1u);
  std::set<std::string> consumers;
  for (const auto& one : world.got) consumers.insert(one.consumer);
  EXPECT_EQ(consumers.size(), 2u) << "the queues are shared out";
}

TEST(Broker, ADeploymentWithoutOneSaysSo) {
  sim::FiberPool pool;
  sim::Simulation sim(pool, {});
  bool refused = false;
  sim.add_host("shop").install([&](sim::Process& process) {
    try {
      process.env().broker();
    } catch (const CheckFailed& failed) {
      refused = std::string(failed.what()).find("no broker in this deployment") != std::string::npos;
    }
  });
  sim.find_host("shop")->boot();
  sim.scheduler().run_until(INT64_MAX);
  EXPECT_TRUE(refused);
}

TEST(Broker, ABroadcastReachesEveryProcess) {
  BrokerWorld world;
  world.subscription.broadcast = true;
  world.play([](env::Env& env) {
    env.tasks.sleep(1_s);
    sure(env.broker().send(note("sold out")));
  });
  EXPECT_EQ(world.times("sold out"), 2u);
}

TEST(Broker, ABroadcastThatIsNotDoneIsDropped) {
  BrokerWorld world;
  world.subscription.broadcast = true;
  world.handler = [](const Incoming&) { return Consumed::later; };
  world.play([](env::Env& env) { sure(env.broker().send(note("sold out"))); });
  EXPECT_EQ(world.times("sold out"), 2u);
  EXPECT_EQ(world.sim->marks().count("a broadcast message was dropped"), 1u);
}

TEST(Broker, AMessageWaitsForItsConsumers) {
  BrokerWorld world;
  world.play([&](env::Env& env) {
    for (const char* name : {"points-1", "points-2"}) world.crash(name, 10_min);
    sure(env.broker().send(note("order-1")));
  });
  ASSERT_EQ(world.times("order-1"), 1u);
  EXPECT_GT(world.got[0].at_ns, (10_min).ns);
  EXPECT_LT(world.got[0].at_ns, (10_min + 5_s).ns) << "they say that they are back: nothing waits for a tick";
}

TEST(Broker, AConsumerThatDiesAtWorkGetsTheMessageAgain) {
  BrokerWorld world;
  world.handler = [&](const Incoming&) {
    if (world.got.size() == 1) {
      world.crash(world.got[0].consumer, 5_min);
      world.sim->scheduler().check_not_killed();
    }
    return Consumed::done;
  };
  world.play([](env::Env& env) { sure(env.broker().send(note("order-1"))); });
  ASSERT_EQ(world.times("order-1"), 2u);
  EXPECT_NE(world.got[0].consumer, world.got[1].consumer) << "the other one takes over";
  EXPECT_EQ(world.got[1].tries, 0) << "nobody said later";
}

// The numbers of RocketMQ: levels 3 to 18, then the dead letter queue, 4 h 45 m 40 s after the first try.
TEST(Broker, RetriesSlowDownAndEndAsADeadLetter) {
  BrokerWorld world;
  world.handler = [](const Incoming&) { return Consumed::later; };
  world.play([](env::Env& env) { sure(env.broker().send(note("poison"))); });
  ASSERT_EQ(world.got.size(), 17u);
  const std::vector<Duration> expected{10_s,  30_s,  1_min, 2_min,  3_min,  4_min,  5_min, 6_min,
                                       7_min, 8_min, 9_min, 10_min, 20_min, 30_min, 1_h,   2_h};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::int64_t pause = world.got[i + 1].at_ns - world.got[i].at_ns;
    EXPECT_GE(pause, expected[i].ns) << i;
    EXPECT_LT(pause, (expected[i] + 1_s).ns) << i;
    EXPECT_EQ(world.got[i + 1].tries, static_cast<std::int64_t>(i) + 1);
  }
  ASSERT_EQ(world.server->dead_letters("points", "paid").size(), 1u);
  EXPECT_EQ(world.server->dead_letters("points", "paid")[0].key, "poison");
}

TEST(Broker, AStorageErrorIsLater) {
  BrokerWorld world;
  world.handler = [&](const Incoming&) {
    if (world.got.size() == 1) throw env::DatabaseError(env::DatabaseErrorCode::full, "the disk is full");
    return Consumed::done;
  };
  world.play([](env::Env& env) { sure(env.broker().send(note("order-1"))); });
  ASSERT_EQ(world.got.size(), 2u);
  EXPECT_EQ(world.got[1].tries, 1);
}

// ---- order ----

TEST(Broker, MessagesOfOneOrderComeInTurnAndAStuckOneBlocksItsQueueOnly) {
  BrokerWorld world;
  world.subscription.ordered = true;
  int stuck = 3;
  world.handler = [&](const Incoming& message) {
    if (message.key == "a1" && stuck-- > 0) return Consumed::later;
    return Consumed::done;
  };
  world.play([](env::Env& env) {
    for (const char* key : {"a1", "a2", "a3"}) sure(env.broker().send(note(key, "order-a")));
    for (const char* key : {"b1", "b2"}) sure(env.broker().send(note(key, "order-c")));
  });
  std::vector<std::string> a;
  for (const auto& one : world.got) {
    if (one.order == "order-a") a.push_back(one.key);
  }
  EXPECT_EQ(a, (std::vector<std::string>{"a1", "a1", "a1", "a1", "a2", "a3"}));
  const auto at = [&](const char* key) {
    const auto keys = world.keys();
    return world.got[static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin())].at_ns;
  };
  EXPECT_GT(at("a2"), (3_s).ns);
  EXPECT_LT(at("b2"), (1_s).ns) << "another queue";
}

// ---- half messages ----

TEST(Broker, AHalfMessageIsSeenOnceItIsCommitted) {
  BrokerWorld world;
  world.play([&](env::Env& env) {
    const auto half = env.broker().send_half("shop", note("order-1"));
    env.tasks.sleep(2_s);
    EXPECT_EQ(world.times("order-1"), 0u);
    EXPECT_TRUE(env.broker().end(*half, HalfOutcome::commit).ok());
    const auto other = env.broker().send_half("shop", note("order-2"));
    EXPECT_TRUE(env.broker().end(*other, HalfOutcome::rollback).ok());
  });
  EXPECT_EQ(world.keys(), std::vector<std::string>{"order-1"});
  EXPECT_EQ(world.checks, 0u);
}

TEST(Broker, AProducerThatDiedIsAskedWhatCameOfIt) {
  for (const auto outcome : {HalfOutcome::commit, HalfOutcome::rollback}) {
    BrokerWorld world;
    world.on_check = [&](const Incoming&) { return outcome; };
    world.play([&](env::Env& env) {
      ASSERT_TRUE(env.broker().send_half("shop", note("order-1")).ok());
      world.crash("shop", 10_s);
      env.tasks.sleep(1_s);
      ADD_FAILURE() << "it is dead";
    });
    EXPECT_EQ(world.checks, 1u);
    EXPECT_EQ(world.times("order-1"), outcome == HalfOutcome::commit ? 1u : 0u);
  }
}

TEST(Broker, AProducerThatNeverKnowsLosesTheMessageAfterFifteenChecks) {
  BrokerWorld world;
  world.play([](env::Env& env) { sure(env.broker().send_half("shop", note("order-1"))); });
  EXPECT_EQ(world.checks, 15u);
  EXPECT_EQ(world.server->discarded(), 1u);
  EXPECT_EQ(world.times("order-1"), 0u);
  EXPECT_LT(world.sim->now_ns(), (6_s + 30_s * 17).ns) << "timeout and sixteen scans (I-50)";
}

TEST(Broker, TheFirstCheckWaitsForTheTransactionTimeout) {
  BrokerWorld world;
  std::int64_t asked_at = 0;
  world.on_check = [&](const Incoming&) {
    asked_at = world.sim->now_ns();
    return HalfOutcome::commit;
  };
  world.play([](env::Env& env) {
    env.tasks.sleep(26_s);  // a scan is due at 30 s: too early for this one
    sure(env.broker().send_half("shop", note("order-1")));
  });
  EXPECT_GE(asked_at, (60_s).ns);
  EXPECT_LT(asked_at, (61_s).ns);
}

// ---- delays ----

TEST(Broker, ADelayedMessageComesAtItsTime) {
  BrokerWorld world;
  world.play([&](env::Env& env) {
    sure(env.broker().send(note("close order-1", {}, 30_min)));
    env.tasks.sleep(10_min);
    world.crash("broker", 5_min);  // the delay is in the log
  });
  ASSERT_EQ(world.times("close order-1"), 1u);
  EXPECT_GE(world.got[0].at_ns, (30_min).ns);
  EXPECT_LT(world.got[0].at_ns, (30_min + 2_s).ns);
}

TEST(Broker, ADelayThatPassesWhileTheBrokerIsDownIsOverAtOnce) {
  BrokerWorld world;
  world.play([&](env::Env& env) {
    sure(env.broker().send(note("close order-1", {}, 30_min)));
    world.crash("broker", 50_min);
    env.tasks.sleep(1_s);
  });
  ASSERT_EQ(world.times("close order-1"), 1u);
  EXPECT_GE(world.got[0].at_ns, (50_min).ns);
}

// ---- crashes ----

// Sends one message and pulls the broker's plug 100 ms later; was it delivered to consumers that come up afterwards?
bool survives(Flush flush, Duration before_the_crash) {
  BrokerWorld world(flush);
  world.play([&](env::Env& env) {
    for (const char* name : {"points-1", "points-2"}) world.crash(name, 1_min);
    env.tasks.sleep(10_s);
    EXPECT_TRUE(env.broker().send(note("order-1")).ok()) << "acknowledged";
    env.tasks.sleep(before_the_crash);
    world.crash("broker", 1_s);
  });
  return world.times("order-1") > 0;
}

TEST(Broker, WhatWasAcknowledgedSurvivesIfItWasFlushed) {
  EXPECT_TRUE(survives(Flush::sync, 100_ms));
  EXPECT_FALSE(survives(Flush::async, 100_ms)) << "acknowledged and lost";
  EXPECT_TRUE(survives(Flush::async, 600_ms));
}

TEST(Broker, ACrashForgetsTheLastAcknowledgements) {
  BrokerWorld world;
  world.play([&](env::Env& env) {
    env.tasks.sleep(4_s);
    sure(env.broker().send(note("early")));
    env.tasks.sleep(7_s);
    sure(env.broker().send(note("late")));
    env.tasks.sleep(1_s);
    world.crash("broker", 1_s);
  });
  EXPECT_EQ(world.times("early"), 1u) << "its offset was written at the fifth second";
  EXPECT_EQ(world.times("late"), 2u) << "at least once is not once";
}

TEST(Broker, WhatCannotBeReachedSaysSo) {
  BrokerWorld world;
  world.play([&](env::Env& env) {
    world.crash("broker", 1_min);
    EXPECT_EQ(env.broker().send(note("order-1")).error(), env::RpcError::unreachable);
  });
}

// ---- faults ----

TEST(Broker, AForgottenAcknowledgementBringsTheMessageAgain) {
  BrokerWorld world(
      Flush::sync,
      struck({{"story › broker.send › acknowledge paid of points", 0, faults::act::BrokerRedeliver{20_s}}}));
  world.play([](env::Env& env) { sure(env.broker().send(note("order-1"))); });
  EXPECT_TRUE(world.hooks.unmatched().empty());
  ASSERT_EQ(world.times("order-1"), 2u);
  EXPECT_EQ(world.got[0].id, world.got[1].id);
  EXPECT_GE(world.got[1].at_ns - world.got[0].at_ns, (20_s).ns);
}

TEST(Broker, AStoreThatHappensTwiceHasTwoIdsAndOneKey) {
  BrokerWorld world(Flush::sync,
                    struck({{"story › broker.send › store paid", 0, faults::act::BrokerDuplicate{}}}));
  world.play([](env::Env& env) { sure(env.broker().send(note("order-1"))); });
  EXPECT_TRUE(world.hooks.unmatched().empty());
  ASSERT_EQ(world.times("order-1"), 2u);
  EXPECT_NE(world.got[0].id, world.got[1].id);
}

TEST(Broker, DeliveriesOvertakeEachOtherButNeverInAnOrderedQueue) {
  for (const bool ordered : {false, true}) {
    const faults::Window mixed{"mixed", faults::BrokerReorder{{1, 2}, 5_s}, {}, 0_s};
    BrokerWorld world(Flush::sync, windows({mixed}));
    world.subscription.ordered = ordered;
    world.play([](env::Env& env) {
      for (int i = 10; i < 40; ++i) sure(env.broker().send(note(std::to_string(i), "order-a")));
    });
    const auto keys = world.keys();
    EXPECT_EQ(keys.size(), 30u);
    EXPECT_EQ(std::is_sorted(keys.begin(), keys.end()), ordered);
    EXPECT_GT(world.hooks.reach()[0].hits, 5u);
  }
}

TEST(Broker, ADelayQueueLags) {
  BrokerWorld world(Flush::sync,
                    struck({{"story › broker.send › timer paid", 0, faults::act::BrokerHold{5_min}}}));
  world.play([](env::Env& env) { sure(env.broker().send(note("close order-1", {}, 10_min))); });
  EXPECT_TRUE(world.hooks.unmatched().empty());
  ASSERT_EQ(world.times("close order-1"), 1u);
  EXPECT_GE(world.got[0].at_ns, (15_min).ns);
}

TEST(Broker, LosingWhatWasNotFlushedNeedsAnAsynchronousFlush) {
  for (const auto flush : {Flush::sync, Flush::async}) {
    BrokerWorld world(flush,
                      struck({{"story › broker.send › store paid", 0, faults::act::BrokerCrash{10_s}}}));
    world.play([&](env::Env& env) {
      for (const char* name : {"points-1", "points-2"}) world.crash(name, 1_min);
      EXPECT_TRUE(env.broker().send(note("order-1")).ok()) << "the receipt left before the crash";
    });
    EXPECT_EQ(world.times("order-1"), flush == Flush::sync ? 1u : 0u);
    EXPECT_EQ(world.hooks.unmatched().empty(), flush == Flush::async);
  }
}

TEST(Broker, FaultRatesAreWhatWasAsked) {
  const std::vector<faults::Window> all{
      {"again", faults::BrokerRedeliver{{1, 10}, 1_s}, {}, 0_s},
      {"twice", faults::BrokerDuplicate{{1, 20}}, {}, 0_s},
      {"mixed", faults::BrokerReorder{{1, 5}, 1_s}, {}, 0_s},
      {"late", faults::BrokerDelay{{1, 3}, 1_s}, {}, 0_s},
      {"lost", faults::BrokerLoseUnflushed{{1, 50}, 10_ms, 100_ms}, {}, 0_s}};
  faults::Reach campaign;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    BrokerWorld world(Flush::async, windows(all), seed);
    world.play([](env::Env& env) {
      for (int i = 0; i < 200; ++i) {
        maybe(env.broker().send(note("order-" + std::to_string(i), {}, i % 2 == 0 ? 1_s : 0_s)));
        env.tasks.sleep(1_s);
      }
    });
    campaign.add(world.hooks.reach());
  }
  EXPECT_EQ(campaign.rates().size(), 5u);
  EXPECT_TRUE(campaign.off_rates().empty());
  EXPECT_TRUE(campaign.never_effective().empty());
}

}  // namespace
}  // namespace ordeal::test
