// Laws over any basket under any rulebook.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/pricing/random_shop.h"
#include "tests/pricing/shop.h"

namespace ordeal::pricing {
namespace {

using Fen = std::int64_t;

// RapidCheck plays a property a hundred times; a basket is cheap, so each time looks at some.
constexpr int kBaskets = 20;

const Rule& rule_of(const Drawn& drawn, RuleId id) {
  return *std::find_if(drawn.shops.rules.begin(), drawn.shops.rules.end(),
                       [&](const Rule& rule) { return rule.id == id; });
}

// What an application took off one line; nothing where its part is less than a fen.
Discount part_of(const QuotedLine& line, const Applied& applied) {
  for (const Discount& one : line.discounts) {
    if (one.rule == applied.rule && one.coupon == applied.coupon) return one;
  }
  return {};
}

// I-20: the price is what the requirement says, line by line.
RC_GTEST_PROP(Laws, ThePriceIsTheOracles, ()) {
  for (int i = 0; i < kBaskets; ++i) {
    const Drawn drawn = draw();
    const Quote quote = quoted(drawn.basket, drawn.book());
    Told found;
    for (const QuotedLine& line : quote.lines)
      found.lines.push_back({line.sku, line.pay.minor, line.freight.minor, line.points, promo_units(line)});
    for (const HeldCoupon& held : drawn.basket.coupons) {
      if (std::count(quote.unused.begin(), quote.unused.end(), held.coupon) == 0)
        found.used.push_back(held.coupon);
    }
    std::sort(found.used.begin(), found.used.end());
    found.total = quote.total.minor;
    RC_ASSERT((found == told(drawn.basket, drawn.shops)));
  }
}

// I-21: total = Σ pay + Σ freight, pay = gross − Σ discounts ≥ 0; fees and points are found again on the lines.
RC_GTEST_PROP(Laws, SumsAreExact, ()) {
  for (int i = 0; i < kBaskets; ++i) {
    const Drawn drawn = draw();
    const Quote quote = quoted(drawn.basket, drawn.book());
    Fen goods = 0, freight = 0;
    std::int64_t points = 0, points_applied = 0;
    std::map<MerchantId, Fen> fees;
    for (const QuotedLine& line : quote.lines) {
      RC_ASSERT(line.gross.minor == line.unit.minor * line.units);
      Fen pay = line.gross.minor;
      for (const Discount& one : line.discounts) {
        RC_ASSERT(one.off.minor > 0);
        RC_ASSERT(one.promo_units >= 0 && one.promo_units <= line.units);
        pay -= one.off.minor;
        RC_ASSERT(pay >= 0);
      }
      RC_ASSERT(line.pay.minor == pay);
      RC_ASSERT(line.freight.minor >= 0);
      goods += pay;
      freight += line.freight.minor;
      points += line.points;
      fees[line.shop] += line.freight.minor;
    }
    RC_ASSERT(quote.goods.minor == goods);
    RC_ASSERT(quote.freight.minor == freight);
    RC_ASSERT(quote.total.minor == goods + freight);
    for (const ParcelFee& parcel : quote.parcels) RC_ASSERT(fees[parcel.shop] == parcel.fee.minor);
    for (const Applied& one : quote.applied) points_applied += one.points;
    RC_ASSERT(quote.points == points && points == points_applied && points <= drawn.basket.points);
  }
}

// I-22: each discount lies on the lines of its bundle, exactly, and within one minor unit of the proportion.
RC_GTEST_PROP(Laws, DiscountsLieOnLinesInProportion, ()) {
  for (int i = 0; i < kBaskets; ++i) {
    const Drawn drawn = draw();
    const Quote quote = quoted(drawn.basket, drawn.book());
    std::map<SkuId, Fen> left;
    for (const QuotedLine& line : quote.lines) left[line.sku] = line.gross.minor;
    for (const Applied& one : quote.applied) {
      Fen basis = 0, sum = 0;
      for (const SkuId sku : one.lines) basis += left[sku];
      RC_ASSERT(one.basis.minor == basis);
      for (const SkuId sku : one.lines) {
        const Fen off = part_of(*quote.line(sku), one).off.minor;
        RC_ASSERT(std::abs(off * basis - one.off.minor * left[sku]) < basis);
        left[sku] -= off;
        sum += off;
      }
      RC_ASSERT(sum == one.off.minor);
    }
    for (const QuotedLine& line : quote.lines) RC_ASSERT(left[line.sku] == line.pay.minor);
  }
}

// The order of lines and coupons does not matter, nor whether a line comes in one piece (F-93).
RC_GTEST_PROP(Laws, TheOrderOfLinesDoesNotMatter, ()) {
  for (int round = 0; round < kBaskets; ++round) {
    const Drawn drawn = draw();
    const Rulebook book = drawn.book();
    Basket other = drawn.basket;
    if (other.lines.front().units > 1) {
      Line piece = other.lines.front();
      piece.units = *rc::gen::inRange<std::int64_t>(1, piece.units);
      other.lines.front().units -= piece.units;
      other.lines.push_back(piece);
    }
    for (std::size_t i = 1; i < other.lines.size(); ++i)
      std::swap(other.lines[i], other.lines[*rc::gen::inRange<std::size_t>(0, i + 1)]);
    std::reverse(other.coupons.begin(), other.coupons.end());
    RC_ASSERT((quoted(other, book) == quoted(drawn.basket, book)));
  }
}

// Of each application, from its basis alone: an upper bound, by the words of the rule.
struct AtMost {
  const Quote& quote;
  const Applied& applied;
  const Basket& basket;

