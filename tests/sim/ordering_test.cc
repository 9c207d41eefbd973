// Other orders among equals: a planted race that the ordinary order never shows, the same order for the same
// seed, and turns that do not depend on who else is there.
#include "sim/ordering.h"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scheduler.h"

namespace ordeal::sim {
namespace {

constexpr std::uint64_t kSeeds = 200;

// Two tasks add one to a number that they read a moment before. The second one comes when the first has long
// written, as long as nobody is slow.
int sum_of_two(Ordering ordering, std::uint64_t seed) {
  FiberPool pool;
  Scheduler scheduler(pool, ordering, seed);
  int number = 0;
  const auto add_one = [&](std::int64_t arrives_ns) {
    scheduler.sleep(arrives_ns);
    const int read = number;
    scheduler.sleep(100'000);
    number = read + 1;
  };
  scheduler.spawn(nullptr, "first", {1}, [&] { add_one(1'000'000); });
  scheduler.spawn(nullptr, "second", {2}, [&] { add_one(1'400'000); });
  scheduler.run_until(INT64_MAX);
  return number;
}

std::uint64_t lost_updates(Ordering ordering) {
  std::uint64_t lost = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) lost += sum_of_two(ordering, seed) == 2 ? 0 : 1;
  return lost;
}

TEST(Ordering, ARaceThatFifoNeverShowsIsFoundByPct) {
  EXPECT_EQ(lost_updates(Ordering::fifo), 0U);
  EXPECT_GT(lost_updates(Ordering::pct), 3U);
}

// The order in which tasks that are all due at once get their turns, three each.
std::string turns(Ordering ordering, std::uint64_t seed, const std::vector<std::string>& tasks) {
  FiberPool pool;
  Scheduler scheduler(pool, ordering, seed);
  std::string order;
  for (const std::string& task : tasks) {
    scheduler.spawn(nullptr, task, {task[0]}, [&scheduler, &order, &task] {
      for (int i = 1; i <= 3; ++i) {
        scheduler.sleep(i * 50'000'000 - scheduler.now_ns());
        order += task;
      }
    });
  }
  scheduler.run_until(INT64_MAX);
  return order;
}

const std::vector<std::string> kTasks{"a", "b", "c", "d", "e"};

TEST(Ordering, FifoServesInOrderAndTheOthersInManyOrders) {
  EXPECT_EQ(turns(Ordering::fifo, 1, kTasks), "abcdeabcdeabcde");
  for (const Ordering ordering : {Ordering::permuted, Ordering::pct}) {
    std::map<std::string, int> seen;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      const std::string order = turns(ordering, seed, kTasks);
      EXPECT_EQ(order, turns(ordering, seed, kTasks));
      EXPECT_EQ(order.size(), 15U);
      ++seen[order];
    }
    EXPECT_GT(seen.size(), 40U) << name_of(ordering);
  }
}

TEST(Ordering, ATaskLessLeavesTheOthersTheirTurns) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    for (const Ordering ordering : {Ordering::permuted, Ordering::pct}) {
      std::string all = turns(ordering, seed, kTasks);
      std::erase(all, 'c');
      EXPECT_EQ(turns(ordering, seed, {"a", "b", "d", "e"}), all) << name_of(ordering) << " seed " << seed;
    }
  }
}

TEST(Ordering, KillsComeFirstInEveryOrder) {
  for (const Ordering ordering : {Ordering::fifo, Ordering::permuted, Ordering::pct}) {
    FiberPool pool;
    Scheduler scheduler(pool, ordering, 7);
    std::string order;
    for (const char* task : {"a", "b", "c"}) scheduler.at(10, [&order, task] { order += task; });
    scheduler.at(
        10, [&order] { order += "!"; }, Priority::kill);
    scheduler.at(
        10, [&order] { order += "."; }, Priority::late);
    scheduler.run_until(INT64_MAX);
    EXPECT_EQ(order.front(), '!');
    EXPECT_EQ(order.back(), '.');
  }
}

TEST(Ordering, HalfOfAllSeedsAreFifo) {
  std::map<Ordering, int> drawn;
  for (std::uint64_t seed = 0; seed < 4'000; ++seed) ++drawn[drawn_ordering(seed)];
  EXPECT_NEAR(drawn[Ordering::fifo], 2'000, 150);
  EXPECT_NEAR(drawn[Ordering::permuted], 1'000, 120);
  EXPECT_NEAR(drawn[Ordering::pct], 1'000, 120);
  for (const auto name : ordering_names()) EXPECT_EQ(name_of(*ordering_named(name)), name);
  EXPECT_FALSE(ordering_named("random"));
}

}  // namespace
}  // namespace ordeal::sim
