// Each law of refunds by histories that it must reject, and their neighbours that it must accept.
#include <algorithm>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "tests/aftersale/small_aftersale.h"
#include "tests/support/law_histories.h"

namespace ordeal::test {
namespace {

using namespace ordeal::aftersale;
using api::AskProblem;
using api::AskStatus;
using api::BackFault;
using api::BackRoute;
using api::BackState;
using api::DepositStatus;
using api::DisputeState;
using api::GivenBack;
namespace f = api::facts;
using S = SmallAftersale;

using Breach = History<SmallAftersale>;

constexpr RefundId kMore{107};
constexpr UserId kEve{5};  // as Bob
constexpr PaymentId kAnnsPayment{1};

f::BackAsked asked(RefundId id, UserId buyer, MerchantId merchant, std::int64_t amount,
                   BackState state = BackState::sending) {
  return {id, payment_of(buyer), buyer, merchant, {amount, {}}, BackRoute::refund, state};
}
f::DisputeJudged judged(UserId buyer, std::int64_t amount, DisputeState state) {
  return {S::case_of(buyer), payment_of(buyer), kNorth, {amount, {}}, state};
}
// Cem's merchant has nothing: it waits.
void cem_waits(SmallAftersale& p, std::int64_t second = 1'300) { p.ask(second, kMore, kCem, 1'000); }
// Eve has asked for 10.00, and nobody has heard of it yet.
void eve_asks(SmallAftersale& p, std::int64_t second = 1'300) {
  p.ask(second, kMore, kEve, 1'000, BackRoute::payout);
}

// What it held for Eve is her merchant's again, and nobody was told.
void the_bank_gives_up(SmallAftersale& p) {
  p.dispute(900, kEve, 1'000, DisputeState::held);
  p.channels.cases[S::case_of(kEve)].reversed_ns = 950 * kSecond;
}

constexpr env::Sql kReturned{"update payment set returned = returned + 1 where id = 1"};
constexpr env::Sql kRefunds{"update payment set refunds = 7 where id = 1"};
constexpr env::Sql kCaptured{"update payment set captured = captured + 1 where id = 1"};
constexpr env::Sql kPaidAt{"update payment set paid_at = paid_at + 1 where id = 1"};
constexpr env::Sql kAvailable{"update merchant set available = available + 1 where id = 1"};
constexpr env::Sql kOtherState{"update back set state = 3 where id = 101"};
constexpr env::Sql kOtherRoute{"update back set route = 0 where id = 103"};
constexpr env::Sql kOtherMerchant{"update back set merchant = 2 where id = 101"};
constexpr env::Sql kOtherPayment{"update back set payment = 4 where id = 101"};
constexpr env::Sql kOtherAmount{"update back set amount = 2999 where id = 101"};
constexpr env::Sql kLookDue{"update back set next_look = 1 where id = 101"};
constexpr env::Sql kOtherKey{"update back set request_key = 'another' where id = 101"};
constexpr env::Sql kCaseHeld{"update dispute set state = 1 where case_number = 'case-4'"};
constexpr env::Sql kCaseOfMore{"update dispute set amount = 4501 where case_number = 'case-4'"};
constexpr env::Sql kNoDeposit{"delete from deposit"};

std::vector<Breach> breaches() {
  return {
      {"MoreThanWasPaid", kOneRefundableBalance, "more goes back of a payment than was paid",
       [](auto& p) { p.say(900, asked(kMore, kAnn, kNorth, 6'001)); }},
      {"RefundsAndACase", kOneRefundableBalance, "refunds and a case take more of a payment than was paid",
       [](auto& p) { p.say(900, judged(kAnn, 6'001, DisputeState::held)); }},
      {"GivenTooMuch", kOneRefundableBalance, "a buyer has more back than he paid",
       [](auto& p) { p.line_of(kAnns).times = 4; }},
      {"TheBankTookTooMuch", kOneRefundableBalance, "a buyer has more back than he paid",
       [](auto& p) { p.channels.cases[S::case_of(kBob)].answer = DisputeState::held; }},

      {"ReturnedIsAnother", kRefundRowsAddUp, "a payment says otherwise than its refunds and cases",
       [](auto& p) { p.change(kReturned); }},
      {"CountsAnother", kRefundRowsAddUp, "a payment counts other refunds than it has",
       [](auto& p) { p.change(kRefunds); }},
      {"MoreThanFifty", kRefundRowsAddUp, "a payment has more refunds than it may",
       [](auto& p) {
         for (std::int64_t i = 0; i < 51; ++i) p.ask(900 + i, RefundId{200 + i}, kDee, 1);
       }},
      {"CapturedIsAnother", kRefundRowsAddUp, "a payment says otherwise than it was paid",
       [](auto& p) { p.change(kCaptured); }},
      {"PaidAtAnotherTime", kRefundRowsAddUp, "a payment says otherwise than it was paid",
       [](auto& p) { p.change(kPaidAt); }},

      {"WaitsForNothing", kMerchantsPayFirst, "a refund waits for money that its merchant has",
       [](auto& p) { p.say(900, asked(kMore, kAnn, kNorth, 100, BackState::waiting)); }},
      {"PaidWithNothing", kMerchantsPayFirst, "a refund was paid for with money that its merchant has not",
       [](auto& p) { p.say(900, asked(kMore, kCem, kSouth, 1)); }},
      {"FundedWithNothing", kMerchantsPayFirst, "a refund was paid for with money that its merchant has not",
       [](auto& p) {
         cem_waits(p);
         p.say(1'301, f::BackFunded{kMore});
       }},
      {"LapsedWithMoney", kMerchantsPayFirst, "a refund lapsed, and its merchant had the money",
       [](auto& p) {
         cem_waits(p);
         p.say(1'310, f::PaidIn{kSouth, {1'000, {}}});
         p.say(2'501, f::BackEnded{kMore, BackState::lapsed});
       }},
      {"WaitsOn", kMerchantsPayFirst, "a refund waited on when its merchant had the money",
       [](auto& p) {
         cem_waits(p);
         p.pay_in(1'310, kSouth, 1'000, "again");
         p.say(1'341, f::BackFunded{kMore});
       }},
      {"AMerchantHasMore", kMerchantsPayFirst, "a merchant has otherwise than came and went",
       [](auto& p) { p.change(kAvailable); }},

      {"DoneThenFailed", kRefundEndsOnce, "a refund went where it must not",
       [](auto& p) {
         p.say(900, f::BackEnded{kAnns, BackState::failed});
       }},
      {"LapsedWhenSending", kRefundEndsOnce, "a refund went where it must not",
       [](auto& p) {
         eve_asks(p);
         p.say(1'400, f::BackEnded{kMore, BackState::lapsed});
       }},
      {"FundedTwice", kRefundEndsOnce, "a refund went where it must not",
       [](auto& p) { p.say(900, f::BackFunded{kCemsLate}); }},
      {"ReroutedTwice", kRefundEndsOnce, "a refund went where it must not",
       [](auto& p) {
         eve_asks(p);
         p.say(1'400, f::BackRerouted{kMore});
       }},
      {"MadeTwice", kRefundEndsOnce, "a refund went where it must not",
       [](auto& p) { p.say(900, asked(kAnns, kAnn, kNorth, 3'000)); }},
      {"BornDone", kRefundEndsOnce, "a refund went where it must not",
       [](auto& p) { p.say(900, asked(kMore, kAnn, kNorth, 3'000, BackState::done)); }},
      {"ARowOfAnotherState", kRefundEndsOnce, "a refund stands otherwise than it went",
       [](auto& p) { p.change(kOtherState); }},
      {"ARowOfAnotherRoute", kRefundEndsOnce, "a refund stands otherwise than it went",
       [](auto& p) { p.change(kOtherRoute); }},
      {"ARowOfAnotherMerchant", kRefundEndsOnce, "a refund stands otherwise than it went",
       [](auto& p) { p.change(kOtherMerchant); }},
      {"ARowOfAnotherPayment", kRefundEndsOnce, "a refund stands otherwise than it went",
       [](auto& p) { p.change(kOtherPayment); }},
      {"ARowOfAnotherAmount", kRefundEndsOnce, "a refund stands otherwise than it went",
       [](auto& p) { p.change(kOtherAmount); }},
      {"ALookAfterTheEnd", kRefundEndsOnce, "a refund stands otherwise than it went",
       [](auto& p) { p.change(kLookDue); }},

      {"AskedForAnother", kGivenBackOnce, "a channel was asked for something else than its refund",
       [](auto& p) { p.line_of(kAnns).asked.amount.minor = 2'999; }},
      {"ByBothRoutes", kGivenBackOnce, "a refund was given back by both routes",
       [](auto& p) {
         p.line_of(kBobs).times = 1;
         p.line_of(kBobs).state = GivenBack::done;
       }},
      {"Twice", kGivenBackOnce, "a refund was given back twice", [](auto& p) { p.line_of(kAnns).times = 2; }},
      {"TwiceUnderTwoNumbers", kGivenBackOnce, "a refund was given back twice",
       [](auto& p) { p.channels.lines[kAnns.text() + "-2"] = p.line_of(kAnns); }},
      {"FailedAndGiven", kGivenBackOnce, "a refund was called failed, and was given back",
       [](auto& p) { p.line_of(kAnnsSecond).times = 1; }},
      {"GivenForNothing", kGivenBackOnce, "what nobody had paid for was given back",
       [](auto& p) { p.line(1'240, kCemsLapsed, BackRoute::refund, GivenBack::done); }},
      {"DoneAndNot", kGivenBackOnce, "a refund was called done, and was not",
       [](auto& p) { p.line_of(kAnns).times = 0; }},
      {"PaidOutTooSoon", kGivenBackOnce, "a payout was sent while its refund might be done",
       [](auto& p) { p.line_of(kBobs).state = GivenBack::accepted; }},
      {"OfNoRefund", kGivenBackOnce, "a channel was asked for what is no refund",
       [](auto& p) { p.channels.lines["of nothing"] = {}; }},
      {"OneNumberForTwo", kGivenBackOnce, "one number was used for two refunds",
       [](auto& p) { p.channels.not_the_same.push_back(kAnns.text()); }},

      {"NeverEnds", kRefundsComeToAnEnd, "a refund never comes to an end", [](auto& p) { eve_asks(p); }},
      {"LapsesAtOnce", kRefundsComeToAnEnd, "a refund lapsed before its time",
       [](auto& p) {
         cem_waits(p);
         p.lapse(1'400, kMore);
       }},
      {"LapsesTooLate", kRefundsComeToAnEnd, "a refund lapsed too late",
       [](auto& p) {
         cem_waits(p);
         p.lapse(1'300 + 1'200 + 901, kMore);
       }},
      {"SentTooLate", kRefundsComeToAnEnd, "a refund was sent too late",
       [](auto& p) {
         p.line_of(kBobs).first_ns = p.line_of(kBobs, BackRoute::payout).first_ns = 140 * kSecond;
       }},
      {"AskedForTooLate", kRefundsComeToAnEnd, "what the channel knew of a refund was asked for too late",
       [](auto& p) {
         eve_asks(p);
         p.line(1'301, kMore, BackRoute::payout, GivenBack::done);
         p.end(1'301 + 4'501, kMore, BackState::done);
       }},

      {"OfAnothersPayment", kEachWishIsItsOwn, "a buyer was told of a refund that is none of his payment",
       [](auto& p) { p.diary.asked[0].reply.refund = kBobs; }},
      {"OfAnotherWish", kEachWishIsItsOwn, "a wish was answered with the refund of another wish",
       [](auto& p) { p.diary.asked[1].reply.refund = kAnns; }},
      {"ARowOfAnotherKey", kEachWishIsItsOwn, "a wish was answered with the refund of another wish",
       [](auto& p) { p.change(kOtherKey); }},
      {"OfAnotherAmount", kEachWishIsItsOwn, "a key that stands for one amount was taken for another",
       [](auto& p) { p.diary.asked[0].request.amount.minor = 1; }},

      {"RefusedForNothing", kRefundAnswersAreTrue, "a buyer was refused for what is not so",
       [](auto& p) {
         p.told(S::wish(kAnn, 100, "x"), {AskStatus::refused, AskProblem::bad_amount}, 900);
       }},
      {"RefusedForSomethingElse", kRefundAnswersAreTrue, "a buyer was refused for what is not so",
       [](auto& p) {
         p.told(S::wish(kAnn, 0, "x"), {AskStatus::refused, AskProblem::bad_key}, 900);
       }},
      {"NoPaymentOfHis", kRefundAnswersAreTrue, "a buyer was told that his payment is none",
       [](auto& p) { p.told(S::wish(kAnn, 100, "x"), {AskStatus::no_such_payment}, 900); }},
      {"AConflictThatIsNone", kRefundAnswersAreTrue, "a buyer was told of a conflict that is none",
       [](auto& p) { p.told(S::wish(kAnn, 100, "x"), {AskStatus::conflict}, 900); }},
      {"ThereWasMoreLeft", kRefundAnswersAreTrue, "a buyer was told that not as much is left, and it was",
       [](auto& p) { p.told(S::wish(kAnn, 6'000, "x"), {AskStatus::exceeds}, 900); }},
      {"ThereWereNotSoMany", kRefundAnswersAreTrue,
       "a buyer was told that there were too many refunds, and there were not",
       [](auto& p) { p.told(S::wish(kAnn, 100, "x"), {AskStatus::too_many}, 900); }},
      {"MadeOfNonsense", kRefundAnswersAreTrue, "what no refund can be made of was made",
       [](auto& p) { p.diary.asked[0].request.amount.minor = -1; }},
      {"MadeForAStranger", kRefundAnswersAreTrue, "what no refund can be made of was made",
       [](auto& p) { p.diary.asked[0].request.buyer = kBob; }},
      {"ToldAnotherState", kRefundAnswersAreTrue, "a buyer was told of another state than his refund had",
       [](auto& p) { p.diary.asked[0].reply.state = BackState::failed; }},
      {"LooksAtAnotherState", kRefundAnswersAreTrue, "a buyer was told of another state than his refund had",
       [](auto& p) { p.look(kAnns, kAnn, BackState::waiting, 50); }},
      {"LooksAtNothing", kRefundAnswersAreTrue, "a buyer was told that his refund is none",
       [](auto& p) { p.diary.looked[0].reply.found = false; }},
      {"PaidInAndNotThere", kRefundAnswersAreTrue, "money was called paid in, and is not there",
       [](auto& p) { p.change(kNoDeposit); }},
      {"NotTakenForNothing", kRefundAnswersAreTrue, "a deposit was refused for nothing",
       [](auto& p) { p.diary.paid_in[0].reply.status = DepositStatus::refused; }},

      {"JudgedTwice", kCasesAreJudgedOnce, "a case was judged twice",
       [](auto& p) { p.say(900, judged(kDee, 4'500, DisputeState::held)); }},
      {"ContestedForNothing", kCasesAreJudgedOnce, "a case was contested, and as much was left",
       [](auto& p) { p.say(900, judged(kEve, 6'000, DisputeState::contested)); }},
      {"ReversedTwice", kCasesAreJudgedOnce, "a case was reversed that was not held",
       [](auto& p) { p.say(900, f::DisputeReversed{S::case_of(kDee)}); }},
      {"ReversedAndContested", kCasesAreJudgedOnce, "a case was reversed that was not held",
       [](auto& p) { p.say(900, f::DisputeReversed{S::case_of(kBob)}); }},
      {"ACaseOfAnotherState", kCasesAreJudgedOnce, "a case stands otherwise than it was judged",
       [](auto& p) { p.change(kCaseHeld); }},
      {"ACaseOfMore", kCasesAreJudgedOnce, "a case stands otherwise than it was judged",
       [](auto& p) { p.change(kCaseOfMore); }},
      {"AnsweredAboutNone", kCasesAreJudgedOnce, "a bank was answered about a case that is none",
       [](auto& p) {
         p.channels.cases["case-9"] = {{"case-9", kAnnsPayment, {1, {}}}, 0,  1,
                                       DisputeState::contested,           {}, false};
       }},
      {"ToldTheBankOtherwise", kCasesAreJudgedOnce, "a bank was told otherwise than a case stands",
       [](auto& p) { p.channels.cases[S::case_of(kBob)].answer = DisputeState::held; }},
      {"AboutSomethingElse", kCasesAreJudgedOnce, "a case is about something else than its bank says",
       [](auto& p) { p.channels.cases[S::case_of(kDee)].asked.amount.minor = 1; }},
      {"ReversedByNobody", kCasesAreJudgedOnce, "a case was reversed, and no bank has said so",
       [](auto& p) { p.channels.cases[S::case_of(kDee)].reversed_ns = {}; }},
      {"NeverAnswered", kCasesAreJudgedOnce, "a case is never answered",
       [](auto& p) { p.channels.cases[S::case_of(kDee)].answered_ns = {}; }},
      {"HeldForEver", kCasesAreJudgedOnce, "a case was reversed, and is held for ever",
       [](auto& p) {
         p.dispute(900, kEve, 1'000, DisputeState::held);
         p.channels.cases[S::case_of(kEve)].reversed_ns = 950 * kSecond;
         p.channels.cases[S::case_of(kEve)].reversal_told = true;
       }},

      {"NobodyAskedForIt", kRefundsAreAsTold, "a refund is what nobody asked for",
       [](auto& p) { p.diary.asked[0].request.amount.minor = 1; }},
      {"FailedForNothing", kRefundsAreAsTold, "a refund failed, and no channel has said so",
       [](auto& p) { p.channels.lines.erase(S::number_of(kAnnsSecond, BackRoute::refund)); }},
      {"LapsedAndAskedFor", kRefundsAreAsTold, "a channel was asked for a refund that nobody had paid for",
       [](auto& p) { p.line(1'240, kCemsLapsed, BackRoute::refund, GivenBack::refused); }},
      {"PaidOutInTime", kRefundsAreAsTold, "a payout was made where a refund could be",
       [](auto& p) { p.line(13, kAnns, BackRoute::payout, GivenBack::refused); }},
      {"NoEndOnACalmDay", kRefundsAreAsTold, "a refund of a calm day has no end",
       [](auto& p) { eve_asks(p); }},
      {"TooSoonOnACalmDay", kRefundsAreAsTold, "a channel was asked too soon on a calm day",
       [](auto& p) { p.channels.too_often_ns.push_back(1); }},
      {"HasOtherMoney", kRefundsAreAsTold, "a buyer has other money back than his refunds say",
       [](auto& p) { p.line_of(kAnns).times = 0; }},
      {"OtherMoneyIsTaken", kRefundsAreAsTold, "other money is taken of a payment than went back",
       [](auto& p) { p.change(kReturned); }},
      {"HeldForABankThatGaveItUp", kRefundsAreAsTold, "other money is taken of a payment than went back",
       [](auto& p) { the_bank_gives_up(p); }},
      {"AMerchantHasOtherMoney", kRefundsAreAsTold, "a merchant has other money than he should",
       [](auto& p) { p.change(kAvailable); }},
  };
}

TEST(AftersaleLaws, RejectWhatTheyAreThereFor) { expect_rejected(breaches()); }

TEST(AftersaleLaws, EachHasABreachAndEachSentenceIsSaid) { expect_complete(breaches(), aftersale::flow()); }

// Each neighbour differs from a breach in the one thing that makes it right.
TEST(AftersaleLaws, AcceptTheirNeighbours) {
  const std::vector<Breach> all{
      {"TheGoodDay", "", "", [](auto&) {}},
      {"JustWhatWasPaid", kOneRefundableBalance, "",
       [](auto& p) { p.say(900, asked(kMore, kAnn, kNorth, 6'000)); }},
      {"JustWhatIsLeftForTheBank", kOneRefundableBalance, "",
       [](auto& p) { p.say(900, judged(kAnn, 6'000, DisputeState::held)); }},
      {"ThereWasNotMoreLeft", kRefundAnswersAreTrue, "",
       [](auto& p) { p.told(S::wish(kAnn, 6'001, "x"), {AskStatus::exceeds}, 900); }},
      {"SoMuchWasHeldForAWhile", kRefundAnswersAreTrue, "",
       [](auto& p) { p.told(S::wish(kDee, 4'501, "x"), {AskStatus::exceeds}, 799); }},
      {"ATrueConflict", kRefundAnswersAreTrue, "",
       [](auto& p) { p.told(S::wish(kAnn, 1, "piece-" + kAnns.text()), {AskStatus::conflict}, 900); }},
      {"AStrangerIsSentAway", kRefundAnswersAreTrue, "",
       [](auto& p) {
         p.told({kBob, kAnnsPayment, {100, {}}, "x"}, {AskStatus::no_such_payment}, 900);
       }},
      {"ATrueRefusal", kRefundAnswersAreTrue, "",
       [](auto& p) {
         p.told(S::wish(kAnn, 0, "x"), {AskStatus::refused, AskProblem::bad_amount}, 900);
       }},
      {"AKeyOfAnotherDeposit", kRefundAnswersAreTrue, "",
       [](auto& p) {
         p.diary.paid_in.push_back({{kSouth, {1'001, {}}, "cashier"}, 0, 1, {DepositStatus::refused}});
       }},
      {"ABankThatIsStillAsking", kCasesAreJudgedOnce, "",
       [](auto& p) {
         p.settled = false;
         p.channels.cases[S::case_of(kDee)].answered_ns = {};
       }},
      {"ABankThatNeverReturnsIsNotAnswered", kCasesAreJudgedOnce, "",
       [](auto& p) {
         p.gone = {"wechat"};
         p.channels.cases[S::case_of(kDee)].answered_ns = {};
       }},
      {"ABankThatNeverReturnsCouldNotSayThatItGivesUp", kRefundsAreAsTold, "",
       [](auto& p) {
         p.gone = {"bank"};
         the_bank_gives_up(p);
       }},
      {"LapsedAMinuteLate", kRefundsComeToAnEnd, "",
       [](auto& p) {
         cem_waits(p);
         p.lapse(1'300 + 1'260, kMore);
       }},
      {"InDoubtInAWorldThatMoves", kRefundsComeToAnEnd, "",
       [](auto& p) {
         p.settled = false;
         eve_asks(p);
       }},
      {"AskedForAfterTheFaults", kRefundsComeToAnEnd, "",
       [](auto& p) {
         p.calm = false;
         p.ask(200, kMore, kEve, 1'000, BackRoute::payout);
         p.line(201, kMore, BackRoute::payout, GivenBack::done);
         p.end(600 + 4'400, kMore, BackState::done);
       }},
      {"TooSoonWhenSomethingStruck", kRefundsAreAsTold, "",
       [](auto& p) {
         p.calm = false;
         p.channels.too_often_ns.push_back(1);
       }},
      {"TheOtherRouteAfterARefusal", kGivenBackOnce, "",
       [](auto& p) {
         eve_asks(p);
         p.line(1'301, kMore, BackRoute::payout, GivenBack::done);
         p.end(1'302, kMore, BackState::done);
       }},
  };
  expect_accepted(all);
}

}  // namespace
}  // namespace ordeal::test
