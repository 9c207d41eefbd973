// Seam promotion::Holder: how what an order wants to use is taken for it.
//
// Contract: all of it or nothing (I-12); a coupon, a point, a unit at a price is one order's at a time, whatever runs beside
// it (I-23, I-24, I-25); a repeat for the same order takes nothing more; an order that was given up is refused for ever.
// F-33 breaks it: that the coupon is unused was seen when the order was priced, and is not asked again. F-35 breaks it: it
// takes the points before it writes down for what. F-43 breaks it: how many units are left was read when it was priced.
#pragma once

#include <memory>
#include <string_view>

#include "core/api/promotion.h"
#include "core/env/database.h"

namespace ordeal::promotion {

class Holder {
 public:
  virtual ~Holder() = default;
  virtual api::HoldStatus hold(env::Database& db, const api::HoldDiscounts& wanted) = 0;
};

// "conditional": each thing by one statement that checks and takes, all in one transaction. Null for an unknown name.
std::unique_ptr<Holder> make_holder(std::string_view name);

}  // namespace ordeal::promotion
