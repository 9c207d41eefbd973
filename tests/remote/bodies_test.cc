// The body of a remote transaction stands on its caller's stack and runs on the server's. Whoever goes while it runs, its
// caller, the server, or the whole trial: it must be unwound while all it refers to is still there, and must never go on
// for a caller that has gone. Run these with AddressSanitizer.
#include "tests/remote/world.h"

namespace ordeal::sim {
namespace {

constexpr env::Sql kFillMany{
    "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 199) "
    "INSERT INTO stock (sku, available, note) SELECT i, 1, printf('%0500d', i) FROM n"};
constexpr env::Sql kReadMany{"SELECT sku, note FROM stock WHERE sku >= 100 ORDER BY sku"};
constexpr env::Sql kTouchMany{"UPDATE stock SET note = note || 'x' WHERE sku >= 100"};

// On the caller's heap and stack: what a body refers to.
struct Caller {
  explicit Caller(bool& is_there) : there(is_there) { there = true; }
  ~Caller() { there = false; }
  bool& there;
  std::unique_ptr<std::string> text = std::make_unique<std::string>(100, 'x');
};

// In the body: its destructor uses what the body refers to, as a guard does.
struct Guard {
  Guard(Caller& c, int& so_often) : caller(c), unwound(so_often) {}
  ~Guard() {
    EXPECT_TRUE(caller.there);
    EXPECT_EQ(caller.text->size(), 100u);
    ++unwound;
  }
  Caller& caller;
  int& unwound;
};

// A host "a" whose transaction, or read, stands still in the disk from about two seconds on.
struct Stalled {
  explicit Stalled(bool reads_only = false, JournalMode mode = JournalMode::wal, std::uint64_t seed = 1)
      : world(seed, mode) {
    world.cache_pages = 4;  // so that a body has to go to the disk
    world.script.on_disk = [this](const Moment& m, const DiskOp& op) {
      const bool here = m.host == kDb && armed && stall.ns > 0 &&
                        (op.kind == DiskOp::Kind::read || op.kind == DiskOp::Kind::write);
      if (here) armed = false;
      return DiskVerdict{.stall = here ? stall : 0_s};
    };
    world.client("a", [this, reads_only](Process& p, RemoteDatabase& db) {
      if (lives++ > 0) return;
      db.transact("fill", [](env::Tx& tx) { tx.exec(kFillMany); });
      p.env().tasks.sleep(2_s);
      error = error_of([&] { reads_only ? read(p, db) : write(p, db); });
      returned = true;
    });
  }
  void write(Process& p, RemoteDatabase& db) {
    Caller caller(caller_there);
    db.transact("slow", [&](env::Tx& tx) {
      ++begun;
      armed = true;
      Guard guard(caller, unwound);
      const env::TraceScope scope(p.env().tasks, p.env().tasks.current(), "inside");
      tx.exec(kTake, 1);
      tx.exec(kTouchMany);
      tx.fact(env::Message::of(Noted{1}));
      ++went_on;
    });
  }
  void read(Process&, RemoteDatabase& db) {
    Caller caller(caller_there);
    db.read("slow", [&](env::Connection& c) {
      ++begun;
      armed = true;
      Guard guard(caller, unwound);
      auto rows = c.query(kReadMany);
      while (rows.next()) caller.text->assign(100, 'y');
      ++went_on;
    });
  }
  // Another host uses the database afterwards.
  void second_client(std::int64_t expected) {
    world.client("b", [this, expected](Process& p, RemoteDatabase& db) {
      p.env().tasks.sleep(5_s);
      EXPECT_EQ(get(db), expected);
      take(db, 2);
      second_done = true;
    });
  }

