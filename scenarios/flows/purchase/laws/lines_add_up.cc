// I-21: the total of an order is what its lines come to: at the list price, or at what promotions leave of it.
//
// So no total is one that somebody else has thought of (F-41). What promotions may leave is I-22's and the model's.
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_discounts.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"

namespace ordeal::purchase {
namespace {

std::int64_t lines_of(const RestRows& rest, const RestOrder& order) {
  const RestDiscounts& discounts = rest.world.rows<RestDiscounts>();
  std::int64_t total = 0;
  if (discounts.price(order.id) != nullptr) {
    for (const RestLinePrice& line : discounts.lines_of(order.id)) total += line.pay;
    return total;
  }
  for (const RestLine& line : rest.lines_of(order.id)) total += line.unit_price * line.qty;
  return total;
}

void check(const RestRows& rest, Findings& findings) {
  for (const RestOrder& order : rest.orders) {
    const std::int64_t lines = lines_of(rest, order);
    if (lines == order.total.minor) continue;
    findings.add(
        unsafe(kLinesAddUp, rest.world.now_ns, "the lines of an order do not come to its total",
               rest.about(order.id) + Evidence{{"lines", amount_text(lines, order.total.currency)}}));
  }
}

}  // namespace

void watch_lines_add_up(const play::Watching& parts) {
  parts.audit.add<RestRows>(kLinesAddUp, {"order"}, &check);
}

}  // namespace ordeal::purchase
