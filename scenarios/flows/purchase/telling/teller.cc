// The facts of a purchase in words. Orders and payments are named by their shopper, goods by the catalogue.
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <tsl/robin_set.h>

#include "core/api/cart.h"
#include "core/api/cart_stock.h"
#include "core/api/facts.h"
#include "core/channel/statement.h"
#include "core/wire/names.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/parties/facts.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/flows/purchase/promotions.h"
#include "scenarios/flows/purchase/telling/telling.h"

namespace ordeal::purchase {
namespace {

namespace core = api::facts;
using sim::Told;
using sim::Weight;

// "", "2nd ", "3rd ", …
std::string nth(std::size_t n) {
  if (n < 2) return "";
  return std::to_string(n) + (n == 2 ? "nd " : n == 3 ? "rd " : "th ");
}

std::string_view via_text(core::CapturedVia via) {
  switch (via) {
    case core::CapturedVia::callback:
      return "told by a callback";
    case core::CapturedVia::answer:
      return "told by the channel's answer";
    case core::CapturedVia::query:
      return "found by asking the channel";
    case core::CapturedVia::close:
      return "found on closing it";
    case core::CapturedVia::statement:
      return "found on a statement";
  }
  return "";
}

std::string_view entry_text(api::EntryKind kind) {
  switch (kind) {
    case api::EntryKind::sale:
      return "the sale";
    case api::EntryKind::unusable:
      return "money that came for nothing";
    case api::EntryKind::refund:
      return "the refund";
  }
  return "";
}

class PurchaseTeller final : public play::Teller {
 public:
  PurchaseTeller(const play::Scenario& scenario, sim::Simulation& simulation)
      : skus_(scenario.setting<Catalogue>().skus), sim_(simulation) {
    for (std::size_t i = 0; i < skus_.size(); ++i) sim_.tale().call(sku_id(i).text(), skus_[i].name);
    const auto& promotions = scenario.setting<PromotionsSpec>();
    for (std::size_t i = 0; i < promotions.rules.size(); ++i)
      sim_.tale().call(rule_id(i).text(), '"' + promotions.rules[i].name + '"');
    for (const Issued& issued : all_coupons(scenario)) {
      const std::string owner = user_text(scenario, issued.user);
      sim_.tale().call(issued.coupon.text(), owner + "'s " + name_of(issued, promotions), owner);
    }
  }

  void on_fact(const sim::Fact& fact) override {
    first_of<core::OrderPlaced, core::OrderMoved, core::StockReserved, core::StockReleased,
             core::DiscountsHeld, core::DiscountsEnded, core::AttemptOpened, core::PaymentCaptured,
             core::LinePut, core::LineLeft, core::RefundRequested, core::EntryPosted, core::StatementAccepted,
             facts::ChannelDebited, facts::ChannelRefunded, facts::CallbackSent, facts::MerchantHeard>(fact);
  }

 private:
  template <class... Wanted>
  void first_of(const sim::Fact& fact) {
    static_cast<void>((one<Wanted>(fact) || ...));
  }
  template <class Wanted>
  bool one(const sim::Fact& fact) {
    const Wanted* body = fact.body.get_if<Wanted>();
    if (body != nullptr) on(*body, fact);
    return body != nullptr;
  }

  std::string host(const sim::Fact& fact) { return sim_.host(fact.host).name(); }
  void tell(const sim::Fact& fact, std::vector<std::string> about, std::string text,
            Weight weight = Weight::step, std::string again = {}) {
    Told line;
    line.about = std::move(about);
    line.text = std::move(text);
    line.weight = weight;
    line.again = std::move(again);
    sim_.tell(fact, std::move(line));
  }
  std::string units(SkuId sku, std::int64_t qty) { return fmt::format("{} {}", qty, sku.text()); }
  std::int64_t stock_of(SkuId sku) const {
    const auto index = static_cast<std::size_t>(sku.value - 1);
    return index < skus_.size() ? skus_[index].stock : 0;
  }
  std::string taken_text(SkuId sku) { return fmt::format(": {} of {} taken", taken_[sku], stock_of(sku)); }
  bool is_too_much(SkuId sku) { return taken_[sku] > stock_of(sku); }

