#include <string>

#include <gtest/gtest.h>

#include "sim/disk/database.h"
#include "tests/disk/shop.h"

namespace ordeal::sim {
namespace {

TraceHash busy_trial(FiberPool& pool, const DatabaseImage& image, JournalMode mode, std::uint64_t seed,
                     Hooks* hooks = nullptr) {
  World world(pool, {.seed = seed}, hooks);
  image.clone_onto(world.disk, "shop.db");
  world.host.install(shop(
      world,
      [](Process& process, Database& db) {
        for (int i = 0; i < 3; ++i) {
          process.env().tasks.spawn("t" + std::to_string(i), [&db] {
            for (int n = 0; n < 20; ++n) {
              db.transact("set", [n](env::Tx& tx) {
                tx.exec(kTake, 1);
                tx.exec(kAdd, n);
                tx.fact(env::Message::of(Noted{n}));
              });
            }
          });
        }
      },
      mode));
  world.host.boot();
  world.sim.scheduler().at(8'000'000, [&] {
    world.host.crash(world.sim.moment("power cut", world.host.id()), Duration{1'000'000});
  });
  world.sim.scheduler().run_until(INT64_MAX);
  EXPECT_EQ(world.host.boots(), 2u);
  EXPECT_GT(world.facts.size(), 60u);
  return world.sim.trace().hash();
}

TEST(DiskDeterminism, HooksThatAlwaysPassChangeNothing) {
  FiberPool pool;
  Hooks pass;
  for (const JournalMode mode :
       {JournalMode::wal, JournalMode::del, JournalMode::truncate, JournalMode::persist}) {
    const DatabaseImage image = image_of(mode);
    EXPECT_EQ(busy_trial(pool, image, mode, 7, &pass), busy_trial(pool, image, mode, 7)) << name_of(mode);
  }
}

TEST(DiskDeterminism, TheThousandthTrialInAProcessEqualsTheFirst) {
  FiberPool pool;
  for (const JournalMode mode : {JournalMode::wal, JournalMode::del}) {
    const DatabaseImage image = image_of(mode);
    const TraceHash first = busy_trial(pool, image, mode, 7);
    EXPECT_NE(first, busy_trial(pool, image, mode, 8));
    for (int i = 0; i < 100; ++i) {
      busy_trial(pool, image, mode, 100 + static_cast<std::uint64_t>(i));
      ASSERT_EQ(busy_trial(pool, image, mode, 7), first) << "trial " << i;
    }
    EXPECT_EQ(busy_trial(pool, image_of(mode), mode, 7), first) << "the image made again";
  }
}

}  // namespace
}  // namespace ordeal::sim
