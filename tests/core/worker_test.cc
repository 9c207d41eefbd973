#include <gtest/gtest.h>

#include "core/worker/due_worker.h"
#include "tests/support/fake_env.h"

namespace ordeal::worker {
namespace {

using namespace literals;
using support::FakeWorld;

struct Fixture {
  // Runs the worker's loop until it waits for ever, or its naps are used up.
  void run_until_idle(DueWorker& worker, int naps = 1000) {
    worker.start();
    world.tasks.naps_left = naps;
    ASSERT_EQ(world.tasks.spawned.size(), 1U);
    EXPECT_THROW(world.tasks.spawned[0].second(), support::Idle);
  }
  FakeWorld world;
  env::Env& env = world.env("x");
  int runs = 0;
};

TEST(DueWorker, RunsOnceAtStartAndThenWaitsIdle) {
  Fixture f;
  DueWorker worker(f.env, "job", [&] { return ++f.runs, std::optional<Instant>(); });
  f.run_until_idle(worker);
  EXPECT_EQ(f.runs, 1);
  EXPECT_TRUE(f.world.tasks.naps.empty());
  EXPECT_EQ(f.world.tasks.roots, std::vector<std::string>{"job:job@1767225600000000000"});
}

TEST(DueWorker, SleepsUntilTheNextRowIsDue) {
  Fixture f;
  const Instant due = f.world.clock.wall + 7_s;
  DueWorker worker(f.env, "job", [&]() -> std::optional<Instant> {
    if (++f.runs == 1) return due;
    EXPECT_EQ(f.world.clock.wall, due);
    return std::nullopt;
  });
  f.run_until_idle(worker);
  EXPECT_EQ(f.runs, 2);
}

TEST(DueWorker, LooksAtTheClockEveryTenMinutesWhileSomethingIsPending) {
  Fixture f;
  const Instant due = f.world.clock.wall + 25_min;
  DueWorker worker(f.env, "job", [&]() -> std::optional<Instant> {
    ++f.runs;
    if (f.world.clock.wall < due) return due;
    return std::nullopt;
  });
  f.run_until_idle(worker);
  EXPECT_EQ(f.world.tasks.naps, (std::vector<Duration>{10_min, 10_min, 5_min}));
}

TEST(DueWorker, MayNapLonger) {
  Fixture f;
  const Instant due = f.world.clock.wall + 25_min;
  const auto run = [&]() -> std::optional<Instant> {
    return f.world.clock.wall < due ? std::optional(due) : std::nullopt;
  };
  DueWorker worker(f.env, "job", run, 20_min);
  f.run_until_idle(worker);
  EXPECT_EQ(f.world.tasks.naps, (std::vector<Duration>{20_min, 5_min}));
}

// Found by a hunt: with the wall clock of its host frozen a worker asked it every millisecond, for a day.
TEST(DueWorker, UnderAFrozenClockItsNapsDouble) {
  Fixture f;
  const Instant frozen = f.world.clock.wall;
  DueWorker worker(f.env, "job", [&]() -> std::optional<Instant> {
    f.world.clock.wall = frozen;
    return ++f.runs < 6 ? std::optional(frozen + 1_ns) : std::nullopt;
  });
  f.run_until_idle(worker);
  EXPECT_EQ(f.world.tasks.naps, (std::vector<Duration>{1_ms, 2_ms, 4_ms, 8_ms, 16_ms}));
}

TEST(DueWorker, RunsAgainWhenWokenWhileItRuns) {
  Fixture f;
  DueWorker* self = nullptr;
  DueWorker worker(f.env, "job", [&]() -> std::optional<Instant> {
    if (++f.runs == 1) self->wake({});
    return std::nullopt;
  });
  self = &worker;
  f.run_until_idle(worker);
  EXPECT_EQ(f.runs, 2);
}

TEST(DueWorker, AWakeForLaterMovesOnlyTheAlarm) {
  Fixture f;
  DueWorker* self = nullptr;
  DueWorker worker(f.env, "job", [&]() -> std::optional<Instant> {
    if (++f.runs == 1) self->wake(f.world.clock.wall + 3_s);
    return std::nullopt;
  });
  self = &worker;
  f.run_until_idle(worker);
  EXPECT_EQ(f.runs, 2);
  EXPECT_EQ(f.world.tasks.naps, std::vector<Duration>{3_s});
}

// A wake for later does not send it to its table now: the row is not due.
TEST(DueWorker, AWakeForLaterWhileItSleepsMovesOnlyTheAlarm) {
  Fixture f;
  std::vector<Instant> looks;
  DueWorker worker(f.env, "job", [&]() -> std::optional<Instant> {
    looks.push_back(f.world.clock.wall);
    return std::nullopt;
  });
  const Instant start = f.world.clock.wall;
  f.world.tasks.on_idle_wait = [&, told = 0]() mutable {
    if (told++ == 0) worker.wake(start + 5_s);
  };
  f.run_until_idle(worker);
  EXPECT_EQ(looks, (std::vector<Instant>{start, start + 5_s}));
}

TEST(DueWorker, SurvivesADatabaseErrorAndBacksOff) {
  Fixture f;
  DueWorker worker(f.env, "job", [&]() -> std::optional<Instant> {
    if (++f.runs <= 2) throw env::DatabaseError(env::DatabaseErrorCode::io, "disk");
    return std::nullopt;
  });
  f.run_until_idle(worker);
  EXPECT_EQ(f.runs, 3);
  ASSERT_GE(f.world.tasks.naps.size(), 2U);
  EXPECT_EQ(f.world.tasks.naps[0], 1_s);
}

TEST(DueWorker, ARowThatStaysDueStillLetsTimePass) {
  Fixture f;
  const Instant start = f.world.clock.wall;
  DueWorker worker(f.env, "job", [&]() -> std::optional<Instant> { return ++f.runs, start; });
  f.run_until_idle(worker, 50);
  EXPECT_GT(f.world.clock.wall, start);
}

TEST(DueWorker, RestoresTheTraceContext) {
  Fixture f;
  const auto before = f.world.tasks.current();
  DueWorker worker(f.env, "job", [&]() -> std::optional<Instant> {
    EXPECT_NE(f.world.tasks.current(), before);
    return std::nullopt;
  });
  f.run_until_idle(worker);
  EXPECT_EQ(f.world.tasks.current(), before);
}

}  // namespace
}  // namespace ordeal::worker
