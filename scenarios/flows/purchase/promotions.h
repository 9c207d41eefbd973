// What a scenario may say of promotions: rules that are in force for a time, coupons and points that every shopper holds.
// One shape gives reader, schema and `ordeal show`; from the rules come the rulebooks of the order service (core/pricing)
// and what the promotion service counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/ratio.h"
#include "core/order/pricer.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"

namespace ordeal::purchase {

// price       a unit of `sku` costs `price`; with `stock_at_least` only so many units as there are above that bound (A38)
// rate        a unit of `sku` costs the share `pays` (8折)
// spend_off   an order of `spend` costs `off` less (满减)
// spend_rate  an order of `spend` costs the share `pays` (满折)
// coupon      as spend_off, for who has one of the `each` coupons that every shopper is given
// points      so many `points` are worth `worth`, up to the share `covers` of an order (积分抵现), and every shopper is given
//             `each` of them
enum class PromotionKind : std::uint8_t { price, rate, spend_off, spend_rate, coupon, points };

struct PromotionSpec {
  std::string name{};
  PromotionKind kind = PromotionKind::price;
  std::string sku{};
  Money price{};
  std::int64_t stock_at_least = 0;
  Ratio pays = Ratio::one();
  Money spend{};
  Money off{};
  std::int64_t each = 1;
  std::int64_t points = 0;
  Money worth{};
  Ratio covers = Ratio::one();
  Duration from{};   // in force from then on, counted from the start; nothing: from ever
  Duration until{};  // and before this; nothing: for ever
};

// The setting "promotions".
struct PromotionsSpec {
  std::vector<PromotionSpec> rules{};

  bool any() const { return !rules.empty(); }
};

const play::Shape<PromotionsSpec>& promotions_shape();
void check_promotions(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
// Of a workload of those who look for bargains.
void check_bargains(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

// Rules are numbered as they stand there, from 1.
inline RuleId rule_id(std::size_t index) { return RuleId{static_cast<std::int64_t>(index) + 1}; }
const PromotionSpec* promotion_of(RuleId rule, const PromotionsSpec& promotions);
// Units at the price of a rule that counts them; nothing for one that does not.
std::int64_t quota_of(const PromotionSpec& rule, const play::Scenario& scenario);
bool counts_units(const PromotionSpec& rule);

struct Issued {
  CouponId coupon;
  UserId user;
  RuleId rule;
  std::int64_t number = 1;  // of those of this rule that the user has, from 1
};
// "\"5 off\" no. 2"; without a number where everybody has one.
std::string name_of(const Issued& issued, const PromotionsSpec& promotions);
// Points that every shopper is given.
std::int64_t points_each(const PromotionsSpec& promotions);
// The coupons of one user, and of everybody who shops.
std::vector<Issued> coupons_of(UserId user, const PromotionsSpec& promotions);
std::vector<Issued> all_coupons(const play::Scenario& scenario);
std::vector<UserId> all_users(const play::Scenario& scenario);

// The rulebooks, each from the time on when a rule begins or ends.
std::vector<order::Campaign> campaigns(const play::Scenario& scenario);

}  // namespace ordeal::purchase
