// Row locks at a remote database: who holds them, and when they are freed by themselves.
#include "tests/remote/world.h"

namespace ordeal::sim {
namespace {

constexpr std::int64_t kMs = 1'000'000;

struct Locks : testing::Test {
  // Two hosts; each knows when it got the lock of row 1.
  void two(const RemoteWorld::Story& a, const RemoteWorld::Story& b) {
    world.client("a", a);
    world.client("b", b);
    world.run();
  }
  std::int64_t now_ms() { return world.sim->now_ns() / kMs; }
  void drop(const char* what, std::int64_t until_ms = INT64_MAX) {
    world.script.on_send = [this, what, until_ms](const Moment& m, const Sending&) {
      const bool here = m.what == what && now_ms() < until_ms;
      return SendVerdict{here ? SendVerdict::Act::drop : SendVerdict::Act::pass, {}, {}};
    };
  }
  // Takes the lock after 100 ms and says when it had it.
  RemoteWorld::Story taker() {
    return [this](Process& p, RemoteDatabase& db) {
      p.env().tasks.sleep(100_ms);
      const auto lock = db.lock_row("stock", 1);
      ASSERT_TRUE(lock.ok());
      got_ms = now_ms();
    };
  }
  // Holds it for `how_long` in its first life.
  RemoteWorld::Story holder(Duration how_long) {
    return [this, how_long](Process& p, RemoteDatabase& db) {
      if (lives++ > 0) return;
      const auto lock = db.lock_row("stock", 1);
      ASSERT_TRUE(lock.ok());
      p.env().tasks.sleep(how_long);
    };
  }

