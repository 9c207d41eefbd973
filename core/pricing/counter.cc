#include "core/pricing/counter.h"

#include <algorithm>
#include <numeric>

#include "core/base/check.h"
#include "core/base/digest.h"

namespace ordeal::pricing {
namespace {

std::uint32_t bit(Group group) { return std::uint32_t{1} << static_cast<unsigned>(group); }

// Of lists that are sorted and, mostly, empty.
template <class T>
bool names(const std::vector<T>& list, T wanted) {
  return list.empty() || std::binary_search(list.begin(), list.end(), wanted);
}

bool holds(const Scope& scope, const Line& line) {
  return names(scope.shops, line.shop) && names(scope.spus, line.spu) && names(scope.skus, line.sku);
}

// By largest remainder. Most bundles are one line, which has nothing to divide.
std::vector<Money> spread(Money total, const std::vector<std::int64_t>& weights) {
  if (weights.size() == 1) return {total};
  return allocate(total, weights);
}

}  // namespace

Counter::Counter(const Basket& basket, const Rulebook& book, std::vector<Line> lines)
    : basket_(basket),
      book_(book),
      lines_(std::move(lines)),
      counted_(lines_.size(), 0),
      points_left_(basket.points) {
  const Money nothing{0, book.currency()};
  quote_.rules_version = book.version();
  quote_.goods = quote_.freight = quote_.total = nothing;
  quote_.lines.reserve(lines_.size());
  quote_.applied.reserve(3 * lines_.size());
  left_.reserve(lines_.size());
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Line& line = lines_[i];
    if (i + 1 == lines_.size() || lines_[i + 1].shop != line.shop) shop_ends_.push_back(i + 1);
    const Money gross{line.unit.minor * line.units, nothing.currency};
    left_.push_back(gross.minor);
    quote_.lines.push_back({.sku = line.sku,
                            .shop = line.shop,
                            .units = line.units,
                            .unit = line.unit,
                            .gross = gross,
                            .pay = gross,
                            .freight = nothing});
    quote_.lines.back().discounts.reserve(4);
  }
}

void Counter::take(const Rulebook::Turn& turn) {
  const Step& step = turn.step;
  closed_ = std::accumulate(step.not_with.begin(), step.not_with.end(), std::uint32_t{0},
                            [](std::uint32_t bits, Group group) { return bits | bit(group); });
  if (step.pick == Pick::all) return take_all(turn);
  closed_ |= bit(step.group);
  take_best(turn);
}

void Counter::take_all(const Rulebook::Turn& turn) {
  std::vector<Try> tries;
  for (const Rule& rule : turn.rules) {
    for (const CouponId coupon : coupons_of(rule)) {
      tries.clear();
      add_tries(rule, coupon, tries);
      if (rule.by_coupon) {
        const auto most = std::max_element(
            tries.begin(), tries.end(), [](const Try& a, const Try& b) { return a.gift.off < b.gift.off; });
        if (most != tries.end()) apply(*most);
      } else {
        for (Try& one : tries) {
          weigh(one);  // points may have been spent on the bundle before
          apply(one);
        }
      }
    }
  }
}

// What a bundle gets only falls when lines of it are served by others, so looking again at those alone that lost lines
// finds the largest each time.
void Counter::take_best(const Rulebook::Turn& turn) {
  std::vector<Try> tries;
  for (const Rule& rule : turn.rules) {
    for (const CouponId coupon : coupons_of(rule)) add_tries(rule, coupon, tries);
  }
  for (;;) {
    // The first of the largest: tries stand in the order of rules, coupons and lines.
    const auto most = std::max_element(tries.begin(), tries.end(),
                                       [](const Try& a, const Try& b) { return a.gift.off < b.gift.off; });
    if (most == tries.end() || most->gift.off == 0) return;
    const Try served = *most;
    apply(served);
    for (Try& one : tries) {
      if (served.coupon && one.coupon == served.coupon) {
        one.gift = {};
      } else if (one.gift.off > 0 &&
                 (one.gift.points > 0 || (one.begin < served.end && served.begin < one.end))) {
        weigh(one);
      }
    }
  }
}

// The coupons by which a rule works, sorted; none, once, for a rule that works for everybody.
std::vector<CouponId> Counter::coupons_of(const Rule& rule) const {
  if (!rule.by_coupon) return {CouponId{}};
  std::vector<CouponId> found;
  for (const HeldCoupon& held : basket_.coupons) {
    if (held.rule == rule.id) found.push_back(held.coupon);
  }
  std::sort(found.begin(), found.end());
  return found;
}

void Counter::add_tries(const Rule& rule, CouponId coupon, std::vector<Try>& tries) const {
  const auto add = [&](std::size_t begin, std::size_t end) {
    Try one{.rule = &rule, .coupon = coupon, .begin = begin, .end = end};
    weigh(one);
    if (one.gift.off > 0) tries.push_back(one);
  };
  switch (rule.span) {
    case Span::line:
      for (std::size_t i = 0; i < lines_.size(); ++i) add(i, i + 1);
      return;
    case Span::shop:
      for (std::size_t begin = 0; const std::size_t end : shop_ends_) {
        add(begin, end);
        begin = end;
      }
      return;
    case Span::order:
      return add(0, lines_.size());
  }
}

