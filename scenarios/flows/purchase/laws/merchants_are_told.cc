// I-80: the merchant of an order, and nobody else's, hears how it ended, or the tries are used up and the row shows it
// (liveness; that nobody else hears is safety).
//
// That it was told is noted once. What counts as told the merchant has heard, by the merchants' own book. That the notification service knows of the end
// at all is I-51.
#include <set>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

std::string merchant_text(const RestOrder* order, const play::Scenario& scenario) {
  const play::Part* merchant = order == nullptr ? nullptr : merchant_numbered(order->merchant, scenario);
  return merchant == nullptr ? std::string("nobody") : merchant->name;
}

void check_order(const RestRows& rest, const RestOrder& order, Findings& findings) {
  const RestNotice* notice = rest.notice_of(order);
  if (notice == nullptr) return;
  const std::string merchant = merchant_text(&order, rest.world.scenario());
  const auto& heard = rest.books().notices;
  const auto last = heard.find({merchant, order.id});
  const bool known = last != heard.end() && last->second >= notice->version;
  if (notice->sent ? known : !notice->scheduled) return;
  if (!notice->sent && !rest.world.settled) return;  // its next try is still to come
  findings.add(not_live(
      kMerchantsAreTold, rest.world.now_ns,
      notice->sent ? "the merchant counts as told, but has not heard" : "the merchant is still to be told",
      rest.about(order.id) + Evidence{{"state", state_text(order.state)},
                                      {"merchant", merchant},
                                      {"version", std::to_string(notice->version)},
                                      {"tries", std::to_string(notice->tries)}}));
}

void check_told(const RestRows& rest, Findings& findings) {
  for (const RestOrder& order : rest.orders) {
    if (order.state == api::OrderState::paid || order.state == api::OrderState::closed)
      check_order(rest, order, findings);
  }
}

// What a merchant hears is about orders of its own.
void check_hearers(const RestRows& rest, Findings& findings) {
  for (const auto& [heard, version] : rest.books().notices) {
    const std::string seller = merchant_text(rest.order(heard.second), rest.world.scenario());
    if (seller == heard.first) continue;
    findings.add(unsafe(kMerchantsAreTold, rest.world.now_ns,
                        "a merchant was told of an order that is not its own",
                        rest.about(heard.second) + Evidence{{"told", heard.first}, {"sold by", seller}}));
  }
}

// Who notes it a second time had not looked whether somebody else had done it.
class NotedOnce {
 public:
  void on(const api::facts::MerchantNotified& notified, const sim::Fact& fact, Findings& findings) {
    if (noted_.emplace(notified.order, notified.version).second) return;
    findings.add(unsafe(kMerchantsAreTold, fact.at_ns, "a merchant was noted as told twice",
                        {{"order", notified.order.text()},
                         {"state", state_text(notified.state)},
                         {"version", std::to_string(notified.version)}}));
  }

 private:
  std::set<std::pair<OrderId, std::int64_t>> noted_;
};

// Whom an order's end is told to is its own merchant, who sells all that is in it.
void check_sellers(const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  const auto& skus = scenario.setting<Catalogue>().skus;
  for (const RestLine& line : rest.lines) {
    const RestOrder* order = rest.order(line.order);
    const auto index = static_cast<std::size_t>(line.sku.value - 1);
    if (order == nullptr || index >= skus.size() || merchant_of(skus[index], scenario) == order->merchant)
      continue;
    findings.add(unsafe(kMerchantsAreTold, rest.world.now_ns,
                        "an order stands under a merchant who does not sell it",
                        rest.about(line.order) + Evidence{{"sku", rest.sku(line.sku)},
                                                          {"merchant", merchant_text(order, scenario)}}));
  }
}

}  // namespace

void watch_merchants_are_told(const play::Watching& parts) {
  parts.monitors.add<api::facts::MerchantNotified>(std::make_shared<NotedOnce>());
  parts.audit.add<RestRows>(kMerchantsAreTold, {"order", "notification"}, &check_told);
  parts.audit.add<RestRows>(kMerchantsAreTold, {"order", "notification"}, &check_hearers);
  parts.audit.add<RestRows>(kMerchantsAreTold, {"order"}, &check_sellers);
}

}  // namespace ordeal::purchase
