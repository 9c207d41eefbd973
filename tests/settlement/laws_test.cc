// Each law of settlement by histories that it must reject, and their neighbours that it must accept.
#include <algorithm>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "tests/settlement/small_settlement.h"
#include "tests/support/law_histories.h"

namespace ordeal::test {
namespace {

using namespace ordeal::settlement;
using api::FundAccountKind;
using api::FundOrderState;
using api::PickUpStatus;
using api::RecordStatus;
using api::RefundLineStatus;
using api::SetRuleStatus;
using api::TradeProblem;
namespace f = api::facts;

using Breach = History<SmallSettlement>;

constexpr TradeId kCems{3};
constexpr VoucherId kNew{77};
constexpr SlipId kNewSlip{78};

api::RecordTrade cems(std::int64_t minor = 1'000) { return {kCems, kGreens, kGate, {{minor, {}}}}; }
// A voucher of Cem's 10.00, by the rule of the greens: 9.15, 0.06, 0.79.
f::VoucherWritten voucher(const SmallSettlement& s, std::vector<api::Share> shares = {
                                                        {kGreens, 915}, {api::kPlatform, 6}, {kGate, 79}}) {
  return {kNew, kCems, 0, 0, 1'000, std::move(shares), s.today() + 2};
}
void cem_picks_up(SmallSettlement& s, std::int64_t second = 2 * kNextDay) {
  s.record(second, cems());
  s.pick_up(second + 10, kCems, 0);
}
OrderLine moved(const std::string& number, api::FundAccount from, api::FundAccount to, std::int64_t minor,
                TradeId trade = {}) {
  return {{number, from, to, trade, {minor, {}}}, 0, FundOrderState::done, 1, 0};
}
api::FundAccount own(FundPartyId party) { return {FundAccountKind::own, party}; }
template <class Page>
auto& last(Page& page) {
  return page.back();
}

constexpr env::Sql kShareOff{"update voucher_share set slip = null where party = 100"};
constexpr env::Sql kShareMore{"update voucher_share set minor = minor + 1 where party = 100"};
constexpr env::Sql kSlipMore{"update slip set pays = pays + 1 where party = 101"};
constexpr env::Sql kSlipLess{"update slip set left = left + 1 where left < 0"};
constexpr env::Sql kOtherDay{"update voucher set settle_day = settle_day + 1 where nth = 0"};
constexpr env::Sql kDrafted{"update slip set state = 0 where party = 101"};
constexpr env::Sql kOtherLine{"update line set refunded = 1 where trade = 2"};
constexpr env::Sql kOtherTrade{"update trade set leader = 201 where id = 2"};
constexpr env::Sql kOtherLeg{"update settlement_leg set minor = minor + 1 where party = 100"};
constexpr env::Sql kEntry{"insert into settlement_entry(id, kind, at) values(99, 0, 0)"};
constexpr env::Sql kDue{"update line set state = 1 where trade = 2"};

std::vector<Breach> breaches_of_shares() {
  return {
      {"NotPickedUp", kSettledWhenPickedUp, "a line was settled that was not picked up",
       [](auto& s) {
         s.record(2 * kNextDay, cems());
         s.say(2 * kNextDay, voucher(s));
       }},
      {"AnotherDay", kSettledWhenPickedUp, "a line is settled on another day than its terms say",
       [](auto& s) {
         cem_picks_up(s);
         auto v = voucher(s);
         v.settle_day += 1;
         s.say(2 * kNextDay + 20, v);
       }},
      {"TheDayBefore", kSettledWhenPickedUp, "a share stands on the slip of a day before its own",
       [](auto& s) {
         cem_picks_up(s);
         s.say(2 * kNextDay + 20, voucher(s));
         s.say(2 * kNextDay + 21, f::SlipDrafted{kNewSlip, kGreens, s.today() + 1});
         s.say(2 * kNextDay + 22, f::ShareTaken{kNewSlip, kNew, kGreens, 915, false});
       }},
      {"ADayOff", kSettledWhenPickedUp, "a share for working days stands on the slip of a day off",
       [](auto& s) {
         s.say(2 * kNextDay, f::SlipDrafted{kNewSlip, kBakery, s.today() + 2});
         s.say(2 * kNextDay, f::ShareTaken{kNewSlip, s.voucher_of(kBobs), kBakery, 4'467, false});
       }},
      {"MoreThanWasPaid", kSharesAddUp, "the shares of a line are not what was paid for it",
       [](auto& s) {
         cem_picks_up(s);
         s.say(2 * kNextDay + 20, voucher(s, {{kGreens, 916}, {api::kPlatform, 6}, {kGate, 80}}));
       }},
      {"LessThanWentBack", kSharesAddUp, "the shares of a refund are not what went back",
       [](auto& s) {
         s.say(2 * kNextDay, f::VoucherWritten{kNew, kAnns, 0, 2, -100, {{kGreens, -99}}, s.today() + 2});
       }},
      {"TooMuchToTheLeader", kSharesAddUp, "more of a line goes to others than may",
       [](auto& s) {
         cem_picks_up(s);
         s.say(2 * kNextDay + 20, voucher(s, {{kGreens, 699}, {kGate, 301}}));
       }},
      {"BelowZeroOfASale", kSharesAddUp, "more of a line goes to others than may",
       [](auto& s) {
         cem_picks_up(s);
         s.say(2 * kNextDay + 20, voucher(s, {{kGreens, 1'001}, {kGate, -1}}));
       }},
      {"AnOldRule", kSharesFollowTheRule, "a trade was recorded under a rule that is not in force",
       [](auto& s) {
         s.say(2 * kNextDay, f::TradeRecorded{kCems, kGreens, kGate, 2, {{1'000, {}}}});
       }},
      {"AVersionLeftOut", kSharesFollowTheRule, "a rule was changed from a version that was over",
       [](auto& s) {
         s.say(2 * kNextDay, f::RuleSet{kGreens, 3, {}});
       }},
      {"ByAnotherRule", kSharesFollowTheRule, "a share is not that of the trade's rule",
       [](auto& s) {
         cem_picks_up(s);
         s.say(2 * kNextDay + 20, voucher(s, {{kGreens, 914}, {api::kPlatform, 6}, {kGate, 80}}));
       }},
      {"FromTheMerchantAlone", kRefundReturnsShares,
       "after a refund a party has another share than of what is left",
       [](auto& s) {
         s.say(2 * kNextDay, f::LineRefunded{kBobs, 0, {1'000, {}}});
         s.say(2 * kNextDay,
               f::VoucherWritten{kNew, kBobs, 0, 1, -1'000, {{kBakery, -1'000}}, s.today() + 2});
       }},
      {"NobodyGaveItBack", kRefundReturnsShares, "what is left of a line is not what its shares are",
       [](auto& s) {
         s.say(2 * kNextDay, f::LineRefunded{kBobs, 0, {1'000, {}}});
       }},
  };
}

std::vector<Breach> breaches_of_slips() {
  return {
      {"OnASlipThatIsFixed", kSettlementAddsUp, "a share stands where it does not belong",
       [](auto& s) {
         cem_picks_up(s);
         s.say(2 * kNextDay + 20, voucher(s));
         s.say(2 * kNextDay + 21, f::ShareTaken{s.slip_of(kGreens), kNew, kGreens, 915, true});
       }},
      {"Twice", kSettlementAddsUp, "a share was settled twice",
       [](auto& s) {
         s.say(2 * kNextDay, f::SlipDrafted{kNewSlip, kBakery, s.today() + 5});
         s.say(2 * kNextDay, f::ShareTaken{kNewSlip, s.voucher_of(kBobs), kBakery, 4'467, false});
       }},
      {"ForAnotherAmount", kSettlementAddsUp, "a share was settled for another amount",
       [](auto& s) {
         cem_picks_up(s);
         s.say(2 * kNextDay + 20, voucher(s));
         s.say(2 * kNextDay + 21, f::SlipDrafted{kNewSlip, kGreens, s.today() + 2});
         s.say(2 * kNextDay + 22, f::ShareTaken{kNewSlip, kNew, kGreens, 916, false});
       }},
      {"AnotherSum", kSettlementAddsUp, "a slip says another sum than stands on it",
       [](auto& s) {
         s.say(2 * kNextDay, f::SlipDrafted{kNewSlip, kBakery, s.today() + 5});
         s.say(2 * kNextDay, f::SlipFixed{kNewSlip, 1, 0, 1, 0});
       }},
      {"WithoutWhatWasCarried", kSettlementAddsUp, "a slip does not begin with what the one before left",
       [](auto& s) {
         s.say(2 * kNextDay, f::SlipDrafted{kNewSlip, kGreens, s.today() + 5});
         s.say(2 * kNextDay, f::SlipFixed{kNewSlip, 0, 0, 0, 0});
       }},
      {"PaysBelowZero", kSettlementAddsUp, "a slip pays another amount than it comes to",
       [](auto& s) {
         s.say(2 * kNextDay, f::SlipDrafted{kNewSlip, kGreens, s.today() + 5});
         s.say(2 * kNextDay, f::SlipFixed{kNewSlip, 0, -3'658, 3'658, 0});
       }},
      {"Forgotten", kSettlementAddsUp, "what a slip was below zero was forgotten",
       [](auto& s) {
         s.say(2 * kNextDay, f::SlipDrafted{kNewSlip, kGreens, s.today() + 5});
         s.say(2 * kNextDay, f::SlipFixed{kNewSlip, 0, -3'658, 0, 0});
       }},
      {"OffItsSlip", kSettlementAddsUp, "a share says otherwise than it was settled",
       [](auto& s) { s.change(kShareOff); }},
      {"AFenMore", kSettlementAddsUp, "a share says otherwise than it was settled",
       [](auto& s) { s.change(kShareMore); }},
      {"ASlipOfAFenMore", kSettlementAddsUp, "a slip says otherwise than it was fixed",
       [](auto& s) { s.change(kSlipMore); }},
      {"ASlipThatOwesLess", kSettlementAddsUp, "a slip says otherwise than it was fixed",
       [](auto& s) { s.change(kSlipLess); }},
      {"AVoucherOfAnotherDay", kSettlementAddsUp, "a voucher says otherwise than it was written",
       [](auto& s) { s.change(kOtherDay); }},
      {"OfNoSlip", kSlipsArePaidOnce, "the custodian was asked for what is no slip",
       [](auto& s) { s.bank.orders["slp-0000000001-1"] = moved("slp-0000000001-1", {}, own(kGreens), 1); }},
      {"PaidTwice", kSlipsArePaidOnce, "a party was paid more than its slip says",
       [](auto& s) { s.bank.orders[number_of(s.slip_of(kBakery, 1), 2)].times = 2; }},
      {"NeverPaid", kSlipsArePaidOnce, "a slip is called paid, and was not",
       [](auto& s) { s.bank.orders.erase(number_of(s.slip_of(kBakery, 1), 2)); }},
      {"OneNumberForTwo", kSlipsArePaidOnce, "one number was used for two orders",
       [](auto& s) { s.bank.not_the_same.emplace_back("slp-1"); }},
      {"OverThePlatform", kFundsAreNotPooled,
       "buyers' money reached somebody through the platform's own account",
       [](auto& s) { s.bank.orders["x"] = moved("slp-1-1", own(api::kPlatform), own(kGreens), 100); }},
      {"OverThePlatformAndALedger", kFundsAreNotPooled,
       "buyers' money reached somebody through the platform's own account",
       [](auto& s) {
         const api::FundAccount sub{FundAccountKind::sub_ledger, api::kPlatform};
         s.bank.orders["x"] = moved("slp-1-1", own(api::kPlatform), sub, 100);
         s.bank.orders["y"] = moved("slp-1-2", sub, own(kGate), 100);
       }},
      {"MoreThanItsFee", kFundsAreNotPooled, "more is in the platform's own account than its fee",
       [](auto& s) { s.bank.orders["x"] = moved("slp-1-1", {}, own(api::kPlatform), 100); }},
      {"DoesNotAddUp", kSettlementPostingsStay, "an entry of settlement does not add up",
       [](auto& s) {
         s.say(2 * kNextDay, f::SettlementPosted{99, {{{}, 5}, {kGreens, -4}}});
       }},
      {"PostedTwice", kSettlementPostingsStay, "an entry was posted twice",
       [](auto& s) {
         s.say(2 * kNextDay, f::SettlementPosted{s.voucher_of(kBobs).value, {}});
       }},
      {"PostedAndChanged", kSettlementPostingsStay, "an entry stands otherwise than it was posted",
       [](auto& s) { s.change(kOtherLeg); }},
      {"AnEntryOfNothing", kSettlementPostingsStay,
       "entries are not those of the vouchers and of what was paid",
       [](auto& s) {
         s.say(2 * kNextDay, f::SettlementPosted{99, {}});
         s.change(kEntry);
       }},
  };
}

std::vector<Breach> breaches_of_ways() {
  return {
      {"PickedUpTwice", kLinesGoOnce, "a line was picked up that could not be",
       [](auto& s) {
         s.say(2 * kNextDay, f::LinePickedUp{kBobs, 0, {}});
       }},
      {"CancelledAfterAll", kLinesGoOnce, "a line was cancelled that could not be",
       [](auto& s) {
         s.say(2 * kNextDay, f::LineCancelled{kBobs, 0});
       }},
      {"MoreBackThanPaid", kLinesGoOnce, "more went back of a line than was paid",
       [](auto& s) {
         s.say(2 * kNextDay, f::LineRefunded{kBobs, 0, {5'001, {}}});
       }},
      {"ClearedTwice", kLinesGoOnce, "a line was cleared twice",
       [](auto& s) {
         s.say(2 * kNextDay, f::VoucherWritten{kNew, kBobs, 0, 0, 5'000, {}, 0});
       }},
      {"ClearedForMore", kLinesGoOnce, "a line was cleared for another amount than is left of it",
       [](auto& s) {
         s.record(2 * kNextDay, cems());
         s.say(2 * kNextDay, f::VoucherWritten{kNew, kCems, 0, 0, 1'001, {}, 0});
       }},
      {"TwoSlipsADay", kLinesGoOnce, "a party has two slips of one day",
       [](auto& s) {
         s.say(2 * kNextDay, f::SlipDrafted{kNewSlip, kGreens, s.today()});
       }},
      {"FixedTwice", kLinesGoOnce, "a slip was fixed twice",
       [](auto& s) {
         s.say(2 * kNextDay, f::SlipFixed{s.slip_of(kBakery, 1), 0, 0, 4'467, 0});
       }},
      {"PaidOnceMore", kLinesGoOnce, "a slip was called paid that could not be",
       [](auto& s) { s.say(2 * kNextDay, f::SlipPaid{s.slip_of(kBakery, 1)}); }},
      {"ALineOfAnotherState", kLinesGoOnce, "a line stands otherwise than it went",
       [](auto& s) { s.change(kOtherLine); }},
      {"ASlipOfAnotherState", kLinesGoOnce, "a slip stands otherwise than it went",
       [](auto& s) { s.change(kDrafted); }},
      {"ATradeOfAnotherLeader", kLinesGoOnce, "a trade stands otherwise than it was recorded",
       [](auto& s) { s.change(kOtherTrade); }},
      {"NeverSettled", kSettlementsComeToAnEnd, "a line that was picked up is never settled",
       [](auto& s) { s.change(kDue); }},
      {"AShareLeftOver", kSettlementsComeToAnEnd, "a share is never settled",
       [](auto& s) {
         cem_picks_up(s);
         s.jobs(2 * kNextDay + 20);
       }},
      {"ADraftLeftOver", kSettlementsComeToAnEnd, "a slip never comes to an end",
       [](auto& s) { s.change(kDrafted); }},
      {"AnHourLate", kSettlementsComeToAnEnd, "a slip was not paid at its hour",
       [](auto& s) {
         cem_picks_up(s);
         s.jobs(2 * kNextDay + kDraft);
         s.jobs(2 * kNextDay + kPay + 3'600);
       }},
      {"AnHourEarly", kSettlementsComeToAnEnd, "a slip was paid before its hour",
       [](auto& s) {
         s.say(kPay - 3'600, f::SlipFixed{s.slip_of(kBakery, 1), 0, 0, 0, 0});
       }},
      {"ADayLate", kSettlementsComeToAnEnd, "a share was not settled on its day",
       [](auto& s) {
         cem_picks_up(s);
         s.jobs(2 * kNextDay + 20);
         s.jobs(3 * kNextDay + kDraft);
         s.jobs(3 * kNextDay + kPay);
       }},
  };
}

std::vector<Breach> breaches_of_answers() {
  const auto law = kSettlementAnswersAreTrue;
  return {
      {"RefusedForNothing", law, "a trade was refused for what is not so",
       [](auto& s) {
         s.note(s.diary.recorded, cems(),
                api::RecordReply{RecordStatus::refused, TradeProblem::bad_amount, 0});
       }},
      {"ConflictWithNothing", law, "a cashier was told of a conflict that is none",
       [](auto& s) {
         s.note(s.diary.recorded, cems(), api::RecordReply{RecordStatus::conflict, {}, 0});
       }},
      {"RecordedNonsense", law, "what cannot be a trade was recorded",
       [](auto& s) {
         s.note(s.diary.recorded, cems(0), api::RecordReply{RecordStatus::recorded, {}, 1});
       }},
      {"RecordedNowhere", law, "a trade is called recorded, and was not",
       [](auto& s) {
         s.note(s.diary.recorded, cems(), api::RecordReply{RecordStatus::recorded, {}, 1});
       }},
      {"RecordedAnother", law, "a trade is called recorded, and another was",
       [](auto& s) { s.diary.recorded[0].reply.rule_version = 2; }},
      {"NoneOfItsLines", law, "a leader was told that a line is none",
       [](auto& s) { s.diary.picked[0].reply.status = PickUpStatus::no_such_line; }},
      {"CancelledItIsNot", law, "a leader was told that a line is cancelled, and it is not",
       [](auto& s) { s.diary.picked[0].reply.status = PickUpStatus::cancelled; }},
      {"PickedUpItIsNot", law, "a leader was told that a line is picked up, and it is not",
       [](auto& s) {
         s.note(s.diary.picked, api::PickUp{kAnns, 1}, api::PickUpReply{PickUpStatus::picked_up});
       }},
      {"TooMuchItIsNot", law, "a refund was refused for what is not so",
       [](auto& s) {
         s.note(s.diary.refunded, api::RefundLine{kBobs, 0, "q", {5'000, {}}},
                api::RefundLineReply{RefundLineStatus::too_much});
       }},
      {"ConflictOfOneKey", law, "a buyer was told of a conflict that is none",
       [](auto& s) { s.diary.refunded[0].reply.status = RefundLineStatus::conflict; }},
      {"NothingBack", law, "a buyer was told that he has his money back, and has not",
       [](auto& s) {
         s.note(s.diary.refunded, api::RefundLine{kBobs, 0, "q", {1, {}}},
                api::RefundLineReply{RefundLineStatus::refunded});
       }},
      {"AGoodRule", law, "a good rule was refused",
       [](auto& s) {
         s.note(s.diary.set, api::SetRule{kGreens, 1, {1, 1, 1}},
                api::SetRuleReply{SetRuleStatus::refused, 0});
       }},
      {"NoMerchant", law, "a clerk was told that a merchant is none",
       [](auto& s) {
         s.note(s.diary.set, api::SetRule{kGreens, 1, {}},
                api::SetRuleReply{SetRuleStatus::no_such_merchant, 0});
       }},
      {"NobodyWasFirst", law, "a clerk was told that somebody was first, and nobody was",
       [](auto& s) {
         s.note(s.diary.set, api::SetRule{kGreens, 1, {}}, api::SetRuleReply{SetRuleStatus::stale, 2});
       }},
      {"NotInForce", law, "a clerk was told \"done\" of what is not in force",
       [](auto& s) {
         s.note(s.diary.set, api::SetRule{kGreens, 1, {}}, api::SetRuleReply{SetRuleStatus::done, 2});
       }},
      {"LessThanItsShare", kSettlementIsAsTold, "a party has less than its share of what was picked up",
       [](auto& s) {
         s.note(s.diary.recorded, api::RecordTrade{kBobs, kBakery, kGate, {{5'000, {}}}},
                api::RecordReply{RecordStatus::recorded, {}, 1});
         s.diary.recorded[1].request.lines[0].minor += 1'000;
       }},
      {"MoreThanItsShare", kSettlementIsAsTold, "a party has more than its share of what was picked up",
       [](auto& s) { s.diary.picked.pop_back(); }},
      {"NotAsItsSlipsSay", kSettlementIsAsTold, "a party has another amount than its slips say",
       [](auto& s) { s.bank.orders.erase(number_of(s.slip_of(kBakery, 1), 2)); }},
  };
}

std::vector<Breach> breaches() {
  std::vector<Breach> all = breaches_of_shares();
  for (auto* more : {&breaches_of_slips, &breaches_of_ways, &breaches_of_answers}) {
    for (Breach& one : more()) all.push_back(std::move(one));
  }
  return all;
}

TEST(SettlementLaws, RejectWhatTheyAreThereFor) { expect_rejected(breaches(), false); }

// Two sentences of the ledger need none: their breach names nothing but itself.
TEST(SettlementLaws, EachHasABreachAndEachSentenceIsSaid) {
  expect_complete(breaches(), settlement::flow(), 3);
}

// Each neighbour differs from a breach in the one thing that makes it right.
TEST(SettlementLaws, AcceptTheirNeighbours) {
  const std::vector<Breach> all{
      {"TheGoodDay", "", "", [](auto&) {}},
      {"PickedUpAndSettled", "", "",
       [](auto& s) {
         cem_picks_up(s);
         s.jobs(2 * kNextDay + 20);
         s.jobs(2 * kNextDay + kDraft);
         s.jobs(2 * kNextDay + kPay);
         s.jobs(5 * kNextDay +
                kDraft);  // the leader and the platform, too, are settled with the greens' line
         s.jobs(5 * kNextDay + kPay);
       }},
      {"ARuleThatIsChanged", "", "",
       [](auto& s) {
         s.set_rule(2 * kNextDay, {kGreens, 1, {200, 0, 1'000}});
         s.set_rule(2 * kNextDay + 1, {kGreens, 1, {300, 0, 1'000}});
         s.set_rule(2 * kNextDay + 2, {kGreens, 2, {3'000, 0, 1'000}});
         cem_picks_up(s);
         s.jobs(2 * kNextDay + kDraft);
         s.jobs(2 * kNextDay + kPay);
       }},
      {"NeverPickedUp", "", "", [](auto& s) { s.record(2 * kNextDay, cems()); }},
      {"BackBeforeItWasDue", "", "",
       [](auto& s) {
         s.record(2 * kNextDay, {kCems, kBakery, kGate, {{1'000, {}}}});
         s.pick_up(2 * kNextDay + 10, kCems, 0);
         s.refund(2 * kNextDay + 20, kCems, 0, 1'000);
       }},
      {"TrueRefusals", "", "",
       [](auto& s) {
         s.record(2 * kNextDay, cems(0));
         s.record(2 * kNextDay, {kAnns, kGreens, kGate, {{1, {}}}});
         s.pick_up(2 * kNextDay, kAnns, 7);
         s.pick_up(2 * kNextDay, kAnns, 1);
         s.refund(2 * kNextDay, kBobs, 0, 5'001);
         s.refund(2 * kNextDay, kAnns, 0, 1);
         s.set_rule(2 * kNextDay, {kGate, 1, {}});
       }},
      {"TheJobsFireOnceMore", "", "",
       [](auto& s) {
         s.jobs(2 * kNextDay + kDraft);
         s.jobs(2 * kNextDay + kPay);
         s.jobs(2 * kNextDay + kPay);
       }},
      {"AnHourLateWhenSomethingStruck", kSettlementsComeToAnEnd, "",
       [](auto& s) {
         s.calm = false;
         cem_picks_up(s);
         s.jobs(2 * kNextDay + kDraft);
         s.jobs(2 * kNextDay + kPay + 3'600);
       }},
  };
  expect_accepted(all);
}

}  // namespace
}  // namespace ordeal::test