bool Counter::is_open(const Rule& rule, std::size_t line) const {
  return left_[line] > 0 && (counted_[line] & closed_) == 0 && holds(rule.scope, lines_[line]);
}

Bundle Counter::bundle_of(const Try& one) const {
  Bundle bundle{.level = basket_.level, .points = points_left_};
  for (std::size_t i = one.begin; i < one.end; ++i) {
    if (is_open(*one.rule, i)) bundle.amount += left_[i];
  }
  if (one.end == one.begin + 1) {
    const Line& line = lines_[one.begin];
    bundle.unit = line.unit.minor;
    bundle.units = line.units;
    bundle.stock = line.stock;
  }
  return bundle;
}

void Counter::weigh(Try& one) const {
  const Bundle bundle = bundle_of(one);
  one.gift = bundle.amount > 0 ? gift_of(one.rule->terms, bundle) : Gift{};
}

void Counter::apply(const Try& one) {
  if (one.gift.off == 0) return;
  const Currency currency = book_.currency();
  std::vector<std::size_t> lines;
  std::vector<std::int64_t> weights;
  lines.reserve(one.end - one.begin);
  weights.reserve(one.end - one.begin);
  for (std::size_t i = one.begin; i < one.end; ++i) {
    if (!is_open(*one.rule, i)) continue;
    lines.push_back(i);
    weights.push_back(left_[i]);
  }
  const Money basis{std::accumulate(weights.begin(), weights.end(), std::int64_t{0}), currency};
  const std::vector<Money> off = spread({one.gift.off, currency}, weights);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    counted_[lines[k]] |= bit(one.rule->group);
    left_[lines[k]] -= off[k].minor;
    weights[k] = off[k].minor;
    if (off[k].minor > 0)
      quote_.lines[lines[k]].discounts.push_back({one.rule->id, one.coupon, off[k], one.gift.promo_units});
  }
  if (one.gift.points > 0) {  // in proportion to the money that they stand for
    const std::vector<Money> points = spread({one.gift.points, currency}, weights);
    for (std::size_t k = 0; k < lines.size(); ++k) quote_.lines[lines[k]].points += points[k].minor;
    points_left_ -= one.gift.points;
  }
  if (one.coupon) used_.push_back(one.coupon);
  std::vector<SkuId> skus;
  skus.reserve(lines.size());
  for (const std::size_t line : lines) skus.push_back(lines_[line].sku);
  quote_.applied.push_back({.rule = one.rule->id,
                            .group = one.rule->group,
                            .coupon = one.coupon,
                            .lines = std::move(skus),
                            .basis = basis,
                            .off = {one.gift.off, currency},
                            .points = one.gift.points});
}

std::optional<BasketProblem> Counter::add_freight() {
  if (!basket_.destination) return {};
  for (std::size_t begin = 0; const std::size_t end : shop_ends_) {
    const MerchantId shop = lines_[begin].shop;
    const FreightTemplate* form = book_.freight_of(shop);
    if (form == nullptr) return BasketProblem{.fault = BasketFault::no_template, .shop = shop};
    const FreightRow* row = row_for(*form, *basket_.destination);
    if (row == nullptr) return BasketProblem{.fault = BasketFault::not_delivered, .shop = shop};
    std::vector<std::int64_t> weights;
    std::int64_t goods = 0;
    for (std::size_t i = begin; i < end; ++i) {
      weights.push_back(measured(lines_[i], row->measure));
      goods += left_[i];
    }
    const std::int64_t measure = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    const auto fee = fee_of(*row, measure, goods);
    if (!fee) return BasketProblem{.fault = BasketFault::total, .shop = shop};
    if (measure == 0) {  // nothing weighs anything: by pieces
      for (std::size_t i = begin; i < end; ++i) weights[i - begin] = lines_[i].units;
    }
    const Money fee_money{*fee, book_.currency()};
    const std::vector<Money> parts = spread(fee_money, weights);
    for (std::size_t i = begin; i < end; ++i) quote_.lines[i].freight = parts[i - begin];
    quote_.parcels.push_back({form->id, shop, measure, fee_money});
    begin = end;
  }
  return {};
}

std::optional<BasketProblem> Counter::finish() {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    QuotedLine& line = quote_.lines[i];
    line.pay.minor = left_[i];
    ORDEAL_CHECK(line.pay.minor >= 0, "a line below zero");
    quote_.goods += line.pay;
    quote_.freight += line.freight;
    quote_.points += line.points;
  }
  quote_.total = quote_.goods + quote_.freight;
  if (quote_.total.minor > Money::kMaxMinor) return BasketProblem{.fault = BasketFault::total};
  for (const HeldCoupon& held : basket_.coupons) {
    if (std::find(used_.begin(), used_.end(), held.coupon) == used_.end())
      quote_.unused.push_back(held.coupon);
  }
  std::sort(quote_.unused.begin(), quote_.unused.end());
  quote_.digest = digest_of(quote_);
  return {};
}

}  // namespace ordeal::pricing
