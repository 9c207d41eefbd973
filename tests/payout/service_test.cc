// The payout service without a simulator: every keeper against the same table of cases, buckets and debts, the life of a payout, and what
// becomes of it when the channel says nothing.
#include "core/payout/service.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/payout/quota.h"
#include "tests/support/fake_env.h"

namespace ordeal::payout {
namespace {

using namespace ordeal::literals;
using api::ClaimStatus;
using api::ConfigureStatus;
using api::MakeStatus;
using api::PayoutProblem;
using api::PayoutState;
using api::PayWay;
using api::TransferFault;
using api::TransferState;
using support::FakeWorld;
using support::PlainDatabase;

constexpr UserId kAnn{1};
constexpr UserId kBob{2};
constexpr PayAccountId kFirst{1};   // alipay, app north, 100.00
constexpr PayAccountId kSecond{2};  // alipay, app south, 100.00
constexpr PayAccountId kThird{3};   // wechat, apps shop and club, 100.00
constexpr PayAccountId kFourth{4};  // wechat, app shop, 100.00

Money yuan(std::int64_t n) { return {n * 100, {}}; }

struct Fixture {
  explicit Fixture(const std::string& keeper_name = "conditional", const std::string& binding_name = "pay",
                   const std::string& doubt_name = "query_and_statement")
      : keeper(make_keeper(keeper_name)),
        binding(make_binding(binding_name)),
        doubt(make_doubt(doubt_name)),
        codes(make_codes("deadline")),
        db(world.database(kSchema)),
        service(world.env("payout"), db, {*keeper, *binding, *doubt, *codes}, config()) {
    db.transact("open", [](env::Tx& tx) {
      put_account(tx, {kFirst, PayWay::alipay, {1, yuan(100), true}, 1}, {"north"});
      put_account(tx, {kSecond, PayWay::alipay, {2, yuan(100), true}, 1}, {"south"});
      put_account(tx, {kThird, PayWay::wechat, {1, yuan(100), true}, 1}, {"shop", "club"});
      put_account(tx, {kFourth, PayWay::wechat, {2, yuan(100), true}, 1}, {"shop"});
    });
    service.start();
    for (const char* host : {"alipay", "wechat"}) {
      world.serve_http(host, "/transfer", [this](const std::string& body) { return transfer(body); });
      world.serve_http(host, "/query", [this](const std::string& body) { return query(body); });
      world.serve_http(host, "/statement", [this](const std::string&) {
        return env::HttpResponse{200, env::Message::of(statement).to_json()};
      });
    }
  }
  static Config config() {
    Config config;
    config.channels = {{PayWay::alipay, "https://alipay"}, {PayWay::wechat, "https://wechat"}};
    return config;
  }
  env::HttpResponse transfer(const std::string& body) {
    const auto asked = env::Message::from_json(api::Transfer::type(), body);
    sent.push_back(asked->as<api::Transfer>());
    if (silent) return {503, ""};
    return {
        200,
        env::Message::of(api::TransferAnswer{sent.back().number, sent.back().amount, says, fault}).to_json()};
  }
  env::HttpResponse query(const std::string& body) {
    const auto asked = env::Message::from_json(api::TransferQuery::type(), body);
    ++queries;
    return {200, env::Message::of(
                     api::TransferAnswer{asked->as<api::TransferQuery>().number,
                                         says == TransferState::not_found ? Money{} : sent.back().amount,
                                         says, fault})
                     .to_json()};
  }
  api::MakeReply make(UserId user, PayWay way, Money amount, std::string key = "k",
                      std::string app = "shop") {
    return service.make({user, way, way == PayWay::wechat ? app : std::string(), amount, std::move(key)});
  }
  api::ClaimReply claim(UserId user, const api::MakeReply& code) {
    return service.claim({user, code.payout, code.app});
  }
  PayoutState state(UserId user, const api::MakeReply& code) {
    return service.look({user, code.payout}).state;
  }
  std::int64_t occupied(PayAccountId account) { return sum("occupied", account); }
  std::int64_t used(PayAccountId account) { return sum("used", account); }
  std::int64_t sum(const std::string& what, PayAccountId account) {
    return db.number("select coalesce(sum(" + what +
                     "), 0) from quota_row where account = " + std::to_string(account.value));
  }
  void look_after(Duration wait) {
    world.clock.advance(wait);
    world.tasks.spawned.clear();
    service.sender().send_due();
    for (const auto& [name, work] : std::exchange(world.tasks.spawned, {})) {
      if (name == "ask") work();
    }
  }

