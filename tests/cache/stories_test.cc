// What a cache promises, and how it breaks each promise it does not give, told as stories.
#include <string>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "tests/cache/world.h"

namespace ordeal::test {
namespace {

using env::CacheError;
using env::CacheExpiry;
using env::SetIf;
using env::SetOptions;
using sim::cache::Eviction;
using sim::cache::Options;
using sim::cache::Persistence;

// It must work, or it may fail, and the answer does not matter.
void sure(const auto& answer) { EXPECT_TRUE(answer.ok()); }
void maybe(const auto&) {}

Options with_replica() {
  Options options;
  options.replica = true;
  return options;
}

SetOptions lock_for(Duration lease) { return {SetIf::absent, lease, false}; }

std::string text(const env::Cache::Answer<std::optional<std::string>>& answer) {
  if (!answer) return "error";
  return answer->has_value() ? **answer : "nothing";
}

std::int64_t deduct(env::Env& env, const std::string& key, std::int64_t amount = 1) {
  return env.cache().script("deduct_stock", {key}, {std::to_string(amount)})->integer;
}

// ---- what it promises ----

TEST(Cache, RemembersWhatItIsTold) {
  CacheWorld world;
  world.play([](env::Env& env) {
    env::Cache& cache = env.cache();
    EXPECT_EQ(text(cache.get("a")), "nothing");
    EXPECT_TRUE(*cache.set("a", "1"));
    EXPECT_EQ(*cache.add("a", 41), 42);
    EXPECT_EQ(text(cache.get("a")), "42");
    EXPECT_FALSE(*cache.set("a", "x", {SetIf::absent, {}, false}));
    EXPECT_TRUE(*cache.remove("a"));
    EXPECT_FALSE(*cache.exists("a"));
    EXPECT_TRUE(*cache.set_field("cart", "tea", "2"));
    EXPECT_EQ(*cache.add_to_field("cart", "tea", 3), 5);
    EXPECT_EQ(text(cache.get_field("cart", "tea")), "5");
    EXPECT_TRUE(*cache.remove_field("cart", "tea"));
    EXPECT_TRUE(*cache.put_member("due", "order-2", 200));
    EXPECT_TRUE(*cache.put_member("due", "order-1", 100));
    EXPECT_TRUE(*cache.put_member("due", "order-3", 300));
    const std::vector<env::CacheMember> due{{"order-1", 100}, {"order-2", 200}};
    EXPECT_EQ(*cache.members("due", 0, 250, 10), due);
    EXPECT_TRUE(*cache.remove_member("due", "order-1"));
  });
  EXPECT_EQ(world.finished, 1u);
}

TEST(Cache, SaysWhatIsWrong) {
  CacheWorld world;
  world.play([](env::Env& env) {
    sure(env.cache().set("word", "tea"));
    EXPECT_EQ(env.cache().add("word", 1).error(), CacheError::rejected);
    EXPECT_EQ(env.cache().get_field("word", "x").error(), CacheError::rejected);
    EXPECT_EQ(env.cache().script("no_such_script", {"word"}, {}).error(), CacheError::rejected);
    EXPECT_EQ(env.cache().run({"SUBSCRIBE", "x"}).error(), CacheError::rejected);
  });
}

TEST(Cache, ADeploymentWithoutOneSaysSo) {
  sim::FiberPool pool;
  sim::Simulation sim(pool, {});
  bool refused = false;
  sim.add_host("shop").install([&](sim::Process& process) {
    try {
      process.env().cache();
    } catch (const CheckFailed& failed) {
      refused = std::string(failed.what()).find("no cache in this deployment") != std::string::npos;
    }
  });
  sim.find_host("shop")->boot();
  sim.scheduler().run_until(INT64_MAX);
  EXPECT_TRUE(refused);
}

TEST(Cache, TheLastUnitIsSoldOnceHoweverManyAsk) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CacheWorld world({}, {}, seed);
    int sold = 0;
    const auto buy = [&](env::Env& env) {
      env.tasks.sleep(1_s);
      sold += deduct(env, "stock") >= 0 ? 1 : 0;
    };
    world.play({[](env::Env& env) { sure(env.cache().set("stock", "1")); }, buy, buy, buy, buy});
    EXPECT_EQ(sold, 1);
  }
}

