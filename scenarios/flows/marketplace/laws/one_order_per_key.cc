// I-01: a buyer's key has at most one order, and every answer for it is about that order.
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/laws/rest_rows.h"
#include "scenarios/flows/marketplace/parties/facts.h"

namespace ordeal::marketplace {
namespace {

using Key = std::pair<UserId, std::string>;

play::Evidence evidence(const Key& key, api::SaleId one, api::SaleId other) {
  return {
      {"buyer", buyer_text(key.first)}, {"key", key.second}, {"order", one.text()}, {"again", other.text()}};
}

class OneOrder {
 public:
  void on(const api::facts::SalePlaced& placed, const sim::Fact& fact, play::Findings& findings) {
    const Key key{placed.sale.buyer, placed.key};
    const auto [known, fresh] = orders_.emplace(key, placed.sale.id);
    if (fresh) return;
    findings.add(play::unsafe(kOneOrderPerKey, fact.at_ns, "a request became two orders",
                              evidence(key, known->second, placed.sale.id)));
  }

 private:
  std::map<Key, api::SaleId> orders_;
};

void check(const RestRows& rest, play::Findings& findings) {
  std::map<Key, api::SaleId> orders;
  for (const RestSale& row : rest.sales) {
    const Key key{row.sale.buyer, row.key};
    const auto [known, fresh] = orders.emplace(key, row.sale.id);
    if (!fresh)
      findings.add(play::unsafe(kOneOrderPerKey, rest.world.now_ns, "a key has two orders at rest",
                                evidence(key, known->second, row.sale.id)));
  }
  const auto* book = rest.world.books_if_any<Book>();
  if (book == nullptr) return;
  for (const Wish& wish : book->wishes) {
    if (wish.reply.status != api::SaleStatus::done) continue;
    const Key key{wish.request.buyer, wish.request.key};
    const auto known = orders.find(key);
    if (known != orders.end() && known->second == wish.reply.sale.id) continue;
    const api::SaleId there = known == orders.end() ? api::SaleId{} : known->second;
    findings.add(play::unsafe(kOneOrderPerKey, rest.world.now_ns, "a buyer was told of another order",
                              evidence(key, there, wish.reply.sale.id)));
  }
}

}  // namespace

void watch_one_order_per_key(const play::Watching& parts) {
  parts.monitors.add<api::facts::SalePlaced>(std::make_shared<OneOrder>());
  parts.audit.add<RestRows>(kOneOrderPerKey, stores_of(parts.scenario), &check);
}

}  // namespace ordeal::marketplace
