// I-92: the reference model (model/reference.h) and the system agree on all that can be observed.
//
// Compared when the world is at rest. Here is only what turns the parties' books and the system's rows into what the model
// is told; what must hold is all over there.
#include <algorithm>
#include <map>

#include "core/order/context.h"
#include "scenarios/flows/purchase/laws/cart_lines.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_discounts.h"
#include "scenarios/flows/purchase/model/reference.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/flows/purchase/promotions.h"
#include "scenarios/flows/purchase/seams.h"

namespace ordeal::purchase {
namespace {

std::vector<model::Good> goods_of(const play::Scenario& scenario) {
  std::vector<model::Good> goods;
  const auto& skus = scenario.setting<Catalogue>().skus;
  for (std::size_t i = 0; i < skus.size(); ++i) {
    const SkuSpec& sku = skus[i];
    goods.push_back(
        {sku_id(i), sku.name, sku.price, sku.stock, merchant_of(sku, scenario).value_or(MerchantId{1})});
  }
  return goods;
}

// Drafts that are given up within a second, as a knob has it, are given up before everybody is there.
bool is_calm(const RestRows& rest) {
  const Duration life = order::Config{}.draft_life;
  return all_answer(rest.world) && rest.world.knobs.duration("order.draft_life", life) >= life;
}

model::OfferKind kind_of(PromotionKind kind) {
  switch (kind) {
    case PromotionKind::price:
      return model::OfferKind::unit_price;
    case PromotionKind::rate:
      return model::OfferKind::unit_rate;
    case PromotionKind::spend_off:
      return model::OfferKind::spend_off;
    case PromotionKind::spend_rate:
      return model::OfferKind::spend_rate;
    case PromotionKind::coupon:
      return model::OfferKind::coupon;
    case PromotionKind::points:
      return model::OfferKind::points;
  }
  return model::OfferKind::unit_price;
}

// As the scenario says it.
std::vector<model::Offer> offers_of(const play::Scenario& scenario) {
  std::vector<model::Offer> offers;
  const auto& rules = scenario.setting<PromotionsSpec>().rules;
  const auto& skus = scenario.setting<Catalogue>().skus;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const PromotionSpec& rule = rules[i];
    model::Offer& offer = offers.emplace_back();
    offer.id = rule_id(i);
    offer.kind = kind_of(rule.kind);
    const auto sku =
        std::find_if(skus.begin(), skus.end(), [&](const SkuSpec& one) { return one.name == rule.sku; });
    if (sku != skus.end()) offer.sku = sku_id(static_cast<std::size_t>(sku - skus.begin()));
    offer.price = rule.price.minor;
    if (rule.stock_at_least > 0)
      offer.quota = std::max<std::int64_t>(0, sku->stock - rule.stock_at_least + 1);
    offer.pays = rule.pays;
    offer.spend = rule.spend.minor;
    offer.off = rule.off.minor;
    offer.lot = rule.points;
    offer.worth = rule.worth.minor;
    offer.covers = rule.covers;
    offer.from_ns = rule.from.ns;
    if (rule.until.ns != 0) offer.until_ns = rule.until.ns;
  }
  return offers;
}

model::Outside outside_of(const RestRows& rest) {
  const play::Scenario& scenario = rest.world.scenario();
  const Books& books = rest.books();
  model::Outside outside{goods_of(scenario), {}, books.diary, {}, {}, {}, is_calm(rest)};
  for (const play::Part* merchant : scenario.parties_of<MerchantSpec>())
    outside.merchants.push_back(merchant->name);
  outside.takes_at_cart = deducts_at_cart(rest.world.designer());
  outside.takes_at_payment = deducts_at_payment(rest.world.designer());
  outside.offers = offers_of(scenario);
  for (const Issued& issued : all_coupons(scenario))
    outside.coupons.push_back({issued.coupon, issued.user, issued.rule});
  outside.points_each = points_each(scenario.setting<PromotionsSpec>());
  const Currency currency = scenario.setting<Catalogue>().currency();
  std::map<std::string, std::int64_t> spent;
  for (const auto& [channel, trades] : books.trades) {
    if (rest.world.is_gone(channel)) outside.gone.push_back(channel);
    for (const auto& [number, trade] : trades) {
      if (trade.debited_at_ns < 0) continue;
      outside.taken.push_back(
          {channel, number, trade.shopper, trade.amount, trade.refunded, trade.debited_at_ns});
      spent[trade.shopper] += trade.amount.minor - trade.refunded.minor;
    }
  }
  for (const auto& [buyer, left] : books.purses) outside.purses[buyer] = Money{left + spent[buyer], currency};
  return outside;
}

std::vector<model::BookedOrder> orders_of(const RestRows& rest) {
  std::map<OrderId, const RestRequest*> requests;
  for (const RestRequest& request : rest.requests) requests.emplace(request.order, &request);
  std::vector<model::BookedOrder> orders;
  for (const RestOrder& order : rest.orders) {
    model::BookedOrder& booked = orders.emplace_back();
    booked.id = order.id;
    booked.user = order.user;
    if (const auto request = requests.find(order.id); request != requests.end())
      booked.key = request->second->key;
    booked.state = order.state;
    booked.total = order.total;
    booked.merchant = order.merchant;
    for (const RestLine& line : rest.lines_of(order.id))
      booked.lines.push_back({line.sku, line.qty, Money{line.unit_price, order.total.currency}});
    const RestDiscounts& discounts = rest.world.rows<RestDiscounts>();
    const RestPriced* price = discounts.price(order.id);
    if (price == nullptr) continue;
    const api::HoldDiscounts wanted = discounts.wanted_by(order.id);
    booked.coupons = wanted.coupons;
    booked.points = wanted.points;
    for (const api::PromoUnits& units : wanted.units) booked.units[units.rule] = units.units;
    booked.discount_gone = price->gone;
  }
  return orders;
}

model::Inside inside_of(const RestRows& rest) {
  model::Inside inside;
  const auto there = [&](std::string_view service) {
    return rest.world.database(service) != nullptr && rest.world.unread(service) == nullptr;
  };
  inside.orders = orders_of(rest);
  if (there("inventory")) {
    for (const RestStock& row : rest.stock) {
      if (!inside.stock) inside.stock.emplace();
      inside.stock->push_back({row.sku, row.available, row.reserved, row.sold});
    }
  }
  if (there("ledger")) {
    inside.accounts.emplace();
    for (const RestPosting& posting : rest.postings)
      (*inside.accounts)[posting.amount.currency][static_cast<std::size_t>(posting.account)] +=
          posting.amount.minor;
  }
  if (there("cart")) {
    inside.carts.emplace();
    for (const RestCartLine& row : rest.world.rows<RestCarts>().lines)
      (*inside.carts)[row.owner][row.line.sku] += row.line.qty;
  }
  return inside;
}

void check(const RestRows& rest, Findings& findings) {
  // Before that somebody may still be about to make it so.
  if (!rest.world.settled) return;
  const model::Outside outside = outside_of(rest);
  for (model::Difference& difference : model::differences(outside, inside_of(rest)))
    findings.add(unsafe(kTheModelAgrees, rest.world.now_ns, std::move(difference.sentence),
                        std::move(difference.evidence)),
                 difference.badness);
}

}  // namespace

void watch_the_model_agrees(const play::Watching& parts) {
  parts.audit.add<RestRows>(kTheModelAgrees, {"order"}, &check);
}

}  // namespace ordeal::purchase
