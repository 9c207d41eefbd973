// One statement asks and takes: `update stock set available = available - n where sku = ? and available >= n`. The database
// lets one buyer after the other at the row, so the second finds zero rows changed. The reservation is written in the same
// transaction: there is no moment in which one of the two is there without the other.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class ConditionalUpdate final : public inventory::Gate {
 public:
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    return env::in_transaction(db, "inventory.reserve", [&](env::Tx& tx) {
      if (const auto earlier = inventory::earlier_answer(tx, order)) return *earlier;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (inventory::take_if_available(tx, lines[i])) continue;
        while (i-- > 0) inventory::put_back(tx, lines[i]);  // all or nothing
        return api::ReserveStatus::out_of_stock;
      }
      for (const api::Line& line : lines) inventory::hold(tx, order, line);
      return api::ReserveStatus::reserved;
    });
  }
};

}  // namespace

std::unique_ptr<inventory::Gate> make_check_then_act_gate() { return std::make_unique<ConditionalUpdate>(); }

}  // namespace ordeal::purchase::planted
