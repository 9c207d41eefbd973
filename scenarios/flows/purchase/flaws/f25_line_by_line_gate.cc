// F-25: the basket is taken line by line: `for (line : lines) if (!take(line)) return outOfStock;`. The third good is short, the order is
// refused, and what was taken of the first two stays taken: the transaction that answers "no" commits. Nobody has these units, and nobody
// can buy them (I-11).
#include "core/inventory/stock.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class LineByLineGate final : public inventory::Gate {
 public:
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    return env::in_transaction(db, "inventory.reserve", [&](env::Tx& tx) {
      if (const auto earlier = inventory::earlier_answer(tx, order)) return *earlier;
      for (const api::Line& line : lines) {
        if (!inventory::take_if_available(tx, line)) return api::ReserveStatus::out_of_stock;
      }
      for (const api::Line& line : lines) inventory::hold(tx, order, line);
      return api::ReserveStatus::reserved;
    });
  }
};

}  // namespace

std::unique_ptr<inventory::Gate> make_line_by_line_gate() { return std::make_unique<LineByLineGate>(); }

}  // namespace ordeal::purchase::planted
