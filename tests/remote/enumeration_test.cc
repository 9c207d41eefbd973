// Proof of the remote database: a small history of two clients over one database, and at every point of it, each disk
// operation of the server, each message and each step, something goes wrong. Whatever it was, transactions are whole or not there,
// what was acknowledged is there, the facts told are those of what is there, and everybody comes to an end.
#include <cstdio>
#include <map>
#include <set>
#include <string>

#include "tests/remote/world.h"

namespace ordeal::sim {
namespace {

constexpr env::Sql kPut{"INSERT INTO stock (sku, available, note) VALUES (?1, 1, ?2)"};
constexpr env::Sql kAll{"SELECT sku FROM stock WHERE sku >= 100 ORDER BY sku"};
constexpr std::int64_t kEach = 3;
constexpr std::int64_t kStock = 10;

enum class Trouble : std::uint8_t {
  server_dies,
  server_dies_keeping_all,
  client_dies,
  server_freezes,
  client_freezes,
  lost,  // messages only, as the next three
  twice,
  twice_late,
  late,
  reset,
};

struct Point {
  enum class Kind : std::uint8_t { none, disk, message, step } kind = Kind::none;
  std::uint32_t index = 0;
  Trouble trouble{};
};

struct Counts {
  std::uint32_t disk = 0, messages = 0, steps = 0;
};

class Trial {
 public:
  Trial(const std::shared_ptr<FiberPool>& pool, const DatabaseImage& image, Point point)
      : point_(point), world_(pool, image), mode_(image.options().journal_mode) {
    world_.cache_pages = 4;
    world_.script.on_disk = [this](const Moment& m, const DiskOp&) {
      if (m.host != kDb || !hit(Point::Kind::disk, counts.disk)) return DiskVerdict{};
      strike(m);
      return DiskVerdict{.stall = 5_ms};  // whoever dies finds the server in the middle of it
    };
    world_.script.on_unsynced = [this] {
      return SectorVerdict{point_.trouble == Trouble::server_dies_keeping_all ? SectorVerdict::Act::kept
                                                                              : SectorVerdict::Act::lost};
    };
    world_.script.on_step = [this](const Moment& m, const Stepping&) {
      if (hit(Point::Kind::step, counts.steps)) strike(m);
      return StepVerdict{};
    };
    world_.script.on_send = [this](const Moment& m, const Sending&) { return on_message(m); };
    for (const std::int64_t client : {1, 2}) {
      world_.client(client == 1 ? "a" : "b", [this, client](Process& p, RemoteDatabase& db) {
        const std::int64_t base = 100 * client + 10 * lives_[client]++;
        for (std::int64_t i = 0; i < kEach; ++i) one(p, db, base + i);
        ++ended;
      });
    }
  }

  // What is wrong at the end; empty when all is well.
  std::string play() {
    world_.run();
    if (ended < 2) return "a client never came to its end";
    AuditConnection audit(*world_.disk, "shop.db", mode_);
    if (const std::string found = audit.integrity(); found != "ok") return found;
    std::set<std::int64_t> there;
    for (auto rows = audit.query(kAll); rows.next();) there.insert(rows.get<std::int64_t>(0));
    held = there.size();
    auto rows = audit.query(kGet, 1);
    rows.next();
    if (rows.get<std::int64_t>(0) != kStock - static_cast<std::int64_t>(there.size()))
      return "half a transaction";
    for (const std::int64_t number : acknowledged_) {
      if (!there.contains(number)) return "lost what was acknowledged: " + std::to_string(number);
    }
    for (const std::int64_t number : surely_not_) {
      if (there.contains(number)) return "did what it said it did not: " + std::to_string(number);
    }
    const std::set<std::int64_t> told(world_.facts.begin(), world_.facts.end());
    if (told.size() != world_.facts.size()) return "a fact was told twice";
    if (told != there) return "facts are not those of what is there";
    return {};
  }

  Counts counts;
  std::uint32_t ended = 0, doubtful = 0;
  std::size_t held = 0;

 private:
  void one(Process& p, RemoteDatabase& db, std::int64_t number) {
    std::unique_ptr<std::string> note = std::make_unique<std::string>(300, 'n');  // gone with its owner
    const auto code = error_of([&] {
      db.transact("one", [&](env::Tx& tx) {
        tx.exec(kPut, number, *note);
        tx.exec(kTake, 1);
        tx.fact(env::Message::of(Noted{number}));
      });
    });
    if (!code) {
      acknowledged_.insert(number);
    } else if (*code == kClosed) {
      surely_not_.insert(number);
    } else {
      look(p, db, number);
    }
  }

