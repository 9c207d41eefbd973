// What may be said of a price where there are promotions.
#include <algorithm>

#include "scenarios/flows/purchase/model/visits.h"

namespace ordeal::purchase::model {
namespace {

std::vector<OfferLine> lines_of(const Quote& list) {
  std::vector<OfferLine> lines;
  for (const PricedLine& line : list.lines) lines.push_back({line.sku, line.qty, line.price.minor});
  return lines;
}

bool was_shown(CouponId coupon, const api::Discounts& wanted) {
  return std::find(wanted.coupons.begin(), wanted.coupons.end(), coupon) != wanted.coupons.end();
}

const Coupon* own_coupon(CouponId id, UserId user, const std::vector<Coupon>& coupons) {
  const auto found = std::find_if(coupons.begin(), coupons.end(),
                                  [&](const Coupon& one) { return one.id == id && one.user == user; });
  return found == coupons.end() ? nullptr : &*found;
}

// Every number of units, from none to all, at the price of each offer that counts them.
void add_units(const std::vector<OfferLine>& lines, const std::vector<Offer>& offers,
               std::vector<Used>& all) {
  for (const Offer& offer : offers) {
    if (offer.quota < 0) continue;
    for (const OfferLine& line : lines) {
      if (line.sku != offer.sku) continue;
      std::vector<Used> more;
      for (const Used& used : all) {
        for (std::int64_t units = 0; units <= std::min(line.qty, offer.quota); ++units)
          more.emplace_back(used).units[offer.id] = units;
      }
      all = std::move(more);
    }
  }
}

}  // namespace

std::int64_t reduced(const Quote& list, const std::vector<Offer>& now, const Used& used) {
  return total(lines_of(list), now, used);
}

Used Judged::used_by(const BookedOrder& order) const {
  Used used{{}, order.points, order.units};
  for (const CouponId id : order.coupons) {
    const Coupon* coupon = own_coupon(id, order.user, outside_.coupons);
    if (coupon != nullptr) used.coupons.push_back(coupon->rule);
  }
  return used;
}

bool Judged::is_only_visit() const {
  return std::count_if(outside_.diary.visits.begin(), outside_.diary.visits.end(),
                       [&](const auto& one) { return one.second.user == visit_.user; }) == 1;
}

std::optional<std::string> Judged::why_not_reduced(const BookedOrder& order, const Basket& basket,
                                                   const Quote& list) const {
  if (order.total != basket.shown) return "an order was made at another price than its buyer was shown";
  for (const CouponId coupon : order.coupons) {
    if (!was_shown(coupon, basket.discounts) || own_coupon(coupon, order.user, outside_.coupons) == nullptr)
      return "an order uses a coupon that its buyer did not show, or does not hold";
  }
  if (order.points > std::min(basket.discounts.points, outside_.points_each))
    return "an order uses more points than its buyer wanted to, or has";
  const Used used = used_by(order);
  const auto is_total = [&](std::int64_t at_ns) {
    return reduced(list, in_force(outside_.offers, at_ns), used) == order.total.minor;
  };
  const auto times = turns(outside_.offers);
  const bool once = std::any_of(times.begin(), times.end(), is_total);
  const bool then = std::any_of(visit_.placing.begin(), visit_.placing.end(), [&](const PlaceAsked& asked) {
    return is_total(asked.at_ns) || (asked.answered() && is_total(asked.answered_ns));
  });
  // On other days a clock may be wrong.
  if (outside_.calm ? !then : !once) return "an order's total is not what promotions leave of its lines";
  return outside_.calm ? why_not_used(order, basket, list) : std::nullopt;
}

std::optional<std::string> Judged::why_not_used(const BookedOrder& order, const Basket& basket,
                                                const Quote& list) const {
  if (!is_only_visit() || visit_.placing.empty()) return std::nullopt;
  const auto now = in_force(outside_.offers, visit_.placing.front().at_ns);
  Used has{{}, std::min(basket.discounts.points, outside_.points_each), order.units};
  for (const CouponId id : basket.discounts.coupons) {
    const Coupon* coupon = own_coupon(id, order.user, outside_.coupons);
    if (coupon != nullptr) has.coupons.push_back(coupon->rule);
  }
  for (const Offer& offer : now) {
    if (offer.quota < 0) continue;
    const std::int64_t wanted = quantity_of(offer.sku, order);
    if (index_.units_of(offer.id) + wanted <= offer.quota) has.units[offer.id] = wanted;
    has.units.try_emplace(offer.id, 0);
  }
  if (reduced(list, now, best_use(lines_of(list), now, has)) >= order.total.minor) return std::nullopt;
  return "a discount that its buyer could have was not given, on a calm day";
}

// By another order of the same buyer's, or units by anybody.
bool Judged::may_have_been_used_elsewhere(const BookedOrder& order) const {
  if (!is_only_visit()) return true;
  return std::any_of(outside_.offers.begin(), outside_.offers.end(), [&](const Offer& offer) {
    return offer.quota >= 0 && order.units.contains(offer.id) && index_.units_of(offer.id) > offer.quota;
  });
}

std::optional<std::string> Judged::why_not_quoted(const QuoteAsked& asked) const {
  if (!asked.answered() || asked.reply.status != api::QuoteStatus::quoted) return std::nullopt;
  const auto list = quote({asked.lines, {}, {}}, outside_.goods);
  if (!list) return "a price was told of what nobody can buy";
  Used used{{}, asked.reply.used.points, {}};
  for (const CouponId id : asked.reply.used.coupons) {
    const Coupon* coupon = own_coupon(id, visit_.user, outside_.coupons);
    if (coupon == nullptr || !was_shown(id, asked.wanted))
      return "a price was told with a coupon that its buyer did not show, or does not hold";
    used.coupons.push_back(coupon->rule);
  }
  if (used.points > std::min(asked.wanted.points, outside_.points_each))
    return "a price was told with more points than its buyer wanted to use, or has";
  for (const std::int64_t at_ns : turns(outside_.offers)) {
    const auto now = in_force(outside_.offers, at_ns);
    std::vector<Used> all{used};
    add_units(lines_of(*list), now, all);
    const bool is_price = std::any_of(all.begin(), all.end(), [&](const Used& one) {
      return reduced(*list, now, one) == asked.reply.total.minor;
    });
    if (is_price) return std::nullopt;
  }
  return "a price was told that promotions do not leave of its lines";
}

}  // namespace ordeal::purchase::model
