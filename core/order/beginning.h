// Seam order::Beginning: what is done before an order is written down.
//
// Contract: nothing that outlives its order. An order is a row first, and everything is taken for that row, so whoever finds
// it after a crash can take it to its end (I-12). F-24 breaks it: it takes the stock first.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/api/order.h"

namespace ordeal::order {

struct Context;

class Beginning {
 public:
  virtual ~Beginning() = default;
  // The id that the order gets, if something was done under it already.
  virtual std::optional<OrderId> before(Context& context, const api::PlaceOrder& request,
                                        const std::vector<api::Line>& lines) = 0;
};

// "order_first"; null for an unknown name.
std::unique_ptr<Beginning> make_beginning(std::string_view name);

}  // namespace ordeal::order
