// Who asks for what is another's: looks at an order whose number he has seen, wants to pay it, gives it up, and says at his login that
// the other's cart had been his (B8).
#include <algorithm>
#include <utility>

#include "scenarios/flows/purchase/parties/shopper.h"

namespace ordeal::purchase {

using sim::lane;

std::optional<std::pair<UserId, OrderId>> ShopperParty::seen_over_a_shoulder(UserId user) {
  std::vector<std::pair<UserId, OrderId>> seen;
  for (const auto& [buyer, visit] : books_.diary.visits) {
    if (visit.user == user) continue;
    for (const model::PlaceAsked& asked : visit.placing) {
      const std::pair<UserId, OrderId> one{visit.user, asked.reply.order};
      if (one.second && std::find(seen.begin(), seen.end(), one) == seen.end()) seen.push_back(one);
    }
  }
  if (seen.empty()) return std::nullopt;
  return seen[sim_.choices().below(key("seen over a shoulder"), lane("which"), seen.size())];
}

void ShopperParty::pry(UserId user) {
  const auto seen = seen_over_a_shoulder(user);
  if (!seen) return;
  const UserId whose = seen->first;
  const OrderId order = seen->second;
  sim_.mark("asked for what is another's");
  const std::size_t page = books_.diary.nosy.size();
  books_.diary.nosy.emplace_back();
  books_.diary.nosy[page].asker = user;
  books_.diary.nosy[page].whose = whose;
  books_.diary.nosy[page].order = order;
  const auto ask = [&]<class Reply>(std::string_view method, const auto& request,
                                    model::Asked<Reply> model::NosyAsked::*asked) {
    (books_.diary.nosy[page].*asked).at_ns = sim_.now_ns();
    const auto reply = process_.env().rpc.call<Reply>("gateway", method, request, kPatience);
    if (!reply) return;
    (books_.diary.nosy[page].*asked).answered_ns = sim_.now_ns();
    (books_.diary.nosy[page].*asked).reply = *reply;
  };
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_, order.text(), whose.text()},
                     .text = name_ + " asks for " + order.text() + ", and gives it up"};
  });
  ask("order_status", api::OrderQuery{order, user}, &model::NosyAsked::looking);
  ask("pay", api::PayOrder{order, pick_channel(), api::PayMode::page, user}, &model::NosyAsked::paying);
  ask("cancel", api::CancelOrder{order, user}, &model::NosyAsked::cancelling);
  ask("merge_carts", api::MergeCarts{whose, user, root() + "/pry"}, &model::NosyAsked::merging);
}

}  // namespace ordeal::purchase
