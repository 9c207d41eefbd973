// What the cart service hears. RPC methods of service "cart", each idempotent by (owner, request_key):
//
//   look             AskCart → CartReply
//   change           ChangeCart → CartReply   adds units, says how many there are to be, or takes a sku out
//   merge            MergeCarts → CartReply   at login: what a guest had put in is the person's from then on
//   on_cart_ordered  CartOrdered → Ack        event of order: these lines have been bought
//
// An owner is a person who is signed in, or the device of a guest, which has made its id by itself. Only a guest's cart is merged: a
// person's is his, whoever names it (B8). Skus are not looked up here: what nobody sells is refused when it is ordered.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/cart_line.h"
#include "core/wire/names.h"

namespace ordeal::api {

// Ids of persons are given out by the shop and lie below; a device takes one of those above by chance.
inline constexpr std::int64_t kFirstGuest = std::int64_t{1} << 40;
constexpr bool is_guest(UserId owner) { return owner.value >= kFirstGuest; }

struct AskCart {
  UserId owner{};
  ORDEAL_MESSAGE(AskCart, "cart.Ask", owner);
};

// add       so many units more
// set       so many and no others: the lines of that sku make way for one
// take_out  none of it; `qty` is 0
enum class CartAct { add, set, take_out };
constexpr auto names_of(CartAct) { return std::to_array<std::string_view>({"add", "set", "take_out"}); }

struct ChangeCart {
  UserId owner{};
  std::string request_key{};
  CartAct act = CartAct::add;
  SkuId sku{};
  std::int64_t qty = 0;
  ORDEAL_MESSAGE(ChangeCart, "cart.Change", owner, request_key, act, sku, qty);
};

struct MergeCarts {
  UserId guest{};
  UserId user{};
  std::string request_key{};
  ORDEAL_MESSAGE(MergeCarts, "cart.Merge", guest, user, request_key);
};

// done         final: it is so, by this request or an earlier one; `lines` are those of version `version`
// invalid      final: a bad key, sku, quantity or owner; nothing was written
// conflict     final: this key was used for another request (F-89)
// full         final: more lines do not fit
// unavailable  retryable: surely nothing happened
// unknown      unknown: it may have happened; ask again with the same key
enum class CartStatus { done, invalid, conflict, full, unavailable, unknown };
constexpr auto names_of(CartStatus) {
  return std::to_array<std::string_view>({"done", "invalid", "conflict", "full", "unavailable", "unknown"});
}

struct CartReply {
  CartStatus status = CartStatus::unknown;
  std::int64_t version = 0;  // counts the changes of this cart
  std::vector<CartLine> lines{};
  ORDEAL_MESSAGE(CartReply, "cart.Reply", status, version, lines);
};

// An order that was made of a cart stands: it is UNPAID, or PAID if it costs nothing.
struct CartOrdered {
  OrderId order{};
  UserId owner{};
  std::vector<CartLine> lines{};
  ORDEAL_MESSAGE(CartOrdered, "order.cart_ordered", order, owner, lines);
};

}  // namespace ordeal::api

namespace ordeal::api::facts {

// A line that is there from `line.version` on.
struct LinePut {
  UserId owner{};
  CartLine line{};
  std::string request_key{};
  ORDEAL_MESSAGE(LinePut, "fact.LinePut", owner, line, request_key);
};

// taken_out  by its owner, also where other units were put in its place
// merged     it is another line of the person's now, that the guest turned out to be
// ordered    `order` has it
enum class LineEnd { taken_out, merged, ordered };
constexpr auto names_of(LineEnd) {
  return std::to_array<std::string_view>({"taken out", "merged", "ordered"});
}

// A line that is gone. `at_version` is the cart's from then on.
struct LineLeft {
  UserId owner{};
  CartLine line{};
  LineEnd end = LineEnd::taken_out;
  std::int64_t at_version = 0;
  std::string request_key{};  // of the owner's request
  OrderId order{};            // of the order
  ORDEAL_MESSAGE(LineLeft, "fact.LineLeft", owner, line, end, at_version, request_key, order);
};

// An order that stands has these lines of a cart.
struct CartLinesOrdered {
  OrderId order{};
  UserId owner{};
  std::vector<CartLine> lines{};
  ORDEAL_MESSAGE(CartLinesOrdered, "fact.CartLinesOrdered", order, owner, lines);
};

}  // namespace ordeal::api::facts
