// Seam cart::Clearing: what leaves a cart when an order that was made of it stands.
//
// Contract: the lines that the order has, by their versions, and no other; what was put in since, also of the same sku, stays (I-28). It
// is done within the transaction that hears of the order, any number of times. F-36 breaks it: it empties the cart.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/api/cart.h"
#include "core/env/database.h"

namespace ordeal::cart {

class Clearing {
 public:
  virtual ~Clearing() = default;
  // The lines that left.
  virtual std::vector<api::CartLine> clear(env::Tx& tx, const api::CartOrdered& ordered) = 0;
};

// "by_version"; null for an unknown name.
std::unique_ptr<Clearing> make_clearing(std::string_view name);

}  // namespace ordeal::cart
