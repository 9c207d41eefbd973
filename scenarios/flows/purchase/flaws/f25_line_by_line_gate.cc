// F-25: the lines of a basket are taken one after the other, each by itself. At the third there is nothing left, or the process
// dies: the first two are held. That alone would be put right when the order is given up; but the request comes again, finds
// that its order has stock, and says yes: a paid order goes out with a part of its goods (I-12).
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using api::ReserveStatus;

constexpr env::Sql kOfLine{"select state from reservation where order_id = ? and sku = ?"};

class LineByLineGate final : public inventory::Gate {
 public:
  ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    const auto earlier = env::in_read(
        db, "inventory.check", [&](env::Connection& c) { return inventory::earlier_answer(c, order); });
    if (earlier) return *earlier;
    for (const api::Line& line : lines) {
      const ReserveStatus status = take_one(db, order, line);
      if (status != ReserveStatus::reserved) return status;
    }
    return ReserveStatus::reserved;
  }

 private:
  static ReserveStatus take_one(env::Database& db, OrderId order, const api::Line& line) {
    return env::in_transaction(db, "inventory.reserve line", [&](env::Tx& tx) {
      if (tx.query(kOfLine, order, line.sku).next()) return ReserveStatus::reserved;
      if (!inventory::take_if_available(tx, line)) return ReserveStatus::out_of_stock;
      inventory::hold(tx, order, line);
      return ReserveStatus::reserved;
    });
  }
};

}  // namespace

std::unique_ptr<inventory::Gate> make_line_by_line_gate() { return std::make_unique<LineByLineGate>(); }

}  // namespace ordeal::purchase::planted
