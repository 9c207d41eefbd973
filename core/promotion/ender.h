// Seam promotion::Ender: what becomes of the discounts of an order that has ended.
//
// Contract: what the order holds, and nothing else, is used or given back, once, however often it is told (I-24, I-31).
// F-87 breaks it: it gives back the first coupon of the kind that the buyer has somewhere. F-97 breaks it: it counts a use
// again each time it is told.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/api/facts.h"
#include "core/api/promotion.h"
#include "core/env/database.h"

namespace ordeal::promotion {

class Ender {
 public:
  virtual ~Ender() = default;
  // Nothing when there was nothing HELD; says what it did as a fact.
  virtual std::optional<api::facts::DiscountsEnded> end(env::Tx& tx, OrderId order, api::HoldState as) = 0;
};

// "by_order": what the rows of the order say, if they are still HELD. Null for an unknown name.
std::unique_ptr<Ender> make_ender(std::string_view name);

}  // namespace ordeal::promotion
