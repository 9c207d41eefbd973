#include "tests/pricing/oracle.h"

#include <algorithm>
#include <map>
#include <set>

namespace ordeal::pricing {
namespace {

using Fen = std::int64_t;
using Key = std::pair<MerchantId, SkuId>;

struct Item {
  Line line;
  Fen left = 0, freight = 0;
  std::int64_t points = 0, promo_units = 0;
  std::set<Group> counted{};
};
using Items = std::map<Key, Item>;

// A rule on a bundle, and what it would give.
struct Option {
  const Rule* rule;
  CouponId coupon;
  std::vector<Key> bundle;
  Fen off = 0;
  std::int64_t points = 0, promo_units = 0;
};

// The whole number of fen that is amount × share, as the rule rounds: tried from below.
Fen rounded(Fen amount, Ratio share, Rounding rounding) {
  Fen fen = 0;
  while ((fen + 1) * share.den <= amount * share.num) ++fen;
  const Fen twice_missing = 2 * (amount * share.num - fen * share.den);
  if (rounding == Rounding::up) return twice_missing > 0 ? fen + 1 : fen;
  if (rounding == Rounding::half_up) return twice_missing >= share.den ? fen + 1 : fen;
  return fen;
}

// Hands `total` out by weight: to each the whole part of its share, then one to who misses most, the earlier first.
std::vector<Fen> handed_out(Fen total, const std::vector<Fen>& weights) {
  __extension__ using Wide = __int128;
  Wide sum = 0;
  for (const Fen weight : weights) sum += weight;
  std::vector<Fen> parts;
  std::vector<Wide> missing;
  Fen rest = total;
  for (const Fen weight : weights) {
    parts.push_back(static_cast<Fen>(Wide{total} * weight / sum));
    missing.push_back(Wide{total} * weight - Wide{parts.back()} * sum);
    rest -= parts.back();
  }
  for (; rest > 0; --rest) {
    std::size_t most = 0;
    for (std::size_t i = 1; i < missing.size(); ++i) {
      if (missing[i] > missing[most]) most = i;
    }
    ++parts[most];
    missing[most] = -1;
  }
  return parts;
}

class Counting {
 public:
  Counting(const Basket& basket, const Shopkeeping& shops)
      : basket_(basket), shops_(shops), points_(basket.points) {
    for (const Line& line : basket.lines) {
      Item& item = items_.try_emplace({line.shop, line.sku}, Item{.line = line}).first->second;
      if (item.left != 0) item.line.units += line.units;
      item.left += line.unit.minor * line.units;
    }
  }

  Told count() {
    for (const Step& step : shops_.stacking.steps) {
      if (step.group == Group::freight) {
        freight();
      } else if (step.pick == Pick::all) {
        all(step);
      } else {
        best(step);
      }
    }
    Told told{.used = {used_.begin(), used_.end()}};
    for (const auto& [key, item] : items_) {
      told.lines.push_back({key.second, item.left, item.freight, item.points, item.promo_units});
      told.total += item.left + item.freight;
    }
    return told;
  }

 private:
  // Rules of a group by id, each with everybody's way or with each coupon of it, in the order in which ties are settled.
  std::vector<std::pair<const Rule*, CouponId>> ways(Group group) const {
    std::map<std::pair<RuleId, CouponId>, const Rule*> found;
    for (const Rule& rule : shops_.rules) {
      if (rule.group != group) continue;
      if (!rule.by_coupon) found[{rule.id, CouponId{}}] = &rule;
      for (const HeldCoupon& held : basket_.coupons) {
        if (rule.by_coupon && held.rule == rule.id && !used_.contains(held.coupon))
          found[{rule.id, held.coupon}] = &rule;
      }
    }
    std::vector<std::pair<const Rule*, CouponId>> list;
    for (const auto& [ids, rule] : found) list.emplace_back(rule, ids.second);
    return list;
  }

