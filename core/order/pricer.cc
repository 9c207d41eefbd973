#include "core/order/pricer.h"

#include <algorithm>
#include <utility>

#include "core/catalog/catalog.h"
#include "core/pricing/price.h"

namespace ordeal::order {
namespace {

// A price that is tied to a stock (A38) counts its units itself (I-23): so many are "in stock" that just those which are
// left reach the bound.
std::int64_t stock_for(SkuId sku, const pricing::Rulebook& book, const api::Offers& offers) {
  for (const pricing::Rulebook::Turn& turn : book.turns()) {
    for (const pricing::Rule& rule : turn.rules) {
      const auto* terms = std::get_if<pricing::StockPrice>(&rule.terms);
      const auto& skus = rule.scope.skus;
      if (terms == nullptr || std::find(skus.begin(), skus.end(), sku) == skus.end()) continue;
      for (const api::PromoUnits& left : offers.units) {
        if (left.rule == rule.id) return std::max<std::int64_t>(left.units, 0) + terms->stock_at_least - 1;
      }
    }
  }
  return 0;
}

pricing::Basket basket_of(std::span<const api::Line> lines, const catalog::Quote& list,
                          const pricing::Rulebook& book, const api::Discounts& wanted,
                          const api::Offers& offers) {
  pricing::Basket basket;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    pricing::Line& line = basket.lines.emplace_back();
    line.sku = lines[i].sku;
    line.shop = list.merchant;
    line.unit = list.unit[i];
    line.units = lines[i].qty;
    line.stock = stock_for(line.sku, book, offers);
  }
  basket.points = std::clamp<std::int64_t>(wanted.points, 0, std::max<std::int64_t>(offers.points, 0));
  for (const api::OwnCoupon& own : offers.coupons) {
    if (book.takes_coupons(own.rule)) basket.coupons.push_back({own.coupon, own.rule});
  }
  return basket;
}

}  // namespace

const pricing::Rulebook& Pricer::book_now() const {
  const auto& campaigns = promotions_->campaigns;
  ORDEAL_CHECK(!campaigns.empty());
  const Instant now = env_.clock.wall_now();
  const auto next = std::find_if(campaigns.begin() + 1, campaigns.end(),
                                 [&](const Campaign& campaign) { return campaign.from > now; });
  return (next - 1)->book;
}

std::optional<api::Offers> Pricer::look(UserId user, const api::Discounts& wanted) const {
  if (!has_promotions()) return api::Offers{};
  auto reply = env_.rpc.call<api::Offers>("promotion", "look", api::AskOffers{user, wanted.coupons},
                                          promotions_->look_deadline);
  if (!reply) return std::nullopt;
  return std::move(*reply);
}

std::optional<Priced> Pricer::price(env::Connection& connection, std::span<const api::Line> lines,
                                    const api::Discounts& wanted, const api::Offers& offers) const {
  auto list = catalog::quote(connection, lines);
  if (!list) return std::nullopt;
  Priced priced{list->total, list->unit, list->merchant, {}};
  if (!has_promotions()) return priced;
  const pricing::Rulebook& book = book_now();
  auto quote = pricing::price(basket_of(lines, *list, book, wanted, offers), book);
  if (!quote) return std::nullopt;
  priced.total = quote->total;
  priced.quote = std::move(*quote);
  return priced;
}

}  // namespace ordeal::order
