// Discount rules, as plain values: the terms are a closed variant with one struct a kind, and beside them stands on which
// lines they work and with what they compete.
//
// A rule works on *bundles*: the lines of its scope that are counted together by its span. It looks at what is still to
// pay of a bundle, says how much less that becomes, and what it says is spread over the lines of the bundle in
// proportion to what is still to pay of each, by largest remainder (I-22). So no line falls below zero, and what a rule
// gives is found again on the lines to the last minor unit.
//
// Rules of one *group* compete or add up; groups follow each other in the order that a Stacking says (rulebook.h). That
// order is a value: no rule knows what comes before or after it.
//
// A rulebook holds what is in force now. Beginnings and ends of campaigns are the caller's, who has a clock.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/money.h"
#include "core/base/ratio.h"
#include "core/pricing/basket.h"
#include "core/pricing/rounding.h"

namespace ordeal::pricing {

// What is counted together. A bundle of span `line` is one line.
enum class Span { line, shop, order };

enum class Group {
  item_price,      // 单品折扣, 促销价, a price tied to stock
  member_level,    // 会员等级
  shop_offer,      // 满减, 满折 of a shop
  platform_offer,  // the same over shops
  item_coupon,     // 单品券
  shop_coupon,     // 店铺券
  cross_coupon,    // 跨店券
  freight,         // no rule's: the place in the order where freight is reckoned
  points,          // 积分抵现
};
constexpr auto names_of(Group) {
  return std::to_array<std::string_view>({"item_price", "member_level", "shop_offer", "platform_offer",
                                          "item_coupon", "shop_coupon", "cross_coupon", "freight", "points"});
}
inline constexpr std::size_t kGroups = names_of(Group{}).size();

// Lines on which a rule works: those that every list which is not empty names.
struct Scope {
  std::vector<MerchantId> shops{};
  std::vector<SpuId> spus{};
  std::vector<SkuId> skus{};
};

// ---- Terms of a unit's price. Their span is `line`, and they speak of the list price.

// 8折: each unit costs this share of its list price. Rounded per unit, for that is the price on the shelf.
struct UnitRate {
  Ratio pays = Ratio::one();
  Rounding rounding = Rounding::half_up;
};

// 促销价: each unit costs this, where that is less than its list price.
struct UnitPrice {
  Money price{};
};

// A38: a unit costs `price` while at least `stock_at_least` units are left before it is taken, else its list price. Of n
// units that is one for each of stock, stock - 1, … that still reaches the bound. A quote says how many those are
// (Discount::promo_units): whoever places the order takes so many from the counter of the promotion, in one
// conditional update, or the quote is void (I-23, F-43).
struct StockPrice {
  Money price{};
  std::int64_t stock_at_least = 1;
};

// ---- Terms of an amount: what is still to pay of a bundle when the rule's turn comes.

// 会员等级: members from this level up pay this share.
struct MemberRate {
  std::int64_t level_at_least = 1;
  Ratio pays = Ratio::one();
  Rounding rounding = Rounding::half_up;
};

// 满300减50: `off` from `spend` on; with `times_at_most` above 1 for every `spend` in the bundle (每满). Steps such as
// 满300减50, 满500减100 are two rules in a group of which the best is taken.
struct SpendOff {
  static constexpr std::int64_t kEvery = std::numeric_limits<std::int64_t>::max();
  Money spend{};
  Money off{};
  std::int64_t times_at_most = 1;
};

// 满500打8折: this share of a bundle from `spend` on, but never more off than `off_at_most`.
struct SpendRate {
  Money spend{};
  Ratio pays = Ratio::one();
  std::optional<Money> off_at_most{};
  Rounding rounding = Rounding::half_up;
};

// 积分抵现: every `points` points are worth `worth`, in whole lots, up to this share (rounded down) of what is to pay.
struct PointsAsCash {
  std::int64_t points = 100;
  Money worth{};
  Ratio covers_at_most = Ratio::one();
};

using Terms = std::variant<UnitRate, UnitPrice, StockPrice, MemberRate, SpendOff, SpendRate, PointsAsCash>;

struct Rule {
  RuleId id{};
  Group group{};
  Span span = Span::line;
  Scope scope{};
  // A coupon's rule works once for each coupon of it that the basket holds, on the one bundle where it gives most, and
  // for nobody else. Without, on every bundle and for everybody.
  bool by_coupon = false;
  Terms terms{};
};

}  // namespace ordeal::pricing
