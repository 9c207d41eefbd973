// Seam payment::WayChange: what becomes of a trade that is open when its buyer takes another way to pay.
//
// Contract: it is closed at the channel before another one is opened, so that at most one trade of an order can be paid
// (I-32); if it cannot be closed, or was paid, there is no other way. F-15 breaks it: it opens the other one beside it.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "core/api/payment.h"
#include "core/payment/desk.h"

namespace ordeal::payment {

class WayChange {
 public:
  // Looks once more what stands in the way, and opens an attempt in the wanted way if nothing does.
  using Open = std::function<Opening()>;

  virtual ~WayChange() = default;
  virtual Opening change(Desk& desk, const Opening& occupied, const api::StartPayment& wanted,
                         const Open& open) = 0;
};

// "closes_first"; null for an unknown name.
std::unique_ptr<WayChange> make_way_change(std::string_view name);

}  // namespace ordeal::payment
