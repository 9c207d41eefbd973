// What the subscribers of a purchase's events should have made of them (I-51), event by event:
//
//   order.paid        inventory CONSUMED · ledger has the sale · notification told the merchant
//   order.closed      inventory holds nothing · payment opens no more attempts · notification told the merchant
//   order.rejected    inventory holds nothing
//   payment.captured  order is not waiting for its money any more
//   refund.requested  payment has the refund
//   refund.succeeded  ledger has `unusable` and `refund`
//
// and the other way round (safety): no sale and no consumed stock without a PAID order.
#include <algorithm>

#include "scenarios/flows/purchase/laws/answers.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/parts.h"
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
           {{"order", reservation.order.text()},
            {"sku", reservation.sku.text()},
            {"quantity", std::to_string(reservation.qty)}},
           findings);
    }
    if (reservation.state == ReservationState::consumed && state != OrderState::paid) {
      findings.add(unsafe(kEveryEventArrives, rest.world.now_ns,
                          "stock was consumed for an order that is not PAID",
                          {{"order", reservation.order.text()},
                           {"state", order == nullptr ? "none" : state_text(state)},
                           {"sku", reservation.sku.text()},
                           {"quantity", std::to_string(reservation.qty)}}));
    }
  }
}

void check_sales(const RestRows& rest, Findings& findings) {
  for (const RestOrder& order : rest.orders) {
    if (order.state != OrderState::paid) continue;
    if (rest.entry(EntryKind::sale, order.id.value) != nullptr) continue;
    lost(rest, "order.paid", "ledger", "a paid order is not in the ledger",
         {{"order", order.id.text()}, {"total", order.total.text()}, {"buyer", rest.buyer(order)}}, findings);
  }
  for (const RestEntry& entry : rest.entries) {
    if (entry.kind != EntryKind::sale) continue;
    const RestOrder* order = rest.order(entry.order);
    if (order != nullptr && order->state == OrderState::paid) continue;
    findings.add(unsafe(kEveryEventArrives, rest.world.now_ns,
                        "the ledger has a sale of an order that is not PAID",
                        {{"order", entry.order.text()},
                         {"state", order == nullptr ? "none" : state_text(order->state)},
                         {"entry", entry.id.text()}}));
  }
}

// Told, or its attempts are used up and the row shows it (I-80). What counts as told the merchant has heard.
void check_merchant(const RestRows& rest, Findings& findings) {
  const auto& heard = rest.books().notices;
  for (const RestOrder& order : rest.orders) {
    if (order.state != OrderState::paid && order.state != OrderState::closed) continue;
    const auto notices = rest.notices_of(order.id);
    const auto mine = std::find_if(notices.begin(), notices.end(), [&](const RestNotice& notice) {
      return notice.version == order.version && notice.state == order.state;
    });
    if (mine == notices.end()) {
      lost(rest, event_of(order.state), "notification", "nobody was to tell the merchant of an order's end",
           {{"order", order.id.text()},
            {"state", state_text(order.state)},
            {"version", std::to_string(order.version)}},
           findings);
      continue;
    }
    const play::Part* merchant = merchant_numbered(order.merchant, rest.world.scenario());
    const auto last = heard.find({merchant == nullptr ? std::string() : merchant->name, order.id});
    const bool known = last != heard.end() && last->second >= mine->version;
    if (mine->sent ? known : !mine->scheduled) continue;
    if (!mine->sent && !rest.world.settled) continue;  // its next try is still to come
    lost(rest, event_of(order.state), "merchant",
         mine->sent ? "the merchant counts as told, but has not heard" : "the merchant is still to be told",
         {{"order", order.id.text()},
          {"version", std::to_string(mine->version)},
          {"tries", std::to_string(mine->tries)}},
         findings);
  }
}

// What a merchant hears is about orders of its own.
void check_hearers(const RestRows& rest, Findings& findings) {
  for (const auto& [heard, version] : rest.books().notices) {
    const RestOrder* order = rest.order(heard.second);
    const play::Part* merchant =
        order == nullptr ? nullptr : merchant_numbered(order->merchant, rest.world.scenario());
    if (merchant != nullptr && merchant->name == heard.first) continue;
    findings.add(unsafe(kEveryEventArrives, rest.world.now_ns,
                        "a merchant was told of an order that is not its own",
                        {{"order", heard.second.text()},
                         {"told", heard.first},
                         {"sold by", merchant == nullptr ? "nobody" : merchant->name}}));
  }
}

// Whom an order's events go to is its own merchant, who sells all that is in it.
void check_sellers(const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  const auto& skus = scenario.setting<Catalogue>().skus;
  for (const RestLine& line : rest.lines) {
    const RestOrder* order = rest.order(line.order);
    const auto index = static_cast<std::size_t>(line.sku.value - 1);
    if (order == nullptr || index >= skus.size() || merchant_of(skus[index], scenario) == order->merchant)
      continue;
    findings.add(unsafe(kEveryEventArrives, rest.world.now_ns,
                        "an order stands under a merchant who does not sell it",
                        {{"order", line.order.text()},
                         {"sku", line.sku.text() + " " + skus[index].name},
                         {"merchant", order->merchant.text()}}));
  }
}

void check_payment(const RestRows& rest, Findings& findings) {
  for (const RestOrder& order : rest.orders) {
    if (order.state == OrderState::closed && !rest.is_cancelled(order.id)) {
      lost(rest, "order.closed", "payment", "payment would still take money for a closed order",
           {{"order", order.id.text()}, {"total", order.total.text()}}, findings);
    }
  }
  for (const RestAttempt& attempt : rest.attempts) {
    if (attempt.state != payment::AttemptState::succeeded) continue;
    const RestOrder* order = rest.order(attempt.order);
    if (order != nullptr && (order->state == OrderState::paid || is_over(order->state))) continue;
    lost(rest, "payment.captured", "order", "an order still waits for money that was captured",
         {{"order", attempt.order.text()},
          {"state", order == nullptr ? "none" : state_text(order->state)},
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
         {{"order", late.order.text()},
          {"attempt", late.attempt.text()},
          {"reason", std::string(wire::name_of(late.reason))}},
         findings);
  }
}

void check_refund_entries(const RestRows& rest, Findings& findings) {
  for (const RestRefund& refund : rest.refunds) {
    if (refund.state != refund::State::succeeded) continue;
    for (const EntryKind kind : {EntryKind::unusable, EntryKind::refund}) {
      if (rest.entry(kind, refund.id.value) != nullptr) continue;
      lost(rest, "refund.succeeded", "ledger", "a refund is not in the ledger",
           {{"refund", refund.id.text()},
            {"order", refund.order.text()},
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
    effect({"order", "notification"}, &over_rows<check_merchant>);
    effect({"order", "notification"}, &over_rows<check_hearers>);
    effect({"order"}, &over_rows<check_sellers>);
    effect({"order", "payment"}, &over_rows<check_payment>);
    effect({"order", "payment"}, &over_rows<check_refund_requests>);
    effect({"payment", "ledger"}, &over_rows<check_refund_entries>);
    return a;
  }();
  return answer;
}

}  // namespace ordeal::purchase
