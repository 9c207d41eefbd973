// A shop with one row of stock: the database most disk tests play with.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include <gtest/gtest.h>

#include "tests/disk/world.h"

namespace ordeal::sim {

inline constexpr const char* kSchema =
    "CREATE TABLE stock (sku INTEGER PRIMARY KEY, available INTEGER NOT NULL, note TEXT);";
inline constexpr env::Sql kFill{"INSERT INTO stock (sku, available) VALUES (?1, ?2)"};
inline constexpr env::Sql kAdd{"INSERT INTO stock (available) VALUES (?1)"};
inline constexpr env::Sql kGet{"SELECT available FROM stock WHERE sku = ?1"};
inline constexpr env::Sql kSet{"UPDATE stock SET available = ?2 WHERE sku = ?1"};
inline constexpr env::Sql kTake{
    "UPDATE stock SET available = available - 1 WHERE sku = ?1 AND available > 0"};
inline constexpr env::Sql kNow{"SELECT CAST(strftime('%s', 'now') AS INTEGER)"};

inline DatabaseImage image_of(JournalMode mode = JournalMode::wal) {
  return DatabaseImage::make(kSchema, [](env::Tx& tx) { tx.exec(kFill, 1, 10); },
                             {.journal_mode = mode, .page_bytes = 1024});
}

inline std::int64_t get(env::Database& database, std::int64_t sku = 1) {
  return env::in_read(database, "get", [&](env::Connection& c) {
    auto rows = c.query(kGet, sku);
    return rows.next() ? rows.get<std::int64_t>(0) : -1;
  });
}

// A shop that opens its database at boot and hands it to `work`; the process owns it.
inline Host::Program shop(World& world, std::function<void(Process&, Database&)> work,
                          JournalMode mode = JournalMode::wal) {
  return [&world, mode, work = std::move(work)](Process& process) {
    auto& database =
        process.own(Database::open(process, world.disk, {.name = "shop.db", .journal_mode = mode}));
    work(process, database);
  };
}

class DatabaseTest : public testing::Test {
 protected:
  World& make(Hooks* hooks = nullptr, Options options = {}, DiskOptions disk = {}) {
    world_ = std::make_unique<World>(pool_, options, hooks, disk);
    image_.clone_onto(world_->disk, "shop.db");
    return *world_;
  }
  FiberPool pool_;
  DatabaseImage image_ = image_of();
  std::unique_ptr<World> world_;
};

}  // namespace ordeal::sim
