#include "sim/disk/row_locks.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/disk/world.h"

namespace ordeal::sim {
namespace {

using namespace literals;

class RowLocksTest : public testing::Test {
 protected:
  // Runs the tasks side by side on one host.
  void run(std::vector<std::function<void()>> tasks) {
    world_.run([&, tasks = std::move(tasks)](Process& process) {
      for (std::size_t i = 0; i < tasks.size(); ++i) {
        process.env().tasks.spawn("task-" + std::to_string(i), tasks[i]);
      }
    });
  }
  void sleep(Duration duration) { world_.sim.scheduler().sleep(duration.ns); }

  FiberPool pool_;
  World world_{pool_};
  std::shared_ptr<RowLocks> locks_ = std::make_shared<RowLocks>(world_.host, 50_s);
};

TEST_F(RowLocksTest, FirstComeFirstServed) {
  std::vector<int> order;
  std::vector<std::function<void()>> tasks;
  for (int i = 0; i < 4; ++i) {
    tasks.push_back([this, &order, i] {
      const auto lock = locks_->lock("stock", 1);
      ASSERT_TRUE(lock.ok());
      order.push_back(i);
      sleep(1_ms);
    });
  }
  run(tasks);
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3}));
  EXPECT_EQ(locks_->held(), 0u);
}

TEST_F(RowLocksTest, AWaitEndsAfterFiftySeconds) {
  std::int64_t gave_up_at = 0;
  run({[this] {
         const auto lock = locks_->lock("stock", 1);
         sleep(60_s);
       },
       [&] {
         const auto lock = locks_->lock("stock", 1);
         ASSERT_FALSE(lock.ok());
         EXPECT_EQ(lock.error(), env::LockError::timeout);
         gave_up_at = world_.sim.now_ns();
       }});
  EXPECT_EQ(gave_up_at, (50_s).ns);
  EXPECT_EQ(locks_->held(), 0u);
}

TEST_F(RowLocksTest, WhoWouldCloseACycleIsTheVictim) {
  int victims = 0;
  int winners = 0;
  const auto grab = [&](std::int64_t first, std::int64_t second, Duration between) {
    const auto one = locks_->lock("stock", first);
    ASSERT_TRUE(one.ok());
    sleep(between);
    const auto two = locks_->lock("stock", second);
    if (two.ok()) {
      ++winners;
    } else {
      EXPECT_EQ(two.error(), env::LockError::deadlock);
      ++victims;
    }
  };
  run({[&] { grab(1, 2, 1_ms); }, [&] { grab(2, 3, 2_ms); }, [&] { grab(3, 1, 3_ms); }});
  EXPECT_EQ(victims, 1);
  EXPECT_EQ(winners, 2);
  EXPECT_EQ(locks_->held(), 0u);
}

TEST_F(RowLocksTest, TheOwnerMayTakeItsRowAgain) {
  run({[this] {
    auto one = locks_->lock("stock", 1);
    {
      const auto two = locks_->lock("stock", 1);
      ASSERT_TRUE(two.ok());
    }
    EXPECT_EQ(locks_->held(), 1u);
  }});
  EXPECT_EQ(locks_->held(), 0u);
}

TEST_F(RowLocksTest, AKilledWaiterLeavesTheQueue) {
  run({[this] {
         const auto lock = locks_->lock("stock", 1);
         sleep(10_ms);
       },
       [this] { (void)locks_->lock("stock", 1); },
       [this] {
         sleep(1_ms);
         world_.host.crash(world_.sim.moment("power cut", world_.host.id()), Duration::max());
       }});
  EXPECT_EQ(locks_->held(), 0u);
}

}  // namespace
}  // namespace ordeal::sim
