// The laws that span flows, with a second flow in the list: what one flow answers is judged together with the other's
// where the promise is about both, and on its own where it is not.
//
// The second flow sells vouchers for money. It is as small as one can be: rows, and what the laws ask of them.
#include <algorithm>

#include <gtest/gtest.h>

#include "scenarios/flows/purchase/flow.h"
#include "scenarios/flows/spanning/asks.h"
#include "scenarios/flows/spanning/laws.h"
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

using api::EntryKind;
using play::Rest;
using sim::FindingKind;
using spanning::kEntriesBalance;
using spanning::kEveryEventArrives;
using spanning::kMoneyIsConserved;

constexpr std::string_view kSchema = R"sql(
create table till(name text not null, currency text not null, before integer not null, now integer not null,
                  cleared integer not null);
create table voucher_entry(id integer primary key);
create table voucher_leg(entry integer not null, account integer not null, minor integer not null,
                         currency text not null);
create table voucher_event(id integer primary key, topic text not null);
create table voucher(id integer primary key, told integer not null);
)sql";

struct VoucherRows {
  explicit VoucherRows(const Rest& rest) {
    rest.read("voucher", [this](env::Connection& from) { read(from); });
  }

  std::vector<spanning::Holding> tills;
  std::vector<spanning::Holding> cleared;
  std::vector<spanning::Entry> entries;
  std::vector<api::Posting> strays;
  std::vector<spanning::Undelivered> events;
  std::vector<std::int64_t> untold;

 private:
  static Money money(const env::Rows& rows, int minor, int currency) {
    return {rows.get<std::int64_t>(minor), *Currency::parse(rows.get<std::string_view>(currency))};
  }
  void read(env::Connection& from) {
    static constexpr env::Sql kTills{"select name, currency, before, now, cleared from till order by name"};
    static constexpr env::Sql kEntries{"select id from voucher_entry order by id"};
    static constexpr env::Sql kLegs{
        "select entry, account, minor, currency from voucher_leg order by entry, account"};
    static constexpr env::Sql kEvents{"select id, topic from voucher_event order by id"};
    static constexpr env::Sql kUntold{"select id from voucher where not told order by id"};
    for (auto rows = from.query(kTills); rows.next();) {
      tills.push_back({rows.get<std::string>(0), money(rows, 2, 1), money(rows, 3, 1)});
      if (rows.get<bool>(4)) cleared.push_back(tills.back());
    }
    for (auto rows = from.query(kEntries); rows.next();)
      entries.push_back({rows.get<EntryId>(0), EntryKind::sale, OrderId{}, {}});
    for (auto rows = from.query(kLegs); rows.next();) {
      const auto id = rows.get<EntryId>(0);
      const auto entry =
          std::find_if(entries.begin(), entries.end(), [&](const auto& one) { return one.id == id; });
      auto& legs = entry == entries.end() ? strays : entry->legs;
      legs.push_back({rows.get<api::Account>(1), money(rows, 2, 3)});
    }
    for (auto rows = from.query(kEvents); rows.next();)
      events.push_back({"voucher", rows.get<std::int64_t>(0), rows.get<std::string>(1), 5});
    for (auto rows = from.query(kUntold); rows.next();) untold.push_back(rows.get<std::int64_t>(0));
  }
};

const VoucherRows& rows_of(const Rest& rest) { return rest.rows<VoucherRows>(); }

void check_told(const Rest& rest, play::Findings& findings) {
  for (const std::int64_t voucher : rows_of(rest).untold)
    findings.add(play::not_live(kEveryEventArrives, rest.now_ns, "a buyer never heard of a voucher",
                                {{"voucher", std::to_string(voucher)}}));
}

