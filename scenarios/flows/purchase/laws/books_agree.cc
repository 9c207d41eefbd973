// I-73: what several books say of one thing is the same: the order's total, what payment asks for, what the channel knows,
// what a refund returns, what a notice says; and what has ended is not looked at any more.
//
// Each check is over one table and names the row that it is about. What a column is judged by is listed by
// `ordeal list columns`.
#include <algorithm>

#include "core/order/context.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/flows/purchase/seams.h"

namespace ordeal::purchase {
namespace {

using api::OrderState;
using api::RefundReason;
using payment::AttemptState;

class BooksAgree {
 public:
  BooksAgree(const RestRows& rest, Findings& findings) : rest_(rest), findings_(findings) {}

  void check_prices() {
    const play::Scenario& scenario = rest_.world.scenario();
    const auto& skus = scenario.setting<Catalogue>().skus;
    if (!rest_.prices.empty() && rest_.prices.size() != skus.size())
      differ("the price list", "goods", std::to_string(rest_.prices.size()), std::to_string(skus.size()), {});
    for (const RestPrice& row : rest_.prices) {
      const auto index = static_cast<std::size_t>(row.sku.value - 1);
      const bool same = index < skus.size() && skus[index].price == row.price &&
                        merchant_of(skus[index], scenario).value_or(MerchantId{1}) == row.merchant;
      if (!same) differ("the price list", rest_.sku(row.sku), row.price.text(), "as the scenario has it", {});
    }
  }

  void check_orders() {
    for (const RestOrder& order : rest_.orders) {
      const bool over = order.state != OrderState::draft && order.state != OrderState::unpaid;
      if (over && order.due) differ("an order that has ended", "due", "set", "none", order.id);
      // An order of nothing is paid by nothing.
      const bool with_money = order.state == OrderState::paid && order.total.is_positive();
      if (with_money != bool(order.paid_attempt))
        differ("an order", "paid by", order.paid_attempt ? order.paid_attempt.text() : "nothing",
               with_money ? "an attempt" : "nothing", order.id);
      if (!order.total.is_positive() && !rest_.attempts_of(order.id).empty())
        differ("an order of nothing", "attempts", "some", "none", order.id);
    }
  }

  void check_paid_by() {
    for (const RestOrder& order : rest_.orders) {
      if (order.state != OrderState::paid || !order.paid_attempt) continue;
      const auto attempts = rest_.attempts_of(order.id);
      const bool there = std::any_of(attempts.begin(), attempts.end(), [&](const RestAttempt& attempt) {
        return attempt.id == order.paid_attempt && attempt.state == AttemptState::succeeded;
      });
      if (!there)
        differ("an order", "paid by", order.paid_attempt.text(), "a payment of its own that succeeded",
               order.id);
    }
  }

  void check_late_payments() {
    for (const RestLatePayment& late : rest_.late_payments) {
      const RestOrder* order = rest_.order(late.order);
      const auto attempts = rest_.attempts_of(late.order);
      const auto attempt = std::find_if(attempts.begin(), attempts.end(),
                                        [&](const RestAttempt& one) { return one.id == late.attempt; });
      if (order == nullptr || attempt == attempts.end()) {
        differ("a late payment", "attempt", late.attempt.text(), "one of its order", late.order);
        continue;
      }
      if (late.amount != attempt->amount.minor)
        differ("a late payment", "amount", std::to_string(late.amount), std::to_string(attempt->amount.minor),
               late.order);
      // The money that found nothing left closed its order; what came for it besides was late.
      const bool may_be_sold_out =
          order->state == OrderState::closed && deducts_at_payment(rest_.world.designer());
      const bool sold_out = may_be_sold_out && late.reason == RefundReason::sold_out;
      const auto reason =
          order->state == OrderState::paid ? RefundReason::surplus : RefundReason::late_payment;
      if ((late.reason != reason && !sold_out) || late.attempt == order->paid_attempt)
        differ("a late payment", "reason", std::string(wire::name_of(late.reason)),
               std::string(wire::name_of(reason)), late.order);
    }
  }

  void check_intents() {
    for (const RestIntent& intent : rest_.intents) {
      const RestOrder* order = rest_.order(intent.order);
      if (order == nullptr) {
        differ("an intent", "order", intent.order.text(), "one that is there", intent.order);
        continue;
      }
      if (intent.amount != order->total)
        differ("an intent", "amount", intent.amount.text(), order->total.text(), order->id);
      if (intent.cancelled && order->state != OrderState::closed)
        differ("an intent", "cancelled", "yes", "no: the order is " + state_text(order->state), order->id);
    }
  }

  void check_attempts() {
    for (const RestAttempt& attempt : rest_.attempts) {
      const RestOrder* order = rest_.order(attempt.order);
      if (order == nullptr) {
        differ("an attempt", "order", attempt.order.text(), "one that is there", attempt.order);
        continue;
      }
      if (attempt.amount != order->total)
        differ("an attempt", "amount", attempt.amount.text(), order->total.text(), order->id);
      if (attempt.user != order->user)
        differ("an attempt", "user", attempt.user.text(), order->user.text(), order->id);
      check_attempt(attempt, *order);
    }
  }

