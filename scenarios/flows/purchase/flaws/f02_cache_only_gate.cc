// F-02: the cache is the only gate. What it lets through is written to the database without a second look. Replication of a cache
// is asynchronous: the replica that takes over has not heard of the last acknowledged decrements, so units that were sold are there
// again, and are sold again (I-10). Redis says so of itself: "acknowledged writes can be lost" (redis.io, scaling).
//
// As in F-01 the table has no check that would hold up the trousers.
#include <algorithm>

#include "scenarios/flows/purchase/flaws/cache_counts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

// inventory::kSchema without the check.
constexpr std::string_view kUncheckedSchema = R"sql(
create table stock(
  sku integer primary key,
  available integer not null,
  reserved integer not null,
  sold integer not null,
  initial integer not null);
create table reservation(
  order_id integer not null,
  sku integer not null,
  qty integer not null,
  state integer not null,
  primary key(order_id, sku)) without rowid;
)sql";

class CacheOnlyGate final : public inventory::Gate {
 public:
  void start(env::Env& env) override { cache_ = &env.cache(); }
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    const auto earlier = env::in_read(
        db, "inventory.check", [&](env::Connection& c) { return inventory::earlier_answer(c, order); });
    if (earlier) return *earlier;
    if (!load_missing(*cache_, db, lines)) return api::ReserveStatus::busy;
    const auto said = take(*cache_, order, lines);
    if (!said || *said == cache::kNotThere) return api::ReserveStatus::busy;
    if (*said != cache::kNotEnough) return write_down(db, order, lines);
    // A count that is too low is noticed; one that is too high is noticed nowhere.
    return is_there(db, lines) ? api::ReserveStatus::busy : api::ReserveStatus::out_of_stock;
  }
  void given_back(std::span<const api::Line> lines) override { restore(*cache_, lines); }
  std::string_view schema() const override { return kUncheckedSchema; }

 private:
  static api::ReserveStatus write_down(env::Database& db, OrderId order, std::span<const api::Line> lines) {
    return env::in_transaction(db, "inventory.take", [&](env::Tx& tx) {
      if (const auto earlier = inventory::earlier_answer(tx, order)) return *earlier;
      for (const api::Line& line : lines) {
        inventory::take(tx, line);
        inventory::hold(tx, order, line);
      }
      return api::ReserveStatus::reserved;
    });
  }
  static bool is_there(env::Database& db, std::span<const api::Line> lines) {
    return env::in_read(db, "inventory.check", [&](env::Connection& c) {
      return std::all_of(lines.begin(), lines.end(), [&](const api::Line& line) {
        return inventory::available(c, line.sku).value_or(0) >= line.qty;
      });
    });
  }

  env::Cache* cache_ = nullptr;
};

}  // namespace

std::unique_ptr<inventory::Gate> make_cache_only_gate() { return std::make_unique<CacheOnlyGate>(); }

}  // namespace ordeal::purchase::planted
