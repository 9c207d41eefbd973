// I-36: what a party is told is so, and a promise that was made is kept.
//
// Judged at rest, over the diaries of those who asked (model/diary.h), by the words of core/api/order.h:
//
//   placed, UNPAID   "yours": the order is there and was not refused afterwards
//   out_of_stock     final: the order is REJECTED
//   discount_gone    the same; it had its goods, and not its discounts
//   price_changed    the total is that of the list, and not the one that was shown
//   conflict         the key was used for another basket
//   invalid          the basket cannot be an order
//   unavailable      surely nothing happened: an order that is there was made by another call
//   captured         a channel has the money by then
//   pay_at_channel   the order's time was not over when he asked, and it was not closed, on any day; the code is one that the
//                    channel knows; and only who asked for a code is sent to the cashier
//   pending          nobody knows yet: where all who are asked answer, who asks for a code gets one, as often as he asks
//   declined         surely without a debit: money that is there was taken for another call
//   (a debit)        nobody who asked for codes alone is debited within the call
//   not_payable      the order had ended, or its time was over
//   cancelled        the order is CLOSED by then, and its buyer is not sent to pay it afterwards
//   refused          (a cancel) the order is not CLOSED
//   pending          (a cancel) its time is over, and its buyer is not sent to pay it; where all who are asked answer, everybody
//                    is told how it ended
//   (an order)       is given up by its buyer alone
//   a view           there is one, where all who are asked answer; it has the order's own total; once the order has ended it does
//                    not change; PAID only with the money taken
//
// "Surely" is said of one delivery of a call. Where the network delivered calls twice, what one delivery did another may
// truly deny, and the buyer sees whichever answer comes first: then nothing is said of it.
#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "core/order/context.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_discounts.h"
#include "scenarios/flows/purchase/model/visits.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/flows/purchase/promotions.h"

namespace ordeal::purchase {
namespace {

using namespace literals;
using api::CancelStatus;
using api::OrderState;
using api::PayStatus;
using api::PlaceStatus;

// Whoever comes up before the database that he shares comes up again a second later.
constexpr Duration kEverybodyIsUp = 3_s;

// When each order was durable, given up and closed. -1: never.
class Moments {
 public:
  void on(const api::facts::OrderPlaced& placed, const sim::Fact& fact, Findings&) {
    placed_.try_emplace(placed.order, fact.at_ns);
  }
  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings&) {
    if (moved.to == OrderState::closed) closed_.try_emplace(moved.order, fact.at_ns);
  }
  void on(const api::facts::OrderCancelled& cancelled, const sim::Fact& fact, Findings&) {
    given_up_.try_emplace(cancelled.order, fact.at_ns);
  }
  std::int64_t given_up(OrderId order) const { return at(given_up_, order); }
  std::int64_t placed(OrderId order) const { return at(placed_, order); }
  std::int64_t closed(OrderId order) const { return at(closed_, order); }

 private:
  using ByOrder = tsl::robin_map<OrderId, std::int64_t>;

  static std::int64_t at(const ByOrder& times, OrderId order) {
    const auto found = times.find(order);
    return found == times.end() ? -1 : found->second;
  }

  ByOrder placed_;
  ByOrder given_up_;
  ByOrder closed_;
};

using Debits = std::map<std::string_view, std::vector<const ChannelTrade*>>;  // by buyer

Debits debits_of(const Books& books) {
  Debits all;
  for (const auto& [channel, trades] : books.trades) {
    for (const auto& [number, trade] : trades) {
      if (trade.debited_at_ns >= 0) all[trade.shopper].push_back(&trade);
    }
  }
  return all;
}

class Told {
 public:
  Told(const Moments& moments, const RestRows& rest, const std::string& buyer, const model::Visit& visit,
       std::span<const ChannelTrade* const> debits, Findings& findings)
      : moments_(moments), rest_(rest), buyer_(buyer), visit_(visit), findings_(findings) {
    const RestRequest* request = rest.request(visit.user, visit.key);
    if (request != nullptr) order_ = rest.order(request->order);
    for (const ChannelTrade* trade : debits) {
      debits_.push_back(trade->debited_at_ns);
      by_a_lie_ |= trade->against_its_word;
      if (trade->by_debit) by_debit_ns_ = trade->debited_at_ns;
    }
    std::sort(debits_.begin(), debits_.end());
  }

