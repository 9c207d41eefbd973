// I-36: what buyers are told is true: an order that they were told of is there and is what they asked for, a request that is wrong gets
// its code and changes nothing. And where nothing struck, everybody is served.
#include <map>
#include <string>
#include <utility>

#include "core/marketplace/market.h"
#include "core/wire/names.h"
#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/laws/rest_rows.h"
#include "scenarios/flows/marketplace/parties/facts.h"

namespace ordeal::marketplace {
namespace {

using api::SaleStatus;

// From the requirement: which word a wrong form has to get.
SaleStatus word_for(const api::PlaceSale& request) {
  if (request.buyer.value <= 0) return SaleStatus::bad_buyer;
  if (request.key.empty() || request.key.size() > kLongestKey) return SaleStatus::bad_key;
  if (request.seller.value <= 0) return SaleStatus::bad_seller;
  return SaleStatus::bad_amount;
}

bool is_open(SaleStatus status) {
  return status == SaleStatus::unknown || status == SaleStatus::unavailable || status == SaleStatus::busy;
}

void check(const RestRows& rest, play::Findings& findings) {
  const auto* book = rest.world.books_if_any<Book>();
  if (book == nullptr) return;
  std::map<std::pair<UserId, std::string>, const RestSale*> orders;
  for (const RestSale& row : rest.sales) orders[{row.sale.buyer, row.key}] = &row;
  for (const Wish& wish : book->wishes) {
    const auto found = orders.find({wish.request.buyer, wish.request.key});
    const RestSale* order = found == orders.end() ? nullptr : found->second;
    const auto breach = [&](std::string_view what) {
      findings.add(play::unsafe(kBuyersAreServed, rest.world.now_ns, std::string(what),
                                {{"buyer", buyer_text(wish.request.buyer)},
                                 {"key", wish.request.key.substr(0, 24)},
                                 {"was told", std::string(wire::name_of(wish.reply.status))},
                                 {"order", order == nullptr ? "none" : order->sale.id.text()}}));
    };
    if (wish.hostile) {
      if (order != nullptr) breach("a wrong request became an order");
      if (!is_open(wish.reply.status) && wish.reply.status != word_for(wish.request))
        breach("a wrong request got another word than its own");
      continue;
    }
    if (wish.reply.status == SaleStatus::done) {
      const bool true_answer = order != nullptr && order->sale.id == wish.reply.sale.id &&
                               order->sale.seller == wish.request.seller &&
                               order->sale.amount == wish.request.amount &&
                               wish.reply.sale.version <= order->sale.version;
      if (!true_answer) breach("a buyer was told of an order that is not there");
    } else if (!is_open(wish.reply.status)) {
      breach("a buyer who asked rightly was sent away");
    } else if (rest.world.calm) {
      breach("a buyer was not served though nothing had happened");
    }
  }
}

}  // namespace

void watch_buyers_are_served(const play::Watching& parts) {
  parts.audit.add<RestRows>(kBuyersAreServed, stores_of(parts.scenario), &check);
}

}  // namespace ordeal::marketplace
