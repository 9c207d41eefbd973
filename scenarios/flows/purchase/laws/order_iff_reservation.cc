// I-12: at rest an order that holds or used stock has all its reservations, and no reservation is without its
// order.
//
// UNPAID and PAID orders stand on stock: each line has its reservation, of the same quantity, HELD or
// CONSUMED; where stock is taken at payment an UNPAID one need not. (Whether a PAID order's stock was
// consumed yet is I-51, what becomes of a DRAFT is I-40.)
#include <algorithm>

#include "core/api/cart_stock.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/seams.h"

namespace ordeal::purchase {
namespace {

using api::OrderState;
using api::ReservationState;

bool stands_on_stock(const RestOrder& order) {
  return order.state == OrderState::unpaid || order.state == OrderState::paid;
}

void check_lines(const RestRows& rest, const RestOrder& order, Findings& findings) {
  const auto reservations = rest.reservations_of(order.id);
  for (const RestLine& line : rest.lines_of(order.id)) {
    const auto mine = std::find_if(reservations.begin(), reservations.end(),
                                   [&](const RestReservation& r) { return r.sku == line.sku; });
    const bool there = mine != reservations.end();
    if (there && mine->qty == line.qty && mine->state != ReservationState::released) continue;
    findings.add(unsafe(
        kOrderIffReservation, rest.world.now_ns,
        "an order that is " + state_text(order.state) + " does not have its stock",
        rest.about(order.id) + Evidence{{"sku", rest.sku(line.sku)},
                                        {"ordered", std::to_string(line.qty)},
                                        {"reservation", there ? std::string(wire::name_of(mine->state)) +
                                                                    " of " + std::to_string(mine->qty)
                                                              : "none"}}));
  }
}

void check_orders(const RestRows& rest, Findings& findings) {
  const bool at_payment = deducts_at_payment(rest.world.designer());
  for (const RestOrder& order : rest.orders) {
    const bool may_wait = at_payment && order.state == OrderState::unpaid;
    if (stands_on_stock(order) && !may_wait) check_lines(rest, order, findings);
  }
}

// A release that is on its way may still be, before the world has settled.
bool may_still_be_released(const RestRows& rest, const RestReservation& reservation) {
  return !rest.world.settled && reservation.state == ReservationState::held;
}

void check_reservations(const RestRows& rest, Findings& findings) {
  for (const RestReservation& reservation : rest.reservations) {
    if (!reservation.sku || reservation.state == ReservationState::released) continue;
    if (api::is_cart_hold(reservation.order)) continue;  // a cart's: its time is I-15's
    const RestOrder* order = rest.order(reservation.order);
    if (order != nullptr && (stands_on_stock(*order) || may_still_be_released(rest, reservation))) continue;
    findings.add(unsafe(kOrderIffReservation, rest.world.now_ns,
                        order == nullptr ? "stock is taken for an order that does not exist"
                                         : "stock is taken for an order that is " + state_text(order->state),
                        rest.about(reservation.order) +
                            Evidence{{"sku", rest.sku(reservation.sku)},
                                     {"quantity", std::to_string(reservation.qty)},
                                     {"reservation", std::string(wire::name_of(reservation.state))}}));
  }
}

}  // namespace

void watch_order_iff_reservation(const play::Watching& parts) {
  parts.audit.add<RestRows>(kOrderIffReservation, {"order", "inventory"},
                            [](const RestRows& rest, Findings& findings) {
                              check_orders(rest, findings);
                              check_reservations(rest, findings);
                            });
}

}  // namespace ordeal::purchase