// The same without a script: between a look and a deduction others look too (F-01 in a cache).
TEST(Cache, LookingAndThenDeductingSellsItTwice) {
  int worst = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CacheWorld world({}, {}, seed);
    int sold = 0;
    const auto buy = [&](env::Env& env) {
      env.tasks.sleep(1_s);
      if (text(env.cache().get("stock")) == "0") return;
      sure(env.cache().add("stock", -1));
      ++sold;
    };
    world.play({[](env::Env& env) { sure(env.cache().set("stock", "1")); }, buy, buy});
    worst = std::max(worst, sold);
  }
  EXPECT_EQ(worst, 2);
}

TEST(Cache, ALockEndsWithItsLeaseAndOnlyItsOwnerLetsGo) {
  CacheWorld world;
  world.play([](env::Env& env) {
    env::Cache& cache = env.cache();
    const auto let_go = [&](const char* owner) {
      return cache.script("compare_and_delete", {"lock"}, {owner})->integer;
    };
    EXPECT_TRUE(*cache.set("lock", "first", lock_for(30_s)));
    EXPECT_FALSE(*cache.set("lock", "second", lock_for(30_s)));
    env.tasks.sleep(20_s);
    EXPECT_EQ(cache.script("compare_and_expire", {"lock"}, {"first", "30000"})->integer, 1);
    env.tasks.sleep(20_s);
    EXPECT_EQ(cache.expires_in("lock")->state, CacheExpiry::State::later);
    EXPECT_FALSE(*cache.set("lock", "second", lock_for(30_s))) << "it was renewed";
    env.tasks.sleep(11_s);
    EXPECT_TRUE(*cache.set("lock", "second", lock_for(30_s)));
    EXPECT_EQ(let_go("first"), 0) << "a late owner must not free the lock of another";
    EXPECT_EQ(let_go("second"), 1);
    EXPECT_EQ(cache.expires_in("lock")->state, CacheExpiry::State::no_key);
  });
  EXPECT_EQ(world.finished, 1u);
}

TEST(Cache, WhatExpiredIsGoneThoughNobodyAsksForIt) {
  CacheWorld world;
  world.play([&](env::Env& env) {
    for (int i = 0; i < 10; ++i)
      sure(env.cache().set("token-" + std::to_string(i), "x", {SetIf::always, 1_min, false}));
    EXPECT_GT(world.server->bytes(), 10 * 64);
    env.tasks.sleep(2_min);
    sure(env.cache().get("something else"));
    EXPECT_EQ(world.server->bytes(), 0);
  });
}

// ---- what it does not promise: time ----

TEST(Cache, AClockThatJumpsGivesALockTwoOwners) {
  const faults::Window jump{"jump", faults::ClockStep{1_min}, {{"cache"}, {}, {}, {}}, 10_s};
  CacheWorld world({}, windows({jump}));
  world.play([](env::Env& env) {
    EXPECT_TRUE(*env.cache().set("lock", "first", lock_for(30_s)));
    env.tasks.sleep(15_s);
    EXPECT_TRUE(*env.cache().set("lock", "second", lock_for(30_s))) << "fifteen seconds early";
  });
}

// ---- crashes ----

// Writes "old", waits long, writes "new" just before the plug is pulled, and looks afterwards.
std::pair<std::string, std::string> after_a_crash(Options options, Duration between = 100_us) {
  CacheWorld world(std::move(options));
  std::pair<std::string, std::string> found;
  world.play([&](env::Env& env) {
    sure(env.cache().set("old", "1"));
    env.tasks.sleep(30_s);
    EXPECT_TRUE(env.cache().set("new", "1").ok()) << "acknowledged";
    const auto* entry = world.server->peek("new");
    EXPECT_NE(entry, nullptr);
    env.tasks.sleep(between);
    world.crash();
    EXPECT_EQ(env.cache().get("old").error(), CacheError::unreachable);
    env.tasks.sleep(5_s);
    found = {text(env.cache().get("old")), text(env.cache().get("new"))};
  });
  return found;
}

using Found = std::pair<std::string, std::string>;

TEST(Cache, MemoryAloneComesBackEmpty) { EXPECT_EQ(after_a_crash({}), Found("nothing", "nothing")); }

TEST(Cache, AnAppendLogOfEverySecondLosesUpToASecond) {
  Options options;
  options.persistence = Persistence::append_every_second;
  EXPECT_EQ(after_a_crash(options), Found("1", "nothing"));
  EXPECT_EQ(after_a_crash(options, 1_s), Found("1", "1"));
}

TEST(Cache, AReplicaTakesOverWithoutItsLag) {
  Options options = with_replica();
  options.replica_lag = 50_ms;
  EXPECT_EQ(after_a_crash(options), Found("1", "nothing"));
  EXPECT_EQ(after_a_crash(options, 100_ms), Found("1", "1"));
}