  void check() {
    for (const model::PlaceAsked& asked : visit_.placing) {
      if (asked.answered()) check_placing(asked);
    }
    check_surely_nothing_placed();
    for (const model::PayAsked& asked : visit_.paying) {
      if (asked.answered()) check_paying(asked);
    }
    check_surely_nothing_taken();
    check_debited_as_asked();
    for (const model::CashierAsked& asked : visit_.at_cashier) {
      if (asked.answered() && asked.reply == "UNKNOWN")
        untrue("pay_at_channel", asked.answered_ns, "a buyer was given a code that the channel does not know",
               asked.channel + ": " + asked.reply);
    }
    for (const auto& asked : visit_.cancelling) {
      if (asked.answered()) check_cancelling(asked.reply.status, asked.answered_ns);
    }
    check_given_up_as_asked();
    for (const auto& asked : visit_.looking) {
      if (!asked.answered()) continue;
      if (asked.reply.available)
        check_view(asked.reply, asked.answered_ns);
      else if (all_answer(rest_.world))
        untrue("nobody knows", asked.answered_ns, "a buyer was told that nobody knows how an order stands",
               standing());
    }
  }

 private:
  void untrue(std::string_view answer, std::int64_t at_ns, std::string message, std::string fact) {
    Evidence evidence = order_ == nullptr ? Evidence{{"buyer", buyer_}} : rest_.about(order_->id);
    evidence.emplace_back("told", std::string(answer) + " at " + when(at_ns));
    evidence.emplace_back("is", std::move(fact));
    findings_.add(unsafe(kAnswersAreTrue, at_ns, std::move(message), std::move(evidence)));
  }

  std::string standing() const { return order_ == nullptr ? "no order" : state_text(order_->state); }
  bool is_rejected() const { return order_ != nullptr && order_->state == OrderState::rejected; }
  bool was_gone() const {
    const RestPriced* price =
        order_ == nullptr ? nullptr : rest_.world.rows<RestDiscounts>().price(order_->id);
    return price != nullptr && price->gone;
  }
  // For an order of nothing no money is needed.
  bool taken_by(std::int64_t at_ns) const {
    const bool of_nothing = order_ != nullptr && order_->total.minor == 0;
    return of_nothing || (!debits_.empty() && debits_.front() <= at_ns);
  }

  std::optional<model::Quote> list_price(const model::Basket& basket) const {
    std::vector<model::Good> goods;
    for (const RestPrice& row : rest_.prices) goods.push_back({row.sku, {}, row.price, 0, row.merchant});
    return model::quote(basket, goods);
  }

  // One key, one body (F-89): what was asked for is what the order is of.
  bool is_of(const model::Basket& basket) const {
    const auto lines = rest_.lines_of(order_->id);
    const auto wanted = model::by_goods(basket.lines);
    return std::equal(wanted.begin(), wanted.end(), lines.begin(), lines.end(),
                      [](const api::Line& a, const RestLine& b) { return a.sku == b.sku && a.qty == b.qty; });
  }

  // "1 tea and not 2 tea": the first good of which there is more or less than was asked for.
  std::string instead_of(const model::Basket& basket) const {
    const auto lines = rest_.lines_of(order_->id);
    for (const api::Line& wanted : model::by_goods(basket.lines)) {
      const auto there = std::find_if(lines.begin(), lines.end(),
                                      [&](const RestLine& line) { return line.sku == wanted.sku; });
      const std::int64_t qty = there == lines.end() ? 0 : there->qty;
      if (qty == wanted.qty) continue;
      return std::to_string(qty) + " " + rest_.sku(wanted.sku) + " and not " + std::to_string(wanted.qty) +
             " " + rest_.sku(wanted.sku);
    }
    return "more than that";
  }

