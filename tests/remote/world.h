// A small world for remote databases: a host "db" with "shop.db" on its disk, and two hosts "a" and "b" that use it. Hooks tell
// the stories; tests state only what matters to them.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/disk/audit_connection.h"
#include "sim/disk/database_server.h"
#include "sim/disk/remote_database.h"
#include "tests/disk/shop.h"

namespace ordeal::sim {

using namespace literals;

inline constexpr HostId kDb = 0;
inline constexpr HostId kA = 1;
inline constexpr HostId kB = 2;

class Script : public Hooks {
 public:
  std::function<SendVerdict(const Moment&, const Sending&)> on_send;
  std::function<StepVerdict(const Moment&, const Stepping&)> on_step;
  std::function<DiskVerdict(const Moment&, const DiskOp&)> on_disk;
  std::function<SectorVerdict()> on_unsynced;  // names survive with their sectors

  SendVerdict sending(const Moment& m, const Sending& s) override {
    return on_send ? on_send(m, s) : SendVerdict{};
  }
  StepVerdict stepping(const Moment& m, const Stepping& s) override {
    return on_step ? on_step(m, s) : StepVerdict{};
  }
  DiskVerdict disk(const Moment& m, const DiskOp& op) override {
    return on_disk ? on_disk(m, op) : DiskVerdict{};
  }
  SectorVerdict unsynced_sector(const Moment&, const UnsyncedSector&) override {
    return on_unsynced ? on_unsynced() : SectorVerdict{};
  }
  bool name_survives(const Moment&, const UnsyncedName&) override {
    return on_unsynced && on_unsynced().act == SectorVerdict::Act::kept;
  }
};

// The first time only.
class Once {
 public:
  bool operator()(bool here) {
    if (!here || done_) return false;
    return done_ = true;
  }

 private:
  bool done_ = false;
};

struct RemoteWorld {
  using Story = std::function<void(Process&, RemoteDatabase&)>;

  explicit RemoteWorld(std::uint64_t seed = 1, JournalMode mode = JournalMode::wal)
      : RemoteWorld(std::make_shared<FiberPool>(), image_of(mode), seed) {}
  // The same with what is costly to make and can be used again.
  RemoteWorld(std::shared_ptr<FiberPool> fibers, const DatabaseImage& image, std::uint64_t seed = 1)
      : pool(std::move(fibers)), mode_(image.options().journal_mode) {
    Options world;
    world.seed = seed;
    world.trace = Trace::Mode::full;
    sim.emplace(*pool, world, &script);
    Host& db = sim->add_host("db");
    disk = &Disk::attach_to(db);
    image.clone_onto(*disk, "shop.db");
    server = &DatabaseServer::attach_to(db, *disk);
    db.install([this](Process& p) {
      server->start(p, {{.name = "shop.db", .journal_mode = mode_, .cache_pages = cache_pages}});
    });
    sim->on_fact([this](const Fact& fact) {
      if (const auto* noted = fact.body.get_if<Noted>()) facts.push_back(noted->number);
    });
  }
  // A host whose process runs `story` in each of its lives.
  void client(const char* name, Story story) {
    sim->add_host(name).install([this, story = std::move(story)](Process& p) {
      ++boots;
      auto& database = p.own(RemoteDatabase::connect(p, *server, options));
      p.env().tasks.spawn("story", [&p, &database, story] { story(p, database); });
    });
  }
  void boot() {
    for (HostId id = 0; id < sim->host_count(); ++id) sim->host(id).boot();
  }
  void run(std::int64_t until = INT64_MAX) {
    boot();
    sim->scheduler().run_until(until);
  }
  void run(Story story) {
    client("a", std::move(story));
    run();
  }
  Host& host(HostId id) { return sim->host(id); }
  // What the database holds, whoever is up.
  std::int64_t at_rest(std::int64_t sku = 1) {
    AuditConnection audit(*disk, "shop.db", mode_);
    EXPECT_EQ(audit.integrity(), "ok");
    auto rows = audit.query(kGet, sku);
    return rows.next() ? rows.get<std::int64_t>(0) : -1;
  }
  std::uint64_t mark(std::string_view name) const {
    const auto found = sim->marks().find(name);
    return found == sim->marks().end() ? 0 : found->second;
  }
  // At `ms` after the beginning.
  void at(std::int64_t ms, std::function<void()> what) {
    sim->scheduler().at(ms * 1'000'000, std::move(what));
  }

  std::shared_ptr<FiberPool> pool;
  Script script;
  std::optional<Simulation> sim;
  Disk* disk = nullptr;
  DatabaseServer* server = nullptr;
  RemoteDatabaseOptions options{.name = "shop.db"};
  int cache_pages = 200;
  std::vector<std::int64_t> facts;
  int boots = 0;

 private:
  JournalMode mode_;
};

inline void take(env::Database& db, std::int64_t number = 1) {
  db.transact("take", [&](env::Tx& tx) {
    tx.exec(kTake, 1);
    tx.fact(env::Message::of(Noted{number}));
  });
}

// How a call ended: nothing, or the code of its DatabaseError.
inline std::optional<env::DatabaseErrorCode> error_of(const std::function<void()>& call) {
  std::optional<env::DatabaseErrorCode> code;
  try {
    call();
  } catch (const env::DatabaseError& error) {
    code = error.code();
  }
  return code;
}

inline constexpr auto kIo = env::DatabaseErrorCode::io;
inline constexpr auto kClosed = env::DatabaseErrorCode::closed;

}  // namespace ordeal::sim