  RemoteWorld world;
  std::int64_t got_ms = -1;
  int lives = 0;
};

TEST_F(Locks, AreHeldAgainstOtherProcesses) {
  two(holder(2_s), taker());
  EXPECT_GE(got_ms, 2'000);
  EXPECT_LT(got_ms, 2'100);
  EXPECT_EQ(world.mark("a row lock was freed because its release was lost"), 0u);
}

TEST_F(Locks, AreTakenAgainByTheSameTaskOnly) {
  int got = 0;
  two(
      [&](Process& p, RemoteDatabase& db) {
        const auto one = db.lock_row("stock", 1);
        const auto two = db.lock_row("stock", 1);
        EXPECT_TRUE(one.ok() && two.ok());
        p.env().tasks.spawn("other task", [&] {
          EXPECT_TRUE(db.lock_row("stock", 1).ok());
          EXPECT_GE(now_ms(), 2'000);
          ++got;
        });
        p.env().tasks.sleep(2_s);
      },
      [](Process&, RemoteDatabase&) {});
  EXPECT_EQ(got, 1);
}

TEST_F(Locks, DeadlockOverTwoHostsHasAVictim) {
  int victims = 0, winners = 0;
  const auto grab = [&](std::int64_t first, std::int64_t second) {
    return [&, first, second](Process& p, RemoteDatabase& db) {
      const auto one = db.lock_row("stock", first);
      p.env().tasks.sleep(100_ms);
      const auto two = db.lock_row("stock", second);
      EXPECT_TRUE(two.ok() || two.error() == env::LockError::deadlock);
      ++(two.ok() ? winners : victims);
    };
  };
  two(grab(1, 2), grab(2, 1));
  EXPECT_EQ(victims, 1);
  EXPECT_EQ(winners, 1);
}

TEST_F(Locks, AWaitEndsAfterFiftySeconds) {
  bool timed_out = false;
  two(holder(2_min), [&](Process& p, RemoteDatabase& db) {
    p.env().tasks.sleep(1_s);
    const auto lock = db.lock_row("stock", 1);
    timed_out = !lock.ok() && lock.error() == env::LockError::timeout;
    EXPECT_NEAR(static_cast<double>(now_ms()), 51'000, 100);
  });
  EXPECT_TRUE(timed_out);
}

TEST_F(Locks, OfADeadHostAreFreedAfterTheDetectionTime) {
  world.at(1'000, [&] { world.host(kA).crash({}, Duration::max()); });
  two(holder(5_min), taker());
  EXPECT_GE(got_ms, 11'000);
  EXPECT_LT(got_ms, 11'100);
  EXPECT_EQ(world.mark("row locks of a dead process were freed"), 1u);
}

TEST_F(Locks, OfAProcessThatStartedAgainTooButNotThoseOfItsNextLife) {
  bool still_mine = false;
  world.client("a", [&](Process& p, RemoteDatabase& db) {
    const bool first_life = lives++ == 0;
    const auto lock = db.lock_row("stock", first_life ? 1 : 2);
    p.env().tasks.sleep(30_s);
    still_mine = true;
    take(db);  // refused if the lock was freed
  });
  world.client("b", taker());
  world.at(1'000, [&] { world.host(kA).crash({}, 1_s); });
  world.run();
  EXPECT_GE(got_ms, 11'000);
  EXPECT_LT(got_ms, 11'100);
  EXPECT_TRUE(still_mine);
  EXPECT_EQ(world.at_rest(), 9);
}

TEST_F(Locks, AReleaseThatIsLostIsSentAgain) {
  drop("send db unlock stock", 3'500);
  two(holder(2_s), taker());
  EXPECT_GE(got_ms, 3'900);
  EXPECT_LT(got_ms, 4'200) << "sent at 2, 3 and 4 s";
}

TEST_F(Locks, AReleaseWhoseAnswersAreLostIsDoneOnce) {
  drop("reply db unlock stock", 3'500);
  two(holder(2_s), taker());
  EXPECT_LT(got_ms, 2'100);
}

TEST_F(Locks, AReleaseThatNeverArrivesIsNoticedAfterTheDetectionTime) {
  drop("send db unlock stock");
  two(holder(2_s), taker());
  EXPECT_GE(got_ms, 12'000);
  EXPECT_LT(got_ms, 12'100);
  EXPECT_GE(world.mark("a row lock was freed because its release was lost"), 1u);
}

TEST_F(Locks, AGrantWhoseAnswerIsLostIsGivenBack) {
  world.options.row_lock_timeout = 1_s;
  world.options.deadline = 1_s;
  Once first;
  world.script.on_send = [&](const Moment& m, const Sending&) {
    const bool here = first(m.what == "reply db lock stock");
    return SendVerdict{here ? SendVerdict::Act::drop : SendVerdict::Act::pass, {}, {}};
  };
  two([](Process&, RemoteDatabase& db) { EXPECT_EQ(error_of([&] { (void)db.lock_row("stock", 1); }), kIo); },
      taker());
  EXPECT_GE(got_ms, 2'000);
  EXPECT_LT(got_ms, 2'100);
}

TEST_F(Locks, AreNotGrantedToWhoHasGone) {
  two(holder(30_s), [&](Process& p, RemoteDatabase& db) {
    p.env().tasks.spawn("later", [&] {
      p.env().tasks.sleep(20_s);
      const auto lock = db.lock_row("stock", 1);
      EXPECT_TRUE(lock.ok());
      got_ms = now_ms();
    });
    p.env().tasks.sleep(100_ms);
  });
  EXPECT_LT(got_ms, 30'100);
  RemoteWorld other;
  std::int64_t got = -1;
  other.client("a", [](Process& p, RemoteDatabase& db) {
    const auto lock = db.lock_row("stock", 1);
    p.env().tasks.sleep(20_s);
  });
  other.client("b", [](Process& p, RemoteDatabase& db) {
    p.env().tasks.sleep(100_ms);
    (void)db.lock_row("stock", 1);
  });
  other.client("c", [&](Process& p, RemoteDatabase& db) {
    p.env().tasks.sleep(200_ms);
    const auto lock = db.lock_row("stock", 1);
    got = other.sim->now_ns() / kMs;
  });
  other.at(1'000, [&] { other.host(kB).crash({}, Duration::max()); });
  other.run();
  EXPECT_GE(got, 20'000);
  EXPECT_LT(got, 20'100) << "the dead one in the row before it holds nobody up";
  EXPECT_EQ(other.mark("a row lock was granted to nobody"), 1u);
}

TEST_F(Locks, AllGoWithTheServersProcessAndTheirHoldersAreRefused) {
  bool refused = false;
  world.client("a", [&](Process& p, RemoteDatabase& db) {
    {
      const auto lock = db.lock_row("stock", 1);
      p.env().tasks.sleep(3_s);  // the server starts again meanwhile
      EXPECT_EQ(error_of([&] { take(db, 1); }), kClosed);
      EXPECT_EQ(error_of([&] { (void)get(db); }), kClosed);
      EXPECT_EQ(error_of([&] { (void)db.lock_row("stock", 2); }), kClosed);
      refused = true;
      p.env().tasks.spawn("another task", [&] { take(db, 2); });
      p.env().tasks.sleep(1_s);
    }
    take(db, 3);
  });
  world.client("b", [&](Process& p, RemoteDatabase& db) {
    p.env().tasks.sleep(2500_ms);
    const auto lock = db.lock_row("stock", 1);
    EXPECT_TRUE(lock.ok());
    got_ms = now_ms();
  });
  world.at(1'000, [&] { world.host(kDb).crash({}, 1_s); });
  world.run();
  EXPECT_TRUE(refused);
  EXPECT_LT(got_ms, 2'600);
  EXPECT_EQ(world.facts, (std::vector<std::int64_t>{2, 3}));
}

// Check, then act, under a row lock: ten of two hosts want one of the last five.
TEST_F(Locks, CheckThenActIsSafeUnderOneAndRacesWithout) {
  for (const bool locked : {true, false}) {
    RemoteWorld shop;
    for (const char* name : {"a", "b"}) {
      shop.client(name, [&](Process& p, RemoteDatabase& db) {
        for (int i = 0; i < 10; ++i) {
          p.env().tasks.spawn("buyer", [&] {
            std::unique_ptr<env::RowLock> lock;
            if (locked) lock = std::move(db.lock_row("stock", 1)).value();
            const std::int64_t left = get(db);
            if (left > 0)
              db.transact("set", [&](env::Tx& tx) {
                tx.exec(kSet, 1, left - 1);
                tx.fact(env::Message::of(Noted{1}));
              });
          });
        }
      });
    }
    shop.run();
    EXPECT_EQ(shop.at_rest() == 0 && shop.facts.size() == 10u, locked);
  }
}

}  // namespace
}  // namespace ordeal::sim