  void check_refunds() {
    for (const RestRefund& refund : rest_.refunds) {
      const auto attempts = rest_.attempts_of(refund.order);
      const auto attempt = std::find_if(attempts.begin(), attempts.end(),
                                        [&](const RestAttempt& one) { return one.id == refund.attempt; });
      if (attempt == attempts.end() || attempt->channel != refund.channel) {
        differ("a refund", "attempt", refund.attempt.text() + " at " + refund.channel,
               "one of its order and channel", refund.order);
        continue;
      }
      if (refund.state != refund::State::requested && refund.scheduled)
        differ("a refund that has ended", "next try", "set", "none", refund.order);
      const ChannelTrade* trade = attempt->trade;
      const bool moved = trade != nullptr && trade->refund_requests.contains(refund.id.text());
      if (refund.state == refund::State::succeeded && !moved)
        differ("a refund", "state", "SUCCEEDED", "what the channel did: nothing", refund.order);
      if (refund.state == refund::State::failed && moved)
        differ("a refund", "state", "FAILED", "what the channel did: given back", refund.order);
    }
  }

  void check_notices() {
    for (const RestNotice& notice : rest_.notices) {
      const RestOrder* order = rest_.order(notice.order);
      if (order == nullptr) {
        differ("a notice", "order", notice.order.text(), "one that is there", notice.order);
        continue;
      }
      if (notice.state != order->state || notice.version != order->version)
        differ("a notice", "state", state_text(notice.state) + " " + std::to_string(notice.version),
               state_text(order->state) + " " + std::to_string(order->version), order->id);
      if (notice.amount != order->total)
        differ("a notice", "amount", notice.amount.text(), order->total.text(), order->id);
      if (notice.merchant != order->merchant)
        differ("a notice", "merchant", notice.merchant.text(), order->merchant.text(), order->id);
      if (notice.sent && notice.scheduled)
        differ("a notice that was understood", "next try", "set", "none", order->id);
    }
  }

 private:
  void check_attempt(const RestAttempt& attempt, const RestOrder& order) {
    if (attempt.state != AttemptState::pending && attempt.scheduled)
      differ("an attempt that has ended", "next question", "set", "none", order.id);
    if (attempt.closing && order.state != OrderState::closed)
      differ("an attempt", "closing", "yes", "no: the order is " + state_text(order.state), order.id);
    const bool succeeded = attempt.state == AttemptState::succeeded;
    const std::string at_channel = succeeded && attempt.trade != nullptr ? attempt.trade->trade_no : "";
    if (attempt.trade_no != at_channel)
      differ("an attempt", "number at the channel", attempt.trade_no, at_channel, order.id);
    const Duration slack = order::Config{}.trade_slack;
    if (order.close_at && attempt.expires_at != *order.close_at + slack)
      differ("an attempt", "expires", when((attempt.expires_at - rest_.world.scenario().start).ns),
             when((*order.close_at + slack - rest_.world.scenario().start).ns), order.id);
  }

  void differ(std::string_view what, std::string field, std::string here, std::string should, OrderId order) {
    Evidence evidence = order ? rest_.about(order) : Evidence{};
    findings_.add(unsafe(kBooksAgree, rest_.world.now_ns, "the books do not agree: " + std::string(what),
                         std::move(evidence) + Evidence{{"field", std::move(field)},
                                                        {"here", std::move(here)},
                                                        {"should be", std::move(should)}}));
  }

  const RestRows& rest_;
  Findings& findings_;
};

template <void (BooksAgree::*check)()>
void look(const RestRows& rest, Findings& findings) {
  // Before that the news of an end may still be on its way from one book to another.
  if (!rest.world.settled) return;
  BooksAgree agree(rest, findings);
  (agree.*check)();
}

}  // namespace

void watch_books_agree(const play::Watching& parts) {
  const auto add = [&](std::vector<std::string_view> needs, auto check) {
    const bool there = std::all_of(needs.begin(), needs.end(), [&](std::string_view service) {
      return parts.scenario.has_service(service);
    });
    if (there) parts.audit.add<RestRows>(kBooksAgree, std::move(needs), check);
  };
  add({"order"}, &look<&BooksAgree::check_prices>);
  add({"order"}, &look<&BooksAgree::check_orders>);
  add({"order", "payment"}, &look<&BooksAgree::check_paid_by>);
  add({"order", "payment"}, &look<&BooksAgree::check_late_payments>);
  add({"order", "payment"}, &look<&BooksAgree::check_intents>);
  add({"order", "payment"}, &look<&BooksAgree::check_attempts>);
  add({"order", "payment"}, &look<&BooksAgree::check_refunds>);
  add({"order", "notification"}, &look<&BooksAgree::check_notices>);
}

}  // namespace ordeal::purchase
