// The payment service and the channel's statements: which it asks for, which it believes, what it repairs.
#include <gtest/gtest.h>

#include "tests/support/shop.h"

namespace ordeal::payment {
namespace {

using namespace literals;
using api::PayMode;
using channel::Day;
using channel::LineKind;
using channel::StatementLine;
using support::Fault;
using support::Shop;

constexpr channel::Zone kChina{8_h};

// It is eight in the morning at the channel.
struct Fixture : Shop {
  Fixture() : Shop({.reads_statements = true}) {}

  std::string start(std::int64_t id, const std::string& channel = "wechat", PayMode mode = PayMode::page) {
    return payment
        .start_payment({OrderId{id}, UserId{7}, {1000, {}}, channel, mode, world.clock.wall + 15_min})
        .out_trade_no;
  }
  Instant ready_of(Day day) const { return channel::begin_of(day.next(), kChina) + 10_h; }
  StatementLine line(const std::string& out_trade_no, std::int64_t minor = 1000) {
    return {LineKind::payment,  out_trade_no, "",
            "T" + out_trade_no, {minor, {}},  channel::begin_of(today, kChina) + 9_h};
  }
  static channel::Statement of(Day day, std::vector<StatementLine> lines) {
    auto totals = channel::totals_of(lines);
    return {day, std::move(lines), totals};
  }
  // Goes to when the day's statement is ready and looks.
  std::optional<Instant> read_today() {
    world.clock.wall = std::max(world.clock.wall, ready_of(today));
    return payment.run_statements();
  }
  std::int64_t in_state(StatementState state) {
    return payment_db.number("select count(*) from statement where state = " +
                             std::to_string(static_cast<int>(state)));
  }
  std::int64_t lines(LineVerdict verdict) {
    return payment_db.number("select count(*) from statement_line where verdict = " +
                             std::to_string(static_cast<int>(verdict)));
  }
  int captures() const { return payment_db.count<api::facts::PaymentCaptured>(); }
  int accepted() const { return payment_db.count<api::facts::StatementAccepted>(); }
  int mark(const std::string& name) { return world.log.marks[name]; }