  // The first look that succeeds sees what became of it, for good.
  void look(Process& p, RemoteDatabase& db, std::int64_t number) {
    ++doubtful;
    for (int tries = 0; tries < 20; ++tries) {
      bool there = false;
      if (!error_of([&] { there = get(db, number) == 1; })) {
        (there ? acknowledged_ : surely_not_).insert(number);
        return;
      }
      p.env().tasks.sleep(1_s);
    }
  }

  bool hit(Point::Kind kind, std::uint32_t& count) { return count++ == point_.index && point_.kind == kind; }

  void strike(const Moment& m) {
    const HostId who =
        point_.trouble == Trouble::client_dies || point_.trouble == Trouble::client_freezes ? kA : kDb;
    const bool freezes =
        point_.trouble == Trouble::server_freezes || point_.trouble == Trouble::client_freezes;
    freezes ? world_.host(who).freeze(m, 15_s) : world_.host(who).crash(m, 1_s);
  }

  SendVerdict on_message(const Moment& m) {
    if (!hit(Point::Kind::message, counts.messages)) return {};
    switch (point_.trouble) {
      case Trouble::lost:
        return {SendVerdict::Act::drop, {}, {}};
      case Trouble::twice:
        return {SendVerdict::Act::duplicate, {}, {}};
      case Trouble::twice_late:
        return {SendVerdict::Act::duplicate, {}, 12_s};
      case Trouble::late:
        return {SendVerdict::Act::pass, 12_s, {}};
      case Trouble::reset:
        return {SendVerdict::Act::reset, {}, {}};
      default:
        // Sending is no place to die at: just after it.
        world_.sim->scheduler().at(world_.sim->now_ns(), [this, m] { strike(m); });
        return {};
    }
  }

  Point point_;
  RemoteWorld world_;
  JournalMode mode_;
  std::map<std::int64_t, int> lives_;
  std::set<std::int64_t> acknowledged_, surely_not_;
};

struct Totals {
  std::uint32_t runs = 0, doubtful = 0, broken = 0;
  std::set<std::size_t> held;
  std::string first_broken;
};

using Play = std::function<Trial(Point)>;

void play_all(const Play& make, Point::Kind kind, std::uint32_t points, const std::vector<Trouble>& troubles,
              Totals& totals) {
  for (std::uint32_t index = 0; index < points; ++index) {
    for (const Trouble trouble : troubles) {
      Trial trial = make({kind, index, trouble});
      const std::string wrong = trial.play();
      ++totals.runs;
      totals.doubtful += trial.doubtful;
      totals.held.insert(trial.held);
      if (wrong.empty() || totals.broken++ > 0) continue;
      totals.first_broken = wrong + " [kind " + std::to_string(static_cast<int>(kind)) + ", point " +
                            std::to_string(index) + ", trouble " + std::to_string(static_cast<int>(trouble)) +
                            "]";
    }
  }
}

class RemoteEnumeration : public testing::TestWithParam<JournalMode> {};
INSTANTIATE_TEST_SUITE_P(, RemoteEnumeration,
                         testing::Values(JournalMode::wal, JournalMode::del, JournalMode::truncate,
                                         JournalMode::persist),
                         [](const auto& mode) { return std::string(name_of(mode.param)); });

TEST_P(RemoteEnumeration, WhateverHappensAtWhateverPoint) {
  const auto pool = std::make_shared<FiberPool>();
  const DatabaseImage image = image_of(GetParam());
  const Play make = [&](Point point) { return Trial(pool, image, point); };
  Trial clean = make({});
  ASSERT_EQ(clean.play(), "");
  ASSERT_EQ(clean.held, 2 * kEach);
  const std::vector<Trouble> hosts{Trouble::server_dies, Trouble::server_dies_keeping_all,
                                   Trouble::client_dies, Trouble::server_freezes, Trouble::client_freezes};
  std::vector<Trouble> messages = hosts;
  for (const Trouble t :
       {Trouble::lost, Trouble::twice, Trouble::twice_late, Trouble::late, Trouble::reset}) {
    messages.push_back(t);
  }
  Totals totals;
  play_all(make, Point::Kind::disk, clean.counts.disk, hosts, totals);
  play_all(make, Point::Kind::message, clean.counts.messages, messages, totals);
  play_all(make, Point::Kind::step, clean.counts.steps, hosts, totals);
  std::printf(
      "[ remote   ] %-8s %u disk operations, %u messages, %u steps: %u runs, %u doubtful, broken %u\n",
      std::string(name_of(GetParam())).c_str(), clean.counts.disk, clean.counts.messages, clean.counts.steps,
      totals.runs, totals.doubtful, totals.broken);
  EXPECT_EQ(totals.broken, 0u) << totals.first_broken;
  EXPECT_GT(totals.doubtful, 0u);
  EXPECT_GT(totals.held.size(), 2u);
}

}  // namespace
}  // namespace ordeal::sim
