// The aftersale service without a simulator: both reservers against the same table of cases, the four steps of a refund, and what becomes of
// it when the channel says nothing.
#include "core/aftersale/service.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/fake_env.h"

namespace ordeal::aftersale {
namespace {

using namespace ordeal::literals;
using api::AskProblem;
using api::AskStatus;
using api::BackFault;
using api::BackRoute;
using api::BackState;
using api::DepositStatus;
using api::DisputeState;
using api::GivenBack;
using api::PaidBy;
using support::FakeWorld;
using support::PlainDatabase;

constexpr UserId kAnn{1};
constexpr UserId kBob{2};
constexpr PaymentId kNew{11};     // Ann's 90.00 by WeChat, 3 days ago
constexpr PaymentId kOld{12};     // Ann's 90.00 by a bank that refunds for 90 days, 91 days ago
constexpr PaymentId kAtDesk{13};  // Ann's 90.00 at the cash desk, today
constexpr PaymentId kBobs{14};    // Bob's 90.00 by a bank that refunds for 180 days, 100 days ago
constexpr MerchantId kShop{1};    // has 100.00
constexpr Duration kDay{86'400'000'000'000};

Money yuan(std::int64_t n) { return {n * 100, {}}; }

struct Fixture {
  explicit Fixture(const std::string& reserver_name = "conditional",
                   const std::string& router_name = "by_date")
      : reserver(make_reserver(reserver_name)),
        recognition(make_recognition("key")),
        numbering(make_numbering("of_the_refund")),
        router(make_router(router_name)),
        db(world.database(kSchema)),
        service(world.env("aftersale"), db, {*reserver, *recognition, *numbering, *router}, config()) {
    const Instant now = world.clock.wall_now();
    db.transact("open", [&](env::Tx& tx) {
      put_merchant(tx, kShop, yuan(100));
      put_payment(tx, {kNew, kAnn, kShop, PaidBy::wechat, yuan(90), now - kDay * 3, {}, 0});
      put_payment(tx, {kOld, kAnn, kShop, PaidBy::bank90, yuan(90), now - kDay * 91, {}, 0});
      put_payment(tx, {kAtDesk, kAnn, kShop, PaidBy::cash_desk, yuan(90), now, {}, 0});
      put_payment(tx, {kBobs, kBob, kShop, PaidBy::bank180, yuan(90), now - kDay * 100, {}, 0});
    });
    service.start();
    world.serve_http("channel", "/give-back", [this](const std::string& body) { return asked("api", body); });
    world.serve_http("channel", "/pay-out",
                     [this](const std::string& body) { return asked("payout", body); });
    world.serve_http("channel", "/back-query", [this](const std::string& body) {
      const auto read = env::Message::from_json(api::GiveBackQuery::type(), body);
      ++queries;
      return answer(read->as<api::GiveBackQuery>().number);
    });
  }
  static Config config() {
    Config config;
    for (const PaidBy by : {PaidBy::wechat, PaidBy::bank180, PaidBy::bank90, PaidBy::cash_desk})
      config.channels[by] = "https://channel";
    return config;
  }
  env::HttpResponse asked(const std::string& door, const std::string& body) {
    const auto read = env::Message::from_json(api::GiveBack::type(), body);
    sent.emplace_back(door, read->as<api::GiveBack>());
    if (silent) return {503, ""};
    return answer(sent.back().second.number);
  }
  env::HttpResponse answer(const std::string& number) {
    const Money amount = says == GivenBack::not_found ? Money{} : sent.back().second.amount;
    return {200, env::Message::of(api::GiveBackAnswer{number, amount, says, fault}).to_json()};
  }
  api::RefundReply ask(PaymentId payment, Money amount, std::string key = "k", UserId buyer = kAnn) {
    return service.ask({buyer, payment, amount, std::move(key)});
  }
  BackState state(const api::RefundReply& reply, UserId buyer = kAnn) {
    return service.look({buyer, reply.refund}).state;
  }
  std::int64_t number(const std::string& sql) { return db.number(sql); }
  std::int64_t available() { return number("select available from merchant where id = 1"); }
  std::int64_t returned(PaymentId payment) {
    return number("select returned from payment where id = " + std::to_string(payment.value));
  }
  void look_after(Duration wait) {
    world.clock.advance(wait);
    world.tasks.spawned.clear();
    service.sender().look_at_due();
    for (const auto& [name, work] : std::exchange(world.tasks.spawned, {})) {
      if (name == "ask") work();
    }
  }

