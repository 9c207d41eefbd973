// Clearing and settlement without a simulator: the calendar day by day, shares by tables and laws, routes, and the life of a trade from its
// record to the custodian's last word.
#include "core/settlement/service.h"

#include <chrono>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/fake_env.h"

namespace ordeal::settlement {
namespace {

using namespace ordeal::literals;
using api::FundAccountKind;
using api::FundOrderState;
using api::PickUpStatus;
using api::RecordStatus;
using api::RefundLineStatus;
using api::SetRuleStatus;
using api::TradeProblem;
using clearing::MakeUpDays;
using support::FakeWorld;
using support::PlainDatabase;

// --- the calendar ---

constexpr std::int64_t day(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}}
      .time_since_epoch()
      .count();
}

TEST(Calendar, HasAsManyDaysOffAndMakeUpDaysAsWereAnnounced) {
  struct Year {
    int year;
    int working;  // with make-up days
    int make_up;
  };
  // 365 days, less Saturdays and Sundays, less holidays on weekdays, plus make-up days.
  for (const Year& one : {Year{2025, 248, 5}, Year{2026, 248, 6}}) {
    int working = 0;
    int without = 0;
    for (std::int64_t at = day(one.year, 1, 1); at <= day(one.year, 12, 31); ++at) {
      working += *clearing::is_working_day(at, MakeUpDays::are_worked) ? 1 : 0;
      without += *clearing::is_working_day(at, MakeUpDays::are_off) ? 1 : 0;
    }
    EXPECT_EQ(working - without, one.make_up) << one.year;
    EXPECT_EQ(working, one.working) << one.year;
  }
}

TEST(Calendar, FindsTheNextWorkingDay) {
  struct Case {
    std::int64_t from;
    std::int64_t make_up_counts;
    std::int64_t make_up_is_off;
  };
  for (const Case& one : {
           Case{day(2025, 12, 31), day(2026, 1, 4), day(2026, 1, 5)},
           Case{day(2026, 1, 2), day(2026, 1, 4), day(2026, 1, 5)},
           Case{day(2026, 2, 13), day(2026, 2, 14), day(2026, 2, 24)},
           Case{day(2026, 2, 14), day(2026, 2, 24), day(2026, 2, 24)},
           Case{day(2026, 2, 23), day(2026, 2, 24), day(2026, 2, 24)},
           Case{day(2026, 10, 9), day(2026, 10, 10), day(2026, 10, 12)},
           Case{day(2025, 9, 30), day(2025, 10, 9), day(2025, 10, 9)},
           Case{day(2025, 1, 25), day(2025, 1, 26), day(2025, 1, 27)},
           Case{day(2026, 6, 17), day(2026, 6, 18), day(2026, 6, 18)},
           Case{day(2026, 6, 18), day(2026, 6, 22), day(2026, 6, 22)},
       }) {
    EXPECT_EQ(clearing::next_working_day(one.from, MakeUpDays::are_worked), one.make_up_counts) << one.from;
    EXPECT_EQ(clearing::next_working_day(one.from, MakeUpDays::are_off), one.make_up_is_off) << one.from;
  }
}

TEST(Calendar, DoesNotGuessAYearThatNobodyHasAnnounced) {
  EXPECT_EQ(clearing::is_working_day(day(2027, 1, 1), MakeUpDays::are_worked), std::nullopt);
  EXPECT_EQ(clearing::is_working_day(day(2024, 12, 31), MakeUpDays::are_worked), std::nullopt);
  EXPECT_EQ(clearing::next_working_day(day(2026, 12, 31), MakeUpDays::are_worked), std::nullopt);
  EXPECT_EQ(clearing::next_working_day(day(2026, 12, 30), MakeUpDays::are_worked), day(2026, 12, 31));
}

TEST(Calendar, HasDaysThatBeginAtMidnightInBeijing) {
  const std::int64_t midnight = clearing::begin_of_day(day(2026, 2, 14));
  EXPECT_EQ(midnight, day(2026, 2, 13) * 86'400'000'000'000 + 16 * 3'600'000'000'000);
  EXPECT_EQ(clearing::business_day(midnight), day(2026, 2, 14));
  EXPECT_EQ(clearing::business_day(midnight - 1), day(2026, 2, 13));
}

