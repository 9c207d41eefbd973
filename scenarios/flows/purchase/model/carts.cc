#include "scenarios/flows/purchase/model/carts.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "scenarios/flows/purchase/model/visits.h"

namespace ordeal::purchase::model {
namespace {

using api::CartAct;
using api::CartStatus;

// What somebody wanted under one key, whoever often he asked.
struct Wanted {
  const CartAsked* first = nullptr;
  std::int64_t done_ns = -1;  // when he was first told that it is done
  bool refused = false;       // told that it is not, finally

  bool surely() const { return done_ns >= 0; }
  bool never() const { return refused && !surely(); }
  // All of this was over before the other was asked for.
  bool was_over_before(const Wanted& other) const { return surely() && done_ns <= other.first->at_ns; }
};

// So many at least, and so many at most.
struct Between {
  std::int64_t least = 0;
  std::int64_t most = 0;

  std::string text() const {
    return least == most ? std::to_string(least) : std::to_string(least) + " to " + std::to_string(most);
  }
};

class Carts {
 public:
  Carts(const Outside& outside, const std::vector<BookedOrder>& orders, const CartUnits& there)
      : outside_(outside), orders_(orders), there_(there) {
    for (const CartAsked& asked : outside.diary.carts) note(asked);
  }

  std::vector<Difference> all() {
    std::set<UserId> people;
    for (const auto& [owner, units] : there_) people.insert(person(owner));
    for (const auto& [key, wanted] : wanted_) people.insert(person(wanted.first->owner));
    for (const UserId one : people) {
      for (const Good& good : outside_.goods) check(one, good);
    }
    return std::move(found_);
  }

 private:
  void note(const CartAsked& asked) {
    if (!asked.change && !asked.merge) return;
    Wanted& wanted = wanted_[asked.change ? asked.change->request_key : asked.merge->request_key];
    if (wanted.first == nullptr) wanted.first = &asked;
    if (asked.merge) persons_.try_emplace(asked.merge->guest, asked.merge->user);
    if (!asked.answered()) return;
    const CartStatus told = asked.reply.status;
    if (told == CartStatus::done && wanted.done_ns < 0) wanted.done_ns = asked.answered_ns;
    wanted.refused |= told == CartStatus::invalid || told == CartStatus::conflict || told == CartStatus::full;
  }

  UserId person(UserId owner) const {
    const auto found = persons_.find(owner);
    return found == persons_.end() ? owner : found->second;
  }

  bool is_of(const Wanted& wanted, UserId one, SkuId sku) const {
    return wanted.first->change && wanted.first->change->sku == sku && person(wanted.first->owner) == one;
  }

  struct PutIn : Between {
    std::int64_t taken = 0;  // may have been taken out
  };

  PutIn put_in(UserId one, SkuId sku) const {
    PutIn units;
    for (const auto& [key, put] : wanted_) {
      if (!is_of(put, one, sku) || put.first->change->act == CartAct::take_out || put.never()) continue;
      bool stays = put.surely();
      bool may_stay = true;
      for (const auto& [other, taken] : wanted_) {
        if (&taken == &put || !is_of(taken, one, sku) || taken.first->change->act == CartAct::add) continue;
        if (taken.never() || taken.was_over_before(put)) continue;
        stays = false;
        if (taken.surely() && put.was_over_before(taken)) may_stay = false;
      }
      if (stays) units.least += put.first->change->qty;
      if (!stays) units.taken += put.first->change->qty;
      if (may_stay) units.most += put.first->change->qty;
    }
    return units;
  }

  // Of baskets of the same goods under one key some may not have been of the cart.
  Between bought(UserId one, SkuId sku) const {
    Between units;
    for (const auto& [buyer, visit] : outside_.diary.visits) {
      const BookedOrder* order = visit.user == one ? order_of(visit) : nullptr;
      if (order == nullptr || order->state == api::OrderState::draft ||
          order->state == api::OrderState::rejected)
        continue;
      std::optional<Between> of_order;
      for (const Basket& basket : visit.baskets) {
        if (!is_of_goods(*order, basket)) continue;
        std::int64_t qty = 0;
        for (const api::CartLine& line : basket.cart.lines) qty += line.sku == sku ? line.qty : 0;
        if (!of_order) of_order = Between{qty, qty};
        of_order = Between{std::min(of_order->least, qty), std::max(of_order->most, qty)};
      }
      units.least += of_order.value_or(Between{}).least;
      units.most += of_order.value_or(Between{}).most;
    }
    return units;
  }

  const BookedOrder* order_of(const Visit& visit) const {
    const auto found = std::find_if(orders_.begin(), orders_.end(), [&](const BookedOrder& order) {
      return order.user == visit.user && order.key == visit.key;
    });
    return found == orders_.end() ? nullptr : &*found;
  }

  static bool is_of_goods(const BookedOrder& order, const Basket& basket) {
    const auto lines = by_goods(basket.lines);
    return std::equal(lines.begin(), lines.end(), order.lines.begin(), order.lines.end(),
                      [](const api::Line& wanted, const PricedLine& line) {
                        return wanted.sku == line.sku && wanted.qty == line.qty;
                      });
  }

  void check(UserId one, const Good& good) {
    const PutIn in = put_in(one, good.sku);
    const Between out = bought(one, good.sku);
    // A page that a cache showed once more may have been ordered with what had been taken out.
    const std::int64_t surely_left =
        outside_.calm ? out.least : std::max<std::int64_t>(0, out.least - in.taken);
    const Between expected{std::max<std::int64_t>(0, in.least - out.most), in.most - surely_left};
    std::int64_t there = 0;
    for (const auto& [owner, units] : there_) {
      const auto found = units.find(good.sku);
      if (person(owner) == one && found != units.end()) there += found->second;
    }
    if (expected.least <= there && there <= expected.most) return;
    found_.push_back({"a cart does not hold what was put in and not bought",
                      {{"owner", name_of(one)},
                       {"sku", good.name},
                       {"holds", std::to_string(there)},
                       {"should hold", expected.text()}},
                      0});
  }

  std::string name_of(UserId one) const {
    for (const auto& [buyer, visit] : outside_.diary.visits) {
      if (visit.user == one) return buyer;
    }
    return one.text();
  }

  const Outside& outside_;
  const std::vector<BookedOrder>& orders_;
  const CartUnits& there_;
  std::map<std::string_view, Wanted> wanted_;  // by request key
  std::map<UserId, UserId> persons_;           // whom a guest said that he is
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> cart_differences(const Outside& outside, const std::vector<BookedOrder>& orders,
                                         const CartUnits& there) {
  return Carts(outside, orders, there).all();
}

}  // namespace ordeal::purchase::model
