// What becomes of a transaction at a remote database when messages are lost, doubled or late, and when the host of the
// database goes down or stands still.
#include "tests/remote/world.h"

namespace ordeal::sim {
namespace {

SendVerdict act(SendVerdict::Act what, bool here) { return {here ? what : SendVerdict::Act::pass, {}, {}}; }

TEST(RemoteDatabase, TransactsAndReadsAndTellsFactsUnderTheCallersCause) {
  RemoteWorld world;
  std::string cause;
  HostId told_by = 99;
  world.sim->on_fact([&](const Fact& fact) {
    cause = world.sim->causes().path(fact.cause);
    told_by = fact.host;
  });
  world.run([&](Process& p, RemoteDatabase& db) {
    const env::TraceScope scope(p.env().tasks, p.env().tasks.root("shopper-1"));
    take(db, 7);
    EXPECT_EQ(get(db), 9);
  });
  EXPECT_EQ(world.facts, std::vector<std::int64_t>{7});
  EXPECT_EQ(cause, "shopper-1");
  EXPECT_EQ(told_by, kDb);
  EXPECT_EQ(world.at_rest(), 9);
}

TEST(RemoteDatabase, SeveralProcessesShareIt) {
  RemoteWorld world;
  const auto story = [](Process&, RemoteDatabase& db) {
    for (int i = 0; i < 4; ++i) take(db);
  };
  world.client("a", story);
  world.client("b", story);
  world.run();
  EXPECT_EQ(world.at_rest(), 2);
  EXPECT_EQ(world.facts.size(), 8u);
}

TEST(RemoteDatabase, WhatTheWorkThrowsRisesAndUndoesIt) {
  RemoteWorld world;
  world.run([&](Process&, RemoteDatabase& db) {
    const auto fails = [&] {
      db.transact("take", [](env::Tx& tx) {
        tx.exec(kTake, 1);
        throw std::range_error("on purpose");
      });
    };
    EXPECT_THROW(fails(), std::range_error);
    EXPECT_EQ(error_of([&] { db.transact("fill", [](env::Tx& tx) { tx.exec(kFill, 1, 5); }); }),
              env::DatabaseErrorCode::constraint);
    EXPECT_EQ(get(db), 10);
  });
}

TEST(RemoteDatabase, OurOwnBugIsNeverAnAnswer) {
  RemoteWorld world;
  world.script.on_send = [](const Moment& m, const Sending&) {
    return act(SendVerdict::Act::drop, m.what == "reply db take");
  };
  world.client("a", [](Process&, RemoteDatabase& db) {
    db.transact("take", [](env::Tx&) { ORDEAL_CHECK(1 == 2, "on purpose"); });
  });
  EXPECT_THROW(world.run(), CheckFailed);
}

TEST(RemoteDatabase, NothingElseMayWaitInsideATransaction) {
  RemoteWorld world;
  world.client("a", [](Process&, RemoteDatabase& db) {
    db.transact("outer", [&](env::Tx&) { db.transact("inner", [](env::Tx&) {}); });
  });
  EXPECT_THROW(world.run(), CheckFailed);
}

TEST(RemoteDatabase, ALostRequestNeverHappens) {
  RemoteWorld world;
  world.script.on_send = [](const Moment& m, const Sending&) {
    return act(SendVerdict::Act::drop, m.what == "send db take");
  };
  world.run([&](Process& p, RemoteDatabase& db) {
    const Duration before = p.env().clock.monotonic_now();
    EXPECT_EQ(error_of([&] { take(db); }), kIo);
    EXPECT_EQ(p.env().clock.monotonic_now() - before, db.options().deadline);
    EXPECT_EQ(get(db), 10);
  });
  EXPECT_TRUE(world.facts.empty());
}

TEST(RemoteDatabase, ARequestThatComesAfterItsCallerGaveUpNeverBegins) {
  RemoteWorld world;
  world.script.on_send = [](const Moment& m, const Sending&) {
    return SendVerdict{SendVerdict::Act::pass, m.what == "send db take" ? 20_s : 0_s, {}};
  };
  world.run([&](Process&, RemoteDatabase& db) { EXPECT_EQ(error_of([&] { take(db); }), kIo); });
  EXPECT_EQ(world.at_rest(), 10);
}

TEST(RemoteDatabase, OneWhoWaitsForHisTurnAndIsGivenUpNeverBegins) {
  RemoteWorld world;
  world.script.on_disk = [&](const Moment& m, const DiskOp& op) {
    return DiskVerdict{.stall = m.host == kDb && op.kind == DiskOp::Kind::sync ? 12_s : 0_s};
  };
  world.client("a", [&](Process& p, RemoteDatabase& db) {
    p.env().tasks.spawn("second", [&] {
      p.env().tasks.sleep(5_ms);
      EXPECT_EQ(error_of([&] { take(db, 2); }), kIo);
    });
    EXPECT_EQ(error_of([&] { take(db, 1); }), kIo);
  });
  world.run();
  EXPECT_EQ(world.facts, std::vector<std::int64_t>{1}) << "the first commit went on, the second never began";
  EXPECT_EQ(world.mark("a transaction whose client had gone was not begun"), 1u);
}

TEST(RemoteDatabase, ALostAnswerIsNotALostCommit) {
  RemoteWorld world;
  world.script.on_send = [](const Moment& m, const Sending&) {
    return act(SendVerdict::Act::drop, m.what == "reply db take");
  };
  world.run([&](Process&, RemoteDatabase& db) {
    EXPECT_EQ(error_of([&] { take(db, 3); }), kIo);
    EXPECT_EQ(get(db), 9);
  });
  EXPECT_EQ(world.facts, std::vector<std::int64_t>{3});
  EXPECT_EQ(world.mark("a client does not know that its transaction was not undone"), 1u);
}

// Whom the rows concern is told in the caller's process, once, whatever became of the commit; who looks then sees it.
TEST(RemoteDatabase, ADoubtfulCommitWakesWhomItConcerns) {
  enum class Day { good, request_lost, answer_lost, commit_outlives_us };
  for (const Day day : {Day::good, Day::request_lost, Day::answer_lost, Day::commit_outlives_us}) {
    RemoteWorld world;
    Once first;
    world.script.on_send = [&](const Moment& m, const Sending&) {
      return act(SendVerdict::Act::drop, (day == Day::request_lost && m.what == "send db take") ||
                                             (day == Day::answer_lost && m.what == "reply db take"));
    };
    world.script.on_disk = [&](const Moment&, const DiskOp& op) {
      const bool here = day == Day::commit_outlives_us && op.kind == DiskOp::Kind::sync;
      return DiskVerdict{.stall = first(here) ? 15_s : 0_s};
    };
    Looker looker;
    world.run([&](Process&, RemoteDatabase& db) {
      const auto failed = error_of([&] {
        db.transact("take", [&](env::Tx& tx) {
          tx.exec(kTake, 1);
          tx.wake(looker, Instant{5});
        });
      });
      EXPECT_EQ(failed.has_value(), day != Day::good);
      const bool happened = day != Day::request_lost;
      EXPECT_EQ(looker.wakes.size(), happened ? 1u : 0u);
      EXPECT_EQ(get(db), happened ? 9 : 10);
    });
  }
}

TEST(RemoteDatabase, ADeadProcessIsToldNothing) {
  RemoteWorld world;
  auto looker = std::make_unique<Looker>();
  world.script.on_disk = [&, first = Once()](const Moment& m, const DiskOp& op) mutable {
    if (m.host == kDb && first(op.kind == DiskOp::Kind::sync)) {
      world.host(kA).crash(world.sim->moment("power cut", kA), Duration::max());
      looker.reset();
    }
    return DiskVerdict{};
  };
  world.run([&](Process&, RemoteDatabase& db) {
    db.transact("take", [&](env::Tx& tx) {
      tx.exec(kTake, 1);
      tx.wake(*looker);
    });
    ADD_FAILURE() << "a dead process went on";
  });
  EXPECT_EQ(world.at_rest(), 9);
}

TEST(RemoteDatabase, ACommitThatOutlivesItsCallersDeadlineIsSeenByTheNextRead) {
  RemoteWorld world;
  Once first;
  world.script.on_disk = [&](const Moment&, const DiskOp& op) {
    return DiskVerdict{.stall = first(op.kind == DiskOp::Kind::sync) ? 15_s : 0_s};
  };
  world.run([&](Process&, RemoteDatabase& db) {
    EXPECT_EQ(error_of([&] { take(db); }), kIo);
    EXPECT_EQ(get(db), 9) << "the read waits behind the commit";
  });
}

TEST(RemoteDatabase, ARequestThatComesTwiceRunsOnce) {
  for (const Duration later : {0_ms, 1_ms, 5_s}) {
    RemoteWorld world;
    world.script.on_send = [&](const Moment& m, const Sending&) {
      if (m.what != "send db take") return SendVerdict{};
      return SendVerdict{SendVerdict::Act::duplicate, {}, later};
    };
    world.run([](Process&, RemoteDatabase& db) { take(db); });
    EXPECT_EQ(world.at_rest(), 9);
    EXPECT_EQ(world.facts.size(), 1u);
  }
}

TEST(RemoteDatabase, ACopyThatComesToTheNextLifeOfTheServerIsNothing) {
  RemoteWorld world;
  Once once;
  world.script.on_send = [&](const Moment& m, const Sending&) {
    if (m.what != "send db take") return SendVerdict{};
    return SendVerdict{SendVerdict::Act::duplicate, {}, 3_s};
  };
  world.script.on_step = [&](const Moment& m, const Stepping&) {
    if (!once(m.what == "after commit take")) return StepVerdict{};
    return StepVerdict{StepVerdict::Act::crash, 1_s};
  };
  world.run([](Process&, RemoteDatabase& db) { EXPECT_EQ(error_of([&] { take(db); }), kIo); });
  EXPECT_EQ(world.at_rest(), 9);
}

TEST(RemoteDatabase, WhereNothingListensItSurelyDidNotHappenAndLaterItJustWorks) {
  RemoteWorld world;
  world.run([&](Process& p, RemoteDatabase& db) {
    world.host(kDb).crash({}, 5_s);
    p.env().tasks.sleep(1_ms);
    EXPECT_EQ(error_of([&] { take(db); }), kClosed);
    EXPECT_EQ(error_of([&] { (void)get(db); }), kClosed);
    EXPECT_EQ(error_of([&] { (void)db.lock_row("stock", 1); }), kClosed);
    p.env().tasks.sleep(6_s);
    take(db);
    EXPECT_EQ(get(db), 9);
  });
}

TEST(RemoteDatabase, ABootWithoutItsDatabaseFailsAndIsTriedAgain) {
  RemoteWorld world;
  std::vector<std::int64_t> ran_at_s;
  world.client("a", [&](Process&, RemoteDatabase& db) {
    ran_at_s.push_back(world.sim->now_ns() / (1_s).ns);
    take(db);
  });
  world.host(kA).boot();
  world.at(10'000, [&] { world.host(kDb).boot(); });
  world.sim->scheduler().run_until(INT64_MAX);
  ASSERT_EQ(ran_at_s.size(), 1u) << "the services did not start without it";
  EXPECT_GE(ran_at_s[0], 10);
  EXPECT_GT(world.boots, 2);
}

struct CrashCase {
  const char* where;
  bool happened;
};

TEST(RemoteDatabase, WhenItsHostDiesAroundACommitNobodyIsToldAndTheFileDecides) {
  for (const CrashCase& at : {CrashCase{"before handling db take", false},
                              CrashCase{"before commit take", false}, CrashCase{"after commit take", true}}) {
    RemoteWorld world;
    Once once;
    world.script.on_step = [&](const Moment& m, const Stepping&) {
      return once(m.what == at.where) ? StepVerdict{StepVerdict::Act::crash, 1_s} : StepVerdict{};
    };
    world.run([&](Process&, RemoteDatabase& db) {
      EXPECT_EQ(error_of([&] { take(db); }), kIo) << at.where;
      EXPECT_EQ(get(db), at.happened ? 9 : 10) << at.where;
    });
    EXPECT_EQ(world.facts.size(), at.happened ? 1u : 0u) << at.where;
  }
}

TEST(RemoteDatabase, AFrozenHostKeepsItsCallersWaiting) {
  for (const char* where : {"before handling db take", "before commit take", "after commit take"}) {
    for (const Duration how_long : {3_s, 30_s}) {
      RemoteWorld world;
      Once once;
      world.script.on_step = [&](const Moment& m, const Stepping&) {
        return once(m.what == where) ? StepVerdict{StepVerdict::Act::freeze, how_long} : StepVerdict{};
      };
      const bool in_time = how_long < 10_s;
      const bool begun = std::string_view(where) != "before handling db take";
      world.run([&](Process& p, RemoteDatabase& db) {
        EXPECT_EQ(error_of([&] { take(db); }).has_value(), !in_time) << where;
        p.env().tasks.sleep(30_s);
        EXPECT_EQ(get(db), in_time || begun ? 9 : 10) << where;
      });
    }
  }
}

TEST(RemoteDatabase, TheServersErrorsRiseWithTheirCodes) {
  RemoteWorld world;
  Once once;
  world.script.on_disk = [&](const Moment& m, const DiskOp& op) {
    const bool here = m.host == kDb && once(op.kind == DiskOp::Kind::write);
    return DiskVerdict{here ? DiskVerdict::Act::full : DiskVerdict::Act::pass};
  };
  world.run([](Process&, RemoteDatabase& db) {
    EXPECT_EQ(error_of([&] { take(db); }), env::DatabaseErrorCode::full);
    take(db);
    EXPECT_EQ(get(db), 9);
  });
}

TEST(RemoteDatabase, APoolHasSoManyConnectionsAndOthersWaitInTurn) {
  RemoteWorld world;
  world.options.connections = 2;
  std::size_t most = 0, at_once = 0;
  std::vector<int> order;
  world.script.on_send = [&](const Moment& m, const Sending& s) {
    if (m.what == "send db take") most = std::max(most, ++at_once);
    if (m.what == "reply db take") --at_once;
    return SendVerdict{SendVerdict::Act::pass, s.is_reply ? 50_ms : 0_s, {}};
  };
  world.run([&](Process& p, RemoteDatabase& db) {
    for (int i = 0; i < 6; ++i) {
      p.env().tasks.spawn("task", [&, i] {
        take(db, i);
        order.push_back(i / 2);
      });
    }
    p.env().tasks.sleep(60_ms);  // two work, two wait: whoever comes now is behind them
    for (int i = 6; i < 8; ++i) {
      p.env().tasks.spawn("late task", [&, i] {
        take(db, i);
        order.push_back(i / 2);
      });
    }
  });
  EXPECT_EQ(order, (std::vector<int>{0, 0, 1, 1, 2, 2, 3, 3}));
  EXPECT_EQ(most, 2u);
  EXPECT_EQ(world.mark("a task waited for a connection to its database"), 6u);
}

TEST(RemoteDatabase, WhoGetsNoConnectionInTimeSurelyDidNothing) {
  RemoteWorld world;
  world.options.connections = 1;
  world.options.connection_wait = 2_s;
  Once first;
  world.script.on_disk = [&](const Moment&, const DiskOp& op) {
    return DiskVerdict{.stall = first(op.kind == DiskOp::Kind::sync) ? 5_s : 0_s};
  };
  world.run([&](Process& p, RemoteDatabase& db) {
    p.env().tasks.spawn("slow", [&] { take(db, 1); });
    p.env().tasks.sleep(10_ms);
    const Duration before = p.env().clock.monotonic_now();
    EXPECT_EQ(error_of([&] { take(db, 2); }), kClosed);
    EXPECT_EQ(p.env().clock.monotonic_now() - before, 2_s);
    p.env().tasks.sleep(10_s);
    take(db, 3);
  });
  EXPECT_EQ(world.facts, (std::vector<std::int64_t>{1, 3}));
  EXPECT_EQ(world.mark("a pool of connections ran dry"), 1u);
}

struct Woken final : env::Wakeable {
  void wake(Instant due) override { dues.push_back(due.ns); }
  std::vector<std::int64_t> dues;
};

TEST(RemoteDatabase, WhoIsToBeWokenIsWokenHoweverTheCommitEnded) {
  for (const char* lost : {"nothing", "reply db take", "send db take"}) {
    RemoteWorld world;
    world.script.on_send = [&](const Moment& m, const Sending&) {
      return act(SendVerdict::Act::drop, m.what == lost);
    };
    Woken woken;
    world.run([&](Process&, RemoteDatabase& db) {
      (void)error_of([&] {
        db.transact("take", [&](env::Tx& tx) {
          tx.exec(kTake, 1);
          tx.wake(woken, Instant{9});
          tx.wake(woken, Instant{7});
        });
      });
      const bool begun = std::string_view(lost) != "send db take";
      EXPECT_EQ(woken.dues, begun ? std::vector<std::int64_t>{7} : std::vector<std::int64_t>{}) << lost;
    });
  }
}

// The commit still runs when its caller gives up: the look that follows waits for it.
TEST(RemoteDatabase, WhoIsWokenSeesWhatBecameOfTheCommit) {
  RemoteWorld world;
  Once first;
  world.script.on_disk = [&](const Moment&, const DiskOp& op) {
    return DiskVerdict{.stall = first(op.kind == DiskOp::Kind::sync) ? 15_s : 0_s};
  };
  Woken woken;
  world.run([&](Process&, RemoteDatabase& db) {
    EXPECT_EQ(error_of([&] {
                db.transact("take", [&](env::Tx& tx) {
                  tx.exec(kTake, 1);
                  tx.wake(woken);
                });
              }),
              kIo);
    EXPECT_EQ(woken.dues.size(), 1u);
    EXPECT_EQ(get(db), 9);
  });
}

TEST(RemoteDatabase, OneServerMayHoldSeveralDatabases) {
  RemoteWorld world;
  image_of().clone_onto(*world.disk, "other.db");
  world.host(kDb).install([&](Process& p) {
    world.server->start(p, {{.name = "shop.db"}, {.name = "other.db"}});
  });
  world.run([&](Process& p, RemoteDatabase& db) {
    auto& other = p.own(RemoteDatabase::connect(p, *world.server, {.name = "other.db"}));
    take(db);
    take(db);
    take(other);
    EXPECT_EQ(get(db), 8);
    EXPECT_EQ(get(other), 9);
  });
}

TEST(RemoteDatabase, TheSameSeedIsTheSameTrial) {
  const auto hash = [](std::uint64_t seed) {
    RemoteWorld world(seed);
    for (const char* name : {"a", "b"}) {
      world.client(name, [](Process&, RemoteDatabase& db) {
        for (int i = 0; i < 5; ++i) {
          const auto lock = db.lock_row("stock", 1);
          take(db, i);
        }
      });
    }
    world.run();
    return world.sim->trace().hash().text();
  };
  EXPECT_EQ(hash(1), hash(1));
  EXPECT_NE(hash(1), hash(2));
}

// A monolith: several services, one process, one local database.
TEST_F(DatabaseTest, ServicesOfOneProcessShareOneDatabase) {
  World& world = make();
  std::vector<std::string> order;
  world.run(shop(world, [&](Process& process, Database& db) {
    for (const char* service : {"order", "inventory", "ledger"}) {
      env::Env& env = process.env_of(service);
      env.tasks.spawn(service, [&, service] {
        for (int i = 0; i < 3; ++i) {
          db.transact(service, [](env::Tx& tx) { tx.exec(kTake, 1); });
          order.emplace_back(service);
        }
      });
    }
  }));
  EXPECT_EQ(order.size(), 9u);
  EXPECT_NE(order[1], order[0]) << "whoever comes first is served first";
  AuditConnection audit(world.disk, "shop.db", JournalMode::wal);
  auto rows = audit.query(kGet, 1);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.get<std::int64_t>(0), 1);
}

}  // namespace
}  // namespace ordeal::sim
