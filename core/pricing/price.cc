#include "core/pricing/price.h"

#include "core/pricing/counter.h"

namespace ordeal::pricing {

Result<Quote, BasketProblem> price(const Basket& basket, const Rulebook& book) {
  std::vector<Line> lines;
  if (auto problem = put_in_order(basket, book, lines)) return Err{*problem};
  Counter counter(basket, book, std::move(lines));
  for (const Rulebook::Turn& turn : book.turns()) {
    if (turn.step.group != Group::freight) {
      counter.take(turn);
    } else if (auto problem = counter.add_freight()) {
      return Err{*problem};
    }
  }
  if (auto problem = counter.finish()) return Err{*problem};
  return std::move(counter).quote();
}

Result<Quote, PriceChanged> confirm(Quote now, const Shown& shown) {
  if (now.total != shown.total || (shown.digest && *shown.digest != now.digest))
    return Err{PriceChanged{std::move(now)}};
  return now;
}

}  // namespace ordeal::pricing
