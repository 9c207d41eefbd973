// The lock service on a simulated cache: who gets a lock, for how long, and what takes it from them.
#include "core/lock/locks.h"

#include <functional>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/cache/world.h"

namespace ordeal::test {
namespace {

using lock::Locks;
using lock::Refusal;
using lock::Terms;

const std::vector<std::string> kCourt{"court"};

// Takes the lock for `work`; what it came to.
std::optional<Refusal> hold_for(env::Env& env, Duration work, Terms terms = {}) {
  auto hold = Locks(env).try_lock(kCourt, terms);
  if (!hold) return hold.error();
  env.tasks.sleep(work);
  (*hold)->release();
  return std::nullopt;
}

TEST(Locks, WaitFiveSecondsAndThenSayBusy) {
  CacheWorld world;
  world.play({[](env::Env& env) { EXPECT_FALSE(hold_for(env, 20_s)); },
              [](env::Env& env) {
                env.tasks.sleep(1_s);
                const Duration before = env.clock.monotonic_now();
                EXPECT_EQ(hold_for(env, {}), Refusal::busy);
                const Duration waited = env.clock.monotonic_now() - before;
                EXPECT_GE(waited, 5_s);
                EXPECT_LT(waited, 5_s + 200_ms);
              },
              [](env::Env& env) {
                env.tasks.sleep(18_s);
                EXPECT_FALSE(hold_for(env, {})) << "two seconds are less than five";
              }});
  EXPECT_EQ(world.finished, 3u);
}

TEST(Locks, AreRenewedAsLongAsTheWorkLasts) {
  CacheWorld world;
  world.play({[](env::Env& env) { EXPECT_FALSE(hold_for(env, 100_s)); },
              [](env::Env& env) {
                env.tasks.sleep(90_s);
                EXPECT_EQ(hold_for(env, {}), Refusal::busy);
                env.tasks.sleep(6_s);
                EXPECT_FALSE(hold_for(env, {})) << "nothing is left of it";
              }});
  EXPECT_EQ(world.finished, 2u);
}

TEST(Locks, WithALeaseEndByThemselves) {
  CacheWorld world;
  Terms short_lease;
  short_lease.lease = 3_s;
  world.play({[&](env::Env& env) { EXPECT_FALSE(hold_for(env, 20_s, short_lease)); },
              [](env::Env& env) {
                env.tasks.sleep(1_s);
                const Duration before = env.clock.monotonic_now();
                EXPECT_FALSE(hold_for(env, {}));
                EXPECT_LT(env.clock.monotonic_now() - before, 3_s);
              }});
  EXPECT_EQ(world.finished, 2u);
}

TEST(Locks, OfADeadProcessEndWithTheWatchdog) {
  CacheWorld world;
  world.play([](env::Env& env) {
    const auto first = env.cache().script("acquire_lock", {lock::lock_key("court"), lock::token_key("court")},
                                          {"the dead", "30000", "1"});
    EXPECT_EQ(first->integer, 1);
    EXPECT_EQ(hold_for(env, {}), Refusal::busy);
    env.tasks.sleep(21_s);
    EXPECT_FALSE(hold_for(env, {})) << "thirty seconds are over";
  });
  EXPECT_EQ(world.finished, 1u);
}

TEST(Locks, LetGoOfNobodyElsesLock) {
  CacheWorld world;
  Terms short_lease;
  short_lease.lease = 1_s;
  world.play([&](env::Env& env) {
    auto late = Locks(env).try_lock(kCourt, short_lease);
    ASSERT_TRUE(late);
    env.tasks.sleep(2_s);
    auto other = Locks(env).try_lock(kCourt, {});
    ASSERT_TRUE(other);
    (*late)->release();
    EXPECT_TRUE(*env.cache().exists(lock::lock_key("court"))) << "it is another's now";
    (*other)->release();
    EXPECT_FALSE(*env.cache().exists(lock::lock_key("court")));
  });
  EXPECT_EQ(world.finished, 1u);
}

TEST(Locks, AreLetGoOnEveryPath) {
  CacheWorld world;
  world.play([](env::Env& env) {
    try {
      const auto hold = Locks(env).try_lock(kCourt, {});
      ASSERT_TRUE(hold);
      throw std::runtime_error("in the work");
    } catch (const std::runtime_error&) {
    }
    env.tasks.sleep(1_s);
    EXPECT_FALSE(*env.cache().exists(lock::lock_key("court")));
    // All or none: the second of two is somebody else's, so the first is free again.
    EXPECT_FALSE(hold_for(env, {}));
    auto one = Locks(env).try_lock({"b"}, {});
    EXPECT_FALSE(Locks(env).try_lock({"a", "b"}, {}));
    EXPECT_FALSE(*env.cache().exists(lock::lock_key("a")));
    (*one)->release();
  });
  EXPECT_EQ(world.finished, 1u);
}

TEST(Locks, AreTakenAgainByTheirOwner) {
  CacheWorld world;
  world.play([](env::Env& env) {
    Locks locks(env);
    const std::string owner = locks.new_owner();
    auto outer = locks.try_lock(kCourt, {}, owner);
    auto inner = locks.try_lock(kCourt, {}, owner);
    ASSERT_TRUE(outer && inner);
    EXPECT_EQ((*outer)->fences()[0].token, (*inner)->fences()[0].token) << "it is one hold";
    (*inner)->release();
    EXPECT_TRUE(*env.cache().exists(lock::lock_key("court"))) << "the outer one has it still";
    (*outer)->release();
    EXPECT_FALSE(*env.cache().exists(lock::lock_key("court")));
  });
  EXPECT_EQ(world.finished, 1u);
}

TEST(Locks, GiveTokensThatOnlyGrow) {
  CacheWorld world;
  world.play([](env::Env& env) {
    Locks locks(env);
    const auto token = [&] {
      auto hold = locks.try_lock(kCourt, {});
      const auto fence = (*hold)->fences()[0];
      (*hold)->release();
      return fence;
    };
    EXPECT_EQ(token().token, 1);
    const lock::Fence second = token();
    EXPECT_EQ(second.token, 2);
    locks.catch_up(second, 7);
    EXPECT_EQ(token().token, 8) << "the store had seen 7";
    locks.catch_up(second, 1);
    EXPECT_EQ(token().token, 9) << "and never goes back";
  });
  EXPECT_EQ(world.finished, 1u);
}

// Not a promise but the reason why something has to stand behind a lock (F-77).
TEST(Locks, AFailoverGivesOneLockTwoOwnersAndOneToken) {
  sim::cache::Options options;
  options.replica = true;
  CacheWorld world(options, struck({{"story-2 › cache.FCALL › cache acquire_lock lock:court", 0,
                                     faults::act::CacheFailover{10_s, 1_s}}}));
  std::vector<std::int64_t> tokens;
  const std::function<void(Duration, env::Env&)> take = [&](Duration after, env::Env& env) {
    env.tasks.sleep(after);
    auto hold = Locks(env).try_lock(kCourt, {});
    if (!hold) return take(3_s, env);
    tokens.push_back((*hold)->fences()[0].token);
    env.tasks.sleep(20_s);
    (*hold)->release();
  };
  world.play({[&](env::Env& env) { take({}, env); }, [&](env::Env& env) { take(5_s, env); }});
  EXPECT_EQ(tokens, (std::vector<std::int64_t>{1, 1}));
}

}  // namespace
}  // namespace ordeal::test
