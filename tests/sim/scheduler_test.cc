// The engine: order of events, cancellation, killing, the ban on suspending where exceptions are in flight,
// deadlock reports.
#include "sim/scheduler.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "sim/fiber_sync.h"

namespace ordeal::sim {
namespace {

class SchedulerTest : public ::testing::Test {
 protected:
  Fiber& start(std::string name, std::function<void()> work) {
    return scheduler.spawn(nullptr, std::move(name), {}, std::move(work));
  }
  void run() { scheduler.run_until(INT64_MAX); }

  FiberPool pool;
  Scheduler scheduler{pool};
  std::vector<std::string> log;
};

TEST_F(SchedulerTest, OrdersEqualTimesByPriorityThenSequence) {
  scheduler.at(10, [&] { log.push_back("second"); });
  scheduler.at(10, [&] { log.push_back("third"); });
  scheduler.at(
      10, [&] { log.push_back("last"); }, Priority::late);
  scheduler.at(
      10, [&] { log.push_back("first"); }, Priority::kill);
  scheduler.at(5, [&] { log.push_back("earlier"); });
  run();
  EXPECT_EQ(log, (std::vector<std::string>{"earlier", "first", "second", "third", "last"}));
}

TEST_F(SchedulerTest, EventsForThisMomentRunAfterThoseScheduledForItBefore) {
  scheduler.at(10, [&] {
    log.push_back("a");
    scheduler.at(10, [&] { log.push_back("c"); });
  });
  scheduler.at(10, [&] { log.push_back("b"); });
  run();
  EXPECT_EQ(log, (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(SchedulerTest, CancelledTimerNeitherRunsNorMovesTheClock) {
  const TimerId timer = scheduler.at(1'000, [&] { log.push_back("never"); });
  scheduler.at(10, [&] { scheduler.cancel(timer); });
  run();
  EXPECT_TRUE(log.empty());
  EXPECT_EQ(scheduler.now_ns(), 10);
}

TEST_F(SchedulerTest, CancellingTwiceOrTooLateDoesNothing) {
  const TimerId timer = scheduler.at(1, [&] { log.push_back("ran"); });
  run();
  scheduler.cancel(timer);
  scheduler.at(2, [&] { log.push_back("another in the same slot"); });
  scheduler.cancel(timer);
  run();
  EXPECT_EQ(log.size(), 2u);
}

TEST_F(SchedulerTest, SleepTakesJustItsTime) {
  start("sleeper", [&] {
    scheduler.sleep(25);
    EXPECT_EQ(scheduler.now_ns(), 25);
    scheduler.sleep(-5);  // lets others run, no more
    EXPECT_EQ(scheduler.now_ns(), 25);
  });
  run();
  EXPECT_EQ(scheduler.fibers_alive(), 0u);
}

TEST_F(SchedulerTest, WaitForSaysWhetherItWasWokenOrTimedOut) {
  WakeToken token;
  start("waiter", [&] {
    token = scheduler.next_token();
    EXPECT_TRUE(scheduler.wait_for("a wake-up", 100));
    EXPECT_EQ(scheduler.now_ns(), 40);
    EXPECT_FALSE(scheduler.wait_for("nobody", 100));
    EXPECT_EQ(scheduler.now_ns(), 140);
  });
  scheduler.at(40, [&] { scheduler.wake(token); });
  scheduler.at(90, [&] { scheduler.wake(token); });  // stale by then
  run();
  EXPECT_EQ(scheduler.now_ns(), 140);
}

TEST_F(SchedulerTest, KilledFiberUnwindsAndRunsItsDestructors) {
  struct Note {
    std::vector<std::string>& log;
    ~Note() { log.push_back("destroyed"); }
  };
  Fiber& fiber = start("victim", [&] {
    Note note{log};
    scheduler.sleep(1'000'000);
    log.push_back("unreachable");
  });
  scheduler.at(10, [&] { scheduler.kill(fiber); });
  run();
  EXPECT_EQ(log, (std::vector<std::string>{"destroyed"}));
  EXPECT_EQ(scheduler.now_ns(), 10);
}

TEST_F(SchedulerTest, KilledBeforeItsFirstTurnNeverRuns) {
  Fiber& fiber = start("stillborn", [&] { log.push_back("ran"); });
  scheduler.kill(fiber);
  run();
  EXPECT_TRUE(log.empty());
  EXPECT_EQ(scheduler.fibers_alive(), 0u);
}

TEST_F(SchedulerTest, KillingPassesHandlersForErrors) {
  Fiber& fiber = start("careful", [&] {
    try {
      scheduler.sleep(100);
    } catch (const std::exception&) {
      log.push_back("swallowed");
    }
  });
  scheduler.at(1, [&] { scheduler.kill(fiber); });
  run();
  EXPECT_TRUE(log.empty());
}

TEST_F(SchedulerTest, ParkTellsOfTheKillWithoutThrowing) {
  Fiber& fiber = start("below C frames", [&] {
    EXPECT_FALSE(scheduler.park("I/O", 1'000));
    EXPECT_FALSE(scheduler.park("I/O", 1'000));  // no second suspension in a dead fiber
    log.push_back("left the C frames");
    EXPECT_THROW(scheduler.check_not_killed(), Killed);
  });
  scheduler.at(1, [&] { scheduler.kill(fiber); });
  run();
  EXPECT_EQ(log.size(), 1u);
  EXPECT_EQ(scheduler.now_ns(), 1);
}

TEST_F(SchedulerTest, SuspendingInsideACatchBlockIsRefused) {
  start("wrong", [&] {
    try {
      throw 1;
    } catch (int) {
      scheduler.sleep(1);
    }
  });
  try {
    run();
    FAIL() << "nobody noticed";
  } catch (const CheckFailed& error) {
    EXPECT_NE(std::string(error.what()).find("inside a catch block"), std::string::npos) << error.what();
  }
}

TEST_F(SchedulerTest, SuspendingWhileTheStackUnwindsIsRefused) {
  struct Sleepy {
    Scheduler& scheduler;
    std::vector<std::string>& log;
    ~Sleepy() {
      try {
        scheduler.sleep(1);
      } catch (const CheckFailed& error) {
        log.push_back(error.what());
      }
    }
  };
  start("wrong", [&] {
    try {
      Sleepy sleepy{scheduler, log};
      throw 1;
    } catch (int) {
    }
  });
  run();
  ASSERT_EQ(log.size(), 1u);
  EXPECT_NE(log[0].find("unwinds the stack"), std::string::npos) << log[0];
}

TEST_F(SchedulerTest, SuspendingUnderANoSuspendGuardIsRefused) {
  start("wrong", [&] {
    NoSuspend guard(scheduler.current());
    scheduler.wait("something");
  });
  EXPECT_THROW(run(), CheckFailed);
}

TEST_F(SchedulerTest, StuckFibersAreListedIdleOnesAreNot) {
  start("stuck", [&] { scheduler.wait("a reply that never comes"); });
  start("worker", [&] { scheduler.wait("work", /*idle=*/true); });
  run();
  const auto stuck = scheduler.stuck();
  ASSERT_EQ(stuck.size(), 1u);
  EXPECT_EQ(stuck[0].fiber, "stuck");
  EXPECT_EQ(stuck[0].waits_for, "a reply that never comes");
}

TEST_F(SchedulerTest, MutexIsFirstComeFirstServedAlsoOverKills) {
  Mutex mutex(scheduler);
  std::vector<Fiber*> fibers;
  for (int i = 0; i < 4; ++i) {
    fibers.push_back(&start("f" + std::to_string(i), [&, i] {
      MutexLock lock(mutex, "the mutex");
      log.push_back(std::to_string(i));
      scheduler.sleep(10);
    }));
  }
  scheduler.at(5, [&] { scheduler.kill(*fibers[1]); });
  run();
  EXPECT_EQ(log, (std::vector<std::string>{"0", "2", "3"}));
  EXPECT_FALSE(mutex.held());
}

TEST_F(SchedulerTest, MutexHandedToAFiberThatDiesGoesOnToTheNext) {
  Mutex mutex(scheduler);
  start("first", [&] {
    MutexLock lock(mutex, "the mutex");
    scheduler.sleep(10);
  });
  Fiber& second = start("second", [&] {
    MutexLock lock(mutex, "the mutex");
    log.push_back("second");
  });
  start("third", [&] {
    MutexLock lock(mutex, "the mutex");
    log.push_back("third");
  });
  // At 10 the mutex is handed over and the new owner killed before it runs.
  scheduler.at(
      10, [&] { scheduler.kill(second); }, Priority::late);
  run();
  EXPECT_EQ(log.back(), "third");
  EXPECT_FALSE(mutex.held());
}

TEST_F(SchedulerTest, ChannelDeliversInOrder) {
  Channel<int> channel(scheduler);
  std::vector<int> got;
  start("reader", [&] {
    for (int i = 0; i < 3; ++i) got.push_back(channel.receive());
  });
  start("writer", [&] {
    for (int i = 0; i < 3; ++i) {
      channel.send(i);
      scheduler.sleep(1);
    }
  });
  run();
  EXPECT_EQ(got, (std::vector<int>{0, 1, 2}));
}

TEST_F(SchedulerTest, ConditionWaitsUntilItsPredicateHolds) {
  Condition condition(scheduler);
  int value = 0;
  start("waiter", [&] {
    condition.wait_until("value 2", [&] { return value == 2; });
    EXPECT_EQ(scheduler.now_ns(), 20);
  });
  for (int i = 1; i <= 2; ++i) {
    scheduler.at(10 * i, [&, i] {
      value = i;
      condition.notify_all();
    });
  }
  run();
  EXPECT_EQ(scheduler.fibers_alive(), 0u);
}

TEST_F(SchedulerTest, ContextsAreUsedAgain) {
  for (int i = 0; i < 1'000; ++i) {
    start("short", [] {});
    run();
  }
  EXPECT_EQ(pool.made(), 1u);
}

// The borrower stands below C frames; whoever wants the frames back, it leaves at once and goes no further.
TEST(Loans, WhatIsLentIsGivenBackBeforeItsLenderIsUnwound) {
  enum class End { killed, recalled, all_end };
  for (const End end : {End::killed, End::recalled, End::all_end}) {
    FiberPool pool;
    Scheduler scheduler(pool);
    std::vector<std::string> log;
    struct Says {
      std::vector<std::string>& log;
      std::string what;
      ~Says() { log.push_back(what); }
    };
    Fiber& lender = scheduler.spawn(nullptr, "lender", {}, [&] {
      const Says says{log, "lender unwound"};
      scheduler.sleep(end == End::recalled ? 100 : 1'000'000);
      scheduler.recall();
      log.emplace_back("recalled");
    });
    scheduler.spawn(nullptr, "borrower", {}, [&] {
      try {
        const Scheduler::Loan loan(scheduler, lender);
        const Says says{log, "borrower unwound"};
        if (scheduler.park("the disk", 500)) log.emplace_back("went on");
        EXPECT_FALSE(scheduler.park("the disk", 500)) << "it does not suspend any more";
        scheduler.check_not_killed();
        log.emplace_back("went on");
      } catch (const Recalled&) {
      }
      EXPECT_EQ(scheduler.park("the disk", 10), end != End::all_end) << "now it is free";
    });
    if (end == End::killed) scheduler.at(100, [&] { scheduler.kill(lender); });
    scheduler.run_until(end == End::all_end ? 200 : 10'000);
    scheduler.kill_all();
    ASSERT_GE(log.size(), 2u);
    EXPECT_EQ(log[0], "borrower unwound");
    EXPECT_EQ(log.back(), "lender unwound");
    EXPECT_EQ(log.size(), end == End::recalled ? 3u : 2u);
  }
}

TEST_F(SchedulerTest, DestroyingASchedulerUnwindsWhatIsLeft) {
  struct Note {
    int& count;
    ~Note() { ++count; }
  };
  int destroyed = 0;
  {
    Scheduler local(pool);
    for (int i = 0; i < 3; ++i) {
      local.spawn(nullptr, "left over", {}, [&] {
        Note note{destroyed};
        local.wait("for ever");
      });
    }
    local.run_until(INT64_MAX);
  }
  EXPECT_EQ(destroyed, 3);
}

}  // namespace
}  // namespace ordeal::sim
