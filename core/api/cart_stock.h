// Stock that lies in carts (A23): what the cart and the order ask inventory for. RPC methods of service "inventory":
//
//   hold_for_cart    HoldForCart → ReserveReply    idempotent by hold: a line's units, until its time is over
//   reserve_of_cart  ReserveOfCart → ReserveReply  as `reserve`; what its cart holds is the order's from then on
//   let_go           LetGo → Ack                   idempotent: lines have left their cart
//
// A hold is a reservation like an order's, under an id of its own that the line's owner and version give. A line that is not held any more
// is a line all the same: who orders it gets what is free then.
#pragma once

#include <cstdint>
#include <vector>

#include "core/api/inventory.h"
#include "core/base/digest.h"

namespace ordeal::api {

// Above all ids of orders (Id::from_random).
inline constexpr std::int64_t kFirstHold = std::int64_t{1} << 50;
constexpr bool is_cart_hold(OrderId id) { return id.value >= kFirstHold; }
inline OrderId cart_hold(UserId owner, std::int64_t version) {
  const auto digest =
      Digest().add(static_cast<std::uint64_t>(owner.value)).add(static_cast<std::uint64_t>(version)).value();
  return OrderId{kFirstHold + static_cast<std::int64_t>(digest % static_cast<std::uint64_t>(kFirstHold))};
}

struct HoldForCart {
  OrderId hold{};
  Line line{};
  Instant until{};
  std::vector<OrderId> instead_of{};  // of the same good, of lines that this one was made of
  ORDEAL_MESSAGE(HoldForCart, "inventory.HoldForCart", hold, line, until, instead_of);
};

struct ReserveOfCart {
  OrderId order{};
  std::vector<Line> lines{};
  std::vector<OrderId> holds{};
  ORDEAL_MESSAGE(ReserveOfCart, "inventory.ReserveOfCart", order, lines, holds);
};

struct LetGo {
  std::vector<OrderId> holds{};
  ORDEAL_MESSAGE(LetGo, "inventory.LetGo", holds);
};

}  // namespace ordeal::api