  bool in_scope(const Rule& rule, const Item& item, const Step& step, const std::set<Key>& served) const {
    const auto named = [](const auto& list, auto id) {
      return list.empty() || std::count(list.begin(), list.end(), id) > 0;
    };
    const bool apart = std::any_of(step.not_with.begin(), step.not_with.end(),
                                   [&](Group group) { return item.counted.contains(group); });
    return item.left > 0 && !apart && !served.contains({item.line.shop, item.line.sku}) &&
           named(rule.scope.shops, item.line.shop) && named(rule.scope.spus, item.line.spu) &&
           named(rule.scope.skus, item.line.sku);
  }

  std::vector<Option> options(const Rule& rule, CouponId coupon, const Step& step,
                              const std::set<Key>& served) const {
    std::map<Key, std::vector<Key>> bundles;  // by what the span leaves of a key
    for (const auto& [key, item] : items_) {
      if (!in_scope(rule, item, step, served)) continue;
      Key together = key;
      if (rule.span != Span::line) together.second = SkuId{};
      if (rule.span == Span::order) together.first = MerchantId{};
      bundles[together].push_back(key);
    }
    std::vector<Option> list;
    for (const auto& [together, bundle] : bundles) {
      Option option{&rule, coupon, bundle};
      weigh(option);
      list.push_back(std::move(option));
    }
    return list;
  }

  Fen left_of(const Option& option) const {
    Fen sum = 0;
    for (const Key& key : option.bundle) sum += items_.at(key).left;
    return sum;
  }

  void weigh(Option& option) const {
    std::visit([&](const auto& terms) { offer(terms, option); }, option.rule->terms);
    option.off = std::min(option.off, left_of(option));
  }

  // 单品: unit by unit.
  template <class PriceOf>
  void unit_by_unit(Option& option, PriceOf price_of) const {
    const Line& line = items_.at(option.bundle.front()).line;
    for (std::int64_t unit = 0; unit < line.units; ++unit) {
      const Fen price = price_of(line, unit);
      if (price < line.unit.minor) option.off += line.unit.minor - price;
    }
  }
  void offer(const UnitRate& rate, Option& option) const {
    unit_by_unit(option, [&](const Line& line, std::int64_t) {
      return rounded(line.unit.minor, rate.pays, rate.rounding);
    });
  }
  void offer(const UnitPrice& price, Option& option) const {
    unit_by_unit(option, [&](const Line&, std::int64_t) { return price.price.minor; });
  }
  void offer(const StockPrice& price, Option& option) const {
    unit_by_unit(option, [&](const Line& line, std::int64_t unit) {
      const bool enough = line.stock - unit >= price.stock_at_least;
      if (enough && price.price.minor < line.unit.minor) ++option.promo_units;
      return enough ? price.price.minor : line.unit.minor;
    });
  }
  void offer(const MemberRate& rate, Option& option) const {
    const Fen amount = left_of(option);
    if (basket_.level >= rate.level_at_least) option.off = amount - rounded(amount, rate.pays, rate.rounding);
  }
  void offer(const SpendOff& spend, Option& option) const {
    Fen rest = left_of(option);
    for (std::int64_t times = 0; times < spend.times_at_most && rest >= spend.spend.minor; ++times) {
      option.off += spend.off.minor;
      rest -= spend.spend.minor;
      if (spend.spend.minor == 0) break;
    }
  }
  void offer(const SpendRate& spend, Option& option) const {
    const Fen amount = left_of(option);
    if (amount < spend.spend.minor) return;
    option.off = amount - rounded(amount, spend.pays, spend.rounding);
    if (spend.off_at_most && option.off > spend.off_at_most->minor) option.off = spend.off_at_most->minor;
  }
  void offer(const PointsAsCash& cash, Option& option) const {
    const Fen amount = left_of(option);
    while (option.points + cash.points <= points_ &&
           (option.off + cash.worth.minor) * cash.covers_at_most.den <= amount * cash.covers_at_most.num) {
      option.points += cash.points;
      option.off += cash.worth.minor;
    }
  }

