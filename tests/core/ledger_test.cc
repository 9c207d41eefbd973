#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/ledger/service.h"
#include "tests/support/fake_env.h"

namespace ordeal::ledger {
namespace {

using api::Account;
using api::EntryKind;

TEST(LedgerRules, AreThisTable) {
  struct Case {
    EntryKind kind;
    std::int64_t amount;
    std::vector<std::pair<Account, std::int64_t>> legs;
  };
  const Case cases[] = {
      {EntryKind::sale,
       1000,
       {{Account::channel_clearing, 1000}, {Account::merchant_payable, -994}, {Account::platform_fee, -6}}},
      {EntryKind::sale, 166, {{Account::channel_clearing, 166}, {Account::merchant_payable, -166}}},
      {EntryKind::sale,
       167,
       {{Account::channel_clearing, 167}, {Account::merchant_payable, -166}, {Account::platform_fee, -1}}},
      {EntryKind::unusable, 500, {{Account::channel_clearing, 500}, {Account::customer_refundable, -500}}},
      {EntryKind::refund, 500, {{Account::customer_refundable, 500}, {Account::channel_clearing, -500}}},
  };
  for (const Case& c : cases) {
    std::vector<api::Posting> expected;
    for (const auto& [account, minor] : c.legs) expected.push_back({account, {minor, {}}});
    EXPECT_EQ(postings(c.kind, {c.amount, {}}), expected) << wire::name_of(c.kind) << " " << c.amount;
  }
}

RC_GTEST_PROP(LedgerRules, EveryEntryAddsUpToZero, ()) {
  const Money amount{*rc::gen::inRange<std::int64_t>(1, Money::kMaxMinor + 1), {}};
  Money sum;
  for (const auto& leg :
       postings(*rc::gen::element(EntryKind::sale, EntryKind::unusable, EntryKind::refund), amount)) {
    RC_ASSERT(leg.amount.minor != 0);
    sum += leg.amount;
  }
  RC_ASSERT(sum.minor == 0);
}

TEST(Ledger, PostsEachEventOnceHoweverOftenItComes) {
  support::FakeWorld world;
  auto& db = world.database(kSchema);
  const auto journal = make_journal("one_transaction");
  Service ledger(world.env("ledger"), db, {*journal});
  const api::OrderPaid paid{OrderId{3}, AttemptId{4}, {1000, {}}, 3};
  const api::RefundSucceeded refunded{
      RefundId{5}, OrderId{3}, AttemptId{6}, {1000, {}}, api::RefundReason::surplus};
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(ledger.on_order_paid(paid).done);
    EXPECT_TRUE(ledger.on_refund_succeeded(refunded).done);
  }
  EXPECT_EQ(db.number("select count(*) from entry"), 3);
  EXPECT_EQ(db.number("select count(*) from posting"), 7);
  EXPECT_EQ(db.number("select sum(minor) from posting"), 0);
  EXPECT_EQ(db.number("select sum(minor) from posting where account = 0"), 1000);
  EXPECT_EQ(db.number("select sum(minor) from posting where account = 3"), 0);
  EXPECT_EQ(db.number("select min(rule_version) from entry"), kRuleVersion);
  ASSERT_EQ(db.count<api::facts::EntryPosted>(), 3);
  EXPECT_NE(db.facts[0].as<api::facts::EntryPosted>().entry, db.facts[1].as<api::facts::EntryPosted>().entry);
}

}  // namespace
}  // namespace ordeal::ledger
