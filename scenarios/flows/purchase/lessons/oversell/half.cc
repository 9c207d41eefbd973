// The stock is taken with the right statement; the reservation, "which is only a record", is written afterwards.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class TakeThenRecord final : public inventory::Gate {
 public:
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    const auto answer = env::in_transaction(db, "inventory.take", [&](env::Tx& tx) {
      if (const auto earlier = inventory::earlier_answer(tx, order)) return *earlier;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (inventory::take_if_available(tx, lines[i])) continue;
        while (i-- > 0) inventory::put_back(tx, lines[i]);
        return api::ReserveStatus::out_of_stock;
      }
      return api::ReserveStatus::reserved;
    });
    if (answer != api::ReserveStatus::reserved) return answer;
    return env::in_transaction(db, "inventory.record", [&](env::Tx& tx) {
      if (inventory::reservation(tx, order)) return answer;
      for (const api::Line& line : lines) inventory::hold(tx, order, line);
      return answer;
    });
  }
};

}  // namespace

std::unique_ptr<inventory::Gate> make_check_then_act_gate() { return std::make_unique<TakeThenRecord>(); }

}  // namespace ordeal::purchase::planted
