// What may become of one visit: a buyer, one request key, the baskets that were asked for under it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/flows/purchase/model/reference.h"

namespace ordeal::purchase::model {

// What a cart comes to by goods, sorted: the same goods twice are one line (F-93).
std::vector<api::Line> by_goods(const std::vector<api::Line>& lines);
std::int64_t quantity_of(SkuId sku, const BookedOrder& order);

// A basket at the prices of the list; none when it cannot be an order: nothing in it, something that is not sold, goods of
// two merchants.
struct Quote {
  std::vector<PricedLine> lines;  // by sku
  Money total;
  MerchantId merchant;
};
std::optional<Quote> quote(const Basket& basket, const std::vector<Good>& goods);

// At another price than the list's: with what is used, by the offers that are in force then.
std::int64_t reduced(const Quote& list, const std::vector<Offer>& now, const Used& used);

// Orders and debits by what they are looked for: of both there are as many as visits.
class Index {
 public:
  // Refers to what it is given.
  Index(const Outside& outside, const std::optional<std::vector<BookedOrder>>& orders);

  // Null when none was made.
  const BookedOrder* order_of(const Visit& visit) const;
  const BookedOrder* order(OrderId id) const;
  bool was_asked_for(const BookedOrder& order) const { return asked_.contains({order.user, order.key}); }
  std::span<const Taken* const> taken_from(const std::string& buyer) const;

  struct Bought {
    std::string_view buyer;
    const Visit* visit;
    const BookedOrder* order;
  };
  // Units at the price of a rule that any order ever wanted.
  std::int64_t units_of(RuleId rule) const;
  // Visits that got their goods.
  const std::vector<Bought>& bought() const { return bought_; }

 private:
  using Request = std::pair<UserId, std::string_view>;

  std::map<Request, const BookedOrder*> by_request_;
  std::map<OrderId, const BookedOrder*> by_id_;
  std::set<Request> asked_;
  std::map<std::string_view, std::vector<const Taken*>> taken_;
  std::vector<Bought> bought_;
  std::map<RuleId, std::int64_t> units_;
};

// Each question answers with the sentence that says why not; none: it is legal.
class Judged {
 public:
  Judged(const Outside& outside, const Index& index, const std::string& buyer, const Visit& visit);

  std::optional<std::string> why_not_nothing() const;
  std::optional<std::string> why_not_as_asked(const BookedOrder& order) const;
  std::optional<std::string> why_not_rejected(const BookedOrder& order) const;
  std::optional<std::string> why_not_closed(const BookedOrder& order) const;
  std::optional<std::string> why_not_paid(const BookedOrder& order) const;
  std::optional<std::string> why_not_quoted(const QuoteAsked& asked) const;

  std::vector<std::pair<std::string, std::string>> about(const BookedOrder* order) const;

 private:
  // The first basket that the list says can be an order at the price that was shown.
  const Basket* good_basket() const;
  std::optional<std::string> why_not_reduced(const BookedOrder& order, const Basket& basket,
                                             const Quote& list) const;
  std::optional<std::string> why_not_used(const BookedOrder& order, const Basket& basket,
                                          const Quote& list) const;
  Used used_by(const BookedOrder& order) const;
  bool is_only_visit() const;
  bool may_have_been_used_elsewhere(const BookedOrder& order) const;
  // Everybody else who paid had theirs at one moment, and that left too little for this one.
  bool may_have_been_sold_out(const BookedOrder& order) const;
  bool may_have_been_short_of(const PricedLine& line) const;
  std::int64_t in_other_carts(SkuId sku) const;
  bool is_reachable(const std::string& channel) const;
  bool was_told_of_an_order() const;
  bool wanted_to_pay_and_could(Money total) const;

  const Outside& outside_;
  const Index& index_;
  const std::string& buyer_;
  const Visit& visit_;
  std::int64_t taken_ = 0;         // by channels that can be reached, in the currency of the list
  std::int64_t returned_ = 0;      // by them
  std::int64_t taken_at_ns_ = -1;  // first
  bool beyond_reach_ = false;      // a channel that is gone has money of this buyer
};

}  // namespace ordeal::purchase::model