  void check_placing(const model::PlaceAsked& asked) {
    const api::PlaceReply& reply = asked.reply;
    const model::Basket& basket = visit_.baskets.at(asked.basket);
    const std::string_view told = wire::name_of(reply.status);
    switch (reply.status) {
      case PlaceStatus::placed:
      case PlaceStatus::pending:
      case PlaceStatus::out_of_stock:
      case PlaceStatus::discount_gone:
        if (order_ == nullptr || order_->id != reply.order || reply.total != order_->total)
          untrue(told, asked.answered_ns, "a buyer was told of an order that is not so",
                 order_ == nullptr ? "no order" : order_->id.text() + " of " + order_->total.text());
        else if ((reply.status == PlaceStatus::out_of_stock && (!is_rejected() || was_gone())) ||
                 (reply.status == PlaceStatus::discount_gone && (!is_rejected() || !was_gone())) ||
                 (reply.status == PlaceStatus::placed && is_rejected()))
          untrue(told, asked.answered_ns, "a buyer was told of an end that the order did not have",
                 standing());
        else if (!is_of(basket) && visit_.baskets.size() > 1)
          untrue(told, asked.answered_ns, "a buyer was told of an order of another basket",
                 order_->id.text());
        else if (!is_of(basket))
          untrue(told, asked.answered_ns, "a buyer was told of an order that is not of what was asked for",
                 instead_of(basket));
        return;
      case PlaceStatus::price_changed: {
        const auto priced = list_price(basket);
        // What promotions leave of the list is the model's to judge, if an order is made at that price.
        if (priced && rest_.world.scenario().setting<PromotionsSpec>().any()) {
          if (basket.shown == reply.total || reply.total.minor > priced->total.minor)
            untrue(told, asked.answered_ns, "a buyer was told of a price that is not that of the list",
                   "at most " + priced->total.text() + ", was shown " + basket.shown.text());
          return;
        }
        if (!priced || priced->total != reply.total || basket.shown == reply.total)
          untrue(told, asked.answered_ns, "a buyer was told of a price that is not that of the list",
                 priced ? priced->total.text() + ", was shown " + basket.shown.text() : "nothing for sale");
        return;
      }
      case PlaceStatus::conflict:
        if (visit_.baskets.size() < 2)
          untrue(told, asked.answered_ns, "a buyer was told of a conflict with nothing", "one basket");
        return;
      case PlaceStatus::invalid:
        if (list_price(basket)) untrue(told, asked.answered_ns, "a good basket was called invalid", "good");
        return;
      case PlaceStatus::already_ordered:  // I-28 judges it
      case PlaceStatus::unavailable:
      case PlaceStatus::unknown:
        return;
    }
  }

  // The call that made the order was told that surely nothing happened.
  void check_surely_nothing_placed() {
    if (order_ == nullptr || rest_.world.repeated_messages) return;
    const std::int64_t placed = moments_.placed(order_->id);
    std::int64_t told_ns = placed;
    const bool by_another = std::any_of(visit_.placing.begin(), visit_.placing.end(), [&](const auto& asked) {
      if (asked.at_ns > placed) return false;
      told_ns = std::max(told_ns, asked.answered_ns);
      return !asked.answered() || asked.reply.status != PlaceStatus::unavailable;
    });
    if (placed < 0 || by_another || visit_.placing.empty()) return;
    untrue("unavailable", told_ns, "a buyer was told that surely nothing happened, and it had", standing());
  }

