#include "scenarios/flows/placing/model/reference.h"

#include <algorithm>

namespace ordeal::placing::model {
namespace {

class Judge {
 public:
  Judge(const Outside& outside, const Inside& inside) : out_(outside), in_(inside) {}

  std::vector<Difference> all() {
    for (const Wish& wish : out_.wishes) look_at(wish);
    std::map<What, std::int64_t> gone;
    for (const Placed& order : in_.orders) {
      if (!was_wished(order))
        say("an order is what nobody ordered", {order.sku, {}}, order.user, 0, order.qty);
      if (!order.placed) continue;
      gone[{order.sku, {}}] += order.qty;
      gone[{{}, order.user}] += order.points;
    }
    for (const auto& [what, before] : out_.before) look_at(what, before, gone[what]);
    if (out_.calm) look_at_calm();
    return std::move(found_);
  }

 private:
  void say(std::string sentence, What what, UserId user, std::int64_t expected, std::int64_t found) {
    found_.push_back({std::move(sentence), what, user, expected, found});
  }
  const Placed* order_of(const Wish& wish) const {
    for (const Placed& order : in_.orders) {
      if (order.user == wish.request.user && order.request_key == wish.request.request_key) return &order;
    }
    return nullptr;
  }
  bool was_wished(const Placed& order) const {
    return std::any_of(out_.wishes.begin(), out_.wishes.end(), [&](const Wish& wish) {
      const api::Place& r = wish.request;
      return r.user == order.user && r.request_key == order.request_key && r.sku == order.sku &&
             r.qty == order.qty && r.points == order.points;
    });
  }

  void look_at(const Wish& wish) {
    const Placed* order = order_of(wish);
    const bool placed = order != nullptr && order->placed;
    const What what{wish.request.sku, {}};
    if (wish.told_placed && !placed)
      say("who was told \"placed\" has nothing", what, wish.request.user, wish.request.qty, 0);
    if (wish.told_no && placed)
      say("who was told \"no\" has an order", what, wish.request.user, 0, order->qty);
  }
  void look_at(What what, std::int64_t before, std::int64_t gone) {
    const auto found = in_.pools.find(what);
    const Pool pool = found == in_.pools.end() ? Pool{} : found->second;
    if (pool.frozen != 0) say("something is still frozen", what, what.second, 0, pool.frozen);
    if (pool.used != gone) say("another amount is gone than was placed", what, what.second, gone, pool.used);
    if (pool.free != before - gone)
      say("another amount is left than was not placed", what, what.second, before - gone, pool.free);
  }

  // Where all that was wished is there, all of it is placed.
  void look_at_calm() {
    std::map<What, std::int64_t> wished;
    for (const Wish& wish : out_.wishes) {
      wished[{wish.request.sku, {}}] += wish.request.qty;
      wished[{{}, wish.request.user}] += wish.request.points;
    }
    const auto enough = [&](What what) {
      const auto before = out_.before.find(what);
      return before != out_.before.end() && wished[what] <= before->second;
    };
    for (const Wish& wish : out_.wishes) {
      const Placed* order = order_of(wish);
      if (order == nullptr || order->placed) continue;
      if (enough({wish.request.sku, {}}) && enough({{}, wish.request.user}))
        say("who ordered what there was for all was sent away", {wish.request.sku, {}}, wish.request.user,
            wish.request.qty, 0);
    }
  }

  const Outside& out_;
  const Inside& in_;
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> differences(const Outside& outside, const Inside& inside) {
  return Judge(outside, inside).all();
}

}  // namespace ordeal::placing::model
