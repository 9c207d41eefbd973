#include "scenarios/flows/purchase/model/visits.h"

#include <algorithm>

namespace ordeal::purchase::model {
namespace {

using api::OrderState;
using namespace literals;

// How long an order waits for its money (A19: fifteen minutes).
constexpr Duration kPayWindow = 15_min;
// What a calm world needs to bring the news of a payment from a channel to its order.
constexpr Duration kNewsTravels = 30_s;

// What no document goes beyond: pieces in one line of a request (B7), and a hundred million in all (I-30).
constexpr std::int64_t kMostOfOne = 1'000'000;
constexpr std::int64_t kDearest = 10'000'000'000;

const Good* good_of(SkuId sku, const std::vector<Good>& goods) {
  const auto found =
      std::find_if(goods.begin(), goods.end(), [&](const Good& good) { return good.sku == sku; });
  return found == goods.end() ? nullptr : &*found;
}

bool had_its_goods(const BookedOrder& order) {
  return order.state == OrderState::paid || order.state == OrderState::closed ||
         order.state == OrderState::unpaid || order.discount_gone;  // that one had them for a moment
}

}  // namespace

std::int64_t quantity_of(SkuId sku, const BookedOrder& order) {
  std::int64_t qty = 0;
  for (const PricedLine& line : order.lines) qty += line.sku == sku ? line.qty : 0;
  return qty;
}

std::vector<api::Line> by_goods(const std::vector<api::Line>& lines) {
  std::map<SkuId, std::int64_t> pieces;
  for (const api::Line& line : lines) pieces[line.sku] += line.qty;
  std::vector<api::Line> all;
  for (const auto& [sku, qty] : pieces) all.push_back({sku, qty});
  return all;
}

std::optional<Quote> quote(const Basket& basket, const std::vector<Good>& goods) {
  const auto is_nonsense = [](const api::Line& line) { return line.qty <= 0 || line.qty > kMostOfOne; };
  if (basket.lines.empty() || std::any_of(basket.lines.begin(), basket.lines.end(), is_nonsense))
    return std::nullopt;
  Quote quote;
  for (const api::Line& wanted : by_goods(basket.lines)) {
    const Good* good = good_of(wanted.sku, goods);
    if (good == nullptr) return std::nullopt;
    if (quote.lines.empty()) quote.merchant = good->merchant, quote.total.currency = good->price.currency;
    if (good->merchant != quote.merchant || good->price.currency != quote.total.currency) return std::nullopt;
    quote.total += good->price * wanted.qty;
    quote.lines.push_back({wanted.sku, wanted.qty, good->price});
  }
  if (quote.total.minor > kDearest) return std::nullopt;
  return quote;
}

Index::Index(const Outside& outside, const std::optional<std::vector<BookedOrder>>& orders) {
  if (!orders) return;
  for (const BookedOrder& order : *orders) {
    by_request_.try_emplace({order.user, order.key}, &order);
    by_id_.try_emplace(order.id, &order);
    for (const auto& [rule, units] : order.units) units_[rule] += units;
  }
  for (const Taken& taken : outside.taken) taken_[taken.buyer].push_back(&taken);
  for (const auto& [buyer, visit] : outside.diary.visits) {
    asked_.emplace(visit.user, visit.key);
    const BookedOrder* order = order_of(visit);
    if (order != nullptr && had_its_goods(*order)) bought_.push_back({buyer, &visit, order});
  }
}

const BookedOrder* Index::order_of(const Visit& visit) const {
  const auto found = by_request_.find({visit.user, visit.key});
  return found == by_request_.end() ? nullptr : found->second;
}

const BookedOrder* Index::order(OrderId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

std::int64_t Index::units_of(RuleId rule) const {
  const auto found = units_.find(rule);
  return found == units_.end() ? 0 : found->second;
}

std::span<const Taken* const> Index::taken_from(const std::string& buyer) const {
  const auto found = taken_.find(buyer);
  if (found == taken_.end()) return {};
  return found->second;
}

Judged::Judged(const Outside& outside, const Index& index, const std::string& buyer, const Visit& visit)
    : outside_(outside), index_(index), buyer_(buyer), visit_(visit) {
  for (const Taken* one : index.taken_from(buyer)) {
    if (!is_reachable(one->channel)) {
      beyond_reach_ = true;
      continue;
    }
    taken_ += one->amount.minor;
    returned_ += one->returned.minor;
    if (taken_at_ns_ < 0 || one->at_ns < taken_at_ns_) taken_at_ns_ = one->at_ns;
  }
}

std::vector<std::pair<std::string, std::string>> Judged::about(const BookedOrder* order) const {
  const auto price = [&](std::int64_t minor) {
    return Money{minor, outside_.goods.empty() ? Currency{} : outside_.goods.front().price.currency}.text();
  };
  std::vector<std::pair<std::string, std::string>> evidence;
  if (order != nullptr) evidence.emplace_back("order", order->id.text());
  evidence.emplace_back("buyer", buyer_);
  std::string wanted;
  for (const Basket& basket : visit_.baskets) {
    if (!wanted.empty()) wanted += "; or ";
    for (const api::Line& line : basket.lines) {
      const Good* good = good_of(line.sku, outside_.goods);
      wanted += std::to_string(line.qty) + " " + (good == nullptr ? line.sku.text() : good->name) + ", ";
    }
    wanted += "for " + basket.shown.text();
  }
  evidence.emplace_back("asked for", wanted);
  if (order != nullptr) evidence.emplace_back("total", order->total.text());
  evidence.emplace_back("taken", price(taken_));
  evidence.emplace_back("returned", price(returned_));
  return evidence;
}

bool Judged::is_reachable(const std::string& channel) const {
  return std::find(outside_.gone.begin(), outside_.gone.end(), channel) == outside_.gone.end();
}

bool Judged::was_told_of_an_order() const {
  return std::any_of(visit_.placing.begin(), visit_.placing.end(),
                     [](const PlaceAsked& asked) { return asked.answered() && asked.reply.order; });
}

const Basket* Judged::good_basket() const {
  for (const Basket& basket : visit_.baskets) {
    const auto priced = quote(basket, outside_.goods);
    // What promotions leave of it hangs on what is left of them: nobody has to have it at that price.
    if (priced && priced->total == basket.shown && outside_.offers.empty()) return &basket;
  }
  return nullptr;
}

std::optional<std::string> Judged::why_not_nothing() const {
  if (was_told_of_an_order()) return "an order that its buyer was told of is not there";
  if (taken_ != returned_) return "money was taken from somebody who has no order";
  // Whose cart's lines stood in another order was told so: I-28 judges that.
  const bool ordered_before =
      std::any_of(visit_.placing.begin(), visit_.placing.end(), [](const PlaceAsked& asked) {
        return asked.answered() && asked.reply.status == api::PlaceStatus::already_ordered;
      });
  if (outside_.calm && !ordered_before && good_basket() != nullptr && !visit_.placing.empty())
    return "no order was made of a basket that can be one, on a calm day";
  return std::nullopt;
}

std::optional<std::string> Judged::why_not_as_asked(const BookedOrder& order) const {
  std::optional<std::string> why = "an order is not what its buyer asked for, at the prices of the list";
  for (const Basket& basket : visit_.baskets) {
    const auto priced = quote(basket, outside_.goods);
    if (!priced || priced->lines != order.lines) continue;
    if (priced->merchant != order.merchant) return "an order is another merchant's than its goods";
    if (!outside_.offers.empty()) {
      why = why_not_reduced(order, basket, *priced);
      if (!why) return std::nullopt;
      continue;
    }
    if (priced->total != order.total) return "an order's total is not what its lines come to";
    if (priced->total == basket.shown) return std::nullopt;
    why = "an order was made at another price than its buyer was shown";
  }
  return why;
}

// Goods may have been short if everybody else who got some, and came before the answer, had theirs at one moment.
bool Judged::may_have_been_short_of(const PricedLine& line) const {
  const Good* good = good_of(line.sku, outside_.goods);
  if (good == nullptr) return true;
  std::int64_t until = -1;
  for (const PlaceAsked& asked : visit_.placing) until = std::max(until, asked.answered_ns);
  std::int64_t others = 0;
  for (const auto& [buyer, visit, order] : index_.bought()) {
    if (buyer == buyer_ || visit->placing.empty() || visit->placing.front().at_ns > until) continue;
    others += quantity_of(line.sku, *order);
  }
  return others + line.qty + (outside_.takes_at_cart ? in_other_carts(line.sku) : 0) > good->stock;
}

// What others ever put into carts, or may have.
std::int64_t Judged::in_other_carts(SkuId sku) const {
  std::int64_t units = 0;
  std::set<std::string_view> counted;
  for (const CartAsked& asked : outside_.diary.carts) {
    const bool is_theirs = asked.change && asked.change->sku == sku && asked.owner != visit_.user;
    if (is_theirs && counted.insert(asked.change->request_key).second) units += asked.change->qty;
  }
  return units;
}

bool Judged::may_have_been_sold_out(const BookedOrder& order) const {
  return std::any_of(order.lines.begin(), order.lines.end(), [&](const PricedLine& line) {
    const Good* good = good_of(line.sku, outside_.goods);
    std::int64_t others = 0;
    for (const auto& [buyer, visit, other] : index_.bought()) {
      const bool paid = other->state == OrderState::paid || !index_.taken_from(std::string(buyer)).empty();
      if (buyer != buyer_ && paid) others += quantity_of(line.sku, *other);
    }
    return good == nullptr || others + line.qty > good->stock;
  });
}

std::optional<std::string> Judged::why_not_rejected(const BookedOrder& order) const {
  if (taken_ != returned_) return "money was kept for an order that was refused";
  if (!outside_.calm) return std::nullopt;  // after two minutes in which nobody can say it is given up
  if (order.discount_gone) {
    if (may_have_been_used_elsewhere(order)) return std::nullopt;
    return "an order was refused though its discounts were there, on a calm day";
  }
  if (outside_.takes_at_payment && order.total.minor > 0)
    return "an order was refused where goods are set aside for who pays, on a calm day";
  const bool short_of_one = std::any_of(order.lines.begin(), order.lines.end(),
                                        [&](const PricedLine& line) { return may_have_been_short_of(line); });
  if (!short_of_one) return "an order was refused though its goods were there, on a calm day";
  return std::nullopt;
}

// Whoever thinks about it for longer than the order waits has himself to blame.
bool Judged::wanted_to_pay_and_could(Money total) const {
  if (visit_.paying.empty() || visit_.placing.empty()) return false;
  if (visit_.paying.front().at_ns + kNewsTravels.ns >= visit_.placing.front().at_ns + kPayWindow.ns)
    return false;
  const auto purse = outside_.purses.find(buyer_);
  return visit_.wish == Wish::pays && purse != outside_.purses.end() && purse->second.minor >= total.minor;
}

std::optional<std::string> Judged::why_not_closed(const BookedOrder& order) const {
  if (taken_ != returned_) return "an order is closed, and its buyer's money was kept";
  if (order.total.minor == 0) return "an order of nothing waited for money";
  if (!outside_.calm) return std::nullopt;
  if (outside_.takes_at_payment && taken_ > 0 && may_have_been_sold_out(order)) return std::nullopt;
  if (wanted_to_pay_and_could(order.total))
    return "an order was closed though its buyer wanted to pay and could, on a calm day";
  const std::int64_t placed = visit_.placing.empty() ? 0 : visit_.placing.front().at_ns;
  const bool given_up = !visit_.cancelling.empty() && visit_.cancelling.front().at_ns <= taken_at_ns_;
  if (taken_at_ns_ >= 0 && !given_up && taken_at_ns_ + kNewsTravels.ns < placed + kPayWindow.ns)
    return "an order was closed though its buyer had paid in time, on a calm day";
  return std::nullopt;
}

std::optional<std::string> Judged::why_not_paid(const BookedOrder& order) const {
  const bool given_up =
      std::any_of(visit_.cancelling.begin(), visit_.cancelling.end(), [](const auto& asked) {
        return asked.answered() && asked.reply.status == api::CancelStatus::cancelled;
      });
  if (given_up) return "an order is paid that its buyer had given up";
  if (beyond_reach_ || taken_ - returned_ == order.total.minor) return std::nullopt;
  return "an order is paid, and the channels do not keep its total of its buyer's money";
}

}  // namespace ordeal::purchase::model
