#include "scenarios/flows/purchase/model/offers.h"

#include <algorithm>
#include <set>

namespace ordeal::purchase::model {
namespace {

// A share of an amount, half a minor unit upwards.
std::int64_t share(std::int64_t amount, Ratio of) { return (2 * amount * of.num + of.den) / (2 * of.den); }

std::int64_t off_goods(const OfferLine& line, const Offer& offer, const Used& used) {
  if (offer.sku != line.sku) return 0;
  if (offer.kind == OfferKind::unit_rate) return (line.price - share(line.price, offer.pays)) * line.qty;
  if (offer.kind != OfferKind::unit_price || offer.price >= line.price) return 0;
  if (offer.quota < 0) return (line.price - offer.price) * line.qty;
  const auto units = used.units.find(offer.id);
  return units == used.units.end() ? 0 : (line.price - offer.price) * std::min(units->second, line.qty);
}

std::int64_t off_order(std::int64_t to_pay, const Offer& offer) {
  if (to_pay < offer.spend || to_pay == 0) return 0;
  if (offer.kind == OfferKind::spend_rate) return to_pay - share(to_pay, offer.pays);
  return std::min(offer.off, to_pay);
}

bool has_coupon(const Used& used, RuleId rule) {
  return std::find(used.coupons.begin(), used.coupons.end(), rule) != used.coupons.end();
}

std::int64_t after_goods(const std::vector<OfferLine>& lines, const std::vector<Offer>& now,
                         const Used& used) {
  std::int64_t to_pay = 0;
  for (const OfferLine& line : lines) {
    std::int64_t most = 0;
    for (const Offer& offer : now) most = std::max(most, off_goods(line, offer, used));
    to_pay += line.price * line.qty - most;
  }
  return to_pay;
}

std::int64_t after_order(std::int64_t to_pay, const std::vector<Offer>& now) {
  std::int64_t most = 0;
  for (const Offer& offer : now) {
    if (offer.kind == OfferKind::spend_off || offer.kind == OfferKind::spend_rate)
      most = std::max(most, off_order(to_pay, offer));
  }
  return to_pay - most;
}

std::int64_t after_coupon(std::int64_t to_pay, const std::vector<Offer>& now, const Used& used) {
  std::int64_t most = 0;
  for (const Offer& offer : now) {
    if (offer.kind == OfferKind::coupon && has_coupon(used, offer.id))
      most = std::max(most, off_order(to_pay, offer));
  }
  return to_pay - most;
}

std::int64_t lots(std::int64_t to_pay, const Offer& offer, std::int64_t points) {
  const std::int64_t most = to_pay * offer.covers.num / offer.covers.den;
  return std::min(points / offer.lot, most / offer.worth);
}

const Offer* points_offer(const std::vector<Offer>& now) {
  const auto found = std::find_if(now.begin(), now.end(),
                                  [](const Offer& offer) { return offer.kind == OfferKind::points; });
  return found == now.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Offer> in_force(const std::vector<Offer>& offers, std::int64_t at_ns) {
  std::vector<Offer> now;
  for (const Offer& offer : offers) {
    if (offer.from_ns <= at_ns && at_ns < offer.until_ns) now.push_back(offer);
  }
  return now;
}

std::vector<std::int64_t> turns(const std::vector<Offer>& offers) {
  std::set<std::int64_t> times{0};
  for (const Offer& offer : offers) {
    times.insert(offer.from_ns);
    if (offer.until_ns != INT64_MAX) times.insert(offer.until_ns);
  }
  return {times.begin(), times.end()};
}

std::int64_t total(const std::vector<OfferLine>& lines, const std::vector<Offer>& now, const Used& used) {
  const std::int64_t to_pay = after_coupon(after_order(after_goods(lines, now, used), now), now, used);
  const Offer* points = points_offer(now);
  return points == nullptr ? to_pay : to_pay - lots(to_pay, *points, used.points) * points->worth;
}

Used best_use(const std::vector<OfferLine>& lines, const std::vector<Offer>& now, const Used& has) {
  Used best;
  for (const OfferLine& line : lines) {
    std::int64_t most = 0;
    const Offer* chosen = nullptr;
    for (const Offer& offer : now) {
      const std::int64_t off = off_goods(line, offer, has);
      if (off > most) most = off, chosen = &offer;
    }
    if (chosen == nullptr || chosen->kind != OfferKind::unit_price || chosen->quota < 0) continue;
    best.units[chosen->id] = std::min(has.units.at(chosen->id), line.qty);
  }
  const std::int64_t before = after_order(after_goods(lines, now, best), now);
  std::int64_t most = 0;
  for (const Offer& offer : now) {
    if (offer.kind != OfferKind::coupon || !has_coupon(has, offer.id)) continue;
    const std::int64_t off = off_order(before, offer);
    if (off <= most) continue;
    most = off;
    best.coupons = {offer.id};
  }
  if (const Offer* points = points_offer(now))
    best.points = lots(before - most, *points, has.points) * points->lot;
  return best;
}

}  // namespace ordeal::purchase::model