  Fen basis() const { return applied.basis.minor; }
  const QuotedLine& line() const { return *quote.line(applied.lines.front()); }
  // Less than one minor unit more than the exact share.
  static bool within(Fen off, Fen amount, Ratio pays, Fen unit_count = 1) {
    return off * pays.den < amount * (pays.den - pays.num) + unit_count * pays.den;
  }

  bool operator()(const UnitRate& rate) const {
    return within(applied.off.minor, line().gross.minor, rate.pays, line().units);
  }
  bool operator()(const UnitPrice& offer) const {
    return applied.off.minor <= line().gross.minor - offer.price.minor * line().units;
  }
  bool operator()(const StockPrice& offer) const {
    const std::int64_t units = part_of(line(), applied).promo_units;
    return units > 0 && applied.off.minor <= (line().unit.minor - offer.price.minor) * units;
  }
  bool operator()(const MemberRate& rate) const {
    return basket.level >= rate.level_at_least && within(applied.off.minor, basis(), rate.pays);
  }
  bool operator()(const SpendOff& offer) const {
    if (basis() < offer.spend.minor) return false;
    if (offer.times_at_most == 1) return applied.off.minor <= offer.off.minor;
    return applied.off.minor * offer.spend.minor <= basis() * offer.off.minor &&
           applied.off.minor / offer.off.minor <= offer.times_at_most;
  }
  bool operator()(const SpendRate& offer) const {
    if (basis() < offer.spend.minor) return false;
    if (offer.off_at_most && applied.off.minor > offer.off_at_most->minor) return false;
    return within(applied.off.minor, basis(), offer.pays);
  }
  bool operator()(const PointsAsCash& offer) const {
    return applied.off.minor * offer.points == applied.points * offer.worth.minor &&
           applied.off.minor * offer.covers_at_most.den <= basis() * offer.covers_at_most.num;
  }
};

RC_GTEST_PROP(Laws, NeverMoreThanTheRulesGive, ()) {
  for (int i = 0; i < kBaskets; ++i) {
    const Drawn drawn = draw();
    const Quote quote = quoted(drawn.basket, drawn.book());
    std::set<std::tuple<Group, SkuId>> served;
    std::set<CouponId> used;
    for (const Applied& one : quote.applied) {
      const Rule& rule = rule_of(drawn, one.rule);
      RC_ASSERT(one.off.minor > 0);
      RC_ASSERT(one.off.minor <= one.basis.minor);
      RC_ASSERT(std::visit(AtMost{quote, one, drawn.basket}, rule.terms));
      RC_ASSERT(rule.by_coupon == static_cast<bool>(one.coupon));
      if (one.coupon) RC_ASSERT(used.insert(one.coupon).second);
      for (const Step& step : drawn.shops.stacking.steps) {
        if (step.group != rule.group) continue;
        for (const SkuId sku : one.lines) {
          if (step.pick == Pick::best) RC_ASSERT(served.insert({rule.group, sku}).second);
          if (step.pick == Pick::all) served.insert({rule.group, sku});
          for (const Group apart : step.not_with) RC_ASSERT(!served.contains({apart, sku}));
        }
      }
    }
  }
}

// I-37: whatever pieces a line comes back in, together they are what was paid; each within one minor unit of its share.
RC_GTEST_PROP(Laws, RefundsAddUpToWhatWasPaid, ()) {
  PaidLine line{.sku = SkuId{1},
                .units = *rc::gen::inRange<std::int64_t>(1, 40),
                .goods = fen(*rc::gen::inRange<Fen>(0, 100'000)),
                .freight = fen(*rc::gen::inRange<Fen>(0, 3'000)),
                .points = *rc::gen::inRange<std::int64_t>(0, 5'000)};
  const PaidLine bought = line;
  Fen goods = 0, freight = 0;
  std::int64_t points = 0;
  while (line.returned < line.units) {
    const std::int64_t units = *rc::gen::inRange<std::int64_t>(1, line.units - line.returned + 1);
    const Refund back = refundable(line, units, FreightBack::returned);
    RC_ASSERT(std::abs(back.goods.minor * line.units - line.goods.minor * units) < line.units);
    RC_ASSERT(back.goods.minor >= 0 && back.freight.minor >= 0 && back.points >= 0);
    goods += back.goods.minor;
    freight += back.freight.minor;
    points += back.points;
    line.returned += units;
  }
  RC_ASSERT(goods == bought.goods.minor);
  RC_ASSERT(freight == bought.freight.minor);
  RC_ASSERT(points == bought.points);
}

// The same with falls of the price in between (A40); and nobody who keeps everything pays less than the lowest price.
RC_GTEST_PROP(Laws, RefundsAndPriceFallsAddUp, ()) {
  PaidLine line{.sku = SkuId{1},
                .units = *rc::gen::inRange<std::int64_t>(1, 12),
                .goods = fen(*rc::gen::inRange<Fen>(0, 5'000)),
                .freight = fen(*rc::gen::inRange<Fen>(0, 300))};
  const Fen bought = line.goods.minor + line.freight.minor;
  Fen back = 0;
  while (line.returned < line.units) {
    if (*rc::gen::arbitrary<bool>()) {
      const Money now = fen(*rc::gen::inRange<Fen>(0, 1'000));
      const auto fall = price_fall(line, Instant{}, Instant{1}, now, {Duration{1}});
      if (fall.ok()) {
        RC_ASSERT(fall->owed.is_positive());
        back += fall->owed.minor;
        line = fall->rest;
        RC_ASSERT(line.goods == now * line.units);
      }
    }
    const std::int64_t units = *rc::gen::inRange<std::int64_t>(1, line.units - line.returned + 1);
    back += refundable(line, units, FreightBack::returned).money().minor;
    line.returned += units;
  }
  RC_ASSERT(back == bought);
}

}  // namespace
}  // namespace ordeal::pricing
