// I-28, the other half: what was bought does leave its cart in the end, as soon as the world is at rest. Whoever finds it there buys it
// again.
#include <algorithm>

#include "scenarios/flows/purchase/laws/cart_lines.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"

namespace ordeal::purchase {
namespace {

using api::OrderState;

void check(const RestRows& rest, Findings& findings) {
  const RestCarts& carts = rest.world.rows<RestCarts>();
  if (!rest.world.settled) return;
  for (const RestOrderedLine& bought : carts.ordered) {
    const RestOrder* order = rest.order(bought.order);
    if (order == nullptr || order->state == OrderState::draft || order->state == OrderState::rejected)
      continue;
    const bool is_there = std::any_of(carts.lines.begin(), carts.lines.end(), [&](const RestCartLine& row) {
      return row.owner == bought.user && row.line == bought.line;
    });
    if (is_there)
      findings.add(not_live(
          kBoughtLinesLeave, rest.world.now_ns, "a line that was bought is still in its cart",
          rest.about(bought.order) +
              Evidence{{"line", std::to_string(bought.line.qty) + " " + rest.sku(bought.line.sku)}}));
  }
}

}  // namespace

void watch_bought_lines_leave(const play::Watching& parts) {
  parts.audit.add<RestRows>(kBoughtLinesLeave, {"order", "cart"}, check);
}

}  // namespace ordeal::purchase
