// F-01: the stock is read in one step and taken in a later one. Two buyers read the same last unit, both find
// it sufficient, and both write "what I read, less mine": one unit, two reservations (I-10). Seen in
// nopCommerce #4184, opencart #4811, ACIDRain.
#include "core/inventory/stock.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr env::Sql kWriteBack{"update stock set available = ?2, reserved = reserved + ?3 where sku = ?1"};

class CheckThenActGate final : public inventory::Gate {
 public:
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    std::vector<std::int64_t> seen;
    const auto verdict = env::in_read(db, "inventory.check", [&](env::Connection& c) {
      if (const auto state = inventory::reservation(c, order)) {
        return *state == api::ReservationState::released ? api::ReserveStatus::refused
                                                         : api::ReserveStatus::reserved;
      }
      for (const api::Line& line : lines) seen.push_back(inventory::available(c, line.sku).value_or(0));
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (seen[i] < lines[i].qty) return api::ReserveStatus::out_of_stock;
      }
      return api::ReserveStatus::busy;  // enough of everything: go on
    });
    if (verdict != api::ReserveStatus::busy) return verdict;

    return env::in_transaction(db, "inventory.take", [&](env::Tx& tx) {
      if (inventory::reservation(tx, order)) return api::ReserveStatus::reserved;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        tx.exec(kWriteBack, lines[i].sku, seen[i] - lines[i].qty, lines[i].qty);
        inventory::hold(tx, order, lines[i]);
      }
      return api::ReserveStatus::reserved;
    });
  }
};

}  // namespace

std::unique_ptr<inventory::Gate> make_check_then_act_gate() { return std::make_unique<CheckThenActGate>(); }

}  // namespace ordeal::purchase::planted
