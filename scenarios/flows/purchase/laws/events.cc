// What the subscribers of a purchase's events should have made of them (I-51), event by event:
//
//   order.paid        inventory CONSUMED · ledger has the sale · notification knows of it (I-80: and tells)
//   order.closed      inventory holds nothing · payment opens no more attempts · notification knows of it
//   order.rejected    inventory holds nothing
//   payment.captured  order is not waiting for its money any more
//   refund.requested  payment has the refund
//   refund.succeeded  ledger has `unusable` and `refund`
//
// and the other way round (safety): no sale and no consumed stock without a PAID order.
#include <algorithm>

#include "scenarios/flows/purchase/laws/answers.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/spanning/laws.h"

namespace ordeal::purchase {
namespace {

using api::EntryKind;
using api::OrderState;
using api::ReservationState;
using spanning::kEveryEventArrives;

void lost(const RestRows& rest, std::string event, std::string subscriber, std::string message,
          Evidence entities, Findings& findings) {
  entities.insert(entities.begin(), {{"event", std::move(event)}, {"subscriber", std::move(subscriber)}});
  findings.add(not_live(kEveryEventArrives, rest.world.now_ns, std::move(message), std::move(entities)));
}

bool is_over(OrderState state) { return state == OrderState::closed || state == OrderState::rejected; }

std::string event_of(OrderState state) {
  if (state == OrderState::paid) return "order.paid";
  return state == OrderState::closed ? "order.closed" : "order.rejected";
}

void check_stock(const RestRows& rest, Findings& findings) {
  for (const RestReservation& reservation : rest.reservations) {
    const RestOrder* order = reservation.sku ? rest.order(reservation.order) : nullptr;
    const OrderState state = order == nullptr ? OrderState::draft : order->state;
    if (reservation.state == ReservationState::held && (state == OrderState::paid || is_over(state))) {
      lost(rest, event_of(state), "inventory",
           "stock is still held for an order that is " + state_text(state),
           rest.about(reservation.order) +
               Evidence{{"sku", rest.sku(reservation.sku)}, {"quantity", std::to_string(reservation.qty)}},
           findings);
    }
    if (reservation.state == ReservationState::consumed && state != OrderState::paid) {
      findings.add(unsafe(
          kEveryEventArrives, rest.world.now_ns, "stock was consumed for an order that is not PAID",
          rest.about(reservation.order) + Evidence{{"state", order == nullptr ? "none" : state_text(state)},
                                                   {"sku", rest.sku(reservation.sku)},
                                                   {"quantity", std::to_string(reservation.qty)}}));
    }
  }
}

void check_sales(const RestRows& rest, Findings& findings) {
  for (const RestOrder& order : rest.orders) {
    if (order.state != OrderState::paid || !order.total.is_positive()) continue;
    if (rest.entry(EntryKind::sale, order.id.value) != nullptr) continue;
    lost(rest, "order.paid", "ledger", "a paid order is not in the ledger", rest.about(order.id), findings);
  }
  for (const RestEntry& entry : rest.entries) {
    if (entry.kind != EntryKind::sale) continue;
    const RestOrder* order = rest.order(entry.order);
    if (order != nullptr && order->state == OrderState::paid && order->total.is_positive()) continue;
    findings.add(unsafe(
        kEveryEventArrives, rest.world.now_ns, "the ledger has a sale of an order that is not PAID",
        rest.about(entry.order) + Evidence{{"state", order == nullptr ? "none" : state_text(order->state)},
                                           {"entry", entry.id.text()}}));
  }
}

// Whether the merchant has heard is I-80.
void check_notices(const RestRows& rest, Findings& findings) {
  for (const RestOrder& order : rest.orders) {
    if (order.state != OrderState::paid && order.state != OrderState::closed) continue;
    if (rest.notice_of(order) != nullptr) continue;
    lost(rest, event_of(order.state), "notification", "nobody was to tell the merchant of an order's end",
         rest.about(order.id) +
             Evidence{{"state", state_text(order.state)}, {"version", std::to_string(order.version)}},
         findings);
  }
}

void check_payment(const RestRows& rest, Findings& findings) {
  for (const RestOrder& order : rest.orders) {
    if (order.state == OrderState::closed && !rest.is_cancelled(order.id)) {
      lost(rest, "order.closed", "payment", "payment would still take money for a closed order",
           rest.about(order.id), findings);
    }
  }
  for (const RestAttempt& attempt : rest.attempts) {
    if (attempt.state != payment::AttemptState::succeeded) continue;
    const RestOrder* order = rest.order(attempt.order);
    if (order != nullptr && (order->state == OrderState::paid || is_over(order->state))) continue;
    lost(rest, "payment.captured", "order", "an order still waits for money that was captured",
         rest.about(attempt.order) + Evidence{{"state", order == nullptr ? "none" : state_text(order->state)},
                                              {"attempt", attempt.id.text()},
                                              {"amount", attempt.amount.text()}},
         findings);
  }
}

void check_refund_requests(const RestRows& rest, Findings& findings) {
  for (const RestLatePayment& late : rest.late_payments) {
    const auto refunds = rest.refunds_of(late.attempt);
    const bool there = std::any_of(refunds.begin(), refunds.end(),
                                   [&](const RestRefund& refund) { return refund.reason == late.reason; });
    if (there) continue;
    lost(rest, "refund.requested", "payment", "a refund was asked for and is not there",
         rest.about(late.order) +
             Evidence{{"attempt", late.attempt.text()}, {"reason", std::string(wire::name_of(late.reason))}},
         findings);
  }
}

void check_refund_entries(const RestRows& rest, Findings& findings) {
  for (const RestRefund& refund : rest.refunds) {
    if (refund.state != refund::State::succeeded) continue;
    for (const EntryKind kind : {EntryKind::unusable, EntryKind::refund}) {
      if (rest.entry(kind, refund.id.value) != nullptr) continue;
      lost(rest, "refund.succeeded", "ledger", "a refund is not in the ledger",
           rest.about(refund.order) + Evidence{{"refund", refund.id.text()},
                                               {"amount", refund.amount.text()},
                                               {"missing entry", std::string(wire::name_of(kind))}},
           findings);
    }
  }
}

using Check = void (*)(const RestRows& rest, Findings& findings);
template <Check check>
void over_rows(const play::Rest& rest, Findings& findings) {
  check(rest.rows<RestRows>(), findings);
}

std::vector<spanning::Undelivered> undelivered(const play::Rest& rest) {
  std::vector<spanning::Undelivered> events;
  for (const RestEvent& event : rest.rows<RestRows>().events)
    events.push_back({event.service, event.id, event.topic, event.attempts});
  return events;
}

}  // namespace

const spanning::HasOutboxes& outboxes() {
  static const spanning::HasOutboxes answer = [] {
    spanning::HasOutboxes a;
    a.from = {{"order", "payment"}, &read_rows};
    a.undelivered = &undelivered;
    const auto effect = [&](std::vector<std::string_view> services, auto check) {
      a.effects.push_back({std::move(services), check});
    };
    effect({"order", "inventory"}, &over_rows<check_stock>);
    effect({"order", "ledger"}, &over_rows<check_sales>);
    effect({"order", "notification"}, &over_rows<check_notices>);
    effect({"order", "payment"}, &over_rows<check_payment>);
    effect({"order", "payment"}, &over_rows<check_refund_requests>);
    effect({"payment", "ledger"}, &over_rows<check_refund_entries>);
    return a;
  }();
  return answer;
}

}  // namespace ordeal::purchase
