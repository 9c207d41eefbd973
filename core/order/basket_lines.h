// Seam order::BasketLines: how many of a sku an order takes that its buyer has in several lines of the basket.
//
// Contract: as many as all of its lines say; what is paid for is what is taken (I-14, I-21). F-93 breaks it: it lets the
// first line of a sku stand for all.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/api/order.h"

namespace ordeal::order {

class BasketLines {
 public:
  virtual ~BasketLines() = default;
  // Sorted by sku, each sku of `lines` once.
  virtual std::vector<api::Line> taken(std::span<const api::Line> lines) const = 0;
};

// "added_up"; null for an unknown name.
std::unique_ptr<BasketLines> make_basket_lines(std::string_view name);

}  // namespace ordeal::order