  void check_paying(const model::PayAsked& asked) {
    const std::string_view told = wire::name_of(asked.reply.status);
    if (asked.reply.status == PayStatus::captured && !taken_by(asked.answered_ns))
      untrue(told, asked.answered_ns, "a buyer was told that the money is there, and it was not",
             "not taken");
    if (asked.reply.status == PayStatus::pay_at_channel && asked.mode == api::PayMode::direct_debit)
      untrue(told, asked.answered_ns, "a buyer who asked for a direct debit was sent to the cashier",
             asked.channel);
    if (asked.reply.status == PayStatus::pay_at_channel && order_ != nullptr) check_sent_to_pay(asked);
    if (asked.reply.status == PayStatus::pending && all_answer(rest_.world) && asked_one_way())
      untrue(told, asked.answered_ns, "a buyer who asked for a code was told to wait, and everybody answered",
             standing());
    // By its own clock, which a fault may have bent.
    if (asked.reply.status == PayStatus::not_payable && all_answer(rest_.world) && order_ != nullptr &&
        order_->state != OrderState::rejected && !rest_.is_sold_out(order_->id) &&
        !was_given_up_before(asked.answered_ns) &&
        asked.answered_ns < moments_.placed(order_->id) + order::Config{}.pay_window.ns)
      untrue(told, asked.answered_ns, "a buyer could not pay an order whose time was not over", standing());
  }

  // For codes alone, of one channel. Who asks for another way may have to wait until the first is closed.
  bool asked_one_way() const {
    return std::all_of(visit_.paying.begin(), visit_.paying.end(), [&](const model::PayAsked& one) {
      return one.mode == api::PayMode::page && one.channel == visit_.paying.front().channel;
    });
  }

  // The clock by which an order's time is over may be wrong; what is CLOSED is so on any day.
  void check_sent_to_pay(const model::PayAsked& asked) {
    const std::string_view told = wire::name_of(asked.reply.status);
    const bool is_over =
        order_->close_at && asked.at_ns > (*order_->close_at - rest_.world.scenario().start).ns;
    if (is_over && machines_were_sound(rest_.world))
      untrue(told, asked.answered_ns, "a buyer was sent to pay an order whose time was over", standing());
    else if (was_told_of_the_cancel_before(asked.at_ns))
      untrue(told, asked.answered_ns, "a buyer was sent to pay an order that had been given up", standing());
    else if (const std::int64_t closed = moments_.closed(order_->id); closed >= 0 && closed < asked.at_ns)
      untrue(told, asked.answered_ns, "a buyer was sent to pay an order that was closed when he asked",
             standing());
  }

  void check_surely_nothing_taken() {
    if (debits_.empty() || visit_.paying.empty() || rest_.world.repeated_messages || by_a_lie_) return;
    std::int64_t told_ns = debits_.front();
    const bool by_another = std::any_of(visit_.paying.begin(), visit_.paying.end(), [&](const auto& asked) {
      if (asked.at_ns > debits_.front()) return false;
      told_ns = std::max(told_ns, asked.answered_ns);
      const PayStatus status = asked.reply.status;
      return !asked.answered() || (status != PayStatus::unavailable && status != PayStatus::declined);
    });
    if (!by_another)
      untrue("declined", told_ns, "a buyer was told that surely no money was taken, and it was", standing());
  }

  void check_debited_as_asked() {
    if (by_debit_ns_ < 0) return;
    const bool asked = std::any_of(visit_.paying.begin(), visit_.paying.end(), [&](const auto& one) {
      return one.mode == api::PayMode::direct_debit && one.at_ns <= by_debit_ns_;
    });
    if (!asked)
      untrue("debited", by_debit_ns_, "a buyer who asked for a code was debited within the call", standing());
  }

  bool was_given_up_before(std::int64_t at_ns) const {
    return std::any_of(visit_.cancelling.begin(), visit_.cancelling.end(),
                       [&](const auto& asked) { return asked.at_ns < at_ns; });
  }
  bool was_told_of_the_cancel_before(std::int64_t at_ns) const {
    return std::any_of(visit_.cancelling.begin(), visit_.cancelling.end(), [&](const auto& asked) {
      const bool told =
          asked.reply.status == CancelStatus::cancelled || asked.reply.status == CancelStatus::pending;
      return asked.answered() && asked.answered_ns < at_ns && told;
    });
  }