  void on(const core::OrderPlaced& placed, const sim::Fact& fact) {
    const std::string shopper = placed.request_key.substr(0, placed.request_key.find('/'));
    const std::size_t n = ++orders_[shopper];
    placed_.insert(placed.order);
    sim_.tale().call(placed.user.text(), shopper, shopper);
    sim_.tale().call(placed.order.text(), shopper + "'s " + nth(n) + "order", shopper);
    tell(fact, {placed.order.text(), shopper},
         fmt::format("{} writes down {}, {}", host(fact), placed.order.text(), placed.total.text()),
         n == 1 ? Weight::detail : Weight::step);
  }
  void on(const core::OrderMoved& moved, const sim::Fact& fact) {
    auto [state, fresh] = states_.try_emplace(moved.order, api::OrderState::draft);
    const bool expected = state->second == moved.from;
    std::string text = fmt::format("{} moves {} from {} to {}", host(fact), moved.order.text(),
                                   wire::name_of(moved.from), wire::name_of(moved.to));
    if (!expected) text += fmt::format(", though it is {}", wire::name_of(state->second));
    state->second = moved.to;
    // An order that gets its goods and is paid is what one expects.
    const bool usual = expected && (moved.to == api::OrderState::unpaid || moved.to == api::OrderState::paid);
    tell(fact, {moved.order.text()}, std::move(text), usual ? Weight::detail : Weight::step);
  }
  std::string whose(OrderId order) const {
    const auto hold = carts_.find(order);
    if (hold != carts_.end()) return "the cart of " + hold->second.text();
    return placed_.contains(order) ? order.text() : "an order that is not there yet";
  }
  void on(const core::StockReserved& reserved, const sim::Fact& fact) {
    taken_[reserved.sku] += reserved.qty;
    tell(fact, {reserved.order.text(), reserved.sku.text()},
         fmt::format("{} sets {} aside for {}{}", host(fact), units(reserved.sku, reserved.qty),
                     whose(reserved.order), taken_text(reserved.sku)),
         is_too_much(reserved.sku) ? Weight::step : Weight::detail);
  }
  void on(const core::StockReleased& released, const sim::Fact& fact) {
    taken_[released.sku] -= released.qty;
    tell(fact, {released.order.text(), released.sku.text()},
         fmt::format("{} puts {} of {} back{}", host(fact), units(released.sku, released.qty),
                     carts_.contains(released.order) ? whose(released.order) : released.order.text(),
                     taken_text(released.sku)),
         Weight::detail);
  }
  // "the coupon cpn-… and 300 points"
  static std::string discounts_text(const std::vector<CouponId>& coupons, std::int64_t points,
                                    const std::vector<api::PromoUnits>& units) {
    std::vector<std::string> parts;
    for (const CouponId coupon : coupons) parts.push_back(coupon.text());
    if (points > 0) parts.push_back(fmt::format("{} points", points));
    for (const api::PromoUnits& one : units)
      parts.push_back(
          fmt::format("{} {} at {}", one.units, one.units == 1 ? "unit" : "units", one.rule.text()));
    return fmt::format("{}", fmt::join(parts, " and "));
  }
  template <class Fact>
  std::vector<std::string> about_discounts(const Fact& fact) {
    std::vector<std::string> about{fact.order.text()};
    for (const CouponId coupon : fact.coupons) about.push_back(coupon.text());
    for (const api::PromoUnits& one : fact.units) about.push_back(one.rule.text());
    return about;
  }
  void on(const core::DiscountsHeld& held, const sim::Fact& fact) {
    tell(fact, about_discounts(held),
         fmt::format("{} holds {} for {}", host(fact), discounts_text(held.coupons, held.points, held.units),
                     held.order.text()));
  }
  void on(const core::DiscountsEnded& ended, const sim::Fact& fact) {
    const std::string what = discounts_text(ended.coupons, ended.points, ended.units);
    if (what.empty()) return;
    const bool used = ended.as == api::HoldState::used;
    tell(fact, about_discounts(ended),
         used ? fmt::format("{} uses {} up for {}", host(fact), what, ended.order.text())
              : fmt::format("{} gives {} of {} back", host(fact), what, ended.order.text()),
         used ? Weight::detail : Weight::step);
  }
  void on(const core::LinePut& put, const sim::Fact& fact) {
    carts_[api::cart_hold(put.owner, put.line.version)] = put.owner;
    tell(fact, {put.owner.text(), put.line.sku.text()},
         fmt::format("{} {} in the cart of {}", put.line.qty, put.line.sku.text(), put.owner.text()),
         Weight::detail);
  }
  void on(const core::LineLeft& left, const sim::Fact& fact) {
    std::vector<std::string> about{left.owner.text(), left.line.sku.text()};
    if (left.order) about.push_back(left.order.text());
    if (left.end == core::LineEnd::ordered)
      tell(fact, std::move(about),
           fmt::format("{} clears {} {} out of the cart for {}", host(fact), left.line.qty,
                       left.line.sku.text(), left.order.text()));
    else
      tell(fact, std::move(about),
           fmt::format(
               "{} {} {}", left.line.qty, left.line.sku.text(),
               left.end == core::LineEnd::merged ? "lies in the cart of who logged in" : "is taken out"),
           Weight::detail);
  }
  void on(const core::AttemptOpened& opened, const sim::Fact& fact) {
    const std::size_t n = ++attempts_[opened.order];
    const std::string& of = opened.order.text();
    sim_.tale().call(opened.attempt.text(), payment_of(of, n), of);
    tell(fact, {opened.attempt.text(), of},
         fmt::format("{} opens {}, {}", host(fact), opened.attempt.text(), opened.amount.text()),
         n == 1 ? Weight::detail : Weight::step);
  }
  void on(const core::PaymentCaptured& captured, const sim::Fact& fact) {
    tell(
        fact, {captured.attempt.text(), captured.order.text()},
        fmt::format("{} counts {} as made, {}", host(fact), captured.attempt.text(), via_text(captured.via)));
  }
  void on(const core::RefundRequested& asked, const sim::Fact& fact) {
    sim_.tale().call(asked.refund.text(), "the refund of " + asked.attempt.text(), asked.order.text());
    tell(fact, {asked.attempt.text(), asked.order.text()},
         fmt::format("{} wants {} of {} given back", host(fact), asked.amount.text(), asked.attempt.text()));
  }
  void on(const core::EntryPosted& posted, const sim::Fact& fact) {
    sim_.tale().call(posted.entry.text(), "the entry of " + posted.order.text(), posted.order.text());
    tell(fact, {posted.order.text()},
         fmt::format("{} enters {} for {}", host(fact), entry_text(posted.kind), posted.order.text()),
         Weight::detail);
  }
  void on(const core::StatementAccepted& accepted, const sim::Fact& fact) {
    const std::string day = channel::Day{accepted.day}.text();
    tell(fact, {accepted.channel, day},
         fmt::format("{} believes {}'s statement of {}: {} {}", host(fact), accepted.channel, day,
                     accepted.lines, accepted.lines == 1 ? "line" : "lines"));
  }
  void on(const facts::ChannelDebited& debited, const sim::Fact& fact) {
    tell(fact, {debited.out_trade_no, debited.shopper},
         fmt::format("{} takes {} for {}", host(fact), debited.amount.text(), debited.out_trade_no));
  }
  void on(const facts::ChannelRefunded& refunded, const sim::Fact& fact) {
    tell(fact, {refunded.out_trade_no},
         fmt::format("{} gives {} of {} back", host(fact), refunded.amount.text(), refunded.out_trade_no));
  }
  void on(const facts::CallbackSent& sent, const sim::Fact& fact) {
    const std::string& trade = sent.out_trade_no;
    if (!sent.genuine)
      return tell(fact, {trade}, fmt::format("somebody forges a callback about {}", trade), Weight::step,
                  "forged " + trade);
    tell(fact, {trade},
         fmt::format("{} calls back about {}{}", host(fact), trade, sent.attempt > 1 ? " again" : ""),
         Weight::detail, sent.attempt > 1 ? "callback " + trade : "");
  }
  void on(const facts::MerchantHeard& heard, const sim::Fact& fact) {
    tell(fact, {heard.order.text()},
         fmt::format("{} hears that {} is {}", host(fact), heard.order.text(), heard.state), Weight::detail,
         heard.order.text() + heard.state);
  }

  // "shopper-4's 2nd payment": the 2nd for one order.
  std::string payment_of(const std::string& order, std::size_t n) {
    const auto known = sim_.tale().entities().find(order);
    if (known == sim_.tale().entities().end()) return nth(n) + "payment for " + order;
    return known->second.of + "'s " + nth(n) + "payment";
  }

  const std::vector<SkuSpec>& skus_;
  sim::Simulation& sim_;
  std::map<std::string, std::size_t> orders_;  // by shopper
  tsl::robin_set<OrderId> placed_;
  std::map<OrderId, UserId> carts_;  // by what they would hold
  std::map<OrderId, api::OrderState> states_;
  std::map<OrderId, std::size_t> attempts_;  // opened
  std::map<SkuId, std::int64_t> taken_;      // by facts: sold or set aside
};

}  // namespace

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation) {
  return std::make_unique<PurchaseTeller>(scenario, simulation);
}

}  // namespace ordeal::purchase
