// F-01: the stock is read in one step and taken in a later one: `if (stock >= n) stock = stock - n`. Two buyers read
// the same last unit, both find it sufficient, and both take it: one unit, two buyers, and both are told "yours" (I-10).
// Seen in nopCommerce #4184, opencart #4811, ACIDRain; Medusa's own test has a stock of -5.
//
// The second statement is relative, so no counter is lost: available goes below zero, and all rows add up. That is what
// tells it from a lost update (F-08). It can only go there because the column has no check: with one the second buyer
// would meet an error of the database instead, and the bug would be a failed order now and then. Shops that oversell have
// no such constraint, so this gate brings its own tables.
#include <algorithm>

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

class CheckThenActGate final : public inventory::Gate {
 public:
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    const bool enough = env::in_read(db, "inventory.check", [&](env::Connection& c) {
      return std::all_of(lines.begin(), lines.end(), [&](const api::Line& line) {
        return inventory::available(c, line.sku).value_or(0) >= line.qty;
      });
    });
    return env::in_transaction(db, "inventory.take", [&](env::Tx& tx) {
      if (const auto earlier = inventory::earlier_answer(tx, order)) return *earlier;
      if (!enough) return api::ReserveStatus::out_of_stock;
      for (const api::Line& line : lines) {
        inventory::take(tx, line);
        inventory::hold(tx, order, line);
      }
      return api::ReserveStatus::reserved;
    });
  }
  std::string_view schema() const override { return kUncheckedSchema; }
};

}  // namespace

std::unique_ptr<inventory::Gate> make_check_then_act_gate() { return std::make_unique<CheckThenActGate>(); }

}  // namespace ordeal::purchase::planted
