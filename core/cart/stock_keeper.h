// What a cart does about stock where that is taken when a line is put in (A23): asks inventory to hold it, tells it what has left. All of it
// after the commit and once: a hold that nobody asked for is a line without a promise, one that nobody let go ends by itself (holding.h).
#pragma once

#include <vector>

#include "core/api/cart_stock.h"
#include "core/cart/carts.h"
#include "core/cart/holding.h"
#include "core/env/env.h"

namespace ordeal::cart {

class StockKeeper {
 public:
  StockKeeper(env::Env& env, Holding& holding) : env_(env), holding_(holding) {}

  // What a change made of a cart: lines of that good that are there are held, those that were there are let go.
  void changed(UserId owner, SkuId sku, const View& before, const View& after);
  // The guest's lines are the person's new ones now, and so is what they held.
  void merged(UserId guest, const View& guests, UserId user, std::int64_t since, const View& after);

 private:
  void hold(UserId owner, const api::CartLine& line, std::vector<OrderId> instead_of);

  env::Env& env_;
  Holding& holding_;
};

}  // namespace ordeal::cart