// ---- faults ----

TEST(Cache, AFailoverLosesAcknowledgedWrites) {
  CacheWorld world(
      with_replica(),
      struck({{"story-1 › cache.GET › cache GET other", 0, faults::act::CacheFailover{2_s, 5_s}}}));
  world.play([](env::Env& env) {
    sure(env.cache().set("stock", "10"));
    env.tasks.sleep(10_s);
    EXPECT_EQ(deduct(env, "stock"), 9) << "acknowledged";
    env.tasks.sleep(1_s);
    EXPECT_EQ(env.cache().get("other").error(), CacheError::timeout) << "it died before it answered";
    env.tasks.sleep(10_s);
    EXPECT_EQ(text(env.cache().get("stock")), "10") << "the unit that was sold is for sale again";
  });
  EXPECT_EQ(world.finished, 1u);
  EXPECT_TRUE(world.hooks.unmatched().empty());
  EXPECT_EQ(world.cache_host().boots(), 2u);
}

TEST(Cache, AFailoverWithoutALagAnswersNothingAndLosesNothing) {
  CacheWorld world(
      with_replica(),
      struck({{"story-1 › cache.INCRBY › cache INCRBY n", 0, faults::act::CacheFailover{0_s, 5_s}}}));
  world.play([](env::Env& env) {
    const auto answer = env.cache().add("n", 1);
    EXPECT_TRUE(env::may_have_happened(answer.error()));
    env.tasks.sleep(10_s);
    EXPECT_EQ(text(env.cache().get("n")), "1") << "it had happened";
  });
}

TEST(Cache, WithoutAReplicaThereIsNoFailover) {
  CacheWorld world({}, windows({{"f", faults::CacheFailover{{1, 1}, 1_s, 1_s, 1_s}, {}, 0_s}}));
  world.play([](env::Env& env) { EXPECT_TRUE(env.cache().set("a", "1").ok()); });
  EXPECT_EQ(world.hooks.reach()[0].tries, 0u);
}

TEST(Cache, ARestartEmptyForgetsInSpiteOfPersistence) {
  Options options = with_replica();
  options.persistence = Persistence::append_every_second;
  CacheWorld world(
      options,
      struck({{"story-1 › cache.FCALL › cache deduct_stock stock", 0, faults::act::CacheRestartEmpty{2_s}}}));
  world.play([](env::Env& env) {
    sure(env.cache().set("stock", "10"));
    env.tasks.sleep(10_s);
    const auto answer = env.cache().script("deduct_stock", {"stock"}, {"1"});
    EXPECT_EQ(answer.error(), CacheError::timeout);
    env.tasks.sleep(5_s);
    EXPECT_EQ(deduct(env, "stock"), cache::kNotThere) << "forgotten is not sold out";
  });
  EXPECT_TRUE(world.hooks.unmatched().empty());
}

TEST(Cache, ACacheThatIsDownUntilHealComesBackThen) {
  CacheWorld world(
      {}, struck({{"story-1 › cache.SET › cache SET a", 0, faults::act::CacheRestartEmpty{}}}, 10_min));
  world.play([](env::Env& env) {
    EXPECT_EQ(env.cache().set("a", "1").error(), CacheError::timeout);
    env.tasks.sleep(9_min);
    EXPECT_EQ(env.cache().set("a", "1").error(), CacheError::unreachable);
    env.tasks.sleep(2_min);
    EXPECT_TRUE(env.cache().set("a", "1").ok());
  });
}

TEST(Cache, EvictionTakesTheKeyThatIsWantedNow) {
  const faults::Strike strike{"story-1 › cache.GET › cache GET token", 0, faults::act::CacheEvict{}};
  for (const auto policy : {Eviction::none, Eviction::volatile_ttl, Eviction::all_lru}) {
    Options options;
    options.memory.eviction = policy;
    CacheWorld world(options, struck({strike}));
    world.play([&](env::Env& env) {
      sure(env.cache().set("token", "1"));
      EXPECT_EQ(text(env.cache().get("token")), policy == Eviction::all_lru ? "nothing" : "1");
    });
    EXPECT_EQ(world.hooks.unmatched().empty(), policy == Eviction::all_lru)
        << "a key without expiry is not volatile";
  }
}