  const Day today = channel::day_at(world.clock.wall, kChina);
};

TEST(Statements, ADayWithAnAttemptIsDueOnTheNextMorning) {
  Fixture f;
  EXPECT_EQ(f.payment.run_statements(), std::nullopt);
  f.start(1);
  f.start(2);
  EXPECT_EQ(f.payment.run_statements(), f.ready_of(f.today));
  EXPECT_EQ(f.payment_db.number("select count(*) from statement"), 1);
  EXPECT_EQ(f.world.calls["https://wechat/gateway"], 2);
}

TEST(Statements, AroundMidnightBothDaysAreDue) {
  Fixture f;
  f.world.clock.wall = channel::begin_of(f.today.next(), kChina) - 20_min;
  f.start(1);
  EXPECT_EQ(f.payment_db.number("select count(*) from statement"), 2);
  f.world.clock.wall = channel::begin_of(f.today.next().next(), kChina) + 20_min;
  f.start(2);
  EXPECT_EQ(f.payment_db.number("select count(*) from statement"), 3);
  EXPECT_EQ(f.payment_db.number("select count(*) from statement_expected"), 4);
}

TEST(Statements, AnAttemptThatIsNotOpenedMakesNoDayDue) {
  Fixture f;
  f.payment.on_order_closed({OrderId{1}, {1000, {}}, 3});
  f.start(1);
  EXPECT_EQ(f.payment_db.number("select count(*) from statement"), 0);
}

TEST(Statements, AWholeOneIsTakenWithAllItsLines) {
  Fixture f;
  const auto trade = f.start(1);
  f.wechat.pay(trade);
  f.wechat.notify(trade);
  f.wechat.publish(Fixture::of(f.today, {f.line(trade)}));
  EXPECT_EQ(f.read_today(), std::nullopt);
  EXPECT_EQ(f.in_state(StatementState::accepted), 1);
  EXPECT_EQ(f.lines(LineVerdict::matched), 1);
  EXPECT_EQ(f.captures(), 1);
  const auto fact = f.payment_db.facts.back().as<api::facts::StatementAccepted>();
  EXPECT_EQ(fact.lines, 1);
  EXPECT_EQ(fact.paid.minor, 1000);
}

// F-13, L-38: neither callback nor query came through.
TEST(Statements, RepairsWhatWasNeverLearned) {
  Fixture f;
  const auto trade = f.start(1);
  f.wechat.pay(trade);
  f.wechat.publish(Fixture::of(f.today, {f.line(trade)}));
  f.read_today();
  EXPECT_EQ(f.captures(), 1);
  EXPECT_EQ(f.lines(LineVerdict::repaired), 1);
  EXPECT_EQ(f.mark("capture found by statement"), 1);
  EXPECT_EQ(f.payment_db.number("select count(*) from outbox"), 1);
  for (const env::Message& fact : f.payment_db.facts) {
    const auto* captured = fact.get_if<api::facts::PaymentCaptured>();
    if (captured == nullptr) continue;
    EXPECT_EQ(captured->via, api::facts::CapturedVia::statement);
    EXPECT_EQ(captured->trade_no, "T" + trade);
  }
}

TEST(Statements, RepairsAnAttemptThatWasOver) {
  Fixture f;
  f.wechat.declines = true;
  const auto failed = f.start(1, "wechat", PayMode::direct_debit);
  f.wechat.declines = false;
  const auto closed = f.start(2);
  f.payment.on_order_closed({OrderId{2}, {1000, {}}, 3});
  f.payment.run_queries();
  EXPECT_EQ(f.payment_db.number("select count(*) from attempt where state in (2, 3)"), 2);
  // F-14: the channel had said no, and yes, it is closed.
  f.wechat.publish(Fixture::of(f.today, {f.line(failed), f.line(closed)}));
  f.read_today();
  EXPECT_EQ(f.lines(LineVerdict::repaired), 2);
  EXPECT_EQ(f.captures(), 2);
  EXPECT_EQ(f.payment_db.number("select count(*) from attempt where state = 1"), 2);
}

// F-74: the late callback arrives while the statement is being repaired.
TEST(Statements, ARepairAndALateCallbackCaptureOnce) {
  Fixture f;
  const auto trade = f.start(1);
  f.wechat.pay(trade);
  f.wechat.publish(Fixture::of(f.today, {f.line(trade)}));
  f.payment_db.before = [&](std::string_view name) {
    if (name == "payment.statement") {
      EXPECT_TRUE(f.wechat.notify(trade));
    }
  };
  f.read_today();
  f.payment_db.before = nullptr;
  EXPECT_TRUE(f.wechat.notify(trade));
  EXPECT_EQ(f.captures(), 1);
  EXPECT_EQ(f.lines(LineVerdict::matched), 1);
}

TEST(Statements, WhatDoesNotFitIsWrittenDownAndNothingElse) {
  Fixture f;
  const auto trade = f.start(1);
  const auto other_channel = f.start(2, "alipay");
  f.wechat.publish(
      Fixture::of(f.today, {f.line(trade, 999),
                            f.line(other_channel),
                            f.line("pay-ZZZZZZZZZZ"),
                            {LineKind::refund, trade, "rfd-ZZZZZZZZZZ", "T", {5, {}}, f.line(trade).at}}));
  f.read_today();
  EXPECT_EQ(f.lines(LineVerdict::amount_differs), 1);
  EXPECT_EQ(f.lines(LineVerdict::unknown_here), 3);
  EXPECT_EQ(f.captures(), 0);
  EXPECT_EQ(f.mark("statement line of another amount"), 1);
  EXPECT_EQ(f.mark("statement line unknown here"), 1);
}

TEST(Statements, ARefundInProcessIsNotDone) {
  Fixture f;
  const auto trade = f.start(1);
  f.wechat.pay(trade);
  f.wechat.notify(trade);
  const auto attempt = *attempt_of(trade);
  f.payment.on_refund_requested({OrderId{1}, attempt, {1000, {}}, api::RefundReason::late_payment});
  const std::string request = RefundId{f.payment_db.number("select id from refund")}.text();
  StatementLine returned{LineKind::refund, trade, request, "T" + trade, {1000, {}}, f.line(trade).at, true};
  f.wechat.publish(Fixture::of(f.today, {f.line(trade), returned}));
  const std::int64_t state = f.payment_db.number("select state from refund");
  EXPECT_EQ(f.read_today(), std::nullopt);
  EXPECT_EQ(f.lines(LineVerdict::in_process), 1);
  EXPECT_EQ(f.mark("statement line of a refund in process"), 1);
  EXPECT_EQ(f.payment_db.number("select state from refund"), state);
  EXPECT_EQ(f.accepted(), 1);
}

TEST(Statements, ABrokenOneIsRefusedWholeAndAskedForAgain) {
  Fixture f;
  const auto trade = f.start(1);
  f.wechat.pay(trade);
  const auto good = Fixture::of(f.today, {f.line(trade)});
  auto doubled = good;
  doubled.lines.push_back(doubled.lines.front());
  auto joined = doubled;
  joined.totals = channel::totals_of(joined.lines);
  const std::string text = channel::render(good, channel::kWechat);
  auto yesterday = good;
  for (StatementLine& line : yesterday.lines) line.at = line.at - 24_h;
  struct Case {
    std::string text;
    std::string mark;
  };
  const Case cases[] = {
      {text.substr(0, text.size() - 1), "statement truncated"},
      {"", "statement truncated"},
      {channel::render(doubled, channel::kWechat), "statement totals differ"},
      {channel::render(joined, channel::kWechat), "statement line repeated"},
      {channel::render(yesterday, channel::kWechat), "statement of another day"},
      {"<html>\n", "statement malformed"},
  };
  for (const Case& c : cases) {
    f.wechat.publish_text(f.today, c.text);
    const auto again = f.read_today();
    ASSERT_TRUE(again) << c.mark;
    EXPECT_EQ(*again - f.world.clock.wall, 1_h);
    EXPECT_EQ(f.world.log.marks[c.mark], c.text.empty() ? 2 : 1) << c.mark;
    EXPECT_EQ(f.payment_db.number("select count(*) from statement_line"), 0) << c.mark;
    f.world.clock.wall = *again;
  }
  EXPECT_EQ(f.captures(), 0);
  f.wechat.publish(good);
  EXPECT_EQ(f.read_today(), std::nullopt);
  EXPECT_EQ(f.captures(), 1);
}

TEST(Statements, OneThatNeverComesEndsUnresolved) {
  Fixture f;
  f.start(1);
  int tries = 0;
  for (auto next = f.read_today(); next; next = f.payment.run_statements()) {
    EXPECT_EQ(*next - f.world.clock.wall, 1_h);
    f.world.clock.wall = *next;
    if (++tries % 2 == 0) f.world.http_fault = [](std::string_view) { return Fault::unreachable; };
    if (tries % 2 == 1) f.world.http_fault = nullptr;
  }
  EXPECT_EQ(tries + 1, Statements::kTries);
  EXPECT_EQ(f.in_state(StatementState::unresolved), 1);
  EXPECT_EQ(f.mark("statement given up"), 1);
  f.world.clock.advance(24_h);
  EXPECT_EQ(f.payment.run_statements(), std::nullopt);
}

// The day of an attempt that nobody paid.
// Two instances over one database ask at the same hour: that is one try, or days would be given up after half the time.
TEST(Statements, TwoPassesSideBySideCountAsOne) {
  Fixture f;
  f.start(1);
  f.world.http_fault = [&f, first = true](std::string_view) mutable {
    if (std::exchange(first, false)) f.payment.run_statements();
    return support::Fault::unreachable;
  };
  EXPECT_TRUE(f.read_today());
  EXPECT_EQ(f.payment_db.number("select max(tries) from statement"), 1);
}

TEST(Statements, AnEmptyDayIsBelievedWhenItWasSaidForAnHour) {
  for (const char* channel : {"wechat", "alipay"}) {
    Fixture f;
    f.start(1, channel);
    f.payment.on_order_closed({OrderId{1}, {1000, {}}, 3});
    f.payment.run_queries();
    f.wechat.publish_nothing(f.today);
    f.alipay.publish(Fixture::of(f.today, {}));
    const auto again = f.read_today();
    EXPECT_EQ(f.mark("empty statement once"), 1) << channel;
    ASSERT_TRUE(again);
    f.world.clock.wall = *again;
    EXPECT_EQ(f.payment.run_statements(), std::nullopt);
    EXPECT_EQ(f.mark("empty statement believed"), 1) << channel;
    EXPECT_EQ(f.in_state(StatementState::accepted), 1) << channel;
  }
}

TEST(Statements, AFileInBetweenTakesBackThatNothingHappened) {
  Fixture f;
  f.start(1);
  f.payment.on_order_closed({OrderId{1}, {1000, {}}, 3});
  f.payment.run_queries();
  f.wechat.publish_nothing(f.today);
  f.world.clock.wall = *f.read_today();
  f.wechat.publish_text(f.today, "torn");
  f.world.clock.wall = *f.payment.run_statements();
  f.wechat.publish_nothing(f.today);
  EXPECT_TRUE(f.payment.run_statements());
  EXPECT_EQ(f.mark("empty statement believed"), 0);
  // No answer takes back nothing.
  f.world.clock.advance(1_h);
  f.world.http_fault = [](std::string_view) { return Fault::lose_request; };
  f.world.clock.wall = *f.payment.run_statements();
  f.world.http_fault = nullptr;
  EXPECT_EQ(f.payment.run_statements(), std::nullopt);
  EXPECT_EQ(f.mark("empty statement believed"), 1);
}

// F-81: an empty file is not "no trades".
TEST(Statements, AnEmptyDayIsNotBelievedWhileMoneyOfItIsKnownHere) {
  Fixture f;
  const auto trade = f.start(1);
  f.wechat.pay(trade);
  f.wechat.notify(trade);
  f.wechat.publish_nothing(f.today);
  auto next = f.read_today();
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(next);
    f.world.clock.wall = *next;
    next = f.payment.run_statements();
  }
  EXPECT_EQ(f.mark("empty statement of a day with money"), 11);
  EXPECT_EQ(f.accepted(), 0);
}

// Paid after midnight: the first day was empty, which only the statement of the second proves.
TEST(Statements, AnEmptyDayIsBelievedOnceItsMoneyStandsOnTheNext) {
  Fixture f;
  f.world.clock.wall = channel::begin_of(f.today.next(), kChina) - 5_min;
  const auto trade = f.start(1);
  f.wechat.pay(trade);
  f.wechat.notify(trade);
  auto paid = f.line(trade);
  paid.at = channel::begin_of(f.today.next(), kChina) + 1_min;
  f.wechat.publish_nothing(f.today);
  f.wechat.publish(Fixture::of(f.today.next(), {paid}));
  auto next = f.read_today();
  for (; next; next = f.payment.run_statements()) f.world.clock.wall = *next;
  EXPECT_EQ(f.accepted(), 2);
  EXPECT_EQ(f.mark("empty statement believed"), 1);
  EXPECT_EQ(f.world.clock.wall - f.ready_of(f.today.next()), 1_h);
  EXPECT_EQ(f.mark("payment missing at the channel"), 0);
}

TEST(Statements, MoneyOfOursThatStandsNowhereIsNoted) {
  Fixture f;
  const auto lost = f.start(1);
  const auto told = f.start(2);
  for (const auto& trade : {lost, told}) {
    f.wechat.pay(trade);
    f.wechat.notify(trade);
  }
  f.wechat.publish(Fixture::of(f.today, {f.line(told)}));
  f.read_today();
  EXPECT_EQ(f.payment_db.number("select count(*) from statement_expected where missing"), 1);
  EXPECT_EQ(f.mark("payment missing at the channel"), 1);
}

TEST(Statements, ARefundIsComparedAndItsDayIsDue) {
  Fixture f;
  const auto trade = f.start(1, "wechat", PayMode::direct_debit);
  const auto attempt = *attempt_of(trade);
  f.world.clock.advance(48_h);
  EXPECT_TRUE(
      f.payment.on_refund_requested({OrderId{1}, attempt, {1000, {}}, api::RefundReason::late_payment}).done);
  f.payment.run_refunds();
  EXPECT_EQ(f.payment_db.number("select count(*) from statement"), 2);
  const auto request = f.wechat.trades.at(trade).refunds.begin()->first;
  const Day day = channel::day_at(f.world.clock.wall, kChina);
  f.wechat.publish(Fixture::of(f.today, {f.line(trade)}));
  f.wechat.publish(
      Fixture::of(day, {{LineKind::refund, trade, request, "T" + trade, {1000, {}}, f.world.clock.wall}}));
  f.world.clock.wall = f.ready_of(day);
  EXPECT_EQ(f.payment.run_statements(), std::nullopt);
  EXPECT_EQ(f.lines(LineVerdict::matched), 2);
}

TEST(Statements, ACrashBetweenTheFileAndItsImportCostsNothing) {
  Fixture f;
  const auto trade = f.start(1);
  f.wechat.pay(trade);
  f.wechat.publish(Fixture::of(f.today, {f.line(trade)}));
  f.payment_db.before = [&](std::string_view name) {
    f.payment_db.next_transaction_fails = name == "payment.statement";
  };
  EXPECT_THROW(f.read_today(), env::DatabaseError);
  EXPECT_EQ(f.payment_db.number("select count(*) from statement_line"), 0);
  f.payment_db.before = nullptr;
  f.payment_db.next_transaction_fails = false;
  EXPECT_EQ(f.payment.run_statements(), std::nullopt);
  EXPECT_EQ(f.captures(), 1);
  EXPECT_EQ(f.accepted(), 1);
}

TEST(Statements, AnImportOfUnknownOutcomeIsNotRepeated) {
  Fixture f;
  const auto trade = f.start(1);
  f.wechat.pay(trade);
  f.wechat.publish(Fixture::of(f.today, {f.line(trade)}));
  f.payment_db.before = [&](std::string_view name) {
    f.payment_db.next_commit_is_unknown = name == "payment.statement";
  };
  EXPECT_THROW(f.read_today(), env::DatabaseError);
  f.payment_db.before = nullptr;
  f.payment_db.next_commit_is_unknown = false;
  EXPECT_EQ(f.payment.run_statements(), std::nullopt);
  EXPECT_EQ(f.payment_db.number("select count(*) from statement_line"), 1);
  EXPECT_EQ(f.payment_db.number("select count(*) from outbox"), 1);
}

// F-83: the rerun after an error.
TEST(Statements, AnImportTwiceChangesNothing) {
  Fixture f;
  const auto trade = f.start(1);
  f.wechat.pay(trade);
  f.wechat.publish(Fixture::of(f.today, {f.line(trade)}));
  f.read_today();
  static constexpr env::Sql kAgain{"update statement set state = 0, next_at = 0"};
  f.payment_db.transact("again", [](env::Tx& tx) { tx.exec(kAgain); });
  EXPECT_EQ(f.payment.run_statements(), std::nullopt);
  EXPECT_EQ(f.payment_db.number("select count(*) from statement_line"), 1);
  EXPECT_EQ(f.captures(), 1);
  EXPECT_EQ(f.lines(LineVerdict::repaired), 1);
}

TEST(Statements, OneDeadChannelDoesNotStarveTheOther) {
  Fixture f;
  f.start(1, "alipay");
  const auto trade = f.start(2);
  f.wechat.pay(trade);
  f.wechat.publish(Fixture::of(f.today, {f.line(trade)}));
  f.world.http_fault = [](std::string_view url) {
    return url.starts_with("https://alipay") ? Fault::lose_request : Fault::none;
  };
  EXPECT_TRUE(f.read_today());
  EXPECT_EQ(f.accepted(), 1);
  EXPECT_EQ(f.captures(), 1);
}

TEST(Statements, ADeploymentWithoutThemHasNoTables) {
  Shop shop;
  EXPECT_EQ(shop.payment_db.number("select count(*) from sqlite_master where name like 'statement%'"), 0);
  EXPECT_EQ(make_statement_check("believing"), nullptr);
}

}  // namespace
}  // namespace ordeal::payment