  RemoteWorld world;
  bool armed = false;
  Duration stall = 100_s;
  bool caller_there = false;
  int lives = 0, begun = 0, unwound = 0, went_on = 0;
  bool returned = false, second_done = false;
  std::optional<env::DatabaseErrorCode> error;
};

class BodiesInEachMode : public testing::TestWithParam<JournalMode> {};
INSTANTIATE_TEST_SUITE_P(, BodiesInEachMode,
                         testing::Values(JournalMode::wal, JournalMode::del, JournalMode::truncate,
                                         JournalMode::persist),
                         [](const auto& mode) { return std::string(name_of(mode.param)); });

TEST_P(BodiesInEachMode, AreUnwoundWhenTheirCallerDiesAndTheNextOneGoesOnAtOnce) {
  Stalled stalled(false, GetParam());
  stalled.second_client(10);
  stalled.world.at(3'000, [&] { stalled.world.host(kA).crash({}, 1_s); });
  stalled.world.run();
  EXPECT_EQ(stalled.begun, 1);
  EXPECT_EQ(stalled.unwound, 1);
  EXPECT_EQ(stalled.went_on, 0);
  EXPECT_FALSE(stalled.returned);
  EXPECT_TRUE(stalled.second_done);
  EXPECT_EQ(stalled.world.facts, std::vector<std::int64_t>{2});
  EXPECT_EQ(stalled.world.at_rest(), 9);
  EXPECT_EQ(stalled.world.mark("a client left while its transaction ran"), 1u);
}

TEST_P(BodiesInEachMode, AreUnwoundWhenTheirCallersDeadlineEnds) {
  Stalled stalled(false, GetParam());
  stalled.stall = 10'000_s;
  stalled.second_client(10);
  stalled.world.run();
  EXPECT_EQ(stalled.unwound, 1);
  EXPECT_EQ(stalled.went_on, 0);
  EXPECT_EQ(stalled.error, kIo);
  EXPECT_TRUE(stalled.second_done);
  EXPECT_EQ(stalled.world.at_rest(), 9);
}

TEST_P(BodiesInEachMode, AreUnwoundAlsoWhileTheServersHostIsFrozen) {
  for (const bool dies : {true, false}) {
    Stalled stalled(false, GetParam());
    const auto stall = stalled.world.script.on_disk;
    int done_while_frozen = 0;
    stalled.world.script.on_disk = [&](const Moment& m, const DiskOp& op) {
      if (stalled.world.host(kDb).is_frozen()) ++done_while_frozen;
      return stall(m, op);
    };
    stalled.world.at(3'000, [&] { stalled.world.host(kDb).freeze({}, 60_s); });
    if (dies) stalled.world.at(4'000, [&] { stalled.world.host(kA).crash({}, Duration::max()); });
    stalled.world.at(20'000, [&] {
      EXPECT_EQ(stalled.unwound, 1);
      EXPECT_TRUE(stalled.world.host(kDb).is_frozen());
    });
    stalled.world.run();
    EXPECT_EQ(stalled.went_on, 0);
    EXPECT_EQ(stalled.returned, !dies);
    EXPECT_EQ(done_while_frozen, 0);
    for (const TraceRecord& event : stalled.world.sim->trace().records()) {
      if (event.kind == EventKind::rolled_back) {
        EXPECT_GE(event.at_ns, (63_s).ns) << "who is unwound on a frozen host goes no further";
      }
    }
    EXPECT_EQ(stalled.world.at_rest(), 10);
  }
}

TEST_P(BodiesInEachMode, AreUnwoundWhenTheServersHostDies) {
  Stalled stalled(false, GetParam());
  stalled.world.at(3'000, [&] { stalled.world.host(kDb).crash({}, 1_s); });
  stalled.second_client(10);
  stalled.world.run();
  EXPECT_EQ(stalled.unwound, 1);
  EXPECT_EQ(stalled.went_on, 0);
  EXPECT_EQ(stalled.error, kIo);
  EXPECT_EQ(stalled.world.at_rest(), 9);
}

TEST_P(BodiesInEachMode, AreUnwoundWhenBothHostsDieAtOnce) {
  for (const bool server_first : {true, false}) {
    Stalled stalled(false, GetParam());
    stalled.world.at(3'000, [&] {
      stalled.world.host(server_first ? kDb : kA).crash({}, 1_s);
      stalled.world.host(server_first ? kA : kDb).crash({}, 1_s);
    });
    stalled.world.run();
    EXPECT_EQ(stalled.unwound, 1);
    EXPECT_EQ(stalled.went_on, 0);
    EXPECT_EQ(stalled.world.at_rest(), 10);
  }
}

TEST(Bodies, OfReadsAreUnwoundTheSameWay) {
  for (const JournalMode mode : {JournalMode::wal, JournalMode::del}) {
    for (const bool dies : {true, false}) {
      Stalled stalled(true, mode);
      if (!dies) stalled.stall = 10'000_s;
      if (dies) stalled.world.at(3'000, [&] { stalled.world.host(kA).crash({}, 1_s); });
      stalled.second_client(10);
      stalled.world.run();
      EXPECT_EQ(stalled.unwound, 1);
      EXPECT_EQ(stalled.went_on, 0);
      EXPECT_TRUE(stalled.second_done);
    }
  }
}

TEST(Bodies, AreUnwoundWhenTheTrialEnds) {
  for (const bool frozen : {false, true}) {
    Stalled stalled;
    if (frozen) stalled.world.at(3'000, [&] { stalled.world.host(kDb).freeze({}, Duration::max()); });
    stalled.world.run((4_s).ns);
    EXPECT_EQ(stalled.begun, 1);
    EXPECT_EQ(stalled.unwound, 0);
    stalled.world.sim.reset();
    EXPECT_EQ(stalled.unwound, 1);
    EXPECT_EQ(stalled.went_on, 0);
  }
}

// A body that takes no notice of being unwound gets nowhere either.
TEST(Bodies, ThatSwallowEverythingAreUndoneAllTheSame) {
  Stalled stalled;
  stalled.world.host(kA).install([&](Process& p) {
    auto& db = p.own(RemoteDatabase::connect(p, *stalled.world.server, stalled.world.options));
    p.env().tasks.spawn("story", [&] {
      if (stalled.lives++ > 0) return;
      db.transact("fill", [](env::Tx& tx) { tx.exec(kFillMany); });
      stalled.armed = true;
      db.transact("slow", [&](env::Tx& tx) {
        try {
          tx.exec(kTake, 1);
          tx.exec(kTouchMany);
        } catch (...) {
        }
        ++stalled.went_on;
      });
    });
  });
  stalled.world.at(1'000, [&] { stalled.world.host(kA).crash({}, 1_s); });
  stalled.world.run();
  EXPECT_EQ(stalled.went_on, 1);
  EXPECT_EQ(stalled.world.at_rest(), 10);
}

// Wherever its own steps or its supervisor kill the client.
TEST(Bodies, TheClientDiesAtEachOfItsSteps) {
  struct Case {
    const char* where;
    bool happened;
  };
  for (const Case& at : {Case{"before send db take", false}, Case{"after send db take", false}}) {
    RemoteWorld world;
    world.script.on_step = [&](const Moment& m, const Stepping&) {
      return m.what == at.where ? StepVerdict{StepVerdict::Act::crash, Duration::max()} : StepVerdict{};
    };
    world.run([](Process&, RemoteDatabase& db) { take(db); });
    EXPECT_EQ(world.at_rest(), at.happened ? 9 : 10) << at.where;
  }
}

TEST(Bodies, ACommitGoesOnWithoutItsClient) {
  RemoteWorld world;
  Once once;
  world.script.on_disk = [&](const Moment& m, const DiskOp& op) {
    if (m.host == kDb && once(op.kind == DiskOp::Kind::sync)) world.host(kA).crash({}, Duration::max());
    return DiskVerdict{};
  };
  world.run([](Process&, RemoteDatabase& db) { take(db, 5); });
  EXPECT_EQ(world.at_rest(), 9);
  EXPECT_EQ(world.facts, std::vector<std::int64_t>{5});
}

// A slow step of the client between sending and waiting: the body runs meanwhile, then the client dies.
TEST(Bodies, AClientThatIsSlowToWaitIsLikeOthers) {
  for (const auto act : {StepVerdict::Act::slow, StepVerdict::Act::freeze}) {
    Stalled stalled;
    stalled.world.script.on_step = [&](const Moment& m, const Stepping&) {
      return m.what == "after send db slow" ? StepVerdict{act, 5_s} : StepVerdict{};
    };
    stalled.world.at(4'000, [&] { stalled.world.host(kA).crash({}, 1_s); });
    stalled.world.run();
    EXPECT_EQ(stalled.begun, 1);
    EXPECT_EQ(stalled.unwound, 1);
    EXPECT_EQ(stalled.went_on, 0);
  }
}

}  // namespace
}  // namespace ordeal::sim