TEST(Cache, ALostReplyIsNotALostCommand) {
  const faults::Window deaf{"deaf", faults::ReplyLoss{{1, 1}}, {{"cache"}, {}, {}, {}}, 10_s, 20_s};
  CacheWorld world({}, windows({deaf}));
  world.play([](env::Env& env) {
    sure(env.cache().set("stock", "2"));
    env.tasks.sleep(11_s);
    const auto answer = env.cache().script("deduct_stock", {"stock"}, {"1"});
    EXPECT_EQ(answer.error(), CacheError::timeout);
    env.tasks.sleep(15_s);
    EXPECT_EQ(text(env.cache().get("stock")), "1");
  });
}

TEST(Cache, FaultRatesAreWhatWasAsked) {
  Options options = with_replica();
  options.memory.eviction = Eviction::all_lru;
  const std::vector<faults::Window> all{
      {"evict", faults::CacheEvict{{1, 10}}, {}, 0_s},
      {"failover", faults::CacheFailover{{1, 50}, 1_s, 10_ms, 20_ms}, {}, 0_s},
      {"empty", faults::CacheRestartEmpty{{1, 100}, 10_ms, 20_ms}, {}, 0_s}};
  faults::Reach campaign;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CacheWorld world(options, windows(all), seed);
    world.play([](env::Env& env) {
      for (int i = 0; i < 500; ++i) {
        maybe(env.cache().set("key", std::to_string(i)));
        env.tasks.sleep(100_ms);
      }
    });
    campaign.add(world.hooks.reach());
  }
  EXPECT_EQ(campaign.rates().size(), 3u);
  EXPECT_TRUE(campaign.off_rates().empty());
  EXPECT_TRUE(campaign.never_effective().empty());
}

TEST(Cache, OneSeedIsOneWorld) {
  const auto hash = [](std::uint64_t seed) {
    const std::vector<faults::Window> all{
        {"failover", faults::CacheFailover{{1, 20}, 1_s, 1_s, 2_s}, {}, 0_s},
        {"loss", faults::MessageLoss{{1, 10}}, {}, 0_s}};
    CacheWorld world(with_replica(), windows(all), seed);
    world.play({[](env::Env& env) {
                  for (int i = 0; i < 50; ++i) maybe(env.cache().add("stock", 3));
                },
                [](env::Env& env) {
                  for (int i = 0; i < 50; ++i) maybe(env.cache().script("deduct_stock", {"stock"}, {"1"}));
                }});
    return world.sim->trace().hash();
  };
  EXPECT_EQ(hash(7), hash(7));
  EXPECT_NE(hash(7), hash(8));
}

// ---- memory ----

Options small(Eviction policy) {
  Options options;
  options.memory = {600, policy};
  return options;
}

void fill(env::Env& env, int keys) {
  for (int i = 1; i <= keys; ++i)
    maybe(env.cache().set("key-" + std::to_string(i), std::string(50, 'x'),
                          {SetIf::always, 1_h * (20 - i), false}));
}

TEST(Cache, AFullCacheRefusesWhatGrows) {
  CacheWorld world(small(Eviction::none));
  world.play([](env::Env& env) {
    fill(env, 10);
    EXPECT_EQ(env.cache().set("more", "1").error(), CacheError::out_of_memory);
    EXPECT_EQ(text(env.cache().get("key-1")).size(), 50u) << "reading still works";
    EXPECT_TRUE(*env.cache().remove("key-1")) << "and so does removing";
    EXPECT_TRUE(*env.cache().remove("key-2"));
    EXPECT_TRUE(env.cache().set("more", "1").ok());
  });
}

TEST(Cache, TheLeastRecentlyUsedGoesFirst) {
  CacheWorld world(small(Eviction::all_lru));
  world.play([](env::Env& env) {
    fill(env, 5);
    sure(env.cache().get("key-1"));
    for (int i = 6; i <= 8; ++i) sure(env.cache().set("key-" + std::to_string(i), std::string(50, 'x')));
    EXPECT_TRUE(*env.cache().exists("key-1"));
    EXPECT_FALSE(*env.cache().exists("key-2"));
  });
}

TEST(Cache, TheSoonestToExpireGoesFirst) {
  CacheWorld world(small(Eviction::volatile_ttl));
  world.play([&](env::Env& env) {
    fill(env, 8);  // the later ones expire sooner
    const auto there = [&](const char* key) { return world.server->peek(key) != nullptr; };
    EXPECT_TRUE(there("key-1"));
    EXPECT_TRUE(there("key-8")) << "room is made before a key is stored";
    EXPECT_FALSE(there("key-7"));
    EXPECT_TRUE(*env.cache().exists("key-1"));
    EXPECT_FALSE(there("key-8")) << "and before any other command, as Redis does";
  });
}

}  // namespace
}  // namespace ordeal::test