const play::Flow& vouchers() {
  static const spanning::From from{{"voucher"}, [](const Rest& rest) { rows_of(rest); }};
  static const spanning::HoldsMoney holders{from, [](const Rest& rest) { return rows_of(rest).tills; }};
  static const spanning::KeepsLedger ledger{
      from, [](const Rest& rest) { return rows_of(rest).entries; },
      [](const Rest& rest) { return rows_of(rest).strays; }, from,
      [](const Rest& rest) { return std::optional(rows_of(rest).cleared); }};
  static const spanning::HasOutboxes outboxes{
      from, [](const Rest& rest) { return rows_of(rest).events; }, {{{"voucher"}, &check_told}}};
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "vouchers";
    f.summary = "vouchers for money";
    f.services = {
        {"voucher", "sells vouchers", {}, [](const play::Designer&) { return kSchema; }, nullptr, nullptr}};
    f.answers = {play::Answer::of(holders), play::Answer::of(ledger), play::Answer::of(outboxes)};
    return f;
  }();
  return flow;
}

const play::Flows& both() {
  static const play::Flows flows({&purchase::flow(), &vouchers(), &spanning::flow()});
  return flows;
}

// Ann buys a voucher for 10.00 CNY out of the same purse, and a tourist one for 5.00 USD.
class TwoFlows : public testing::Test {
 protected:
  TwoFlows() {
    world.good_day();
    world.books.purses["shopper-1"] -= 1000;
    world.change("voucher",
                 "insert into till values('till', 'CNY', 0, 1000, 1), ('dollar till', 'USD', 0, 500, 1), "
                 "('tourist', 'USD', 800, 300, 0)");
    world.change("voucher", "insert into voucher_entry values(1), (2)");
    world.change("voucher",
                 "insert into voucher_leg values(1, 0, 1000, 'CNY'), (1, 1, -1000, 'CNY'), "
                 "(2, 0, 500, 'USD'), (2, 1, -450, 'USD'), (2, 2, -50, 'USD')");
    world.change("voucher", "insert into voucher values(1, 1), (2, 1)");
  }

  void change(const char* sql) { world.change("voucher", sql); }

  // The one finding that there is; its evidence names all of these.
  void expect(FindingKind kind, std::string_view invariant, const std::vector<std::string>& mentions,
              const std::vector<std::string>& not_a_word_of = {}) {
    auto findings = world.verdict();
    // What the flows' own laws say to it is another matter.
    std::erase_if(findings, [](const sim::Finding& finding) {
      return finding.invariant != kEntriesBalance && finding.invariant != kMoneyIsConserved &&
             finding.invariant != kEveryEventArrives;
    });
    ASSERT_EQ(findings.size(), 1U) << (findings.empty() ? "nothing was found" : findings[1].invariant);
    EXPECT_EQ(findings[0].kind, kind) << findings[0].message;
    EXPECT_EQ(findings[0].invariant, invariant);
    std::string evidence;
    for (const auto& [key, value] : findings[0].evidence) evidence += key + ": " + value + "\n";
    for (const std::string& text : mentions)
      EXPECT_NE(evidence.find(text), std::string::npos) << text << " in\n" << evidence;
    for (const std::string& text : not_a_word_of)
      EXPECT_EQ(evidence.find(text), std::string::npos) << text << " in\n" << evidence;
  }

  SmallWorld world{{}, both()};
};

TEST_F(TwoFlows, TheGoodDayOfBothIsFine) { EXPECT_TRUE(world.verdict().empty()); }

TEST_F(TwoFlows, BothOnTheirOwnAreFine) {
  for (const std::string_view invariant : {kEntriesBalance, kEveryEventArrives, kMoneyIsConserved}) {
    SmallWorld alone({std::string(invariant)}, both());
    alone.good_day();
    EXPECT_TRUE(alone.verdict().empty()) << invariant;
  }
}

// --- I-93 ---

TEST_F(TwoFlows, MoneyLostBetweenTheirHoldersIsFound) {
  change("update till set now = 900 where name = 'till'");
  change("update voucher_leg set minor = minor * 9 / 10 where entry = 1");
  expect(FindingKind::safety, kMoneyIsConserved,
         {"missing: 1.00 CNY", "purses now: 180.00 CNY", "till now: 9.00 CNY"}, {"USD", "further breaches"});
}

