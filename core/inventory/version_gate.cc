#include "core/inventory/version_gate.h"

#include <string>

namespace ordeal::inventory {
namespace {

using api::ReserveStatus;
using Lines = std::span<const api::Line>;

// On top of the tables that all gates have. Every change of a row counts, whoever makes it: a trigger, so that no statement can
// forget it (F-09).
constexpr const char* kVersions = R"sql(
alter table stock add column version integer not null default 0;
create trigger stock_changed after update of available, reserved, sold on stock begin
  update stock set version = old.version + 1 where sku = new.sku;
end;
)sql";
constexpr env::Sql kSee{"select available, version from stock where sku = ?"};
constexpr env::Sql kTakeSeen{
    "update stock set available = available - ?1, reserved = reserved + ?1 where sku = ?2 and version = ?3"};

}  // namespace

std::string_view VersionGate::schema() const {
  static const std::string schema = std::string(kSchema) + kVersions;
  return schema;
}

ReserveStatus VersionGate::reserve(env::Database& db, OrderId order, Lines lines) {
  for (int i = 0; i < kTries; ++i) {
    const std::vector<Seen> seen = env::in_read(
        db, "inventory.check", [&](env::Connection& connection) { return see(connection, lines); });
    const auto decided = env::in_transaction(db, "inventory.reserve",
                                             [&](env::Tx& tx) { return write(tx, order, lines, seen); });
    if (decided) return *decided;
  }
  return ReserveStatus::busy;
}

std::vector<VersionGate::Seen> VersionGate::see(env::Connection& connection, Lines lines) {
  std::vector<Seen> seen;
  for (const api::Line& line : lines) {
    auto rows = connection.query(kSee, line.sku);
    seen.push_back(rows.next() ? Seen{rows.get<std::int64_t>(0), rows.get<std::int64_t>(1)} : Seen{});
  }
  return seen;
}

std::optional<ReserveStatus> VersionGate::write(env::Tx& tx, OrderId order, Lines lines,
                                                std::span<const Seen> seen) {
  if (const auto earlier = earlier_answer(tx, order)) return *earlier;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (seen[i].available < lines[i].qty) return ReserveStatus::out_of_stock;
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (tx.exec(kTakeSeen, lines[i].qty, lines[i].sku, seen[i].version) == 1) continue;
    while (i-- > 0) put_back(tx, lines[i]);
    return std::nullopt;
  }
  for (const api::Line& line : lines) hold(tx, order, line);
  return ReserveStatus::reserved;
}

}  // namespace ordeal::inventory
