// What promotions take off, by the requirements alone (A6, A7, A11, A36 to A38): small and slow, written without a look at
// core/pricing. Each step works on what is still to pay after the one before.
//
//   goods    a unit at a price of its own, or at a share of its price (8折); of several the one that takes most off
//   order    from `spend` on so much off, or at a share (满减, 满折); of several the one that takes most off
//   coupon   the same for who has one; one at a time
//   points   lots of points for an amount each, up to a share of what is to pay
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/api/promotion.h"
#include "core/base/ratio.h"

namespace ordeal::purchase::model {

enum class OfferKind : std::uint8_t { unit_price, unit_rate, spend_off, spend_rate, coupon, points };

struct Offer {
  RuleId id{};
  OfferKind kind{};
  SkuId sku{};              // of goods
  std::int64_t price = 0;   // minor units, of a unit
  std::int64_t quota = -1;  // units at that price; below 0: as many as anybody wants
  Ratio pays = Ratio::one();
  std::int64_t spend = 0;
  std::int64_t off = 0;
  std::int64_t lot = 0;    // points
  std::int64_t worth = 0;  // of a lot
  Ratio covers = Ratio::one();
  std::int64_t from_ns = 0;  // since the beginning; in force from then on
  std::int64_t until_ns = INT64_MAX;
};

// What an order uses of what can be used up.
struct Used {
  std::vector<RuleId> coupons{};  // the rules that they were issued under
  std::int64_t points = 0;
  std::map<RuleId, std::int64_t> units{};  // at the price of a rule that counts them

  bool operator==(const Used&) const = default;
};

struct OfferLine {
  SkuId sku{};
  std::int64_t qty = 0;
  std::int64_t price = 0;  // of one, by the list
};

// The offers that are in force then.
std::vector<Offer> in_force(const std::vector<Offer>& offers, std::int64_t at_ns);
// When other offers are in force than a moment before; the beginning is one of these times.
std::vector<std::int64_t> turns(const std::vector<Offer>& offers);

// What these lines cost with just what is used. Points that no lot can take are left over and cost nothing.
std::int64_t total(const std::vector<OfferLine>& lines, const std::vector<Offer>& now, const Used& used);
// What of `has` a buyer uses who uses what helps: units of which there are enough, the coupon that takes most off, whole lots.
Used best_use(const std::vector<OfferLine>& lines, const std::vector<Offer>& now, const Used& has);

}  // namespace ordeal::purchase::model
