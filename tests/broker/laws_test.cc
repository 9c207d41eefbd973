// What holds under any plan: with a synchronous flush every message whose sender got a receipt is delivered at least once, however
// hosts crash, messages get lost and clocks lie; and what holds without faults: exactly once, and in order.
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "faults/search/swarm.h"
#include "tests/broker/world.h"

namespace ordeal::test {
namespace {

using env::Consumed;
using env::HalfOutcome;
using sim::broker::Flush;

faults::Menu everything() {
  faults::Menu menu;
  menu.crash_hosts = menu.freeze_hosts = menu.clock_hosts =
      menu.linked_hosts = {"broker", "shop", "points-1", "points-2"};
  menu.broker_hosts = {"broker"};
  menu.storm = 10_min;
  menu.max_downtime = 3_min;
  menu.max_clock_error = 10_min;
  return menu;
}

// What the senders of a world hold receipts for, and what they committed.
struct Held {
  std::set<std::string> acknowledged;
  std::set<std::string> rolled_back;
};

void send_all(env::Env& env, Held& held) {
  for (int i = 0; i < 40; ++i) {
    const std::string key = "order-" + std::to_string(i);
    if (i % 4 == 3) {
      const auto half = env.broker().send_half("shop", note(key));
      if (!half) continue;
      const bool commit = i % 8 == 3;
      (commit ? held.acknowledged : held.rolled_back).insert(key);
      static_cast<void>(env.broker().end(*half, commit ? HalfOutcome::commit : HalfOutcome::rollback));
    } else {
      const Duration after = i % 4 == 2 ? 1_min : 0_s;
      if (env.broker().send(note(key, "buyer-" + std::to_string(i % 5), after)))
        held.acknowledged.insert(key);
    }
    env.tasks.sleep(10_s);
  }
}

// Answers as the shop's database would: it decided before it told the broker.
HalfOutcome decided(const Held& held, const std::string& key) {
  if (held.acknowledged.contains(key)) return HalfOutcome::commit;
  return held.rolled_back.contains(key) ? HalfOutcome::rollback : HalfOutcome::unknown;
}

TEST(BrokerLaws, WhatIsAcknowledgedUnderASynchronousFlushIsDelivered) {
  std::size_t struck = 0;
  std::size_t repeated = 0;
  const bool held = rc::check("acknowledged under sync flush, so delivered", [&] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const bool ordered = *rc::gen::arbitrary<bool>();
    BrokerWorld world(Flush::sync, faults::swarm(sim::Choices(seed), everything()), seed);
    world.subscription.ordered = ordered;
    Held senders;
    world.on_check = [&](const env::Incoming& message) { return decided(senders, message.key); };
    world.play([&](env::Env& env) { send_all(env, senders); });
    for (const std::string& key : senders.acknowledged) {
      if (world.times(key) == 0)
        RC_FAIL(key + " was acknowledged and never delivered, seed " + std::to_string(seed));
      repeated += world.times(key) > 1 ? 1 : 0;
    }
    for (const std::string& key : senders.rolled_back) RC_ASSERT(world.times(key) == 0u);
    RC_ASSERT(world.sim->scheduler().stuck().empty());
    struck += world.hooks.fired_count();
  });
  EXPECT_TRUE(held);
  EXPECT_GT(struck, 100u) << "the plans did something";
  EXPECT_GT(repeated, 0u);
}

// The law has teeth: where the flush is asynchronous the same plans lose what was acknowledged.
TEST(BrokerLaws, UnderAnAsynchronousFlushSomethingIsLost) {
  std::size_t lost = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    BrokerWorld world(Flush::async, faults::swarm(sim::Choices(seed), everything()), seed);
    Held senders;
    world.on_check = [&](const env::Incoming& message) { return decided(senders, message.key); };
    world.play([&](env::Env& env) { send_all(env, senders); });
    for (const std::string& key : senders.acknowledged) lost += world.times(key) == 0 ? 1 : 0;
  }
  EXPECT_GT(lost, 0u);
}

TEST(BrokerLaws, WithoutFaultsEveryMessageComesOnceAndInItsOrder) {
  const bool held = rc::check("without faults: once, and in order", [] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto count = *rc::gen::inRange(1, 60);
    const auto orders = *rc::gen::inRange(1, 8);
    BrokerWorld world(*rc::gen::element(Flush::sync, Flush::async), {}, seed);
    world.subscription.ordered = true;
    world.play([&](env::Env& env) {
      for (int i = 0; i < count; ++i)
        RC_ASSERT(
            env.broker().send(note(std::to_string(1000 + i), "buyer-" + std::to_string(i % orders))).ok());
    });
    RC_ASSERT(world.got.size() == static_cast<std::size_t>(count));
    std::map<std::string, std::string> last;
    for (const auto& one : world.got) {
      RC_ASSERT(last[one.order] < one.key);
      last[one.order] = one.key;
    }
  });
  EXPECT_TRUE(held);
}

TEST(BrokerLaws, OneSeedIsOneWorld) {
  const auto hash = [](std::uint64_t seed) {
    BrokerWorld world(Flush::async, faults::swarm(sim::Choices(seed), everything()), seed);
    Held senders;
    world.play([&](env::Env& env) { send_all(env, senders); });
    return world.sim->trace().hash();
  };
  for (std::uint64_t seed = 1; seed <= 10; ++seed) EXPECT_EQ(hash(seed), hash(seed));
  EXPECT_NE(hash(1), hash(2));
}

}  // namespace
}  // namespace ordeal::test
