// I-92: the reference model (model/reference.h) and the system agree on all that can be observed.
//
// Compared when the world is at rest. Here is only what turns the parties' books and the system's rows into what the model
// is told; what must hold is all over there.
#include <algorithm>
#include <map>

#include "core/order/context.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/model/reference.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

std::vector<model::Good> goods_of(const play::Scenario& scenario) {
  std::vector<model::Good> goods;
  const auto& skus = scenario.setting<Catalogue>().skus;
  for (std::size_t i = 0; i < skus.size(); ++i) {
    const SkuSpec& sku = skus[i];
    goods.push_back(
        {sku_id(i), sku.name, sku.price, sku.stock, merchant_of(sku, scenario).value_or(MerchantId{1})});
  }
  return goods;
}

// Drafts that are given up within a second, as a knob has it, are given up before everybody is there.
bool is_calm(const RestRows& rest) {
  const Duration life = order::Config{}.draft_life;
  return all_answer(rest.world) && rest.world.knobs.duration("order.draft_life", life) >= life;
}

model::Outside outside_of(const RestRows& rest) {
  const play::Scenario& scenario = rest.world.scenario();
  const Books& books = rest.books();
  model::Outside outside{goods_of(scenario), {}, books.diary, {}, {}, {}, is_calm(rest)};
  for (const play::Part* merchant : scenario.parties_of<MerchantSpec>())
    outside.merchants.push_back(merchant->name);
  const Currency currency = scenario.setting<Catalogue>().currency();
  std::map<std::string, std::int64_t> spent;
  for (const auto& [channel, trades] : books.trades) {
    if (rest.world.is_gone(channel)) outside.gone.push_back(channel);
    for (const auto& [number, trade] : trades) {
      if (trade.debited_at_ns < 0) continue;
      outside.taken.push_back(
          {channel, number, trade.shopper, trade.amount, trade.refunded, trade.debited_at_ns});
      spent[trade.shopper] += trade.amount.minor - trade.refunded.minor;
    }
  }
  for (const auto& [buyer, left] : books.purses) outside.purses[buyer] = Money{left + spent[buyer], currency};
  return outside;
}

std::vector<model::BookedOrder> orders_of(const RestRows& rest) {
  std::map<OrderId, const RestRequest*> requests;
  for (const RestRequest& request : rest.requests) requests.emplace(request.order, &request);
  std::vector<model::BookedOrder> orders;
  for (const RestOrder& order : rest.orders) {
    model::BookedOrder& booked = orders.emplace_back();
    booked.id = order.id;
    booked.user = order.user;
    if (const auto request = requests.find(order.id); request != requests.end())
      booked.key = request->second->key;
    booked.state = order.state;
    booked.total = order.total;
    booked.merchant = order.merchant;
    for (const RestLine& line : rest.lines_of(order.id))
      booked.lines.push_back({line.sku, line.qty, Money{line.unit_price, order.total.currency}});
  }
  return orders;
}

model::Inside inside_of(const RestRows& rest) {
  model::Inside inside;
  const auto there = [&](std::string_view service) {
    return rest.world.database(service) != nullptr && rest.world.unread(service) == nullptr;
  };
  inside.orders = orders_of(rest);
  if (there("inventory")) {
    for (const RestStock& row : rest.stock) {
      if (!inside.stock) inside.stock.emplace();
      inside.stock->push_back({row.sku, row.available, row.reserved, row.sold});
    }
  }
  if (there("ledger")) {
    inside.accounts.emplace();
    for (const RestPosting& posting : rest.postings)
      (*inside.accounts)[posting.amount.currency][static_cast<std::size_t>(posting.account)] +=
          posting.amount.minor;
  }
  return inside;
}

void check(const RestRows& rest, Findings& findings) {
  // Before that somebody may still be about to make it so.
  if (!rest.world.settled) return;
  const model::Outside outside = outside_of(rest);
  for (model::Difference& difference : model::differences(outside, inside_of(rest)))
    findings.add(unsafe(kTheModelAgrees, rest.world.now_ns, std::move(difference.sentence),
                        std::move(difference.evidence)),
                 difference.badness);
}

}  // namespace

void watch_the_model_agrees(const play::Watching& parts) {
  parts.audit.add<RestRows>(kTheModelAgrees, {"order"}, &check);
}

}  // namespace ordeal::purchase
