// The payment service against a channel that is always right: what it believes, what it repeats, and what it
// finds out.
#include <gtest/gtest.h>

#include "tests/support/shop.h"

namespace ordeal::payment {
namespace {

using namespace literals;
using api::PayMode;
using api::PayStatus;
using api::RefundReason;
using api::SettleStatus;
using api::StartStatus;
using support::Fault;
using support::Shop;

struct Fixture : Shop {
  api::StartReply start(std::int64_t id, PayMode mode = PayMode::page, const std::string& channel = "alipay",
                        std::int64_t minor = 1000) {
    return payment.start_payment(
        {OrderId{id}, UserId{7}, {minor, {}}, channel, mode, world.clock.wall + 15_min});
  }
  std::int64_t in_state(AttemptState state) {
    return payment_db.number("select count(*) from attempt where state = " +
                             std::to_string(static_cast<int>(state)));
  }
  int captures() const { return payment_db.count<api::facts::PaymentCaptured>(); }
  std::string notify_body(const std::string& body, const std::string& channel = "alipay") {
    return payment.channel_notify({channel, body}).body;
  }
  // While one instance talks to the channel, another one of the same database does `meanwhile`.
  void beside(std::function<void()> meanwhile) {
    world.http_fault = [meanwhile = std::move(meanwhile), first = true](std::string_view) mutable {
      if (std::exchange(first, false)) meanwhile();
      return Fault::lose_request;
    };
  }
  void lose_answers_of_channel() {
    world.http_fault = [](std::string_view url) {
      return url.find("gateway") != std::string_view::npos ? Fault::lose_answer : Fault::none;
    };
  }
};

TEST(Callback, CapturesOnceHoweverOftenItComes) {
  Fixture f;
  const auto trade = f.start(1).out_trade_no;
  ASSERT_TRUE(f.alipay.pay(trade));
  for (int i = 0; i < 8; ++i) EXPECT_TRUE(f.alipay.notify(trade));
  EXPECT_EQ(f.captures(), 1);
  EXPECT_EQ(f.payment_db.number("select count(*) from outbox"), 1);
  EXPECT_EQ(f.world.log.marks["callback duplicate acknowledged"], 7);
}

// F-11: the same callback once more in the gap before the transaction of the first.
TEST(Callback, CapturesOnceWhenTwoComeSideBySide) {
  Fixture f;
  const auto trade = f.start(1).out_trade_no;
  f.alipay.pay(trade);
  const auto body = f.alipay.signed_notice(f.alipay.notice(trade));
  f.payment_db.before = [&](std::string_view name) {
    if (name == "payment.callback") {
      EXPECT_EQ(f.notify_body(body), "success");
    }
  };
  EXPECT_EQ(f.notify_body(body), "success");
  EXPECT_EQ(f.captures(), 1);
}

TEST(Callback, IsNotAcknowledgedBeforeItIsDurable) {
  Fixture f;
  const auto trade = f.start(1).out_trade_no;
  f.alipay.pay(trade);
  f.payment_db.next_transaction_fails = true;
  EXPECT_FALSE(f.alipay.notify(trade));
  EXPECT_EQ(f.captures(), 0);
  f.payment_db.next_commit_is_unknown = true;
  EXPECT_FALSE(f.alipay.notify(trade));
  EXPECT_TRUE(f.alipay.notify(trade));
  EXPECT_EQ(f.captures(), 1);
}

TEST(Callback, BelievesNothingThatDoesNotMatch) {
  Fixture f;
  const auto trade = f.start(1).out_trade_no;
  const auto wechat_trade = f.start(2, PayMode::page, "wechat").out_trade_no;
  f.alipay.pay(trade);
  const channel::Notice good = f.alipay.notice(trade);
  const auto with = [&](auto change) {
    channel::Notice notice = good;
    change(notice);
    return f.alipay.signed_notice(notice);
  };
  const auto forged = channel::encode(good, channel::kAlipay, *channel::make_hmac_signer("forger"));
  struct Case {
    std::string body;
    Noticed expected;
  };
  const Case cases[] = {
      {forged, Noticed::bad_signature},
      {"", Noticed::bad_signature},
      {"%", Noticed::malformed},
      {with([](auto& n) { n.app_id = "app-2"; }), Noticed::wrong_app},
      {with([](auto& n) { n.seller_id = "seller-2"; }), Noticed::wrong_seller},
      {with([](auto& n) { n.out_trade_no = "pay-ZZZZZZZZZZ"; }), Noticed::unknown_trade},
      {with([](auto& n) { n.out_trade_no = "42"; }), Noticed::unknown_trade},
      {with([&](auto& n) { n.out_trade_no = wechat_trade; }), Noticed::unknown_trade},
      {with([](auto& n) { n.amount.minor = 1; }), Noticed::wrong_amount},
      {with([](auto& n) { n.amount.minor = 1001; }), Noticed::wrong_amount},
      {with([](auto& n) { n.amount.currency = *Currency::parse("USD"); }), Noticed::wrong_amount},
      {with([](auto& n) { n.amount.minor = -1000; }), Noticed::malformed},
      {with([](auto& n) { n.status = channel::TradeStatus::wait_buyer_pay; }), Noticed::irrelevant},
  };
  const auto handler = make_callback_handler("compare_and_set");
  outbox::Relay relay(f.world.env("payment"), f.payment_db, Config::default_routes());
  const auto publisher = outbox::make_publisher("transactional");
  worker::DueWorker queries(f.world.env("payment"), "queries", [] { return std::optional<Instant>(); });
  Attempts attempts(f.world.env("payment"), outbox::Outlet(*publisher, relay), queries);
  for (const Case& c : cases) {
    EXPECT_EQ(handler->handle(f.payment_db, attempts, f.alipay.account(), c.body), c.expected)
        << wire::name_of(c.expected);
    EXPECT_EQ(f.notify_body(c.body) == "success", acknowledged(c.expected));
  }
  EXPECT_EQ(f.captures(), 0);
  EXPECT_EQ(f.in_state(AttemptState::pending), 2);
  EXPECT_EQ(f.notify_body(f.alipay.signed_notice(good)), "success");
  EXPECT_EQ(f.captures(), 1);
}

TEST(Callback, AnswersInTheFormOfEachProfile) {
  Fixture f;
  const auto trade = f.start(1, PayMode::page, "wechat").out_trade_no;
  f.wechat.pay(trade);
  const auto good = f.payment.channel_notify({"wechat", f.wechat.signed_notice(f.wechat.notice(trade))});
  EXPECT_EQ(good.http_status, 204);
  EXPECT_EQ(f.payment.channel_notify({"wechat", "x"}).http_status, 500);
  EXPECT_EQ(f.payment.channel_notify({"alipay", "x"}).body, "failure");
  EXPECT_EQ(f.payment.channel_notify({"paypal", "x"}).http_status, 404);
}

TEST(Callback, BringsMoneyEvenToAnAttemptThatWasOver) {
  Fixture f;
  f.alipay.declines = true;
  const auto first = f.start(1, PayMode::direct_debit);
  EXPECT_EQ(first.status, StartStatus::declined);
  EXPECT_EQ(f.in_state(AttemptState::failed), 1);
  // F-14: the channel said no, and debited.
  f.alipay.trades[first.out_trade_no] = {
      channel::TradeStatus::success, {1000, {}}, "T1", f.alipay.account().notify_url, {}};
  EXPECT_TRUE(f.alipay.notify(first.out_trade_no));
  EXPECT_EQ(f.captures(), 1);
  EXPECT_EQ(f.in_state(AttemptState::succeeded), 1);
}

// A trade that was paid and went back in full reads as closed (domain 2.1). Its payer is not told that nothing was taken.
TEST(Start, WhatWasTakenAndSentBackMeanwhileIsNotCalledDeclined) {
  Fixture f;
  int calls = 0;
  f.world.http_fault = [&](std::string_view) {
    if (++calls == 1) return Fault::lose_answer;  // debited, and nobody hears of it
    if (calls != 2) return Fault::none;
    auto& [number, trade] = *f.alipay.trades.begin();
    EXPECT_TRUE(f.alipay.notify(number));
    trade.status = channel::TradeStatus::closed;
    return Fault::none;
  };
  EXPECT_EQ(f.start(1, PayMode::direct_debit).status, StartStatus::captured);
  EXPECT_EQ(f.in_state(AttemptState::succeeded), 1);
  EXPECT_EQ(f.payment_db.count<api::facts::AttemptEnded>(), 0);
}

// As an answer to another question is.
TEST(Start, AnAnswerWithoutACodeSendsNobodyToPay) {
  Fixture f;
  f.alipay.gives_codes = false;
  const auto first = f.start(1);
  EXPECT_EQ(first.status, StartStatus::pending);
  EXPECT_TRUE(first.pay_code.empty());
  f.alipay.gives_codes = true;
  EXPECT_EQ(f.start(1).status, StartStatus::pay_at_channel);
}

TEST(Start, KeepsOneAttemptAndOneNumber) {
  Fixture f;
  const auto first = f.start(1);
  EXPECT_EQ(first.status, StartStatus::pay_at_channel);
  EXPECT_EQ(first.pay_code, "code-" + first.out_trade_no);
  EXPECT_EQ(f.start(1).out_trade_no, first.out_trade_no);
  EXPECT_EQ(f.alipay.trades.size(), 1U);
  EXPECT_EQ(f.payment_db.count<api::facts::AttemptOpened>(), 1);
}

// F-16: after a timeout the same number is asked about, and never replaced.
TEST(Start, AnUnknownDebitIsQueriedUnderTheSameNumber) {
  Fixture f;
  int posts = 0;
  f.world.http_fault = [&](std::string_view) { return ++posts == 1 ? Fault::lose_answer : Fault::none; };
  EXPECT_EQ(f.start(1, PayMode::direct_debit).status, StartStatus::captured);
  EXPECT_EQ(f.alipay.trades.size(), 1U);
  EXPECT_EQ(f.captures(), 1);
}

TEST(Start, AnUnknownDebitStaysPendingUntilTheChannelSpeaks) {
  Fixture f;
  f.lose_answers_of_channel();
  const auto first = f.start(1, PayMode::direct_debit);
  EXPECT_EQ(first.status, StartStatus::pending);
  EXPECT_EQ(f.start(1, PayMode::direct_debit).out_trade_no, first.out_trade_no);
  EXPECT_EQ(f.alipay.net(), 1000);
  f.world.http_fault = nullptr;
  EXPECT_EQ(f.start(1, PayMode::direct_debit).status, StartStatus::captured);
  EXPECT_EQ(f.alipay.net(), 1000);
  EXPECT_EQ(f.captures(), 1);
}

TEST(Start, ClosesTheOldTradeBeforeAnotherChannelIsTried) {
  Fixture f;
  const auto first = f.start(1);
  const auto second = f.start(1, PayMode::page, "wechat");
  EXPECT_EQ(second.status, StartStatus::pay_at_channel);
  EXPECT_FALSE(f.alipay.pay(first.out_trade_no));
  EXPECT_EQ(f.in_state(AttemptState::closed), 1);
}

TEST(Start, FindsTheMoneyWhenTheOldTradeWasPaid) {
  Fixture f;
  f.alipay.pay(f.start(1).out_trade_no);
  EXPECT_EQ(f.start(1, PayMode::page, "wechat").status, StartStatus::pending);
  EXPECT_EQ(f.captures(), 1);
  EXPECT_EQ(f.start(1, PayMode::page, "wechat").status, StartStatus::captured);
  EXPECT_TRUE(f.wechat.trades.empty());
}

TEST(Start, IsRefusedAfterACancelEvenOneThatCameFirst) {
  Fixture f;
  f.payment.on_order_closed({OrderId{1}, {1000, {}}, 3});
  EXPECT_EQ(f.start(1).status, StartStatus::cancelled);
  EXPECT_TRUE(f.alipay.trades.empty());
  EXPECT_EQ(f.start(2, PayMode::page, "paypal").status, StartStatus::unknown_channel);
}

// F-13: the callback never comes.
TEST(Query, FindsTheMoneyOnItsSchedule) {
  Fixture f;
  const Instant begin = f.world.clock.wall;
  const auto trade = f.start(1).out_trade_no;
  for (const Duration at : {20_s, 60_s, 180_s, 600_s, 2400_s, 4200_s}) {
    const auto next = f.payment.run_queries();
    ASSERT_TRUE(next.has_value());
    EXPECT_EQ(*next - begin, at);
    f.world.clock.wall = *next;
  }
  f.alipay.pay(trade);
  EXPECT_EQ(f.payment.run_queries(), std::nullopt);
  EXPECT_EQ(f.captures(), 1);
  EXPECT_EQ(f.world.log.marks["capture found by query"], 1);
}

TEST(Query, ADeadChannelDoesNotStarveTheOther) {
  Fixture f;
  for (int i = 1; i <= 5; ++i) f.start(i);
  const auto trade = f.start(6, PayMode::page, "wechat").out_trade_no;
  f.wechat.pay(trade);
  f.world.http_fault = [](std::string_view url) {
    return url.starts_with("https://alipay") ? Fault::lose_request : Fault::none;
  };
  f.world.clock.advance(20_s);
  f.world.calls.clear();
  f.payment.run_queries();
  EXPECT_EQ(f.world.calls["https://alipay/gateway"], 1);
  EXPECT_EQ(f.captures(), 1);
}

TEST(Query, ATradeThatNeverCameThereIsClosedLongAfterItsExpiry) {
  Fixture f;
  f.world.http_fault = [](std::string_view) { return Fault::lose_request; };
  f.start(1);
  f.world.http_fault = nullptr;
  for (const Duration later : {1_min, 14_min}) {
    f.world.clock.advance(later);
    EXPECT_TRUE(f.payment.run_queries().has_value());
    EXPECT_EQ(f.in_state(AttemptState::pending), 1);
  }
  f.world.clock.advance(40_min);
  EXPECT_EQ(f.payment.run_queries(), std::nullopt);
  EXPECT_EQ(f.in_state(AttemptState::closed), 1);
}

// How often the channel was asked decides what its silence means, so two instances that ask side by side count once.
TEST(Query, TwoPassesSideBySideCountAsOne) {
  Fixture f;
  f.start(1);
  f.world.clock.advance(20_s);
  f.beside([&] { f.payment.run_queries(); });
  f.payment.run_queries();
  EXPECT_EQ(f.payment_db.number("select queries from attempt"), 1);
}

TEST(Query, DoesNotPutOffWhatWasCancelledMeanwhile) {
  Fixture f;
  f.start(1);
  f.world.clock.advance(20_s);
  f.beside([&] { f.payment.on_order_closed({OrderId{1}, {1000, {}}, 3}); });
  f.payment.run_queries();
  EXPECT_EQ(f.payment_db.number("select closing from attempt"), 1);
  EXPECT_LE(f.payment_db.number("select next_at from attempt"), f.world.clock.wall.ns);
}

// The clocks of the order's host and of the channel have stood still for an hour: by ours the trade is long expired
// when it is sent, and "no such trade" only says that the request is still on its way.
TEST(Start, AFreshTradeIsNotGivenUpBecauseClocksDiffer) {
  Fixture f;
  const auto start = [&](PayMode mode) {
    return f.payment.start_payment(
        {OrderId{1}, UserId{7}, {1000, {}}, "alipay", mode, f.world.clock.wall - 1_h});
  };
  f.world.http_fault = [](std::string_view) { return Fault::lose_request; };
  const auto first = start(PayMode::direct_debit);
  EXPECT_EQ(first.status, StartStatus::pending);
  f.world.http_fault = nullptr;
  const auto again = start(PayMode::page);
  EXPECT_EQ(again.status, StartStatus::pending);
  EXPECT_EQ(again.out_trade_no, first.out_trade_no);
  EXPECT_EQ(f.payment_db.number("select count(*) from attempt"), 1);
  for (const Duration later : {20_s, 40_s}) {
    f.world.clock.advance(later);
    f.payment.run_queries();
    EXPECT_EQ(f.in_state(AttemptState::pending), 1);
  }
  f.world.clock.advance(2_min);
  f.payment.run_queries();
  EXPECT_EQ(f.in_state(AttemptState::closed), 1);
}

TEST(Cancel, ClosesTheTradeAtTheChannelAndGoesOnUntilItIsCertain) {
  Fixture f;
  const auto trade = f.start(1).out_trade_no;
  f.payment.on_order_closed({OrderId{1}, {1000, {}}, 3});
  f.world.http_fault = [](std::string_view) { return Fault::lose_request; };
  const auto next = f.payment.run_queries();
  ASSERT_TRUE(next.has_value());
  f.world.http_fault = nullptr;
  f.world.clock.wall = *next;
  EXPECT_EQ(f.payment.run_queries(), std::nullopt);
  EXPECT_FALSE(f.alipay.pay(trade));
}

TEST(Cancel, TellsOfMoneyThatWasThere) {
  Fixture f;
  f.alipay.pay(f.start(1).out_trade_no);
  f.payment.on_order_closed({OrderId{1}, {1000, {}}, 3});
  f.payment.run_queries();
  EXPECT_EQ(f.captures(), 1);
  EXPECT_EQ(f.world.log.marks["close found it paid"], 1);
}

TEST(Settle, SaysPaidClosedOrUnknown) {
  Fixture f;
  EXPECT_EQ(f.payment.settle({OrderId{1}}).status, SettleStatus::closed);
  const auto trade = f.start(1).out_trade_no;
  f.world.http_fault = [](std::string_view) { return Fault::lose_request; };
  EXPECT_EQ(f.payment.settle({OrderId{1}}).status, SettleStatus::unknown);
  f.world.http_fault = nullptr;
  EXPECT_EQ(f.payment.settle({OrderId{1}}).status, SettleStatus::closed);
  EXPECT_FALSE(f.alipay.pay(trade));
  f.alipay.pay(f.start(2).out_trade_no);
  const auto settled = f.payment.settle({OrderId{2}});
  EXPECT_EQ(settled.status, SettleStatus::paid);
  EXPECT_EQ(settled.amount.minor, 1000);
  EXPECT_TRUE(settled.attempt);
}

struct RefundFixture : Fixture {
  RefundFixture() {
    start(1, PayMode::direct_debit);
    attempt = payment_db.facts.back().as<api::facts::PaymentCaptured>().attempt;
  }
  bool ask(std::int64_t minor, RefundReason reason = RefundReason::late_payment) {
    return payment.on_refund_requested({OrderId{1}, attempt, {minor, {}}, reason}).done;
  }
  AttemptId attempt;
};

TEST(Refund, HappensOnceHoweverOftenItIsAskedFor) {
  RefundFixture f;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(f.ask(1000));
  EXPECT_EQ(f.payment.run_refunds(), std::nullopt);
  EXPECT_TRUE(f.ask(1000));
  f.payment.run_refunds();
  EXPECT_EQ(f.alipay.net(), 0);
  EXPECT_EQ(f.payment_db.count<api::facts::RefundRequested>(), 1);
  EXPECT_EQ(f.payment_db.count<api::facts::RefundSucceeded>(), 1);
}

TEST(Refund, RepeatsTheSameNumberUntilTheChannelHasAnswered) {
  RefundFixture f;
  f.ask(1000);
  f.lose_answers_of_channel();
  for (const Duration gap : {5_s, 30_s, 60_s, 300_s, 600_s, 1800_s, 1800_s}) {
    const auto next = f.payment.run_refunds();
    ASSERT_TRUE(next.has_value());
    EXPECT_EQ(*next - f.world.clock.wall, gap);
    f.world.clock.wall = *next;
  }
  EXPECT_EQ(f.alipay.net(), 0);
  f.world.http_fault = nullptr;
  EXPECT_EQ(f.payment.run_refunds(), std::nullopt);
  EXPECT_EQ(f.alipay.net(), 0);
  EXPECT_EQ(f.payment_db.count<api::facts::RefundSucceeded>(), 1);
  EXPECT_EQ(f.world.log.marks["refund had happened before"], 1);
}

TEST(Refund, TwoPassesSideBySideCountAsOne) {
  RefundFixture f;
  f.ask(1000);
  f.beside([&] { f.payment.run_refunds(); });
  f.payment.run_refunds();
  EXPECT_EQ(f.payment_db.number("select tries from refund"), 1);
  f.world.http_fault = nullptr;
  f.world.clock.advance(1_min);
  EXPECT_EQ(f.payment.run_refunds(), std::nullopt);
  EXPECT_EQ(f.payment_db.count<api::facts::RefundSucceeded>(), 1);
}

// I-37 at every instant: refunds that have not failed add up to no more than the capture.
TEST(Refund, NeverReturnsMoreThanCameIn) {
  RefundFixture f;
  EXPECT_TRUE(f.ask(600, RefundReason::late_payment));
  EXPECT_TRUE(f.ask(600, RefundReason::surplus));
  EXPECT_EQ(f.payment_db.number("select sum(amount) from refund"), 600);
  EXPECT_EQ(f.world.log.marks["refund exceeds its capture"], 1);
}

TEST(Refund, WaitsForACaptureThatIsNotHereYet) {
  Fixture f;
  EXPECT_FALSE(
      f.payment.on_refund_requested({OrderId{1}, AttemptId{5}, {1, {}}, RefundReason::surplus}).done);
}

TEST(TradeNumbers, AreReadBack) {
  for (const std::int64_t value : {std::int64_t{1}, std::int64_t{123456789}, (std::int64_t{1} << 50) - 1}) {
    EXPECT_EQ(attempt_of(AttemptId{value}.text()), AttemptId{value});
  }
  for (const char* text :
       {"", "pay-", "pay-000000000", "pay-00000000000", "rfd-0000000001", "pay-000000000U"}) {
    EXPECT_EQ(attempt_of(text), std::nullopt) << text;
  }
}

TEST(PaymentSeams, AreMadeByName) {
  EXPECT_EQ(make_attempt_policy("new_number"), nullptr);
  EXPECT_EQ(make_result_query("waits"), nullptr);
  EXPECT_EQ(make_trade_closer("only_here"), nullptr);
  EXPECT_EQ(make_callback_handler("check_then_act"), nullptr);
}

}  // namespace
}  // namespace ordeal::payment
