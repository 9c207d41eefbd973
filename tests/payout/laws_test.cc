// Each law of payouts by histories that it must reject, and their neighbours that it must accept.
#include <algorithm>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "tests/payout/small_payout.h"
#include "tests/support/law_histories.h"

namespace ordeal::test {
namespace {

using namespace ordeal::payout;
using api::ClaimStatus;
using api::ConfigureStatus;
using api::MakeStatus;
using api::PayoutProblem;
using api::PayoutState;
using api::PayWay;
using api::TransferState;
namespace f = api::facts;

using Breach = History<SmallPayout>;

constexpr PayoutId kEves{105};
constexpr UserId kEve{5};

f::QuotaOccupied occupied(const SmallPayout& p, PayoutId of, PayAccountId account, std::int64_t amount,
                          std::string app = "north", std::int64_t version = 1) {
  return {{299}, of, account, version, std::move(app), p.today(), {amount, {}}, false};
}
api::MakePayout wish(UserId user, std::int64_t amount, std::string key = "wish-9") {
  return {user, PayWay::alipay, {}, {amount, {}}, std::move(key)};
}
api::AccountTerms terms(std::int64_t quota, std::int64_t priority = 1, bool enabled = true) {
  return {priority, {quota, {}}, enabled};
}
// Eve has claimed 20.00, and the channel has them on their way.
void eve_claims(SmallPayout& p, std::int64_t second = 100) {
  p.make(second, kEves, kEve, PayWay::alipay, "north", 2'000);
  p.occupy(second, 206, kEves, kAliNorth, 2'000);
  p.claim(second + 1, kEves);
  p.diary.made.push_back({wish(kEve, 2'000, "wish-1"), 0, {}, {}});
}

// A minute and a second into the business day after the one on which the trial begins.
std::int64_t after_midnight(const SmallPayout& p) {
  return (api::begin_of(p.today() + 1) - p.at(0)).ns / kSecond + 61;
}

constexpr env::Sql kSeen{"update payout set statement_seen = ? where id = 101"};
constexpr env::Sql kNeverSent{"update payout set first_sent = null where id = 101"};
constexpr env::Sql kOtherAmount{"update payout set amount = 4999 where id = 101"};
constexpr env::Sql kOtherState{"update payout set state = 3 where id = 101"};
constexpr env::Sql kLookDue{"update payout set next_look = 1 where id = 101"};
constexpr env::Sql kOtherExpiry{"update payout set expires = expires + 1 where id = 103"};
constexpr env::Sql kOtherKey{"update payout set request_key = 'another' where id = 101"};
constexpr env::Sql kReleased{"update occupation set state = 2 where id = 201"};
constexpr env::Sql kEvePaid{"update payout set state = 2 where id = 105"};
constexpr env::Sql kOtherAccount{"update occupation set account = 2 where id = 201"};
constexpr env::Sql kOtherVersion{"update occupation set account_version = 7 where id = 201"};
constexpr env::Sql kMoreUsed{"update quota_row set used = used + 1 where account = 1"};
constexpr env::Sql kLessShare{"update quota_row set share = share - 1 where account = 1"};
constexpr env::Sql kNoShare{"update quota_row set share = 1 where account = 1"};
constexpr env::Sql kOtherQuota{"update pay_account set quota = 1 where id = 4"};
constexpr env::Sql kOtherApp{"insert into account_app values(4, 'club')"};

std::vector<Breach> breaches() {
  return {
      {"AnswersWithAnothersPayout", kOnePayoutPerRequest,
       "one request was answered with another payout than its own",
       [](auto& p) { p.diary.made[0].reply.payout = kBobs; }},
      {"AnswersToAnotherAmount", kOnePayoutPerRequest,
       "a key that stands for one payout was taken for another",
       [](auto& p) { p.diary.made[0].request.amount.minor = 1; }},
      {"ARowOfAnotherKey", kOnePayoutPerRequest, "one request was answered with another payout than its own",
       [](auto& p) { p.change(kOtherKey); }},

      {"PaidThenFailed", kPayoutEndsOnce, "a payout went where it must not",
       [](auto& p) {
         p.say(90, f::PayoutEnded{kAnns, PayoutState::failed});
       }},
      {"ClaimedWhenOver", kPayoutEndsOnce, "a payout went where it must not",
       [](auto& p) {
         p.say(2'000, f::PayoutClaimed{kCems, "north"});
       }},
      {"PaidAndNeverClaimed", kPayoutEndsOnce, "a payout went where it must not",
       [](auto& p) {
         p.make(100, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.say(101, f::PayoutEnded{kEves, PayoutState::paid});
       }},
      {"ReroutedWhenPaid", kPayoutEndsOnce, "a payout went where it must not",
       [](auto& p) {
         p.say(90, f::PayoutRerouted{kBobs, 3});
       }},
      {"MadeTwice", kPayoutEndsOnce, "a payout went where it must not",
       [](auto& p) {
         p.say(90, f::PayoutMade{kAnns, kAnn, PayWay::alipay, "north", {5'000, {}}, p.at(1'210)});
       }},
      {"ARowThatIsSomethingElse", kPayoutEndsOnce, "a payout stands otherwise than it went",
       [](auto& p) { p.change(kOtherState); }},
      {"ALookAfterTheEnd", kPayoutEndsOnce, "a payout stands otherwise than it went",
       [](auto& p) { p.change(kLookDue); }},

      {"UsedTwice", kOccupationEndsOnce, "an occupation that had ended ended once more",
       [](auto& p) { p.say(90, f::QuotaUsed{{201}}); }},
      {"ReleasedTwice", kOccupationEndsOnce, "an occupation that had ended ended once more",
       [](auto& p) { p.say(2'000, f::QuotaReleased{{204}}); }},
      {"ReleasedWhenUsed", kOccupationEndsOnce, "an occupation that had ended ended once more",
       [](auto& p) { p.say(90, f::QuotaReleased{{201}}); }},
      {"ARowOfAnotherEnd", kOccupationEndsOnce, "an occupation stands otherwise than it ended",
       [](auto& p) { p.change(kReleased); }},
      {"PaidAndNotUsed", kOccupationEndsOnce, "what paid a payout is not marked as used",
       [](auto& p) {
         eve_claims(p);
         p.change(kEvePaid);
       }},
      {"UsedAndNotPaid", kOccupationEndsOnce, "what paid nothing is marked as used",
       [](auto& p) {
         eve_claims(p);
         p.use_alone(102, kEves);
       }},
      {"PaidFromAnother", kOccupationEndsOnce, "another account paid than the one that is used",
       [](auto& p) { p.change(kOtherAccount); }},

      {"NoMoreAndThereIs", kPayoutAnswersAreTrue, "a payee was told that no quota is left, and there was",
       [](auto& p) { p.told(wish(kEve, 100), {MakeStatus::no_quota}, 100); }},
      {"BusyAndNobodyWas", kPayoutAnswersAreTrue, "somebody was put off, and nobody was at work",
       [](auto& p) { p.told(wish(kEve, 100), {MakeStatus::busy}, 100); }},
      {"RefusedForNothing", kPayoutAnswersAreTrue, "a payee was refused for what is not so",
       [](auto& p) {
         p.told(wish(kEve, 100), {MakeStatus::refused, PayoutProblem::bad_amount}, 100);
       }},
      {"RefusedForAnApp", kPayoutAnswersAreTrue, "a payee was refused for what is not so",
       [](auto& p) {
         p.told(wish(kEve, 100), {MakeStatus::refused, PayoutProblem::bad_app}, 100);
       }},
      {"AConflictThatIsNone", kPayoutAnswersAreTrue, "a payee was told of a conflict that is none",
       [](auto& p) { p.told(wish(kEve, 100), {MakeStatus::conflict}, 100); }},
      {"ACodeOfNothing", kPayoutAnswersAreTrue, "a payee was shown a code of nothing",
       [](auto& p) { p.diary.made[0].reply.payout = kEves; }},
      {"ACodeOfAnotherApp", kPayoutAnswersAreTrue, "a payee was shown another code than was made",
       [](auto& p) { p.diary.made[0].reply.app = "south"; }},
      {"ACodeOfAnotherTime", kPayoutAnswersAreTrue, "a payee was shown another code than was made",
       [](auto& p) { p.diary.made[0].reply.expires.ns += 1; }},
      {"ACodeInAnotherState", kPayoutAnswersAreTrue, "a payee was told of another state",
       [](auto& p) { p.diary.made[0].reply.state = PayoutState::paid; }},
      {"NotHisThoughItIs", kPayoutAnswersAreTrue, "a payee was told that his payout is none",
       [](auto& p) {
         p.told({kAnn, kAnns, "north"}, {ClaimStatus::no_such_payout, {}}, 90);
       }},
      {"TheRightAppCalledWrong", kPayoutAnswersAreTrue, "a payee was told that he has the wrong app",
       [](auto& p) {
         p.told({kAnn, kAnns, "north"}, {ClaimStatus::wrong_app, {}}, 15);
       }},
      {"TooLateInTime", kPayoutAnswersAreTrue, "a payee was told that he is too late",
       [](auto& p) {
         p.told({kCem, kCems, "north"}, {ClaimStatus::too_late, {}}, 90);
       }},
      {"BeingPaidWhenOver", kPayoutAnswersAreTrue, "a payee was told that he is being paid, and is not",
       [](auto& p) {
         p.told({kCem, kCems, "north"}, {ClaimStatus::paying, PayoutState::expired}, 2'000);
       }},
      {"AStrangerIsBeingPaid", kPayoutAnswersAreTrue, "a payee was told that he is being paid, and is not",
       [](auto& p) {
         p.told({kBob, kAnns, "north"}, {ClaimStatus::paying, PayoutState::paid}, 90);
       }},
      {"NoQuotaForAClaimWithRoom", kPayoutAnswersAreTrue,
       "a payee was told that no quota is left, and there was",
       [](auto& p) {
         p.told({kBob, kBobs, "shop"}, {ClaimStatus::no_quota, {}}, 32);
       }},
      {"LookedAndSawAnotherState", kPayoutAnswersAreTrue, "a payee was told of another state",
       [](auto& p) { p.told(kAnns, kAnn, PayoutState::failed, 90); }},
      {"GoodTermsRefused", kPayoutAnswersAreTrue, "good terms were refused",
       [](auto& p) {
         p.told({kAliNorth, 1, terms(1)}, {ConfigureStatus::refused, 0}, 90);
       }},
      {"AnAccountThatIsNotThere", kPayoutAnswersAreTrue, "an operator was told that an account is not there",
       [](auto& p) {
         p.told({kAliNorth, 1, terms(1)}, {ConfigureStatus::no_such_account, 0}, 90);
       }},
      {"StaleAndIsNot", kPayoutAnswersAreTrue, "an operator was told that somebody was first, and nobody was",
       [](auto& p) {
         p.told({kAliNorth, 1, terms(1)}, {ConfigureStatus::stale, 2}, 90);
       }},
      {"DoneAndIsNot", kPayoutAnswersAreTrue, "an operator was told \"done\" of what is not in force",
       [](auto& p) {
         p.told({kAliNorth, 1, terms(1)}, {ConfigureStatus::done, 2}, 90);
       }},
      {"TooMuchWasMade", kPayoutAnswersAreTrue, "what no payout can be made of was made",
       [](auto& p) { p.make(100, kEves, kEve, PayWay::alipay, "north", 200'000); }},
      {"ARowThatSaysOtherwise", kPayoutAnswersAreTrue, "a payout says otherwise than it was made",
       [](auto& p) { p.change(kOtherExpiry); }},

      {"ARowOfAnotherAmount", kPayoutAnswersAreTrue, "a payout says otherwise than it was made",
       [](auto& p) { p.change(kOtherAmount); }},

      {"PaidFromTwo", kPaidOutOnce, "a payout was paid twice",
       [](auto& p) { p.transfer(80, kBobs, 1, kWxNorth, "shop", TransferState::paid); }},
      {"PaidTwiceUnderOneNumber", kPaidOutOnce, "a payout was paid twice",
       [](auto& p) { p.channels.transfers.begin()->second.times = 2; }},
      {"CalledFailedAndPaid", kPaidOutOnce, "a payout was called failed, and was paid",
       [](auto& p) { p.transfer(80, kDees, 1, kAliSouth, "south", TransferState::paid); }},
      {"PaidThoughNobodyCame", kPaidOutOnce, "what nobody had claimed was paid",
       [](auto& p) { p.transfer(80, kCems, 1, kAliNorth, "north", TransferState::paid); }},
      {"CalledPaidAndIsNot", kPaidOutOnce, "a payout was called paid, and was not",
       [](auto& p) { p.transfer(21, kAnns, 1, kAliNorth, "north", TransferState::failed); }},
      {"AnotherAmountWasSent", kPaidOutOnce, "a transfer was for something else than its payout",
       [](auto& p) { p.channels.transfers.begin()->second.asked.amount.minor += 1; }},
      {"AnotherPayeeWasPaid", kPaidOutOnce, "a transfer was for something else than its payout",
       [](auto& p) { p.channels.transfers.begin()->second.asked.payee = kBob; }},
      {"ANumberOfNoPayout", kPaidOutOnce, "a channel was asked for what is no payout",
       [](auto& p) {
         p.channels.transfers[{kAliNorth, "out-X-1"}] = {};
       }},
      {"ANumberForTwo", kPaidOutOnce, "one number was used for two transfers",
       [](auto& p) {
         p.channels.not_the_same.push_back({kAliNorth, "out-X-1"});
       }},

      {"OneNumberForTwoAttempts", kPaidOutOnce, "two attempts had one number",
       [](auto& p) {
         auto first = p.channels.transfers.extract({kWxNorth, number_of(kBobs, 1)});
         first.key().second = first.mapped().asked.number = number_of(kBobs, 2);
         p.channels.transfers.insert(std::move(first));
       }},
      {"AskedAgainAtTheSameAccount", kPaidOutOnce,
       "an account that had declined a payout was asked for it again",
       [](auto& p) { p.transfer(43, kBobs, 3, kWxNorth, "shop", TransferState::failed); }},

      {"PaidFromYesterdaysQuota", kClaimsAreOfTheirDay, "a payout was to be paid from another day's quota",
       [](auto& p) {
         const std::int64_t second = after_midnight(p);
         p.make(second - 200, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.occupy(second - 200, 206, kEves, kAliNorth, 1'000);
         p.told({kEve, kEves, "north"}, {ClaimStatus::paying, PayoutState::paying}, second);
         p.claim(second, kEves);
       }},
      {"WentOnFromYesterdaysQuota", kClaimsAreOfTheirDay, "a payout was to be paid from another day's quota",
       [](auto& p) {
         const std::int64_t second = after_midnight(p);
         p.make(second - 200, kEves, kEve, PayWay::wechat, "shop", 1'000);
         p.occupy(second - 190, 206, kEves, kWxNorth, 1'000);
         p.told({kEve, kEves, "shop"}, {ClaimStatus::paying, PayoutState::paying}, second - 190);
         p.claim(second - 190, kEves);
         p.release(second, kEves);
         p.reroute(second, kEves);
         p.occupy(second, 207, kEves, kWxSouth, 1'000, 2);
       }},
      {"ClaimedAfterItsTime", kClaimsAreOfTheirDay, "a code that was over was claimed",
       [](auto& p) {
         p.make(100, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.occupy(100, 206, kEves, kAliNorth, 1'000);
         p.told({kEve, kEves, "north"}, {ClaimStatus::paying, PayoutState::paying}, 1'300);
         p.claim(1'300, kEves);
       }},

      {"AStatementThatWasCutOff", kSentAndSeenAreSo, "a statement counts as seen that was not given whole",
       [](auto& p) { p.change(kSeen, p.today()); }},
      {"SentAndDoesNotKnow", kSentAndSeenAreSo, "a payout does not know when it was sent",
       [](auto& p) { p.change(kNeverSent); }},
      {"SentAfterItWasHeardOf", kSentAndSeenAreSo, "a payout does not know when it was sent",
       [](auto& p) {
         p.channels.transfers.at({kAliNorth, number_of(kAnns, 1)}).first_ns -= 1;
       }},

      {"NeverComesToAnEnd", kPayoutsComeToAnEnd, "a claimed payout never comes to an end",
       [](auto& p) { eve_claims(p); }},
      {"SentTooLate", kPayoutsComeToAnEnd, "a claimed payout was sent too late",
       [](auto& p) { p.channels.transfers.begin()->second.first_ns = 51 * kSecond; }},
      {"AskedTooLate", kPayoutsComeToAnEnd, "what the channel knew was asked for too late",
       [](auto& p) {
         eve_claims(p);
         p.transfer(103, kEves, 1, kAliNorth, "north", TransferState::paid);
         p.end(103 + 4'501, kEves, PayoutState::paid);
       }},

      {"TermsFromAnOldVersion", kTermsAreOfTheirVersion, "terms were changed from a version that was over",
       [](auto& p) {
         p.say(90, f::AccountConfigured{kAliNorth, 1, terms(9), p.today()});
       }},
      {"OccupiedUnderOldTerms", kTermsAreOfTheirVersion,
       "an occupation was made under terms that were not in force",
       [](auto& p) {
         p.configure(90, kAliNorth, terms(20'000));
         p.say(91, occupied(p, kEves, kAliNorth, 100));
       }},
      {"OtherTermsAtRest", kTermsAreOfTheirVersion, "an account has other terms than it was given",
       [](auto& p) { p.change(kOtherQuota); }},
      {"AnotherAppAtRest", kTermsAreOfTheirVersion, "an account has other terms than it was given",
       [](auto& p) { p.change(kOtherApp); }},
      {"AnotherVersionAtRest", kTermsAreOfTheirVersion,
       "an occupation says other terms than it was made under", [](auto& p) { p.change(kOtherVersion); }},

      {"MoreThanTheQuota", kQuotaIsKept, "more was taken of a quota than there is",
       [](auto& p) { p.say(1'300, occupied(p, kEves, kAliNorth, 5'001)); }},
      {"MoreThanTheLoweredQuota", kQuotaIsKept, "more was taken of a quota than there is",
       [](auto& p) {
         p.configure(1'300, kAliNorth, terms(5'999));
         p.say(1'301, occupied(p, kEves, kAliNorth, 1'000, "north", 2));
       }},
      {"TwoOccupations", kQuotaIsKept, "a payout has two occupations",
       [](auto& p) { p.say(90, occupied(p, kAnns, kAliSouth, 5'000, "south")); }},

      {"ARowThatDoesNotAddUp", kQuotaRowsAddUp, "a quota row says otherwise than its occupations",
       [](auto& p) { p.change(kMoreUsed); }},
      {"AShareThatIsGone", kQuotaRowsAddUp, "the shares of a quota are not the quota",
       [](auto& p) { p.change(kLessShare); }},
      {"OwedAndFreeAtOnce", kQuotaRowsAddUp, "the shares of a quota are not the quota",
       [](auto& p) {
         static constexpr env::Sql kOwed{"insert into quota_debt values(1, ?, 1)"};
         static constexpr env::Sql kMoreShare{"update quota_row set share = share + 1 where account = 1"};
         p.change(kOwed, p.today());
         p.change(kMoreShare);
       }},
      {"MoreThanAShare", kQuotaRowsAddUp, "more is taken of a quota row than its share",
       [](auto& p) { p.change(kNoShare); }},
      {"AnOccupationOfAnother", kQuotaRowsAddUp, "an occupation says otherwise than it was made",
       [](auto& p) { p.change(kOtherAccount); }},

      {"PassedOver", kFirstWithRoomPays, "an account was passed over that comes first and has room",
       [](auto& p) { p.say(1'300, occupied(p, kEves, kAliSouth, 5'000, "south")); }},
      {"PassedOverByPriority", kFirstWithRoomPays, "an account was passed over that comes first and has room",
       [](auto& p) {
         p.configure(1'300, kAliSouth, terms(10'000, 0));
         p.say(1'301, occupied(p, kEves, kAliNorth, 1'000));
       }},
      {"OutOfService", kFirstWithRoomPays, "an account that is out of service was taken",
       [](auto& p) {
         p.configure(1'300, kAliNorth, terms(10'000, 1, false));
         p.say(1'301, occupied(p, kEves, kAliNorth, 1'000, "north", 2));
       }},

      {"AnAccountOfAnotherApp", kAccountFitsTheApp,
       "an account was taken that does not serve the payee's app",
       [](auto& p) {
         p.make(90, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.say(91, occupied(p, kEves, kAliSouth, 1'000));
       }},
      {"AnAccountThatIsNotLinked", kAccountFitsTheApp,
       "an account was taken that does not serve the payee's app",
       [](auto& p) {
         p.make(90, kEves, kEve, PayWay::wechat, "club", 1'000);
         p.say(91, occupied(p, kEves, kWxSouth, 1'000, "club"));
       }},
      {"AChannelThatDoesNotKnowHim", kAccountFitsTheApp,
       "an account was to pay a payee whom it does not know",
       [](auto& p) { p.channels.transfers.begin()->second.asked.app = "south"; }},

      {"EndedTooLate", kOccupationsEnd, "a code that was over was ended too late",
       [](auto& p) {
         p.make(100, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.expire(1'391, kEves);
       }},
      {"EndedTooSoon", kOccupationsEnd, "a code was ended before its time",
       [](auto& p) {
         p.make(100, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.expire(1'290, kEves);
       }},
      {"OccupiedForEver", kOccupationsEnd, "a quota is occupied for ever",
       [](auto& p) {
         p.make(100, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.occupy(100, 206, kEves, kAliNorth, 1'000);
       }},

      {"ACodeForEver", kPayoutsComeToAnEnd, "a code never comes to an end",
       [](auto& p) { p.make(100, kEves, kEve, PayWay::wechat, "shop", 1'000); }},

      {"WhatNobodyAskedFor", kPayoutsAreAsTold, "a payout is what nobody asked for",
       [](auto& p) { p.diary.made.erase(p.diary.made.begin()); }},
      {"AnotherAmountArrived", kPayoutsAreAsTold, "a payee has another amount than his payout says",
       [](auto& p) { p.channels.transfers.begin()->second.asked.amount.minor -= 1; }},
      {"SentForNobody", kPayoutsAreAsTold, "a channel was asked for a payout that nobody claimed",
       [](auto& p) { p.transfer(80, kCems, 1, kAliNorth, "north", TransferState::failed); }},
      {"PaidByOneWhoMayNot", kPayoutsAreAsTold, "a payee was paid through an account that may not serve him",
       [](auto& p) { p.channels.transfers.begin()->second.asked.app = "south"; }},
      {"FailedAndNobodySaidSo", kPayoutsAreAsTold, "a payout failed, and no channel has said so",
       [](auto& p) {
         p.channels.transfers.erase({kAliSouth, number_of(kDees, 1)});
       }},
      {"ClaimedForNothing", kPayoutsAreAsTold, "who claimed a payout on a calm day has nothing",
       [](auto& p) {
         p.told({kCem, kCems, "north"}, {ClaimStatus::paying, PayoutState::paying}, 60);
       }},
      {"NotOverOnACalmDay", kPayoutsAreAsTold, "what nobody claimed on a calm day is not over",
       [](auto& p) {
         std::erase_if(p.diary.claimed, [](const auto& said) { return said.request.user == kDee; });
       }},
      {"StillOccupied", kPayoutsAreAsTold, "a quota is still occupied",
       [](auto& p) {
         p.make(100, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.occupy(100, 206, kEves, kAliNorth, 1'000);
         p.diary.made.push_back({wish(kEve, 1'000, "wish-1"), 0, {}, {}});
         p.calm = false;
       }},
      {"MoreThanItEverWas", kPayoutsAreAsTold, "more is used of a quota than it ever was",
       [](auto& p) {
         static constexpr env::Sql kTooMuch{"update quota_row set used = 10001 where account = 1"};
         p.change(kTooMuch);
       }},
      {"AnotherAmountIsUsed", kPayoutsAreAsTold, "another amount is used than left through the account",
       [](auto& p) { p.change(kMoreUsed); }},
  };
}

TEST(PayoutLaws, RejectWhatTheyAreThereFor) { expect_rejected(breaches()); }

TEST(PayoutLaws, EachHasABreachAndEachSentenceIsSaid) { expect_complete(breaches(), payout::flow()); }

// Each neighbour differs from a breach in the one thing that makes it right.
TEST(PayoutLaws, AcceptTheirNeighbours) {
  const std::vector<Breach> all{
      {"TheGoodDay", "", "", [](auto&) {}},
      {"NoMoreAndThereIsNot", "", "",
       [](auto& p) { p.told(wish(kEve, 10'001), {MakeStatus::no_quota}, 100); }},
      {"BusyWhenSomethingStruck", "", "",
       [](auto& p) {
         p.calm = false;
         p.told(wish(kEve, 100), {MakeStatus::busy}, 100);
       }},
      {"ATrueRefusal", "", "",
       [](auto& p) {
         p.told(wish(kEve, 0), {MakeStatus::refused, PayoutProblem::bad_amount}, 100);
       }},
      {"ATrueConflict", "", "",
       [](auto& p) { p.told(wish(kAnn, 1, "wish-1"), {MakeStatus::conflict}, 100); }},
      {"AStrangerIsSentAway", "", "",
       [](auto& p) {
         p.told({kBob, kAnns, "north"}, {ClaimStatus::no_such_payout, {}}, 90);
       }},
      {"ToldPaidAtAClaim", "", "",
       [](auto& p) {
         p.told({kAnn, kAnns, "north"}, {ClaimStatus::paying, PayoutState::paid}, 90);
       }},
      {"TooLateWhenOver", "", "",
       [](auto& p) {
         p.told({kCem, kCems, "north"}, {ClaimStatus::too_late, PayoutState::expired}, 1'300);
       }},
      {"JustTheQuota", "", "",
       [](auto& p) {
         p.make(1'300, kEves, kEve, PayWay::alipay, "north", 5'000);
         p.occupy(1'300, 206, kEves, kAliNorth, 5'000);
         p.expire(2'500, kEves);
         p.diary.made.push_back({wish(kEve, 5'000, "wish-1"), 0, {}, {}});
       }},
      {"ALoweredQuotaIsOwedToTheNextDay", "", "",
       [](auto& p) {
         p.configure(1'300, kAliNorth, terms(4'000));
         p.told({kAliNorth, 1, terms(4'000)}, {ConfigureStatus::done, 2}, 1'300);
         p.told({kAliNorth, 1, terms(5'000)}, {ConfigureStatus::stale, 2}, 1'301);
       }},
      {"TheNextDayHasAQuotaOfItsOwn", "", "",
       [](auto& p) {
         p.make(40'000, kEves, kEve, PayWay::alipay, "north", 9'000);
         p.occupy(40'000, 206, kEves, kAliNorth, 9'000, 0, p.today() + 1);
         p.expire(41'200, kEves);
         p.diary.made.push_back({wish(kEve, 9'000, "wish-1"), 0, {}, {}});
       }},
      {"SecondInLineWhenTheFirstIsOutOfService", "", "",
       [](auto& p) {
         p.configure(1'300, kAliNorth, terms(10'000, 1, false));
         p.make(1'301, kEves, kEve, PayWay::alipay, "south", 1'000);
         p.occupy(1'301, 206, kEves, kAliSouth, 1'000);
         p.expire(2'501, kEves);
         p.diary.made.push_back({wish(kEve, 1'000, "wish-1"), 0, {}, {}});
       }},
      {"EndedAMinuteAfterItsTime", "", "",
       [](auto& p) {
         p.make(100, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.expire(1'389, kEves);
         p.diary.made.push_back({wish(kEve, 1'000, "wish-1"), 0, {}, {}});
       }},
      {"BlindUntilNoonIsWaitedFor", "", "",
       [](auto& p) {
         eve_claims(p);
         p.transfer(103, kEves, 1, kAliNorth, "north", TransferState::paid);
         p.channels.transfers[{kAliNorth, number_of(kEves, 1)}].blind_until_ns = 50'000 * kSecond;
         p.told({kEve, kEves, "north"}, {ClaimStatus::paying, PayoutState::paying}, 101);
         p.end(50'000 + 4'000, kEves, PayoutState::paid);
       }},
      {"YesterdaysQuotaInTheMinuteAfterMidnight", kClaimsAreOfTheirDay, "",
       [](auto& p) {
         const std::int64_t second = after_midnight(p) - 2;
         p.make(second - 200, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.occupy(second - 200, 206, kEves, kAliNorth, 1'000);
         p.told({kEve, kEves, "north"}, {ClaimStatus::paying, PayoutState::paying}, second);
         p.claim(second, kEves);
       }},
      {"AskedInTimeAndHeardWhenOver", kClaimsAreOfTheirDay, "",
       [](auto& p) {
         p.make(100, kEves, kEve, PayWay::alipay, "north", 1'000);
         p.occupy(100, 206, kEves, kAliNorth, 1'000);
         p.told({kEve, kEves, "north"}, {ClaimStatus::paying, PayoutState::paying}, 1'299);
         p.claim(1'301, kEves);
       }},
      {"AWholeStatementIsSeen", kSentAndSeenAreSo, "",
       [](auto& p) {
         p.channels.given_whole.insert({kAliNorth, p.today()});
         p.change(kSeen, p.today());
       }},
      {"InDoubtInAWorldThatMoves", kPayoutsComeToAnEnd, "",
       [](auto& p) {
         p.settled = false;
         eve_claims(p);
       }},
  };
  expect_accepted(all);
}

}  // namespace
}  // namespace ordeal::test
