// One basket on its way through the turns of a rulebook. Lines are put in one order first (by shop, then sku, lines of a
// sku made one), so that nothing after that can depend on the order in which they came.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/pricing/basket.h"
#include "core/pricing/gift.h"
#include "core/pricing/quote.h"
#include "core/pricing/rulebook.h"

namespace ordeal::pricing {

// Appends to `lines` what the quote's lines are made of; a problem where the basket makes no sense under the book.
std::optional<BasketProblem> put_in_order(const Basket& basket, const Rulebook& book,
                                          std::vector<Line>& lines);

class Counter {
 public:
  // `lines` as put_in_order left them.
  Counter(const Basket& basket, const Rulebook& book, std::vector<Line> lines);

  void take(const Rulebook::Turn& turn);
  std::optional<BasketProblem> add_freight();
  // Once, after all turns.
  std::optional<BasketProblem> finish();
  Quote quote() && { return std::move(quote_); }

 private:
  // A rule, by a coupon or for everybody, on those lines of a range that are open to it.
  struct Try {
    const Rule* rule = nullptr;
    CouponId coupon{};
    std::size_t begin = 0, end = 0;
    Gift gift{};
  };

  void take_all(const Rulebook::Turn& turn);
  void take_best(const Rulebook::Turn& turn);
  std::vector<CouponId> coupons_of(const Rule& rule) const;
  void add_tries(const Rule& rule, CouponId coupon, std::vector<Try>& tries) const;
  bool is_open(const Rule& rule, std::size_t line) const;
  Bundle bundle_of(const Try& one) const;
  void weigh(Try& one) const;
  void apply(const Try& one);

  const Basket& basket_;
  const Rulebook& book_;
  std::vector<Line> lines_;
  std::vector<std::size_t> shop_ends_;  // one behind the last line of each shop
  std::vector<std::int64_t> left_;      // minor units still to pay, of each line
  std::vector<std::uint32_t> counted_;  // groups of which a line counted for a discount, as bits
  std::uint32_t closed_ = 0;            // of the turn: lines with one of these bits are left out
  std::int64_t points_left_ = 0;
  std::vector<CouponId> used_;
  Quote quote_;
};

}  // namespace ordeal::pricing
