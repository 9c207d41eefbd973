#include "core/pricing/gift.h"

#include <algorithm>

namespace ordeal::pricing {
namespace {

using Fault = std::optional<RuleFault>;

// Prices of units -----------------------------------------------------------------------------------------------------

// `units` of them at a lower price, but not more than is still to pay: another rule may have spoken before.
std::int64_t cheaper_by(std::int64_t price, std::int64_t units, const Bundle& bundle) {
  return std::min(std::max<std::int64_t>(bundle.unit - price, 0) * units, bundle.amount);
}

Gift gives(const UnitRate& rate, const Bundle& bundle) {
  return {.off = cheaper_by(share_of(bundle.unit, rate.pays, rate.rounding), bundle.units, bundle)};
}

Gift gives(const UnitPrice& offer, const Bundle& bundle) {
  return {.off = cheaper_by(offer.price.minor, bundle.units, bundle)};
}

Gift gives(const StockPrice& offer, const Bundle& bundle) {
  const std::int64_t units =
      std::clamp<std::int64_t>(bundle.stock - offer.stock_at_least + 1, 0, bundle.units);
  return {.off = cheaper_by(offer.price.minor, units, bundle), .promo_units = units};
}

// Amounts -------------------------------------------------------------------------------------------------------------

Gift gives(const MemberRate& rate, const Bundle& bundle) {
  if (bundle.level < rate.level_at_least) return {};
  return {.off = bundle.amount - share_of(bundle.amount, rate.pays, rate.rounding)};
}

Gift gives(const SpendOff& offer, const Bundle& bundle) {
  if (bundle.amount < offer.spend.minor) return {};
  const std::int64_t reached = offer.spend.minor == 0 ? 1 : bundle.amount / offer.spend.minor;
  return {.off = std::min(std::min(reached, offer.times_at_most) * offer.off.minor, bundle.amount)};
}

Gift gives(const SpendRate& offer, const Bundle& bundle) {
  if (bundle.amount < offer.spend.minor) return {};
  const std::int64_t off = bundle.amount - share_of(bundle.amount, offer.pays, offer.rounding);
  return {.off = offer.off_at_most ? std::min(off, offer.off_at_most->minor) : off};
}

Gift gives(const PointsAsCash& offer, const Bundle& bundle) {
  const std::int64_t room = share_of(bundle.amount, offer.covers_at_most, Rounding::down);
  const std::int64_t lots = std::min(bundle.points / offer.points, room / offer.worth.minor);
  return {.off = lots * offer.worth.minor, .points = lots * offer.points};
}

// What makes sense ----------------------------------------------------------------------------------------------------

Fault money(Money amount, Currency currency) {
  if (amount.currency != currency) return RuleFault::currency;
  if (!amount.is_price()) return RuleFault::amount;
  return {};
}

Fault paid_share(Ratio pays) {
  if (!is_share(pays)) return RuleFault::rate;
  return {};
}

Fault fault(const UnitRate& rate, const Rule&, Currency) { return paid_share(rate.pays); }

Fault fault(const UnitPrice& offer, const Rule&, Currency currency) { return money(offer.price, currency); }

Fault fault(const StockPrice& offer, const Rule&, Currency currency) {
  if (offer.stock_at_least < 1) return RuleFault::bound;
  return money(offer.price, currency);
}

Fault fault(const MemberRate& rate, const Rule&, Currency) {
  if (rate.level_at_least < 1) return RuleFault::bound;
  return paid_share(rate.pays);
}

// A coupon may be worth more than it asks (无门槛), once; times × off stays below the bundle's amount otherwise.
Fault fault(const SpendOff& offer, const Rule& rule, Currency currency) {
  if (const Fault found = money(offer.spend, currency)) return found;
  if (const Fault found = money(offer.off, currency)) return found;
  if (!offer.off.is_positive()) return RuleFault::amount;
  if (offer.times_at_most < 1) return RuleFault::bound;
  if ((!rule.by_coupon || offer.times_at_most > 1) && offer.off.minor > offer.spend.minor)
    return RuleFault::gives_too_much;
  return {};
}

Fault fault(const SpendRate& offer, const Rule&, Currency currency) {
  if (const Fault found = money(offer.spend, currency)) return found;
  if (offer.off_at_most) {
    if (const Fault found = money(*offer.off_at_most, currency)) return found;
  }
  return paid_share(offer.pays);
}

Fault fault(const PointsAsCash& offer, const Rule&, Currency currency) {
  if (offer.points < 1 || offer.points > kMaxPoints) return RuleFault::bound;
  if (const Fault found = money(offer.worth, currency)) return found;
  if (!offer.worth.is_positive()) return RuleFault::amount;
  return paid_share(offer.covers_at_most);
}

bool prices_units(const Terms& terms) {
  return std::holds_alternative<UnitRate>(terms) || std::holds_alternative<UnitPrice>(terms) ||
         std::holds_alternative<StockPrice>(terms);
}

}  // namespace

Gift gift_of(const Terms& terms, const Bundle& bundle) {
  return std::visit([&](const auto& one) { return gives(one, bundle); }, terms);
}

std::optional<RuleFault> fault_of(const Rule& rule, Currency currency) {
  if (prices_units(rule.terms) && rule.span != Span::line) return RuleFault::span;
  return std::visit([&](const auto& one) { return fault(one, rule, currency); }, rule.terms);
}

}  // namespace ordeal::pricing
