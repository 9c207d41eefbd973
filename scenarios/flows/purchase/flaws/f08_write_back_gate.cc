// F-08: a counter is read, changed in memory and written back whole: `row.reserved = row.reserved + n; save(row)`. Two
// buyers read it side by side, and the second one's save takes the first one's away (I-11). Seen in mall, whose
// updateIntegration(cur - use) does it to points; every object-relational mapper without a version column invites it.
//
// What decides is right here: `available` goes down by one conditional statement, so nothing is sold twice. It is the
// counter beside it that drifts, and nobody notices until somebody counts: then more is held than `reserved` says, and when
// both have paid it is below zero.
#include <vector>

#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr env::Sql kReserved{"select reserved from stock where sku = ?"};
constexpr env::Sql kTakeAndWriteBack{
    "update stock set available = available - ?2, reserved = ?3 where sku = ?1 and available >= ?2"};

class WriteBackGate final : public inventory::Gate {
 public:
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    std::vector<std::int64_t> seen;  // by line
    env::in_read(db, "inventory.load", [&](env::Connection& c) {
      seen.clear();
      for (const api::Line& line : lines) {
        auto rows = c.query(kReserved, line.sku);
        seen.push_back(rows.next() ? rows.get<std::int64_t>(0) : 0);
      }
      return true;
    });
    return env::in_transaction(db, "inventory.save", [&](env::Tx& tx) {
      if (const auto state = inventory::reservation(tx, order)) {
        return *state == api::ReservationState::released ? api::ReserveStatus::refused
                                                         : api::ReserveStatus::reserved;
      }
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (tx.exec(kTakeAndWriteBack, lines[i].sku, lines[i].qty, seen[i] + lines[i].qty) == 1) continue;
        while (i-- > 0) inventory::put_back(tx, lines[i]);
        return api::ReserveStatus::out_of_stock;
      }
      for (const api::Line& line : lines) inventory::hold(tx, order, line);
      return api::ReserveStatus::reserved;
    });
  }
};

}  // namespace

std::unique_ptr<inventory::Gate> make_write_back_gate() { return std::make_unique<WriteBackGate>(); }

}  // namespace ordeal::purchase::planted
