// Order numbers: what a layout holds, what a clock may do, and who may use which worker's time.
#include <set>

#include <gtest/gtest.h>

#include "core/ids/order_ids.h"
#include "core/ids/snowflake.h"
#include "core/ids/workers.h"
#include "sim/disk/vfs.h"
#include "tests/support/fake_env.h"

namespace ordeal::ids {
namespace {

const std::string kSchema(kTables);

class Pods : public testing::Test {
 protected:
  support::FakeWorld world;
  support::PlainDatabase& db = (sim::prepare_sqlite(), world.database(kSchema.c_str()));

  std::optional<std::int64_t> next(OrderIds& ids, const std::string& pod, std::int64_t gene = 0) {
    return ids.next({world.env(pod), db, pod}, gene);
  }
};

TEST(Snowflake, ALayoutIsTakenApartAgain) {
  for (const Layout layout : {kPlain, kWithGene}) {
    const Parts parts{123'456'789'012, 1023, layout.a_millisecond() - 1, layout.gene_bits == 0 ? 0 : 15};
    const std::int64_t id = compose(layout, parts);
    EXPECT_GT(id, 0);
    EXPECT_EQ(take_apart(layout, id), parts);
  }
  EXPECT_LT(compose(kPlain, {1, 1023, 4095, 0}), compose(kPlain, {2, 0, 0, 0})) << "later is greater";
}

// B14: 4096 a millisecond and worker, not a second.
TEST(Snowflake, GivesFourThousandAndNinetySixNumbersAMillisecond) {
  Ticker ticker(kPlain);
  ticker.use({7, 1000, 4000});
  std::set<std::int64_t> numbers;
  for (std::int64_t ms = 1000; ms < 1003; ++ms) {
    for (int i = 0; i < 4096; ++i) {
      const auto tick = ticker.next(ms);
      ASSERT_EQ(tick.why, Ticker::Why::none);
      numbers.insert(compose(kPlain, tick.parts));
    }
    EXPECT_EQ(ticker.next(ms).why, Ticker::Why::full);
  }
  EXPECT_EQ(numbers.size(), 3U * 4096U);
}

TEST(Snowflake, NeverGoesBackAndNeverLeavesItsStretch) {
  Ticker ticker(kPlain);
  ticker.use({7, 1000, 4000});
  EXPECT_EQ(ticker.next(999).why, Ticker::Why::behind);
  EXPECT_EQ(ticker.next(2000).why, Ticker::Why::none);
  EXPECT_EQ(ticker.next(1999).why, Ticker::Why::behind);
  EXPECT_EQ(ticker.behind(1995), 5);
  EXPECT_EQ(ticker.next(3999).why, Ticker::Why::none);
  EXPECT_EQ(ticker.next(4000).why, Ticker::Why::over);
}

TEST_F(Pods, AFullMillisecondIsWaitedOut) {
  const auto ids = make_order_ids("gene");
  std::set<std::int64_t> numbers;
  const Instant before = world.clock.wall;
  for (int i = 0; i < 257; ++i) numbers.insert(next(*ids, "a", 3).value());
  EXPECT_EQ(numbers.size(), 257U);
  EXPECT_EQ((world.clock.wall - before).ns, 1'000'000) << "256 a millisecond with a gene";
}

TEST_F(Pods, TwoNeverShareAWorkersTime) {
  const auto one = make_order_ids("snowflake");
  const auto two = make_order_ids("snowflake");
  const auto a = take_apart(kPlain, next(*one, "a").value());
  const auto b = take_apart(kPlain, next(*two, "b").value());
  EXPECT_EQ(a.ms, b.ms);
  EXPECT_NE(a.worker, b.worker);
}

TEST_F(Pods, ARestartWithAClockThatStandsOrWentBackTakesAnotherWorker) {
  std::set<std::int64_t> numbers;
  numbers.insert(next(*make_order_ids("snowflake"), "a").value());
  numbers.insert(next(*make_order_ids("snowflake"), "a").value());
  world.clock.wall = world.clock.wall - Duration{3'600'000'000'000};
  numbers.insert(next(*make_order_ids("snowflake"), "a").value());
  EXPECT_EQ(numbers.size(), 3U);
  EXPECT_EQ(db.number("select count(*) from worker"), 3);
}

TEST_F(Pods, AClockThatGoesBackALittleIsWaitedForAndOneThatGoesFarIsNot) {
  const auto ids = make_order_ids("snowflake");
  const std::int64_t first = next(*ids, "a").value();
  world.clock.wall = world.clock.wall - Duration{3'000'000};
  const std::int64_t second = next(*ids, "a").value();
  EXPECT_GT(second, first) << "the same worker, later";
  EXPECT_EQ(world.log.marks["pod changed its worker number"], 0);
  world.clock.wall = world.clock.wall - Duration{60'000'000'000};
  const std::int64_t third = next(*ids, "a").value();
  EXPECT_NE(take_apart(kPlain, third).worker, take_apart(kPlain, first).worker);
  EXPECT_EQ(world.log.marks["pod changed its worker number"], 1);
}

TEST_F(Pods, AStretchThatIsOverIsFollowedByTheNextOfTheSameWorker) {
  const auto ids = make_order_ids("snowflake");
  const auto a = take_apart(kPlain, next(*ids, "a").value());
  world.clock.advance({kStretchMs * 1'000'000});
  const auto b = take_apart(kPlain, next(*ids, "a").value());
  EXPECT_EQ(a.worker, b.worker);
  EXPECT_EQ(db.transactions, 2);
}

TEST_F(Pods, AWorkerThatNobodyUsesChangesHands) {
  next(*make_order_ids("snowflake"), "a");
  world.clock.advance({(kIdleMs + kStretchMs) * 1'000'000});
  const auto b = take_apart(kPlain, next(*make_order_ids("snowflake"), "b").value());
  EXPECT_EQ(b.worker, 0);
  EXPECT_EQ(db.number("select count(*) from worker"), 1);
}

TEST_F(Pods, WithoutAWorkerOrBeforeTheEpochThereIsNoNumber) {
  db.transact("all taken", [&](env::Tx& tx) {
    for (std::int64_t i = 0; i < kWorkers; ++i) ASSERT_TRUE(lease(tx, "pod-" + std::to_string(i), 5'000));
    EXPECT_FALSE(lease(tx, "one more", 5'000));
    EXPECT_FALSE(lease(tx, "too early", -1));
  });
}

TEST_F(Pods, AGeneIsInTheNumber) {
  const auto ids = make_order_ids("gene");
  for (std::int64_t gene = 0; gene < 16; ++gene) EXPECT_EQ(ids->gene_of(next(*ids, "a", gene).value()), gene);
  EXPECT_EQ(make_order_ids("snowflake")->gene_of(77), std::nullopt);
}

TEST_F(Pods, SegmentsAreNeverGivenTwiceAlsoOverARestart) {
  std::set<std::int64_t> numbers;
  const auto one = make_order_ids("segments");
  auto two = make_order_ids("segments");
  for (int i = 0; i < 40; ++i) {
    numbers.insert(next(*one, "a").value());
    numbers.insert(next(*two, "b").value());
    if (i == 20) two = make_order_ids("segments");
  }
  EXPECT_EQ(numbers.size(), 80U);
  EXPECT_EQ(db.transactions, 7) << "one for sixteen numbers";
}

}  // namespace
}  // namespace ordeal::ids
