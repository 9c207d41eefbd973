#include "scenarios/flows/purchase/model/reference.h"

#include <algorithm>

#include "scenarios/flows/purchase/model/carts.h"
#include "scenarios/flows/purchase/model/visits.h"

namespace ordeal::purchase::model {
namespace {

using api::Account;
using api::OrderState;

// 0.6 % of a sale, rounded down (domain 2.1: the rate that Alipay and WeChat Pay list for ordinary merchants).
std::int64_t fee_of(std::int64_t sale) { return sale * 6 / 1000; }

class Comparison {
 public:
  Comparison(const Outside& outside, const Inside& inside)
      : outside_(outside), inside_(inside), index_(outside, inside.orders) {}

  std::vector<Difference> all() {
    if (inside_.orders) {
      for (const BookedOrder& order : *inside_.orders) check_asker(order);
      for (const auto& [buyer, visit] : outside_.diary.visits) check_visit(buyer, visit);
      if (inside_.stock) check_stock();
      if (inside_.accounts) check_accounts();
      if (inside_.carts) {
        for (Difference& one : cart_differences(outside_, *inside_.orders, *inside_.carts))
          found_.push_back(std::move(one));
      }
      for (const Notice& notice : outside_.diary.notices) check_notice(notice);
    }
    return std::move(found_);
  }

 private:
  using Evidence = std::vector<std::pair<std::string, std::string>>;

  void differs(std::string sentence, Evidence evidence, std::int64_t badness = 0) {
    found_.push_back({std::move(sentence), std::move(evidence), badness});
  }

  void check_visit(const std::string& buyer, const Visit& visit) {
    const BookedOrder* order = index_.order_of(visit);
    const Judged judged(outside_, index_, buyer, visit);
    for (const QuoteAsked& asked : visit.quoting) {
      if (const auto why = judged.why_not_quoted(asked))
        differs(*why, {{"buyer", buyer}, {"told", asked.reply.total.text()}});
    }
    if (order == nullptr) {
      if (const auto why = judged.why_not_nothing()) differs(*why, judged.about(nullptr));
      return;
    }
    if (const auto why = judged.why_not_as_asked(*order)) return differs(*why, judged.about(order));
    std::optional<std::string> why;
    if (order->state == OrderState::rejected) why = judged.why_not_rejected(*order);
    if (order->state == OrderState::closed) why = judged.why_not_closed(*order);
    if (order->state == OrderState::paid) why = judged.why_not_paid(*order);
    if (why) differs(*why, judged.about(order));
  }

  void check_asker(const BookedOrder& order) {
    if (!index_.was_asked_for(order))
      differs("an order is there that nobody asked for", {{"order", order.id.text()}});
  }

  // While nobody knows how an order ends, nobody knows what is free.
  bool all_have_ended() const {
    return std::none_of(inside_.orders->begin(), inside_.orders->end(), [](const BookedOrder& order) {
      return order.state == OrderState::draft || order.state == OrderState::unpaid;
    });
  }

  void check_stock() {
    if (!all_have_ended()) return;
    for (const Good& good : outside_.goods) {
      std::int64_t sold = 0;
      for (const BookedOrder& order : *inside_.orders) {
        if (order.state == OrderState::paid) sold += quantity_of(good.sku, order);
      }
      const BookedStock expected{good.sku, good.stock - sold, 0, sold};
      const auto there = std::find_if(inside_.stock->begin(), inside_.stock->end(),
                                      [&](const BookedStock& row) { return row.sku == good.sku; });
      if (there != inside_.stock->end() && *there == expected) continue;
      const BookedStock row = there == inside_.stock->end() ? BookedStock{} : *there;
      differs("what is left of a good is not what was not sold",
              {{"sku", good.name},
               {"there were", std::to_string(good.stock)},
               {"sold", std::to_string(sold)},
               {"the books", std::to_string(row.available) + " free, " + std::to_string(row.reserved) +
                                 " set aside, " + std::to_string(row.sold) + " sold"}});
    }
  }

  void check_accounts() {
    if (!all_have_ended()) return;
    std::map<Currency, Accounts> expected;
    const auto at = [](Accounts& accounts, Account account) -> std::int64_t& {
      return accounts[static_cast<std::size_t>(account)];
    };
    for (const BookedOrder& order : *inside_.orders) {
      if (order.state != OrderState::paid) continue;
      Accounts& accounts = expected[order.total.currency];
      const std::int64_t fee = fee_of(order.total.minor);
      at(accounts, Account::channel_clearing) += order.total.minor;
      at(accounts, Account::merchant_payable) -= order.total.minor - fee;
      at(accounts, Account::platform_fee) -= fee;
    }
    for (const auto& [currency, accounts] : *inside_.accounts) expected.try_emplace(currency);
    for (auto& [currency, accounts] : expected) {
      const auto booked = inside_.accounts->find(currency);
      const Accounts there = booked == inside_.accounts->end() ? Accounts{} : booked->second;
      for (std::size_t i = 0; i < there.size(); ++i) {
        if (there[i] == accounts[i]) continue;
        differs("an account does not hold what the sales come to",
                {{"account", std::string(api::names_of(Account{})[i])},
                 {"holds", Money{there[i], currency}.text()},
                 {"should hold", Money{accounts[i], currency}.text()}},
                std::abs(there[i] - accounts[i]));
      }
    }
  }

  // What a merchant hears is final, so it is still true in the end.
  void check_notice(const Notice& notice) {
    const BookedOrder* order = index_.order(notice.body.order);
    const auto name = [&](MerchantId merchant) {
      const auto index = static_cast<std::size_t>(merchant.value - 1);
      return index < outside_.merchants.size() ? outside_.merchants[index] : std::string("nobody");
    };
    const bool known = order != nullptr;
    if (known && order->state == notice.body.state && order->total == notice.body.amount &&
        name(order->merchant) == notice.merchant)
      return;
    const auto words = [](api::OrderState state, Money amount) {
      return std::string(api::names_of(state)[static_cast<std::size_t>(state)]) + " with " + amount.text();
    };
    differs("a merchant was told what is not so",
            {{"merchant", notice.merchant},
             {"order", notice.body.order.text()},
             {"told", words(notice.body.state, notice.body.amount)},
             {"is", known ? words(order->state, order->total) + ", sold by " + name(order->merchant)
                          : std::string("not there")}});
  }

  const Outside& outside_;
  const Inside& inside_;
  const Index index_;
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> differences(const Outside& outside, const Inside& inside) {
  return Comparison(outside, inside).all();
}

}  // namespace ordeal::purchase::model
