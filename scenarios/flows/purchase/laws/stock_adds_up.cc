// I-11: at rest the counters of each sku are what its reservations come to, and add up to what there was.
//
//   reserved  = Σ HELD      sold = Σ CONSUMED      available = initial - reserved - sold      initial = what there was
//
// The reservations are the truth, one row for each order: a counter is their sum, kept beside them. One that drifted
// (F-08) sells too little or too much some day; whether somebody got what another one has is I-10, which looks at the
// reservations alone. Below zero is no breach of this law while the rows add up.
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

using api::ReservationState;

struct Sums {
  std::int64_t held = 0;
  std::int64_t consumed = 0;
  Evidence by;  // who has or had what
};

Sums sums_of(const RestRows& rest, SkuId sku) {
  Sums sums;
  for (const RestReservation& reservation : rest.reservations) {
    if (reservation.sku != sku) continue;
    if (reservation.state == ReservationState::held) sums.held += reservation.qty;
    if (reservation.state == ReservationState::consumed) sums.consumed += reservation.qty;
    const RestOrder* order = rest.order(reservation.order);
    sums.by.emplace_back(
        order == nullptr ? reservation.order.text() : rest.buyer(*order),
        std::to_string(reservation.qty) + " " + std::string(wire::name_of(reservation.state)));
  }
  return sums;
}

std::int64_t distance(std::int64_t a, std::int64_t b) { return a < b ? b - a : a - b; }

void check_stock(const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  const auto& skus = scenario.setting<Catalogue>().skus;
  for (const RestStock& row : rest.stock) {
    const auto index = static_cast<std::size_t>(row.sku.value - 1);
    const std::int64_t there_was = index < skus.size() ? skus[index].stock : 0;
    Sums sums = sums_of(rest, row.sku);
    const std::int64_t left = there_was - sums.held - sums.consumed;
    const std::int64_t drift = distance(row.reserved, sums.held) + distance(row.sold, sums.consumed) +
                               distance(row.available, left) + distance(row.initial, there_was);
    if (drift == 0) continue;
    findings.add(
        unsafe(kStockAddsUp, rest.world.now_ns, "the counters of a sku are not what its reservations come to",
               Evidence{{"sku", rest.sku(row.sku)},
                        {"there were", against(row.initial, there_was)},
                        {"available", against(row.available, left)},
                        {"reserved", against(row.reserved, sums.held)},
                        {"sold", against(row.sold, sums.consumed)}} +
                   std::move(sums.by)),
        drift);
  }
}

}  // namespace

void watch_stock_adds_up(const play::Watching& parts) {
  parts.audit.add<RestRows>(kStockAddsUp, {"inventory"}, &check_stock);
}

}  // namespace ordeal::purchase