  FakeWorld world;
  std::unique_ptr<QuotaKeeper> keeper;
  std::unique_ptr<Binding> binding;
  std::unique_ptr<Doubt> doubt;
  std::unique_ptr<Codes> codes;
  PlainDatabase& db;
  Service service;

  std::vector<api::Transfer> sent;
  TransferState says = TransferState::paid;
  TransferFault fault = TransferFault::none;
  bool silent = false;
  int queries = 0;
  api::PayoutStatement statement{true, 0, {}};
};

class EveryQuotaKeeper : public testing::TestWithParam<const char*> {
 protected:
  Fixture f{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Keepers, EveryQuotaKeeper, testing::Values("conditional", "one_row", "buckets"),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(EveryQuotaKeeper, FillsTheFirstAccountBeforeTheSecond) {
  const auto first = f.make(kAnn, PayWay::alipay, yuan(60));
  const auto second = f.make(kBob, PayWay::alipay, yuan(60));
  const auto third = f.make(kBob, PayWay::alipay, yuan(40), "k2");
  EXPECT_EQ(first.app, "north");
  EXPECT_EQ(second.app, "south");
  EXPECT_EQ(third.app, "north") << "what is left of the first is enough";
  EXPECT_EQ(f.occupied(kFirst), 10'000);
  EXPECT_EQ(f.make(kAnn, PayWay::alipay, yuan(41), "k3").status, MakeStatus::no_quota);
  EXPECT_EQ(f.make(kAnn, PayWay::alipay, yuan(40), "k3").status, MakeStatus::made)
      << "nothing was written of what was refused, its key is free";
}

TEST_P(EveryQuotaKeeper, WritesNothingWithoutRoom) {
  EXPECT_EQ(f.make(kAnn, PayWay::alipay, yuan(101)).status, MakeStatus::no_quota);
  EXPECT_EQ(f.db.number("select count(*) from payout"), 0);
  EXPECT_EQ(f.db.number("select count(*) from occupation"), 0);
}

TEST_P(EveryQuotaKeeper, TakesNoMoreThanThereIsWhenAnotherCameBetween) {
  bool done = false;
  f.db.before = [&](std::string_view name) {
    if (done || name != "payout.occupy") return;
    done = true;
    EXPECT_EQ(f.make(kBob, PayWay::alipay, yuan(90)).app, "north");
  };
  EXPECT_EQ(f.make(kAnn, PayWay::alipay, yuan(90)).app, "south");
}

TEST_P(EveryQuotaKeeper, AnswersARepeatWithTheSamePayout) {
  const auto first = f.make(kAnn, PayWay::alipay, yuan(10));
  EXPECT_EQ(f.make(kAnn, PayWay::alipay, yuan(10)).payout, first.payout);
  EXPECT_EQ(f.make(kAnn, PayWay::alipay, yuan(11)).status, MakeStatus::conflict);
  EXPECT_EQ(f.occupied(kFirst), 1'000);
}

TEST(PayoutBuckets, BorrowOfOneAnotherUpToTheLastFen) {
  Fixture f("buckets");
  EXPECT_EQ(f.make(kAnn, PayWay::alipay, {9'999, {}}).app, "north");
  EXPECT_EQ(f.make(kAnn, PayWay::alipay, {1, {}}, "k2").app, "north");
  EXPECT_EQ(f.db.number("select count(*) from quota_row where account = 1"), 8);
  EXPECT_EQ(f.sum("share", kFirst), 10'000);
}

// Whatever is taken, given back and changed: shares less what is owed are the quota, and no row has more than its share.
TEST(PayoutBuckets, AddUpWhateverHappens) {
  rc::check("quota rows", [] {
    FakeWorld world;
    PlainDatabase& db = world.database(kSchema);
    std::int64_t quota = 10'000;
    const std::int64_t buckets = *rc::gen::element<std::int64_t>(1, 3, 8);
    std::vector<std::pair<std::int64_t, std::int64_t>> taken;
    db.transact("open", [&](env::Tx& tx) {
      put_account(tx, {kFirst, PayWay::alipay, {1, {quota, {}}, true}, 1}, {"north"});
      take(tx, {kFirst, 1}, quota, 1, {buckets, 0});
      give_back(tx, {kFirst, 1}, 0, 1);
    });
    const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 4), rc::gen::inRange(1, 6'000)));
    for (const auto& step : steps) {
      const auto amount = static_cast<std::int64_t>(step.second);
      db.transact("step", [&](env::Tx& tx) {
        if (step.first < 2) {
          const std::int64_t free = free_of(tx, {kFirst, 1}, quota);
          const auto bucket = take(tx, {kFirst, 1}, quota, amount, {buckets, amount % buckets});
          RC_ASSERT(bucket.has_value() == (amount <= free));
          if (bucket) taken.emplace_back(*bucket, amount);
        } else if (step.first == 2 && !taken.empty()) {
          give_back(tx, {kFirst, 1}, taken.back().first, taken.back().second);
          taken.pop_back();
        } else {
          quota = amount * 3;
          change_quota(tx, kFirst, 1, quota);
        }
      });
      std::int64_t sum = 0;
      for (const auto& one : taken) sum += one.second;
      RC_ASSERT(db.number("select sum(occupied) from quota_row") == sum);
      RC_ASSERT(db.number("select sum(share) from quota_row") -
                    db.number("select coalesce(sum(amount), 0) from quota_debt") ==
                quota);
      RC_ASSERT(db.number("select count(*) from quota_row where occupied + used > share") == 0);
      RC_ASSERT(db.number("select count(*) from quota_debt where amount < 0") == 0);
      // Owed is only what is taken beyond the quota.
      if (db.number("select coalesce(sum(amount), 0) from quota_debt") > 0) RC_ASSERT(sum > quota);
    }
  });
}

TEST(Payouts, AreUsedInTheTransactionThatCallsThemPaid) {
  Fixture f;
  const auto code = f.make(kAnn, PayWay::alipay, yuan(50));
  EXPECT_EQ(f.claim(kAnn, code).status, ClaimStatus::paying);
  f.look_after({});
  EXPECT_EQ(f.state(kAnn, code), PayoutState::paid);
  EXPECT_EQ(f.used(kFirst), 5'000);
  EXPECT_EQ(f.occupied(kFirst), 0);
  ASSERT_EQ(f.sent.size(), 1U);
  EXPECT_EQ(f.sent[0].account, kFirst);
  EXPECT_EQ(f.sent[0].app, "north");
  EXPECT_EQ(f.claim(kAnn, code).state, PayoutState::paid) << "a second scan is told how it stands";
  EXPECT_EQ(f.used(kFirst), 5'000);
}

TEST(Payouts, KeepTheirNumberAndTheirQuotaWhileNobodyKnows) {
  Fixture f;
  const auto code = f.make(kAnn, PayWay::alipay, yuan(50));
  f.claim(kAnn, code);
  f.silent = true;
  f.look_after({});
  f.says = TransferState::not_found;
  f.look_after(1_min);
  EXPECT_EQ(f.sent.size(), 1U) << "not found is not failed, and it had no time to land";
  f.look_after(6_min);
  ASSERT_EQ(f.sent.size(), 2U);
  EXPECT_EQ(f.sent[0].number, f.sent[1].number);
  EXPECT_EQ(f.state(kAnn, code), PayoutState::paying);
  EXPECT_EQ(f.occupied(kFirst), 5'000);
  f.says = TransferState::paid;
  f.look_after(1_h);
  EXPECT_EQ(f.state(kAnn, code), PayoutState::paid);
  EXPECT_EQ(f.used(kFirst), 5'000);
}

TEST(Payouts, AreFoundInAStatementWhenNoQueryTells) {
  Fixture f;
  const auto code = f.make(kAnn, PayWay::alipay, yuan(50));
  f.claim(kAnn, code);
  f.says = TransferState::accepted;
  f.look_after({});
  f.statement.lines = {{f.sent[0].number, yuan(50)}};
  f.statement.count = 2;
  f.look_after(36_h);
  EXPECT_EQ(f.state(kAnn, code), PayoutState::paying) << "a statement that is cut off is none";
  f.statement.count = 1;
  f.statement.lines[0].amount = yuan(49);
  f.look_after(2_h);
  EXPECT_EQ(f.state(kAnn, code), PayoutState::paying) << "another amount is another transfer";
  f.statement.lines[0].amount = yuan(50);
  f.look_after(24_h);
  EXPECT_EQ(f.state(kAnn, code), PayoutState::paid);
}

TEST(Payouts, GoToAnotherAccountOnlyWhenTheChannelSaysThatTheyFailed) {
  Fixture f;
  const auto code = f.make(kAnn, PayWay::wechat, yuan(50));
  EXPECT_EQ(f.occupied(kThird), 0) << "of WeChat nobody occupies before he comes";
  f.claim(kAnn, code);
  EXPECT_EQ(f.occupied(kThird), 5'000);
  f.says = TransferState::failed;
  f.fault = TransferFault::of_account;
  f.look_after({});
  EXPECT_EQ(f.occupied(kThird), 0);
  EXPECT_EQ(f.occupied(kFourth), 5'000);
  f.says = TransferState::paid;
  f.look_after(1_min);
  ASSERT_EQ(f.sent.size(), 2U);
  EXPECT_NE(f.sent[0].number, f.sent[1].number);
  EXPECT_EQ(f.sent[1].account, kFourth);
  EXPECT_EQ(f.state(kAnn, code), PayoutState::paid);
  EXPECT_EQ(f.used(kFourth), 5'000);
}

TEST(Payouts, FailWhenNoOtherAccountServesTheApp) {
  Fixture f;
  const auto code = f.make(kAnn, PayWay::wechat, yuan(50), "k", "club");
  f.claim(kAnn, code);
  f.says = TransferState::failed;
  f.fault = TransferFault::of_account;
  f.look_after({});
  EXPECT_EQ(f.state(kAnn, code), PayoutState::failed);
  EXPECT_EQ(f.occupied(kThird) + f.occupied(kFourth), 0);
  EXPECT_EQ(f.db.number("select count(*) from occupation where state = 2"), 1);
}

TEST(Payouts, OfAlipayStayWithTheAccountOfTheirCode) {
  Fixture f;
  const auto code = f.make(kAnn, PayWay::alipay, yuan(50));
  f.claim(kAnn, code);
  f.says = TransferState::failed;
  f.fault = TransferFault::of_account;
  f.look_after({});
  EXPECT_EQ(f.state(kAnn, code), PayoutState::failed);
  EXPECT_EQ(f.occupied(kFirst), 0);
  EXPECT_EQ(f.sent.size(), 1U);
}

TEST(Payouts, MoveToTheDayOnWhichTheyAreClaimed) {
  Fixture f;
  // 15:30 UTC is half an hour before midnight in Beijing.
  f.world.clock.wall = {f.world.clock.wall.ns + Duration{15_h + 30_min}.ns};
  const auto code = f.make(kAnn, PayWay::alipay, yuan(50));
  const std::int64_t day = api::business_day(f.world.clock.wall);
  f.world.clock.advance(40_min);
  EXPECT_EQ(f.claim(kAnn, code).status, ClaimStatus::paying);
  EXPECT_EQ(f.db.number("select occupied from quota_row where day = " + std::to_string(day)), 0);
  EXPECT_EQ(f.db.number("select occupied from quota_row where day = " + std::to_string(day + 1)), 5'000);
}

TEST(Payouts, EndWithTheirCodeAndFreeItsQuotaOnce) {
  Fixture f;
  const auto code = f.make(kAnn, PayWay::alipay, yuan(50));
  f.world.clock.advance(2_h);
  EXPECT_EQ(f.claim(kAnn, code).status, ClaimStatus::too_late);
  const auto payout =
      *env::in_read(f.db, "look", [&](env::Connection& from) { return find_request(from, kAnn, "k"); });
  end_code(f.world.env("payout"), f.db, payout);
  end_code(f.world.env("payout"), f.db, payout);
  EXPECT_EQ(f.occupied(kFirst), 0);
  EXPECT_EQ(f.db.count<api::facts::QuotaReleased>(), 1);
  EXPECT_EQ(f.claim(kAnn, code).state, PayoutState::expired);
}

TEST(Payouts, RefuseWhatNoneCanBeMadeOf) {
  Fixture f;
  const auto problem = [&](const api::MakePayout& request) { return f.service.make(request).problem; };
  const api::MakePayout good{kAnn, PayWay::alipay, {}, yuan(10), "k"};
  const auto with = [&](auto change) {
    api::MakePayout request = good;
    change(request);
    return problem(request);
  };
  EXPECT_EQ(with([](auto& r) { r.amount.minor = 0; }), PayoutProblem::bad_amount);
  EXPECT_EQ(with([](auto& r) { r.amount.minor = -1; }), PayoutProblem::bad_amount);
  EXPECT_EQ(with([](auto& r) { r.amount.minor = 200'000; }), PayoutProblem::bad_amount);
  EXPECT_EQ(with([](auto& r) { r.amount.minor = INT64_MAX; }), PayoutProblem::bad_amount);
  EXPECT_EQ(with([](auto& r) { r.amount.currency.code = {'U', 'S', 'D'}; }), PayoutProblem::bad_amount);
  EXPECT_EQ(with([](auto& r) { r.user = {0}; }), PayoutProblem::no_user);
  EXPECT_EQ(with([](auto& r) { r.request_key.clear(); }), PayoutProblem::bad_key);
  EXPECT_EQ(with([](auto& r) { r.request_key.assign(65, 'k'); }), PayoutProblem::bad_key);
  EXPECT_EQ(with([](auto& r) { r.app = "north"; }), PayoutProblem::bad_app);
  EXPECT_EQ(with([](auto& r) { r.way = PayWay::wechat; }), PayoutProblem::bad_app);
  EXPECT_EQ(with([](auto& r) { r.way = PayWay::wechat, r.app = "north"; }), PayoutProblem::bad_app);
  EXPECT_EQ(f.db.number("select count(*) from payout"), 0);
  EXPECT_EQ(f.db.number("select count(*) from quota_row"), 0);
  EXPECT_EQ(with([](auto& r) { r.amount.minor = 1; }), PayoutProblem::none);
}

TEST(Payouts, AreClaimedByTheirPayeeInTheirAppAlone) {
  Fixture f;
  const auto code = f.make(kAnn, PayWay::alipay, yuan(10));
  EXPECT_EQ(f.claim(kBob, code).status, ClaimStatus::no_such_payout);
  EXPECT_EQ(f.service.claim({kAnn, {77}, "north"}).status, ClaimStatus::no_such_payout);
  EXPECT_EQ(f.service.claim({kAnn, code.payout, "south"}).status, ClaimStatus::wrong_app);
  EXPECT_FALSE(f.service.look({kBob, code.payout}).found);
  EXPECT_EQ(f.db.count<api::facts::PayoutClaimed>(), 0);
}

TEST(PayoutAccounts, ChangeFromTheVersionThatWasSeen) {
  Fixture f;
  f.make(kAnn, PayWay::alipay, yuan(60));
  EXPECT_EQ(f.service.configure({kFirst, 1, {1, yuan(50), true}}).version, 2);
  EXPECT_EQ(f.service.configure({kFirst, 1, {1, yuan(50), true}}).status, ConfigureStatus::done) << "again";
  EXPECT_EQ(f.service.configure({kFirst, 1, {1, yuan(70), true}}).status, ConfigureStatus::stale);
  EXPECT_EQ(f.make(kBob, PayWay::alipay, yuan(1)).app, "south") << "60.00 of 50.00 are taken";
  EXPECT_EQ(f.db.number("select account_version from occupation where account = 1"), 1)
      << "what is on its way is not touched";
  EXPECT_EQ(f.service.configure({kFirst, 2, {1, yuan(70), true}}).status, ConfigureStatus::done);
  EXPECT_EQ(f.make(kBob, PayWay::alipay, yuan(10), "k2").app, "north");
  EXPECT_EQ(f.service.configure({kFirst, 3, {1, {-1, {}}, true}}).status, ConfigureStatus::refused);
  EXPECT_EQ(f.service.configure({kFirst, 3, {1'001, yuan(1), true}}).status, ConfigureStatus::refused);
  EXPECT_EQ(f.service.configure({{9}, 1, {1, yuan(1), true}}).status, ConfigureStatus::no_such_account);
}

TEST(PayoutAccounts, OutOfServiceTakeNothingNew) {
  Fixture f;
  const auto code = f.make(kAnn, PayWay::alipay, yuan(10));
  f.service.configure({kFirst, 1, {1, yuan(100), false}});
  EXPECT_EQ(f.make(kBob, PayWay::alipay, yuan(10)).app, "south");
  EXPECT_EQ(f.claim(kAnn, code).status, ClaimStatus::paying) << "what was occupied is paid";
  f.look_after({});
  EXPECT_EQ(f.used(kFirst), 1'000);
}

TEST(PayoutBinding, AtCodeOccupiesForWeChatToo) {
  Fixture f("conditional", "code");
  f.make(kAnn, PayWay::wechat, yuan(10));
  EXPECT_EQ(f.occupied(kThird), 1'000);
}

}  // namespace
}  // namespace ordeal::payout