TEST_F(TwoFlows, MoneyMadeBetweenTheirHoldersIsFound) {
  world.books.purses["shopper-1"] += 1000;
  expect(FindingKind::safety, kMoneyIsConserved, {"missing: -10.00 CNY"}, {"further breaches"});
}

TEST_F(TwoFlows, MoneyThatGoesOnFromOneToTheOtherIsFine) {
  world.books.purses["shopper-1"] += 100;
  change("update till set now = 900 where name = 'till'");
  change("update voucher_leg set minor = minor * 9 / 10 where entry = 1");
  EXPECT_TRUE(world.verdict().empty());
}

TEST_F(TwoFlows, ALossOfOneCurrencyIsNoGainOfAnother) {
  change("update till set now = 900 where name = 'till'");
  change("update voucher_leg set minor = minor * 9 / 10 where entry = 1");
  change("update till set now = 400 where name = 'tourist'");
  expect(FindingKind::safety, kMoneyIsConserved, {"missing: 1.00 CNY", "further breaches: 1"}, {"USD"});
}

// Each entry adds up, and so does what is held; but in another currency than what is booked.
TEST_F(TwoFlows, ALedgerInTwoCurrenciesAgreesInEach) {
  change("update voucher_leg set currency = 'USD' where entry = 1");
  expect(FindingKind::safety, kMoneyIsConserved,
         {"held by till: 10.00 CNY", "channel_clearing: 0.00 CNY", "further breaches: 1"}, {"USD"});
}

// One ledger is short of what the other has too much.
TEST_F(TwoFlows, OneLedgerDoesNotStandInForTheOther) {
  world.change("ledger", "update posting set minor = 2000 where entry = 1 and account = 0");
  world.change("ledger", "update posting set minor = -1994 where entry = 1 and account = 1");
  change("delete from voucher_leg where entry = 1");
  change("delete from voucher_entry where id = 1");
  expect(FindingKind::safety, kMoneyIsConserved,
         {"held by the channels: 10.00 CNY", "channel_clearing: 20.00 CNY", "further breaches: 1"});
}

// --- I-51 ---

TEST_F(TwoFlows, AnEventInTheSecondOutboxIsFound) {
  change("insert into voucher_event values(7, 'voucher.sold')");
  expect(FindingKind::liveness, kEveryEventArrives,
         {"event: voucher.sold", "outbox: voucher", "row: 7", "tries: 5"}, {"further breaches"});
}

TEST_F(TwoFlows, EventsInBothOutboxesAreBothFound) {
  change("insert into voucher_event values(7, 'voucher.sold')");
  world.change("order", "insert into outbox values(7, 'order.paid', '{}', 1, 0, 12, 0)");
  expect(FindingKind::liveness, kEveryEventArrives, {"event: order.paid", "further breaches: 1"});
}

TEST_F(TwoFlows, WhatASubscriberOfTheSecondNeverDidIsFound) {
  change("update voucher set told = 0 where id = 2");
  expect(FindingKind::liveness, kEveryEventArrives, {"voucher: 2"});
}

// --- I-70 ---

TEST_F(TwoFlows, AnEntryOfTheSecondLedgerThatDoesNotBalanceIsFound) {
  change("update voucher_leg set minor = -40 where entry = 2 and account = 2");
  const auto findings = world.verdict();
  ASSERT_EQ(findings.size(), 2U);  // and what it owes is not what it is owed
  EXPECT_EQ(findings[0].invariant, kEntriesBalance);
  EXPECT_EQ(findings[0].kind, FindingKind::safety);
  EXPECT_EQ(findings[0].evidence[0].second, EntryId{2}.text());
  EXPECT_EQ(findings[1].invariant, kMoneyIsConserved);
}