// --- shares ---

TEST(Sharing, RoundsDownAndTheMerchantHasTheRest) {
  struct Case {
    api::RuleTerms terms;
    std::int64_t paid;
    clearing::Shares shares;
  };
  for (const Case& one : {
           Case{{60, 0, 800}, 10'000, {9'145, 60, 795}},  // the commission is of 99.40, not of 100.00
           Case{{100, 2'500, 1'000},
                10'000,
                {8'935, 75, 990}},  // a quarter of the fee stays with the merchant
           Case{{60, 0, 800}, 1, {1, 0, 0}},
           Case{{60, 0, 800}, 167, {153, 1, 13}},
           Case{{0, 0, 3'000}, 333, {234, 0, 99}},
           Case{{3'000, 10'000, 0}, 333, {333, 0, 0}},
           Case{{0, 0, 0}, 333, {333, 0, 0}},
       }) {
    const auto found = clearing::make_sharing("rounded_down")->of_sale(one.terms, one.paid);
    EXPECT_EQ(found.merchant, one.shares.merchant) << one.paid;
    EXPECT_EQ(found.platform, one.shares.platform) << one.paid;
    EXPECT_EQ(found.leader, one.shares.leader) << one.paid;
  }
}

TEST(Sharing, AddsUpAndARefundLeavesWhatASmallerSaleWouldHaveGiven) {
  rc::check("shares", [] {
    const api::RuleTerms terms{*rc::gen::inRange<std::int64_t>(0, 1'500),
                               *rc::gen::inRange<std::int64_t>(0, 10'001),
                               *rc::gen::inRange<std::int64_t>(0, 1'501)};
    const auto paid = *rc::gen::inRange<std::int64_t>(1, 10'000'000);
    const auto after = *rc::gen::inRange<std::int64_t>(0, paid);
    const auto sharing = clearing::make_sharing("rounded_down");
    const auto sale = sharing->of_sale(terms, paid);
    const auto back = sharing->of_refund(terms, paid, after);
    RC_ASSERT(clearing::good_terms(terms));
    RC_ASSERT(sale.sum() == paid);
    RC_ASSERT(sale.platform >= 0 && sale.leader >= 0 && sale.merchant >= 0);
    RC_ASSERT((sale.platform + sale.leader) * 10'000 <= paid * api::kMostToOthers);
    RC_ASSERT(back.sum() == after - paid);
    RC_ASSERT(back.platform <= 0 && back.leader <= 0 && back.merchant <= 0);
    RC_ASSERT(sale.leader + back.leader == sharing->of_sale(terms, after).leader);
  });
}

TEST(Sharing, RefusesRulesThatGiveAwayTooMuch) {
  EXPECT_TRUE(clearing::good_terms({1'000, 10'000, 2'000}));
  for (const api::RuleTerms& bad :
       {api::RuleTerms{1'000, 0, 2'001}, api::RuleTerms{-1, 0, 0}, api::RuleTerms{0, -1, 0},
        api::RuleTerms{0, 0, -1}, api::RuleTerms{3'001, 0, 0}, api::RuleTerms{0, 10'001, 0},
        api::RuleTerms{INT64_MAX, 0, INT64_MAX}})
    EXPECT_FALSE(clearing::good_terms(bad)) << bad.fee << " " << bad.rebate << " " << bad.commission;
}

// The numbers of WeChat's profit sharing that everything here is held to, against domain.md 2.2.
TEST(Sharing, HasTheLimitsOfTheChannel) {
  EXPECT_EQ(api::kMostSplitRequests, 50);
  EXPECT_EQ(api::kMostSplitReceivers, 50);
  EXPECT_EQ(api::kMostToOthers, 3'000);
  EXPECT_EQ(api::kMostReturns, 20);
  EXPECT_EQ(api::kReturnDays, 180);
  EXPECT_EQ(api::kFrozenDays, 30);
  EXPECT_EQ(api::kFrozenDaysOfPlatforms, 180);
}

// --- routes ---

TEST(Routes, MoveJustWhatASlipPaysAndNeverOverThePlatform) {
  const ToPay slip{{7}, {100}, 60, {{{1}, 100}, {{2}, -40}}};
  for (const char* name : {"supervised", "provider", "channel_split"}) {
    const auto orders = make_route(name)->orders(slip);
    std::int64_t arrives = 0;
    for (const api::FundOrder& order : orders) {
      EXPECT_TRUE(order.amount.is_positive()) << name;
      EXPECT_NE(order.from.party, api::kPlatform) << name;
      EXPECT_NE(order.to.party, api::kPlatform) << name;
      if (order.to.kind == FundAccountKind::own) arrives += order.amount.minor;
      if (order.from.kind == FundAccountKind::own) arrives -= order.amount.minor;
    }
    EXPECT_EQ(arrives, 60) << name;
  }
  const auto split = make_route("channel_split")->orders(slip);
  ASSERT_EQ(split.size(), 2U);
  EXPECT_EQ(split[0].trade, TradeId{2});  // what went back comes first
  EXPECT_EQ(split[0].to.kind, FundAccountKind::custody);
  EXPECT_EQ(split[1].trade, TradeId{1});
  EXPECT_EQ(make_route("own_account"), nullptr);
}

// --- the service ---

constexpr FundPartyId kGreens{100};   // on_pickup, fee 60, commission 800
constexpr FundPartyId kNoodles{101};  // t0, hold 20 h
constexpr FundPartyId kBakery{102};   // t1, hold 24 h, fee 100, rebate 2500, commission 1000
constexpr FundPartyId kGate{200};
constexpr TradeId kTrade{1};

Money yuan(std::int64_t n) { return {n * 100, {}}; }

struct Fixture {
  explicit Fixture(const std::string& trigger_name = "each_line", const std::string& route_name = "provider")
      : trigger(clearing::make_trigger(trigger_name)),
        sharing(clearing::make_sharing("rounded_down")),
        below_zero(make_below_zero("carried")),
        route(make_route(route_name)),
        db(world.database(clearing::kSchema)),
        service(world.env("settlement"), db, {*trigger, *sharing, *below_zero, *route}, config()) {
    // Friday, February 13 of 2026, 10:00 in Beijing.
    world.clock.wall = Instant{clearing::begin_of_day(day(2026, 2, 13))} + 10_h;
    db.transact("open", [](env::Tx& tx) {
      using clearing::PartyKind;
      using enum api::SettleCycle;
      clearing::put_party(tx, {api::kPlatform, PartyKind::platform, t1, {}, 1}, {});
      clearing::put_party(tx, {kGreens, PartyKind::merchant, on_pickup, {}, 1}, {60, 0, 800});
      clearing::put_party(tx, {kNoodles, PartyKind::merchant, t0, 20_h, 1}, {60, 0, 800});
      clearing::put_party(tx, {kBakery, PartyKind::merchant, t1, 24_h, 1}, {100, 2'500, 1'000});
      clearing::put_party(tx, {kGate, PartyKind::leader, t1, {}, 1}, {});
    });
    service.start();
    world.serve_http("bank", "/order", [this](const std::string& body) {
      const auto asked = env::Message::from_json(api::FundOrder::type(), body);
      sent.push_back(asked->as<api::FundOrder>());
      if (silent) return env::HttpResponse{503, ""};
      return env::HttpResponse{200,
                               env::Message::of(api::FundOrderAnswer{sent.back().number, says}).to_json()};
    });
  }
  static Config config() {
    Config config;
    config.settlement.draft_at = 20_h;
    config.settlement.pay_at = 21_h;
    config.settlement.custodian = "https://bank";
    return config;
  }
  api::RecordReply record(FundPartyId merchant, std::vector<Money> lines, TradeId trade = kTrade) {
    return service.record({trade, merchant, kGate, std::move(lines)});
  }
  PickUpStatus pick_up(std::int64_t line = 0, TradeId trade = kTrade) {
    return service.pick_up({trade, line}).status;
  }
  RefundLineStatus refund(Money amount, std::string key = "r1", std::int64_t line = 0) {
    return service.refund({kTrade, line, std::move(key), amount}).status;
  }
  // Both jobs at this hour of the day that is so many days later.
  void jobs(std::int64_t days, Duration hour) {
    world.clock.wall = Instant{clearing::begin_of_day(day(2026, 2, 13) + days)} + hour;
    service.clearer().clear_due();
    fire();
  }
  void fire() {
    world.tasks.spawned.clear();
    service.settler().settle_due();
    for (const auto& [name, work] : std::exchange(world.tasks.spawned, {})) {
      if (name == "pay") work();
    }
  }
  void whole_day(std::int64_t days) {
    jobs(days, 20_h);
    jobs(days, 21_h);
  }
  std::int64_t got(FundPartyId party) {
    std::map<std::string, api::FundOrder> numbers;
    for (const api::FundOrder& order : sent) numbers[order.number] = order;
    std::int64_t sum = 0;
    for (const auto& [number, order] : numbers) {
      const api::FundAccount own{FundAccountKind::own, party};
      sum += order.to == own ? order.amount.minor : 0;
      sum -= order.from == own ? order.amount.minor : 0;
    }
    return sum;
  }
  std::int64_t slips(const std::string& where) {
    return db.number("select count(*) from slip where " + where);
  }

  FakeWorld world;
  std::unique_ptr<clearing::Trigger> trigger;
  std::unique_ptr<clearing::Sharing> sharing;
  std::unique_ptr<BelowZero> below_zero;
  std::unique_ptr<Route> route;
  PlainDatabase& db;
  Service service;
  std::vector<api::FundOrder> sent;
  FundOrderState says = FundOrderState::done;
  bool silent = false;
};

TEST(Settlement, PaysWhatWasPickedUpOnItsDay) {
  struct Case {
    FundPartyId merchant;
    std::int64_t not_on;  // days after February 13
    std::int64_t on;
  };
  // Picked up on Friday at 10:00. Saturday the 14th is worked to make up; the 15th to the 23rd are off.
  for (const Case& one : {Case{kGreens, -1, 0}, Case{kNoodles, 0, 1}, Case{kBakery, 10, 11}}) {
    Fixture f;
    ASSERT_EQ(f.record(one.merchant, {yuan(100)}).status, RecordStatus::recorded);
    ASSERT_EQ(f.pick_up(), PickUpStatus::picked_up);
    for (std::int64_t at = 0; at <= one.not_on; ++at) f.whole_day(at);
    EXPECT_EQ(f.got(one.merchant), 0) << one.merchant.text();
    f.whole_day(one.on);
    EXPECT_GT(f.got(one.merchant), 8'000) << one.merchant.text();
    EXPECT_EQ(f.got(one.merchant) + f.got(kGate) + f.got(api::kPlatform), 10'000);
    EXPECT_EQ(f.db.number("select coalesce(sum(minor), 0) from settlement_leg"), 0);
  }
}

TEST(Settlement, DoesNotPayWhatStillLiesOnTheShelf) {
  Fixture each;
  each.record(kGreens, {yuan(10), yuan(20)});
  each.pick_up(0);
  each.whole_day(0);
  EXPECT_EQ(each.got(kGreens) + each.got(kGate) + each.got(api::kPlatform), 1'000);

  Fixture whole("whole_trade");
  whole.record(kGreens, {yuan(10), yuan(20)});
  whole.pick_up(0);
  whole.whole_day(0);
  EXPECT_EQ(whole.got(kGreens), 0);
  whole.pick_up(1);
  whole.whole_day(1);
  EXPECT_EQ(whole.got(kGreens) + whole.got(kGate) + whole.got(api::kPlatform), 3'000);
}

TEST(Settlement, PaysAWholeTradeWhenTheRestOfItWasCancelled) {
  Fixture f("whole_trade");
  f.record(kGreens, {yuan(10), yuan(20)});
  f.pick_up(0);
  ASSERT_EQ(f.refund(yuan(20), "r", 1), RefundLineStatus::refunded);
  EXPECT_EQ(f.pick_up(1), PickUpStatus::cancelled);
  f.whole_day(0);
  EXPECT_EQ(f.got(kGreens) + f.got(kGate) + f.got(api::kPlatform), 1'000);
}

TEST(Settlement, KeepsTheRuleThatATradeWasRecordedUnder) {
  Fixture f;
  EXPECT_EQ(f.record(kGreens, {yuan(100)}).rule_version, 1);
  EXPECT_EQ(f.service.set_rule({kGreens, 1, {0, 0, 0}}).status, SetRuleStatus::done);
  EXPECT_EQ(f.service.set_rule({kGreens, 1, {0, 0, 0}}).status, SetRuleStatus::done);  // asked again
  EXPECT_EQ(f.service.set_rule({kGreens, 1, {1, 0, 0}}).status, SetRuleStatus::stale);
  EXPECT_EQ(f.service.set_rule({kGate, 1, {0, 0, 0}}).status, SetRuleStatus::no_such_merchant);
  EXPECT_EQ(f.service.set_rule({kGreens, 2, {2'000, 0, 2'000}}).status, SetRuleStatus::refused);
  EXPECT_EQ(f.record(kGreens, {yuan(100)}, {2}).rule_version, 2);
  f.pick_up(0);
  f.pick_up(0, {2});
  f.whole_day(0);
  EXPECT_EQ(f.got(kGreens), 9'145 + 10'000);
}

TEST(Settlement, CarriesADayBelowZeroForward) {
  Fixture f;
  f.record(kGreens, {yuan(100)});
  f.pick_up();
  f.whole_day(0);
  ASSERT_EQ(f.got(kGreens), 9'145);
  ASSERT_EQ(f.refund(yuan(40)), RefundLineStatus::refunded);
  f.whole_day(1);
  EXPECT_EQ(f.slips("state = 3 and pays = 0 and left = -3658 and party = 100"), 1);
  f.record(kGreens, {yuan(50)}, {2});
  f.pick_up(0, {2});
  f.whole_day(2);
  EXPECT_EQ(f.got(kGreens), 9'145 - 3'658 + 4'573);
  EXPECT_EQ(f.slips("state = 3 and carried_into is null"), 0);
}

TEST(Settlement, TakesUpWhatComesBetweenTheDraftAndThePayment) {
  Fixture f;
  f.record(kGreens, {yuan(100)});
  f.pick_up();
  f.jobs(0, 20_h);
  ASSERT_EQ(f.slips("state = 0"), 3);
  f.refund(yuan(100));
  f.jobs(0, 21_h);
  EXPECT_TRUE(f.sent.empty());
  EXPECT_EQ(f.slips("state = 3 and items = 0 and left = 0"), 3);
}

TEST(Settlement, SettlesEachShareOnceHoweverOftenTheJobsFire) {
  Fixture f;
  f.record(kGreens, {yuan(100)});
  f.pick_up();
  f.jobs(0, 20_h);
  f.jobs(0, 20_h);
  f.jobs(0, 21_h);
  f.jobs(0, 21_h + 1_min);
  f.jobs(0, 22_h);
  EXPECT_EQ(f.slips("state = 2"), 3);
  EXPECT_EQ(f.sent.size(), 3U);
  EXPECT_EQ(f.db.count<api::facts::SlipPaid>(), 3);
}

TEST(Settlement, AsksUnderTheSameNumberUntilTheCustodianHasDoneIt) {
  Fixture f;
  f.record(kGreens, {yuan(100)});
  f.pick_up();
  f.jobs(0, 20_h);
  f.silent = true;
  f.jobs(0, 21_h);
  EXPECT_EQ(f.slips("state = 1"), 3);
  f.silent = false;
  f.says = FundOrderState::accepted;
  f.jobs(0, 21_h + 1_min);
  EXPECT_EQ(f.slips("state = 1"), 3);
  f.says = FundOrderState::done;
  f.jobs(0, 22_h + 1_min);
  EXPECT_EQ(f.slips("state = 2"), 3);
  EXPECT_EQ(f.got(kGreens), 9'145);
}

TEST(Settlement, RefusesWhatCannotBeATradeAndChangesNothing) {
  struct Case {
    api::RecordTrade trade;
    TradeProblem problem;
  };
  Fixture f;
  for (const Case& one : {
           Case{{{0}, kGreens, kGate, {yuan(1)}}, TradeProblem::no_trade},
           Case{{{-5}, kGreens, kGate, {yuan(1)}}, TradeProblem::no_trade},
           Case{{{1}, kGate, kGate, {yuan(1)}}, TradeProblem::no_merchant},
           Case{{{1}, {999}, kGate, {yuan(1)}}, TradeProblem::no_merchant},
           Case{{{1}, kGreens, kGreens, {yuan(1)}}, TradeProblem::no_leader},
           Case{{{1}, kGreens, kGate, {}}, TradeProblem::no_lines},
           Case{{{1}, kGreens, kGate, std::vector<Money>(21, yuan(1))}, TradeProblem::no_lines},
           Case{{{1}, kGreens, kGate, {yuan(0)}}, TradeProblem::bad_amount},
           Case{{{1}, kGreens, kGate, {yuan(-1)}}, TradeProblem::bad_amount},
           Case{{{1}, kGreens, kGate, {{1, {{'U', 'S', 'D'}}}}}, TradeProblem::bad_amount},
           Case{{{1}, kGreens, kGate, {{Money::kMaxMinor, {}}, {1, {}}}}, TradeProblem::bad_amount},
       }) {
    const auto reply = f.service.record(one.trade);
    EXPECT_EQ(reply.status, RecordStatus::refused);
    EXPECT_EQ(reply.problem, one.problem);
  }
  EXPECT_EQ(f.db.number("select count(*) from trade"), 0);
  f.record(kGreens, {yuan(1)});
  EXPECT_EQ(f.record(kGreens, {yuan(2)}).status, RecordStatus::conflict);
  EXPECT_EQ(f.record(kGreens, {yuan(1)}).status, RecordStatus::recorded);
  EXPECT_EQ(f.db.count<api::facts::TradeRecorded>(), 1);
}

TEST(Settlement, RefusesRefundsOfMoreThanIsLeft) {
  Fixture f;
  f.record(kGreens, {yuan(10)});
  EXPECT_EQ(f.refund(yuan(11)), RefundLineStatus::too_much);
  EXPECT_EQ(f.refund(yuan(0)), RefundLineStatus::bad_amount);
  EXPECT_EQ(f.refund({1, {{'U', 'S', 'D'}}}), RefundLineStatus::bad_amount);
  EXPECT_EQ(f.refund(yuan(1), ""), RefundLineStatus::bad_key);
  EXPECT_EQ(f.refund(yuan(1), std::string(65, 'k')), RefundLineStatus::bad_key);
  EXPECT_EQ(f.refund(yuan(1), "r1", 1), RefundLineStatus::no_such_line);
  EXPECT_EQ(f.refund(yuan(6)), RefundLineStatus::refunded);
  EXPECT_EQ(f.refund(yuan(6)), RefundLineStatus::refunded);  // asked again
  EXPECT_EQ(f.refund(yuan(5)), RefundLineStatus::conflict);
  EXPECT_EQ(f.refund(yuan(5), "r2"), RefundLineStatus::too_much);
  EXPECT_EQ(f.refund(yuan(4), "r3"), RefundLineStatus::refunded);
  EXPECT_EQ(f.pick_up(), PickUpStatus::cancelled);
  EXPECT_EQ(f.pick_up(7), PickUpStatus::no_such_line);
  EXPECT_EQ(f.db.count<api::facts::LineRefunded>(), 2);
}

// What is returned by the channel's profit sharing is of the trade that it was split from, and of what a carried slip owed, too.
TEST(Settlement, ReturnsSharesOfTheTradesThatTheyCameFrom) {
  Fixture f("each_line", "channel_split");
  f.record(kGreens, {yuan(100)});
  f.pick_up();
  f.whole_day(0);
  f.refund(yuan(40));
  f.whole_day(1);  // carried
  f.record(kGreens, {yuan(50)}, {2});
  f.pick_up(0, {2});
  f.sent.clear();
  f.whole_day(2);
  std::vector<std::string> moves;
  for (const api::FundOrder& order : f.sent) {
    if (order.from.party != kGreens && order.to.party != kGreens) continue;
    moves.push_back((order.to.kind == FundAccountKind::custody ? "back " : "split ") +
                    std::to_string(order.trade.value) + " " + order.amount.text());
  }
  EXPECT_EQ(moves, (std::vector<std::string>{"back 1 36.58 CNY", "split 2 45.73 CNY"}));
}

}  // namespace
}  // namespace ordeal::settlement
