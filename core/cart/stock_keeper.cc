#include "core/cart/stock_keeper.h"

#include <algorithm>

#include "core/api/ack.h"

namespace ordeal::cart {
namespace {

constexpr Duration kPatience{500'000'000};

bool has(const View& view, const api::CartLine& line) {
  return std::find(view.lines.begin(), view.lines.end(), line) != view.lines.end();
}

}  // namespace

void StockKeeper::hold(UserId owner, const api::CartLine& line, std::vector<OrderId> instead_of) {
  const auto reply = env_.rpc.call<api::ReserveReply>("inventory", "hold_for_cart",
                                                      api::HoldForCart{api::cart_hold(owner, line.version),
                                                                       {line.sku, line.qty},
                                                                       holding_.until(env_.clock.wall_now()),
                                                                       std::move(instead_of)},
                                                      kPatience);
  if (!reply || reply->status == api::ReserveStatus::busy)
    env_.log.sometimes("nobody knows whether a cart holds what lies in it");
  else if (reply->status == api::ReserveStatus::out_of_stock)
    env_.log.sometimes("nothing was left for a cart to hold");
}

void StockKeeper::changed(UserId owner, SkuId sku, const View& before, const View& after) {
  api::LetGo left;
  for (const api::CartLine& line : before.lines) {
    if (line.sku == sku && !has(after, line)) left.holds.push_back(api::cart_hold(owner, line.version));
  }
  if (!left.holds.empty() && !env_.rpc.call<api::Ack>("inventory", "let_go", std::move(left), kPatience))
    env_.log.sometimes("nobody heard that a line left its cart");
  for (const api::CartLine& line : after.lines) {
    if (line.sku == sku) hold(owner, line, {});
  }
}

void StockKeeper::merged(UserId guest, const View& guests, UserId user, std::int64_t since,
                         const View& after) {
  for (const api::CartLine& line : after.lines) {
    if (line.version <= since) continue;
    std::vector<OrderId> instead_of;
    for (const api::CartLine& old : guests.lines) {
      if (old.sku == line.sku) instead_of.push_back(api::cart_hold(guest, old.version));
    }
    hold(user, line, std::move(instead_of));
  }
}

}  // namespace ordeal::cart