TEST_F(TwoFlows, AnEntryThatBalancesOverTwoCurrenciesIsFound) {
  change("update voucher_leg set currency = 'USD' where entry = 1 and account = 1");
  const auto findings = world.verdict();
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].invariant, kEntriesBalance);
  EXPECT_EQ(findings[0].evidence[0].second, EntryId{1}.text());
}

TEST_F(TwoFlows, AnEntryThatBalancesInEachOfTwoCurrenciesIsFine) {
  change("update voucher_leg set entry = 1 where entry = 2");
  change("delete from voucher_entry where id = 2");
  EXPECT_TRUE(world.verdict().empty());
}

TEST_F(TwoFlows, LegsOfTheSecondLedgerWithoutAnEntryAreFound) {
  change("delete from voucher_entry where id = 2");
  expect(FindingKind::safety, kEntriesBalance,
         {"legs: 5", "with an entry: 2", "without: channel_clearing 5.00 USD"});
}

// The second ledger's gain is the first one's loss: each alone is out of balance.
TEST_F(TwoFlows, TwoLedgersDoNotBalanceEachOther) {
  change("update voucher_leg set minor = -900 where entry = 1 and account = 1");
  world.change("ledger", "update posting set minor = -1094 where entry = 1 and account = 1");
  const auto findings = world.verdict();
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].invariant, kEntriesBalance);
  const std::pair<std::string, std::string> two_entries_and_two_sums{"further breaches", "3"};
  EXPECT_EQ(findings[0].evidence.back(), two_entries_and_two_sums);
}

// --- what cannot be read, and what is not there ---

TEST_F(TwoFlows, WhatCannotBeReadOfTheSecondIsInconclusive) {
  world.broken = "voucher";
  world.change("ledger", "delete from posting where entry = 1");
  std::vector<std::pair<std::string, FindingKind>> found;
  for (const sim::Finding& finding : world.verdict()) {
    found.emplace_back(finding.invariant, finding.kind);
    if (finding.kind == FindingKind::inconclusive) {
      EXPECT_EQ(finding.evidence[0].second, "voucher");
    }
  }
  // The first flow is judged all the same, where the promise is about it alone.
  const std::vector<std::pair<std::string, FindingKind>> expected{
      {std::string(kEntriesBalance), FindingKind::safety},
      {std::string(kEntriesBalance), FindingKind::inconclusive},
      {"I-71 fees-follow-the-rule", FindingKind::safety},
      {std::string(kEveryEventArrives), FindingKind::inconclusive},
      {std::string(kMoneyIsConserved), FindingKind::inconclusive},
      {std::string(kMoneyIsConserved), FindingKind::safety},
      {"I-92 the-model-agrees", FindingKind::safety}};
  EXPECT_EQ(found, expected);
}

TEST_F(TwoFlows, EachLawReadsWhatItLooksAt) {
  for (const std::string_view invariant : {kEntriesBalance, kEveryEventArrives, kMoneyIsConserved}) {
    SmallWorld alone({std::string(invariant)}, both());
    alone.good_day();
    alone.books.purses["shopper-1"] -= 1000;  // gone to a till that nobody can look into
    alone.broken = "voucher";
    const auto findings = alone.verdict();
    ASSERT_EQ(findings.size(), 1U) << invariant;
    EXPECT_EQ(findings[0].kind, FindingKind::inconclusive) << invariant;
  }
}

TEST_F(TwoFlows, WhatIsNotDeployedIsNotAsked) {
  SmallWorld without_second({}, both(), {"voucher"});
  without_second.good_day();
  EXPECT_TRUE(without_second.verdict().empty());

  SmallWorld without_notices({std::string(kEveryEventArrives)}, both(), {"notification"});
  without_notices.good_day();
  EXPECT_TRUE(without_notices.verdict().empty());
  without_notices.change("inventory", "update reservation set state = 0 where order_id = 101");
  EXPECT_EQ(without_notices.verdict().size(), 1U);
}

}  // namespace
}  // namespace ordeal::test