  FakeWorld world;
  std::unique_ptr<Reserver> reserver;
  std::unique_ptr<Recognition> recognition;
  std::unique_ptr<Numbering> numbering;
  std::unique_ptr<Router> router;
  PlainDatabase& db;
  Service service;

  std::vector<std::pair<std::string, api::GiveBack>> sent;  // by which door
  GivenBack says = GivenBack::done;
  BackFault fault = BackFault::none;
  bool silent = false;
  int queries = 0;
};

TEST(Refunds, GoTheFourSteps) {
  Fixture f;
  // Is the payment his?
  EXPECT_EQ(f.ask(kNew, yuan(30), "k", kBob).status, AskStatus::no_such_payment);
  EXPECT_EQ(f.ask({99}, yuan(30)).status, AskStatus::no_such_payment);
  // Is as much of it left?
  EXPECT_EQ(f.ask(kNew, yuan(91)).status, AskStatus::exceeds);
  EXPECT_EQ(f.returned(kNew), 0);
  // Can its merchant pay? Then it is his no more, before anybody is asked.
  const auto refund = f.ask(kNew, yuan(30));
  EXPECT_EQ(refund.status, AskStatus::accepted);
  EXPECT_EQ(refund.state, BackState::sending);
  EXPECT_EQ(f.available(), 7'000);
  EXPECT_EQ(f.returned(kNew), 3'000);
  EXPECT_TRUE(f.sent.empty());
  f.look_after(1_s);
  ASSERT_EQ(f.sent.size(), 1U);
  EXPECT_EQ(f.sent[0].first, "api");
  EXPECT_EQ(f.sent[0].second.number, refund.refund.text());
  EXPECT_EQ(f.state(refund), BackState::done);
  EXPECT_EQ(f.available(), 7'000);
}

TEST(Refunds, OfOneKeyAreOneAndOfOneAmountAreTwo) {
  Fixture f;
  const auto first = f.ask(kNew, yuan(30), "lamp");
  EXPECT_EQ(f.ask(kNew, yuan(30), "lamp").refund, first.refund);
  EXPECT_EQ(f.ask(kNew, yuan(31), "lamp").status, AskStatus::conflict);
  EXPECT_NE(f.ask(kNew, yuan(30), "chair").refund, first.refund);
  EXPECT_EQ(f.returned(kNew), 6'000);
  EXPECT_EQ(f.available(), 4'000);
}

TEST(Refunds, KeepTheirNumberWhileNobodyKnows) {
  Fixture f;
  f.silent = true;
  f.says = GivenBack::not_found;
  const auto refund = f.ask(kNew, yuan(30));
  f.look_after(1_s);
  for (int i = 0; i < 6; ++i) f.look_after(400_s);
  EXPECT_GT(f.sent.size(), 1U);  // it was asked for again
  for (const auto& [door, asked] : f.sent) {
    EXPECT_EQ(door, "api");
    EXPECT_EQ(asked.number, refund.refund.text());
    EXPECT_EQ(asked.amount, yuan(30));
  }
  EXPECT_GT(f.queries, 1);
  EXPECT_EQ(f.state(refund), BackState::sending);
  EXPECT_EQ(f.returned(kNew), 3'000);  // and what it reserved stays
  f.silent = false;
  f.says = GivenBack::done;
  f.look_after(3'600_s);
  EXPECT_EQ(f.state(refund), BackState::done);
}

TEST(Refunds, ThatFailGiveBackWhatTheyTookOnce) {
  Fixture f;
  f.says = GivenBack::refused;
  f.fault = BackFault::of_buyer;
  const auto refund = f.ask(kNew, yuan(30));
  f.look_after(1_s);
  EXPECT_EQ(f.state(refund), BackState::failed);
  EXPECT_EQ(f.returned(kNew), 0);
  EXPECT_EQ(f.available(), 10'000);
  f.service.sender().hear_of(refund.refund.text());
  f.look_after(1_s);
  EXPECT_EQ(f.available(), 10'000);
  EXPECT_EQ(f.sent.size(), 1U);
}

TEST(Refunds, WaitForTheirMerchantAndLapse) {
  Fixture f;
  EXPECT_EQ(f.ask(kNew, yuan(80), "a").state, BackState::sending);
  const auto waits = f.ask(kBobs, yuan(40), "b", kBob);
  const auto lapses = f.ask(kOld, yuan(50), "c");
  EXPECT_EQ(waits.state, BackState::waiting);
  EXPECT_EQ(lapses.state, BackState::waiting);
  EXPECT_EQ(f.available(), 2'000);
  EXPECT_EQ(f.service.deposit({kShop, yuan(20), "d"}).status, DepositStatus::done);
  EXPECT_EQ(f.service.deposit({kShop, yuan(20), "d"}).status, DepositStatus::done);
  EXPECT_EQ(f.service.deposit({kShop, yuan(21), "d"}).status, DepositStatus::refused);
  EXPECT_EQ(f.service.deposit({{7}, yuan(20), "e"}).status, DepositStatus::refused);
  EXPECT_EQ(f.service.deposit({kShop, yuan(0), "e"}).status, DepositStatus::refused);
  f.look_after(1_s);
  EXPECT_EQ(f.state(waits, kBob), BackState::sending);
  EXPECT_EQ(f.available(), 0);
  f.look_after(1'799_s);
  f.look_after(1_s);
  EXPECT_EQ(f.state(lapses), BackState::lapsed);
  EXPECT_EQ(f.returned(kOld), 0);
  EXPECT_EQ(f.available(), 0);
}

TEST(Refunds, OfAPaymentAreAMinuteApartAtWeChat) {
  Fixture f;
  f.ask(kNew, yuan(10), "a");
  f.ask(kNew, yuan(10), "b");
  f.look_after(1_s);
  EXPECT_EQ(f.sent.size(), 1U);
  f.look_after(59_s);
  EXPECT_EQ(f.sent.size(), 1U);
  f.look_after(20_s);
  EXPECT_EQ(f.sent.size(), 2U);
  f.ask(kBobs, yuan(10), "a", kBob);
  f.ask(kBobs, yuan(10), "b", kBob);
  f.look_after(1_s);
  EXPECT_EQ(f.sent.size(), 4U);
}

TEST(Refunds, OfAPaymentAreFiftyAtMost) {
  for (const char* name : {"conditional", "sum"}) {
    Fixture f(name);
    for (int i = 0; i < 50; ++i)
      EXPECT_EQ(f.ask(kNew, yuan(1), "k" + std::to_string(i)).status, AskStatus::accepted) << name << i;
    EXPECT_EQ(f.ask(kNew, yuan(1), "k50").status, AskStatus::too_many) << name;
    EXPECT_EQ(f.ask(kNew, yuan(1), "k49").status, AskStatus::accepted) << name;
  }
}

TEST(Refunds, AreByPayoutWhenTheWindowIsOver) {
  for (const PaymentId payment : {kOld, kAtDesk}) {
    Fixture by_date("conditional", "by_date");
    const auto refund = by_date.ask(payment, yuan(30));
    by_date.look_after(1_s);
    ASSERT_EQ(by_date.sent.size(), 1U);
    EXPECT_EQ(by_date.sent[0].first, "payout");
    EXPECT_EQ(by_date.sent[0].second.number, refund.refund.text() + "-p");
    EXPECT_EQ(by_date.state(refund), BackState::done);
  }
  Fixture asks("conditional", "asks");
  const auto refund = asks.ask(kOld, yuan(30));
  asks.says = GivenBack::refused;
  asks.fault = BackFault::overdue;
  asks.look_after(1_s);
  ASSERT_EQ(asks.sent.size(), 1U);
  EXPECT_EQ(asks.sent[0].first, "api");
  asks.says = GivenBack::done;
  asks.look_after(1_s);
  ASSERT_EQ(asks.sent.size(), 2U);
  EXPECT_EQ(asks.sent[1].first, "payout");
  EXPECT_EQ(asks.state(refund), BackState::done);
  EXPECT_EQ(asks.available(), 7'000);
}

// The last day is a payout's already; one second before it is not.
TEST(Refunds, AreByTheApiUntilTheLastDayOfTheWindow) {
  const auto router = make_router("by_date");
  const Instant paid{0};
  for (const auto& [by, days] :
       {std::pair{PaidBy::wechat, 365}, {PaidBy::bank180, 180}, {PaidBy::bank90, 90}}) {
    const Payment payment{kNew, kAnn, kShop, by, yuan(90), paid, {}, 0};
    EXPECT_EQ(router->first(payment, paid + kDay * (days - 1) - 1_s), BackRoute::refund) << days;
    EXPECT_EQ(router->first(payment, paid + kDay * (days - 1)), BackRoute::payout) << days;
  }
}

TEST(Refunds, AreNotPaidOutAsLongAsNobodyKnows) {
  for (const char* name : {"by_date", "asks"}) {
    const auto router = make_router(name);
    EXPECT_FALSE(router->gives_up_the_api(std::nullopt));
    for (const GivenBack state : {GivenBack::not_found, GivenBack::accepted, GivenBack::done})
      EXPECT_FALSE(router->gives_up_the_api(api::GiveBackAnswer{"n", {}, state, BackFault::none}));
    for (const BackFault fault :
         {BackFault::exceeds, BackFault::too_many, BackFault::of_buyer, BackFault::none})
      EXPECT_FALSE(router->gives_up_the_api(api::GiveBackAnswer{"n", {}, GivenBack::refused, fault}));
    for (const BackFault fault : {BackFault::overdue, BackFault::no_api})
      EXPECT_TRUE(router->gives_up_the_api(api::GiveBackAnswer{"n", {}, GivenBack::refused, fault}));
  }
}

TEST(Refunds, AndCasesOfTheBankShareOneBalance) {
  for (const char* name : {"conditional", "sum"}) {
    Fixture f(name);
    f.ask(kNew, yuan(30));
    EXPECT_EQ(f.service.dispute({"c1", kNew, yuan(61)})->state, DisputeState::contested) << name;
    EXPECT_EQ(f.service.dispute({"c2", kNew, yuan(60)})->state, DisputeState::held) << name;
    EXPECT_EQ(f.service.dispute({"c2", kNew, yuan(60)})->state, DisputeState::held) << name;
    EXPECT_EQ(f.returned(kNew), 9'000) << name;
    EXPECT_EQ(f.available(), 1'000) << name;
    EXPECT_EQ(f.ask(kNew, yuan(1), "more").status, AskStatus::exceeds) << name;
    EXPECT_TRUE(f.service.reversal({"c2"}));
    EXPECT_TRUE(f.service.reversal({"c2"}));
    EXPECT_TRUE(f.service.reversal({"c1"}));
    EXPECT_FALSE(f.service.reversal({"c9"}));
    EXPECT_EQ(f.service.dispute({"c2", kNew, yuan(60)})->state, DisputeState::reversed) << name;
    EXPECT_EQ(f.returned(kNew), 3'000) << name;
    EXPECT_EQ(f.available(), 7'000) << name;
    EXPECT_EQ(f.ask(kNew, yuan(60), "more").status, AskStatus::accepted) << name;
  }
}

// A bank does not ask whether the merchant has it.
TEST(Refunds, MayLeaveAMerchantWhoOwesTheBank) {
  Fixture f;
  EXPECT_EQ(f.service.dispute({"c1", kNew, yuan(90)})->state, DisputeState::held);
  EXPECT_EQ(f.service.dispute({"c2", kBobs, yuan(90)})->state, DisputeState::held);
  EXPECT_EQ(f.available(), -8'000);
  EXPECT_EQ(f.ask(kOld, yuan(1)).state, BackState::waiting);
}

TEST(Refunds, OfNonsenseAreRefusedAndChangeNothing) {
  Fixture f;
  EXPECT_EQ(f.ask(kNew, yuan(0)).problem, AskProblem::bad_amount);
  EXPECT_EQ(f.ask(kNew, yuan(-1)).problem, AskProblem::bad_amount);
  EXPECT_EQ(f.ask(kNew, {100, *Currency::parse("USD")}).problem, AskProblem::bad_amount);
  EXPECT_EQ(f.ask(kNew, yuan(1), "").problem, AskProblem::bad_key);
  EXPECT_EQ(f.ask(kNew, yuan(1), std::string(65, 'k')).problem, AskProblem::bad_key);
  EXPECT_EQ(f.ask(kNew, {Money::kMaxMinor, {}}).status, AskStatus::exceeds);
  EXPECT_FALSE(f.service.dispute({"c", {99}, yuan(1)}).has_value());
  EXPECT_FALSE(f.service.dispute({"c", kNew, yuan(0)}).has_value());
  EXPECT_FALSE(f.service.dispute({"", kNew, yuan(1)}).has_value());
  for (const char* number : {"", "-", "rfd", "rfd-", "rfd-!", "out-7KQ2M9ZWX4", "\xff"})
    f.service.sender().hear_of(number);
  EXPECT_EQ(f.number("select count(*) from back"), 0);
  EXPECT_EQ(f.number("select count(*) from dispute"), 0);
  EXPECT_EQ(f.returned(kNew), 0);
  EXPECT_EQ(f.available(), 10'000);
}

TEST(Refunds, DoNotTakeAnAnswerAboutAnother) {
  Fixture f;
  f.silent = true;
  const auto refund = f.ask(kNew, yuan(30));
  f.look_after(1_s);
  f.sent.back().second.amount = yuan(29);  // what queries will say
  f.look_after(20_s);
  EXPECT_EQ(f.queries, 1);
  EXPECT_EQ(f.state(refund), BackState::sending);
}

// Whatever is asked for, failed and taken back by the bank, in whatever order: what is reserved is never more than was paid, the row says what
// the refunds and cases say, and nothing of the merchant's is lost.
void holds_in_any_order(const char* name) {
  rc::check([&] {
    Fixture f(name);
    const auto steps = *rc::gen::inRange(1, 25);
    for (int i = 0; i < steps; ++i) {
      const Money amount{*rc::gen::inRange<std::int64_t>(1, 6'000), {}};
      const auto key = std::to_string(i);
      switch (*rc::gen::inRange(0, 5)) {
        case 0:
        case 1:
          f.ask(kNew, amount, key);
          break;
        case 2:
          f.service.dispute({key, kNew, amount});
          break;
        case 3:
          f.service.reversal({std::to_string(*rc::gen::inRange(0, i + 1))});
          break;
        default:
          f.says = *rc::gen::arbitrary<bool>() ? GivenBack::refused : GivenBack::done;
          f.fault = f.says == GivenBack::refused ? BackFault::of_buyer : BackFault::none;
          f.look_after(80_s);
      }
      RC_ASSERT(f.returned(kNew) <= 9'000);
      RC_ASSERT(f.returned(kNew) ==
                f.number("select (select coalesce(sum(amount), 0) from back where state < 3) + "
                         "(select coalesce(sum(amount), 0) from dispute where state = 1)"));
      RC_ASSERT(f.available() ==
                10'000 -
                    f.number("select (select coalesce(sum(amount), 0) from back where state in (1, 2)) + "
                             "(select coalesce(sum(amount), 0) from dispute where state = 1)"));
    }
  });
}
TEST(Reservers, KeepToWhatWasPaidInAnyOrder) {
  holds_in_any_order("conditional");
  holds_in_any_order("sum");
}

TEST(Reservers, AndOthersAreKnownByTheirNames) {
  EXPECT_EQ(make_reserver("conditionel"), nullptr);
  EXPECT_EQ(make_router("date"), nullptr);
  EXPECT_EQ(make_recognition("amount"), nullptr);
  EXPECT_EQ(make_numbering("of_the_try"), nullptr);
}

}  // namespace
}  // namespace ordeal::aftersale