  void check_cancelling(CancelStatus status, std::int64_t at_ns) {
    const std::string_view told = wire::name_of(status);
    const bool closed = order_ != nullptr && order_->state == OrderState::closed;
    const bool paid = order_ != nullptr && order_->state == OrderState::paid;
    const std::int64_t closed_ns = order_ == nullptr ? -1 : moments_.closed(order_->id);
    switch (status) {
      case CancelStatus::cancelled:
        if (!closed || closed_ns < 0 || closed_ns > at_ns)
          untrue(told, at_ns, "a buyer was told that an order is given up, and it was not", standing());
        return;
      case CancelStatus::refused:
        if (closed)
          untrue(told, at_ns, "a buyer was told that an order cannot be given up, and it could", standing());
        return;
      case CancelStatus::pending:
        if (!paid && !(order_ != nullptr && order_->cancelled_at))
          untrue(told, at_ns, "a buyer was told that an order's time is over, and nobody wrote that down",
                 standing());
        break;
      case CancelStatus::unavailable:
      case CancelStatus::unknown:
        break;
    }
    if (all_answer(rest_.world) && at_ns > kEverybodyIsUp.ns)
      untrue(told, at_ns, "a buyer was told that nobody knows whether an order is given up", standing());
  }

  // By the buyer, and not by a call that was told that surely nothing happened.
  void check_given_up_as_asked() {
    if (order_ == nullptr || !order_->cancelled_at || rest_.world.repeated_messages) return;
    const std::int64_t given_up = moments_.given_up(order_->id);
    const bool asked = std::any_of(visit_.cancelling.begin(), visit_.cancelling.end(), [&](const auto& one) {
      return one.at_ns <= given_up && (!one.answered() || one.reply.status != CancelStatus::unavailable);
    });
    if (!asked) untrue("unavailable", given_up, "an order was given up, and not by its buyer", standing());
  }

  void check_view(const api::OrderView& view, std::int64_t at_ns) {
    if (order_ == nullptr) return;
    const std::string told = view.found ? state_text(view.state) + " of " + view.total.text() : "not found";
    if (!view.found || view.total != order_->total || view.version > order_->version)
      return untrue(told, at_ns, "a buyer saw an order that is not so",
                    standing() + " of " + order_->total.text());
    const bool over = view.state != OrderState::draft && view.state != OrderState::unpaid;
    if (over && view.state != order_->state)
      untrue(told, at_ns, "a buyer saw an end that the order did not have", standing());
    if (view.state == OrderState::paid && !taken_by(at_ns))
      untrue(told, at_ns, "a buyer saw an order paid before any money was taken", standing());
    if (!over && rest_.world.calm)
      untrue(told, at_ns, "a buyer saw an order that had still not ended, long after its time", standing());
  }

  const Moments& moments_;
  const RestRows& rest_;
  const std::string& buyer_;
  const model::Visit& visit_;
  Findings& findings_;
  const RestOrder* order_ = nullptr;
  std::vector<std::int64_t> debits_;  // when channels took this buyer's money
  bool by_a_lie_ = false;             // a channel took what it had said that it did not
  std::int64_t by_debit_ns_ = -1;     // the last time without a cashier; -1: never
};

}  // namespace

void watch_answers_are_true(const play::Watching& parts) {
  const auto moments = std::make_shared<Moments>();
  parts.monitors.add<api::facts::OrderPlaced, api::facts::OrderMoved, api::facts::OrderCancelled>(moments);
  parts.audit.add<RestRows>(kAnswersAreTrue, {"order"}, [moments](const RestRows& rest, Findings& findings) {
    Debits debits = debits_of(rest.books());
    for (const auto& [buyer, visit] : rest.books().diary.visits)
      Told(*moments, rest, buyer, visit, debits[buyer], findings).check();
  });
}

}  // namespace ordeal::purchase
