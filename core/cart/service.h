// The cart service: keeps what people mean to buy (api/cart.h). A change is one transaction, once for each request key; what is bought
// leaves by the order's own event, after the order stands, so an order that is refused, or dies, leaves its cart whole (A12, I-28).
#pragma once

#include "core/api/ack.h"
#include "core/api/cart.h"
#include "core/cart/carts.h"
#include "core/cart/clearing.h"
#include "core/cart/reader.h"
#include "core/cart/stock_keeper.h"
#include "core/env/env.h"

namespace ordeal::cart {

inline constexpr std::size_t kMaxLines = 100;
inline constexpr std::int64_t kMaxQty = 1'000'000;
inline constexpr std::size_t kMaxKey = 64;

struct Designs {
  Reader& reader;
  Clearing& clearing;
  Holding* holding = nullptr;  // none: carts hold no stock
};

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs);

  void start();

  api::CartReply look(const api::AskCart& ask);
  api::CartReply change(const api::ChangeCart& request);
  api::CartReply merge(const api::MergeCarts& request);
  api::Ack on_cart_ordered(const api::CartOrdered& event);

 private:
  env::Env& env_;
  env::Database& db_;
  Designs designs_;
  std::optional<StockKeeper> stock_;
};

}  // namespace ordeal::cart
