// F-96: in a transactional handler `if (reduceStock(line) == 0) return fail("out of stock")`: nothing is thrown, so nothing is
// rolled back, and what the lines before took is committed with no reservation to say for whom (I-11, I-12). Seen in litemall:
// payNotify returns fail(…) after it has updated the order.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using api::ReserveStatus;

class ReturningGate final : public inventory::Gate {
 public:
  ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    return env::in_transaction(db, "inventory.reserve", [&](env::Tx& tx) {
      if (const auto earlier = inventory::earlier_answer(tx, order)) return *earlier;
      for (const api::Line& line : lines) {
        if (!inventory::take_if_available(tx, line)) return ReserveStatus::out_of_stock;
      }
      for (const api::Line& line : lines) inventory::hold(tx, order, line);
      return ReserveStatus::reserved;
    });
  }
};

}  // namespace

std::unique_ptr<inventory::Gate> make_returning_gate() { return std::make_unique<ReturningGate>(); }

}  // namespace ordeal::purchase::planted