  void give(const Option& option, std::set<Key>& served) {
    std::vector<Fen> weights;
    for (const Key& key : option.bundle) weights.push_back(items_.at(key).left);
    const std::vector<Fen> off = handed_out(option.off, weights);
    const std::vector<Fen> points = handed_out(option.points, off);
    for (std::size_t i = 0; i < off.size(); ++i) {
      Item& item = items_.at(option.bundle[i]);
      item.left -= off[i];
      item.points += points[i];
      item.counted.insert(option.rule->group);
      served.insert(option.bundle[i]);
    }
    items_.at(option.bundle.front()).promo_units += option.promo_units;
    points_ -= option.points;
    if (option.coupon) used_.insert(option.coupon);
  }

  static const Option* most_of(const std::vector<Option>& list) {
    const Option* most = nullptr;
    for (const Option& option : list) {
      if (option.off > 0 && (most == nullptr || option.off > most->off)) most = &option;
    }
    return most;
  }

  void best(const Step& step) {
    std::set<Key> served;
    for (;;) {
      std::vector<Option> everything;
      for (const auto& [rule, coupon] : ways(step.group)) {
        for (Option& option : options(*rule, coupon, step, served)) everything.push_back(std::move(option));
      }
      const Option* most = most_of(everything);
      if (most == nullptr) return;
      give(*most, served);
    }
  }

  void all(const Step& step) {
    std::set<Key> nobody;
    for (const auto& [rule, coupon] : ways(step.group)) {
      std::vector<Option> list = options(*rule, coupon, step, {});
      if (rule->by_coupon) {
        if (const Option* most = most_of(list)) give(*most, nobody);
        continue;
      }
      for (const Option& option : list) {
        Option again{option.rule, option.coupon, option.bundle};
        weigh(again);
        if (again.off > 0) give(again, nobody);
      }
    }
  }

  // The row that names most of the destination.
  const FreightRow& row_for(const FreightTemplate& form) const {
    for (std::size_t length = basket_.destination->size();; --length) {
      for (const FreightRow& row : form.rows) {
        if (std::count(row.regions.begin(), row.regions.end(), basket_.destination->substr(0, length)) > 0)
          return row;
      }
    }
  }

  void freight() {
    if (!basket_.destination) return;
    for (const FreightTemplate& form : shops_.freight) {
      const FreightRow& row = row_for(form);
      std::vector<Item*> parcel;
      std::vector<std::int64_t> measures, pieces;
      Fen goods = 0;
      for (auto& [key, item] : items_) {
        if (key.first != form.shop) continue;
        parcel.push_back(&item);
        goods += item.left;
        const Line& line = item.line;
        const std::int64_t each = row.measure == Measure::grams ? line.grams
                                  : row.measure == Measure::cm3 ? line.cm3
                                                                : 1;
        measures.push_back(each * line.units);
        pieces.push_back(line.units);
      }
      if (parcel.empty()) continue;
      std::int64_t measure = 0;
      for (const std::int64_t one : measures) measure += one;
      Fen fee = row.first_fee.minor;
      for (std::int64_t covered = row.first; covered < measure; covered += row.next)
        fee += row.next_fee.minor;
      if (row.free_from && goods >= row.free_from->minor) fee = 0;
      const std::vector<Fen> parts = handed_out(fee, measure == 0 ? pieces : measures);
      for (std::size_t i = 0; i < parcel.size(); ++i) parcel[i]->freight = parts[i];
    }
  }

  const Basket& basket_;
  const Shopkeeping& shops_;
  Items items_;
  std::int64_t points_ = 0;
  std::set<CouponId> used_;
};

}  // namespace

Told told(const Basket& basket, const Shopkeeping& shops) { return Counting(basket, shops).count(); }

}  // namespace ordeal::pricing
