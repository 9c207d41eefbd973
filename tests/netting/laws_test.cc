// Each law of netting by histories that it must reject, and their neighbours that it must accept.
#include <algorithm>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "tests/netting/small_netting.h"
#include "tests/support/law_histories.h"

namespace ordeal::test {
namespace {

using namespace ordeal::netting;
using api::CoverStatus;
using api::CycleState;
using api::NetEntryKind;
using api::NettingProblem;
using api::ObligationState;
using api::SubmitStatus;
namespace f = api::facts;

using Breach = History<SmallNetting>;

constexpr ObligationId kLate{105};

Money yuan(std::int64_t minor) { return {minor, {}}; }

// What was netted, told once more for a cycle of its own: two obligations of 30.00, and one of them given back.
struct OtherCycle {
  explicit OtherCycle(SmallNetting& n) : day(n), cycle{n.cycle.value + 10} {
    taken({201}, kNorth, kSouth, 3'000);
    taken({202}, kSouth, kWest, 2'000);
    taken({203}, kNorth, kSouth, -1'000);
  }
  void taken(ObligationId id, BankId debtor, BankId creditor, std::int64_t amount) {
    day.say(700, f::ObligationTaken{id, debtor, creditor, yuan(amount), cycle, "clerk-1"});
  }
  void netted(std::int64_t north, std::int64_t south, std::int64_t west, std::int64_t gross = 6'000,
              std::int64_t moves = 2'000) {
    day.say(4'200, f::CycleNetted{cycle,
                                  0,
                                  {{kNorth, yuan(north)}, {kSouth, yuan(south)}, {kWest, yuan(west)}},
                                  yuan(gross),
                                  yuan(moves)});
  }
  SmallNetting& day;
  CycleId cycle;
};

f::NetEntryPosted entry(const SmallNetting& n, NetEntryKind kind, std::int64_t from, std::int64_t to,
                        std::int64_t amount, std::int64_t transfer = 7) {
  return {999, kind, from, to, yuan(amount), n.cycle, {transfer}, {}};
}
f::JobDid did(const SmallNetting& n, std::string step, std::int64_t token) {
  const auto key = job_of(n.cycle);
  return {key.job, key.day, key.partition, std::move(step), token};
}
f::JobBegun begun(const SmallNetting& n, std::int64_t token) {
  const auto key = job_of(n.cycle);
  return {key.job, key.day, key.partition, token};
}
api::SubmitObligation wish(BankId debtor, BankId creditor, std::int64_t amount, std::string reference) {
  return {debtor, creditor, yuan(amount), std::move(reference)};
}

constexpr env::Sql kOtherPosition{"update net_position set minor = minor + 1 where bank = 2"};
constexpr env::Sql kOtherTransfer{"update net_transfer set minor = minor + 1 where from_account = 1"};
constexpr env::Sql kOtherAmount{"update obligation set minor = minor + 1 where id = 101"};
constexpr env::Sql kGone{"delete from obligation where id = 101"};
constexpr env::Sql kOtherRound{"update cycle set round = 1"};
constexpr env::Sql kStepGone{"delete from job_step where step = 'close'"};
constexpr env::Sql kOneLeg{"update net_leg set minor = minor + 1 where entry = 5 and minor > 0"};
constexpr env::Sql kOtherKind{"update net_entry set kind = 2 where id = 5"};
constexpr env::Sql kEntryGone{"delete from net_entry where id = 5"};
constexpr env::Sql kLegsGone{"delete from net_leg where entry = 5"};
constexpr env::Sql kOtherBalance{"update net_account set balance = balance + 1 where id = 2"};
constexpr env::Sql kNoOutside{"delete from net_account where id = 100003"};
constexpr env::Sql kOtherReference{"update obligation set reference = 'x' where id = 101"};
constexpr env::Sql kToItself{"update obligation set creditor = debtor where id = 101"};
constexpr env::Sql kStillNetted{"update cycle set state = 2"};
constexpr env::Sql kNotEnded{"update job_run set ended = 0"};
constexpr env::Sql kNotTold{"update net_position set told = 0 where bank = 3"};
constexpr env::Sql kStillTaken{"update obligation set state = 0 where id = 101"};
constexpr env::Sql kUnpaid{"update obligation set state = 2 where id = 101"};
constexpr env::Sql kMovedMore{"insert into cover_request values(1, 'nobody', 0, 500, 'CNY', 5)"};
constexpr env::Sql kSouthGets{"update net_account set balance = balance + 7 where id = 2"};
constexpr env::Sql kFundGives{"update net_account set balance = balance - 7 where id = 100002"};

std::vector<Breach> breaches() {
  return {
      {"PayablesAsPositive", kNetsAddUp, "an obligation counts with the wrong sign",
       [](auto& n) { OtherCycle(n).netted(-4'000, 0, 2'000); }},
      {"LeftOut", kNetsAddUp, "an obligation is left out of a net",
       [](auto& n) { OtherCycle(n).netted(-3'000, 1'000, 2'000); }},
      {"AnotherNet", kNetsAddUp, "a net is not what is owed",
       [](auto& n) { OtherCycle(n).netted(-2'007, 7, 2'000); }},
      {"ABankTwice", kNetsAddUp, "the nets of a cycle do not add up to zero",
       [](auto& n) {
         OtherCycle other(n);
         n.say(4'200,
               f::CycleNetted{
                   other.cycle,
                   0,
                   {{kNorth, yuan(-2'000)}, {kSouth, yuan(0)}, {kWest, yuan(2'000)}, {kWest, yuan(2'000)}},
                   yuan(6'000),
                   yuan(2'000)});
       }},
      {"AnotherGross", kNetsAddUp, "a cycle has another gross than was taken for it",
       [](auto& n) { OtherCycle(n).netted(-2'000, 0, 2'000, 4'000); }},
      {"MovesMoreThanIsOwed", kNetsAddUp, "more is to be moved than is owed",
       [](auto& n) { OtherCycle(n).netted(-2'000, 0, 2'000, 6'000, 6'001); }},
      {"ANetInYen", kNetsAddUp, "a cycle has a net in another currency",
       [](auto& n) {
         OtherCycle other(n);
         n.say(4'200, f::CycleNetted{
                          other.cycle, 0, {{kNorth, {-2'000, {{'J', 'P', 'Y'}}}}}, yuan(6'000), yuan(2'000)});
       }},
      {"ARowOfAnotherNet", kNetsAddUp, "a position stands otherwise than it is owed",
       [](auto& n) { n.change(kOtherPosition); }},

      {"TheHouseKeepsSome", kSettledAsNetted, "the house is left with money of a cycle",
       [](auto& n) {
         n.say(700, entry(n, NetEntryKind::paid_in, kNorth.value, api::kHouse, 500));
         n.say(701, f::CycleSettled{n.cycle, 0});
       }},
      {"PaidTheWrongBank", kSettledAsNetted, "a bank was moved another amount than its net",
       [](auto& n) {
         n.say(700, entry(n, NetEntryKind::direct, kSouth.value, kWest.value, 500));
         n.say(701, f::CycleSettled{n.cycle, 0});
       }},
      {"ATransferOfAnotherAmount", kSettledAsNetted,
       "the transfers of a cycle stand otherwise than money was moved",
       [](auto& n) { n.change(kOtherTransfer); }},

      {"TakenTwice", kInOneCycle, "an obligation was taken twice",
       [](auto& n) {
         n.say(700, f::ObligationTaken{kFirst, kNorth, kSouth, yuan(12'000), n.cycle, {}});
       }},
      {"TakenWhenClosed", kInOneCycle, "an obligation was taken for a cycle that was closed",
       [](auto& n) {
         n.say(700, f::ObligationTaken{kLate, kNorth, kSouth, yuan(1), n.cycle, {}});
       }},
      {"YenInAYuanCycle", kInOneCycle, "an obligation was taken for a cycle of another currency",
       [](auto& n) {
         n.say(700,
               f::ObligationTaken{kLate, kNorth, kSouth, {1, {{'J', 'P', 'Y'}}}, {n.cycle.value + 10}, {}});
       }},
      {"SettledWithoutOne", kInOneCycle, "a cycle was settled without one of its obligations",
       [](auto& n) {
         OtherCycle other(n);
         n.say(4'300, f::CycleSettled{other.cycle, 0});
       }},
      {"EndedTwice", kInOneCycle, "an obligation that had ended ended once more",
       [](auto& n) {
         n.say(700, f::ObligationEnded{kFirst, ObligationState::unpaid});
       }},
      {"ARowOfAnotherAmount", kInOneCycle, "an obligation stands otherwise than it went",
       [](auto& n) { n.change(kOtherAmount); }},
      {"ARowIsGone", kInOneCycle, "an obligation that was taken is not there",
       [](auto& n) { n.change(kGone); }},

      {"NettedTwice", kCycleGoesItsWay, "a cycle went where it must not",
       [](auto& n) {
         n.say(700, f::CycleNetted{n.cycle, 0, {}, yuan(0), yuan(0)});
       }},
      {"ClosedTwice", kCycleGoesItsWay, "a cycle went where it must not",
       [](auto& n) { n.say(700, f::CycleClosed{n.cycle}); }},
      {"UnwoundWhenSettled", kCycleGoesItsWay, "a cycle went where it must not",
       [](auto& n) {
         n.say(700, f::CycleUnwound{n.cycle, 0, kNorth, yuan(1)});
       }},
      {"ARowOfAnotherRound", kCycleGoesItsWay, "a cycle stands otherwise than it went",
       [](auto& n) { n.change(kOtherRound); }},

      {"PaidTwice", kJobDoneOnce, "a transfer of a cycle was paid twice",
       [](auto& n) {
         const auto first = n.transfers().front();
         n.say(700, entry(n, NetEntryKind::paid_in, kNorth.value, api::kHouse, 12'000, first.id.value));
       }},
      {"ClosedTwiceByAJob", kJobDoneOnce, "a step of a job was done twice",
       [](auto& n) { n.say(700, did(n, "close", 1)); }},
      {"OvertakenAndGoesOn", kJobDoneOnce, "who was overtaken went on with a job",
       [](auto& n) { n.say(700, did(n, "more", 0)); }},
      {"BegunUnderAnOldToken", kJobDoneOnce, "a run of a job was begun that cannot be",
       [](auto& n) { n.say(700, begun(n, 1)); }},
      {"EndedTwiceByAJob", kJobDoneOnce, "a job was ended by somebody else",
       [](auto& n) {
         const auto key = job_of(n.cycle);
         n.say(700, f::JobEnded{key.job, key.day, key.partition, 1});
       }},
      {"AStepIsGone", kJobDoneOnce, "a job stands otherwise than it was done",
       [](auto& n) { n.change(kStepGone); }},

      {"OneLegMore", kBooksBalance, "an entry of the house does not add up to zero",
       [](auto& n) { n.change(kOneLeg); }},
      {"AnotherKind", kBooksBalance, "an entry of the house says otherwise than was told",
       [](auto& n) { n.change(kOtherKind); }},
      {"AnEntryIsGone", kBooksBalance, "an entry of the house is gone",
       [](auto& n) {
         n.change(kEntryGone);
         n.change(kLegsGone);
       }},
      {"ABalanceOfNothing", kBooksBalance, "a balance is not the sum of its entries",
       [](auto& n) { n.change(kOtherBalance); }},
      {"MoneyOfNobody", kBooksBalance, "the accounts of the house do not add up to zero",
       [](auto& n) { n.change(kNoOutside); }},

      {"Overdrawn", kNoneOverdrawn, "an account was overdrawn",
       [](auto& n) { n.say(700, entry(n, NetEntryKind::taken_out, kNorth.value, api::kOutside, 18'001)); }},
      {"TheFundIsEmpty", kNoneOverdrawn, "an account was overdrawn",
       [](auto& n) { n.say(700, entry(n, NetEntryKind::borne, api::kFund, api::kHouse, 1)); }},

      {"AnswersWithAnother", kOneObligation,
       "an answer names another obligation than is kept under the reference",
       [](auto& n) { n.diary.submitted[0].reply.obligation = kThird; }},
      {"AnswersWithAnotherCycle", kOneObligation,
       "an answer names another obligation than is kept under the reference",
       [](auto& n) { n.diary.submitted[0].reply.cycle = {7}; }},
      {"ARowOfAnotherReference", kOneObligation,
       "an answer names another obligation than is kept under the reference",
       [](auto& n) { n.change(kOtherReference); }},
      {"TakenForAnother", kOneObligation, "a reference that stands for one payment was taken for another",
       [](auto& n) { n.diary.submitted[0].request.amount.minor += 1; }},

      {"NettedForEver", kCyclesEnd, "a cycle never comes to an end", [](auto& n) { n.change(kStillNetted); }},
      {"RunsForEver", kCyclesEnd, "a job never comes to an end", [](auto& n) { n.change(kNotEnded); }},
      {"NeverTold", kCyclesEnd, "a bank was never told its position",
       [](auto& n) {
         n.desks.settled.erase({n.cycle, kSouth});
       }},
      {"NotNotedThatItWasTold", kCyclesEnd, "a bank was never told its position",
       [](auto& n) { n.change(kNotTold); }},
      {"SettledMuchLater", kCyclesEnd, "a cycle was settled at another time than its cut-off",
       [](auto& n) {
         n.say(901, f::CycleSettled{n.cycle, 0});
       }},
      {"GivenUpTooEarly", kCyclesEnd, "a bank was given up before its time",
       [](auto& n) {
         n.say(2'399, f::CycleUnwound{n.cycle, 0, kNorth, yuan(1)});
       }},
      {"SettledBeforeTheCutOff", kCyclesEnd, "a cycle was settled at another time than its cut-off",
       [](auto& n) {
         n.say(599, f::CycleSettled{n.cycle, 0});
       }},

      {"TakenToItself", kAnswersAreTrue, "what no obligation can be made of was taken",
       [](auto& n) { n.change(kToItself); }},
      {"RefusedForNothing", kAnswersAreTrue, "a bank was refused for what is not so",
       [](auto& n) {
         n.told(wish(kNorth, kSouth, 5, "r"), {SubmitStatus::refused, NettingProblem::bad_amount}, 100);
       }},
      {"RefusedToMove", kAnswersAreTrue, "a bank was refused for what is not so",
       [](auto& n) {
         n.told(api::MoveCover{kNorth, true, yuan(5), "k"}, {CoverStatus::refused, NettingProblem::no_bank},
                100);
       }},
      {"AConflictThatIsNone", kAnswersAreTrue, "a bank was told of a conflict that is none",
       [](auto& n) { n.told(wish(kNorth, kSouth, 12'000, "clerk-1"), {SubmitStatus::conflict}, 100); }},
      {"AConflictOfCover", kAnswersAreTrue, "a bank was told of a conflict that is none",
       [](auto& n) {
         n.told(api::MoveCover{kWest, true, yuan(10'000), "treasurer-1"}, {CoverStatus::conflict}, 100);
       }},
      {"SettledTooEarly", kAnswersAreTrue, "a bank was told of another state",
       [](auto& n) {
         n.told(api::LookAtObligation{kNorth, "clerk-1"}, {true, ObligationState::settled, n.cycle}, 50);
       }},
      {"NotThere", kAnswersAreTrue, "a bank was told of another state",
       [](auto& n) {
         n.told(api::LookAtObligation{kNorth, "clerk-1"}, {}, 50);
       }},
      {"MovedAndNotMoved", kAnswersAreTrue, "a bank was told that cover was moved, and it was not",
       [](auto& n) {
         n.told(api::MoveCover{kWest, true, yuan(1), "k"}, {CoverStatus::moved}, 100);
       }},
      {"LacksAndHas", kAnswersAreTrue, "a bank was told that cover is lacking, and it was there",
       [](auto& n) {
         n.told(api::MoveCover{kNorth, true, yuan(18'000), "k"}, {CoverStatus::lacks_cover}, 700);
       }},
      {"PutOffByNobody", kAnswersAreTrue, "a bank was put off, and nobody was at work",
       [](auto& n) {
         n.diary.moved.clear();
         n.told(api::MoveCover{kNorth, true, yuan(1), "k"}, {CoverStatus::busy}, 100);
       }},
      {"ToldAnotherNet", kAnswersAreTrue, "a bank was told another position than its own",
       [](auto& n) {
         n.desks.settled[{n.cycle, kSouth}].advice.net.minor += 1;
       }},

      {"NobodySaidSo", kNettingIsAsTold, "an obligation is what no bank has said",
       [](auto& n) { n.diary.submitted.erase(n.diary.submitted.begin()); }},
      {"StillOnItsWay", kNettingIsAsTold, "an obligation was neither settled nor left to the banks",
       [](auto& n) { n.change(kStillTaken); }},
      {"TakenAndNotThere", kNettingIsAsTold, "what a bank was told is taken is not there",
       [](auto& n) { n.change(kGone); }},
      {"NobodyAskedToMove", kNettingIsAsTold, "cover was moved that no bank asked to move",
       [](auto& n) { n.change(kMovedMore); }},
      {"MovedAndNotThere", kNettingIsAsTold, "what a bank was told is moved is not",
       [](auto& n) {
         n.told(api::MoveCover{kWest, false, yuan(3), "k"}, {CoverStatus::moved}, 100);
       }},
      {"LeftToTheBanksAndPaid", kNettingIsAsTold, "an account has another amount than it must",
       [](auto& n) { n.change(kUnpaid); }},
      {"TheFundPaysNobody", kNettingIsAsTold, "banks have more than they must, and no fund has paid it",
       [](auto& n) { n.change(kFundGives); }},
  };
}

TEST(NettingLaws, RejectWhatTheyAreThereFor) { expect_rejected(breaches()); }

TEST(NettingLaws, EachHasABreachAndEachSentenceIsSaid) { expect_complete(breaches(), netting::flow()); }

// Each neighbour differs from a breach in the one thing that makes it right.
TEST(NettingLaws, AcceptTheirNeighbours) {
  const std::vector<Breach> all{
      {"TheGoodDay", "", "", [](auto&) {}},
      {"NettedWithItsSigns", kNetsAddUp, "", [](auto& n) { OtherCycle(n).netted(-2'000, 0, 2'000); }},
      {"MovesAllThatIsOwed", kNetsAddUp, "",
       [](auto& n) { OtherCycle(n).netted(-2'000, 0, 2'000, 6'000, 6'000); }},
      {"LeftToTheBanksCountsNoMore", kNetsAddUp, "",
       [](auto& n) {
         OtherCycle other(n);
         n.say(4'100, f::ObligationEnded{{202}, ObligationState::unpaid});
         other.netted(-2'000, 2'000, 0, 4'000);
       }},
      {"TheFundPaysForABank", kSettledAsNetted, "",
       [](auto& n) {
         OtherCycle other(n);
         const auto say = [&](NetEntryKind kind, std::int64_t from, std::int64_t to) {
           n.say(4'200, f::NetEntryPosted{999, kind, from, to, yuan(2'000), other.cycle, {7}, {}});
         };
         say(NetEntryKind::borne, api::kFund, api::kHouse);
         say(NetEntryKind::paid_out, api::kHouse, kWest.value);
         n.say(4'201, f::CycleSettled{other.cycle, 0});
       }},
      {"ReturnedWhenUnwound", kSettledAsNetted, "",
       [](auto& n) {
         n.say(700, entry(n, NetEntryKind::paid_in, kNorth.value, api::kHouse, 500));
         n.say(701, entry(n, NetEntryKind::returned, api::kHouse, kNorth.value, 500));
         n.say(702, f::CycleSettled{n.cycle, 0});
       }},
      {"TakenForTheNextOne", kInOneCycle, "",
       [](auto& n) { n.take(700, kLate, kNorth, kSouth, 1, "clerk-9"); }},
      {"TakenOver", kJobDoneOnce, "",
       [](auto&) {
         SmallNetting other(kJobDoneOnce);
         other.take(10, kFirst, kNorth, kSouth, 12'000, "clerk-1");
         other.begin(600);
         other.close(600);
         other.begin(640);
         other.net(641);
         EXPECT_EQ(other.verdict().size(), 0U);
       }},
      {"JustWhatThereIs", kNoneOverdrawn, "",
       [](auto& n) { n.say(700, entry(n, NetEntryKind::taken_out, kNorth.value, api::kOutside, 18'000)); }},
      {"TheHouseOwesForAMoment", kNoneOverdrawn, "",
       [](auto& n) { n.say(700, entry(n, NetEntryKind::paid_out, api::kHouse, kNorth.value, 1)); }},
      {"ATrueRefusal", "", "",
       [](auto& n) {
         n.told(wish(kNorth, kNorth, 5, "r"), {SubmitStatus::refused, NettingProblem::to_itself}, 100);
       }},
      {"ATrueConflict", "", "",
       [](auto& n) { n.told(wish(kNorth, kSouth, 1, "clerk-1"), {SubmitStatus::conflict}, 100); }},
      {"LacksAndHasNot", "", "",
       [](auto& n) {
         n.told(api::MoveCover{kNorth, true, yuan(18'001), "k"}, {CoverStatus::lacks_cover}, 700);
       }},
      {"LackedWhenAsked", "", "",
       [](auto& n) {
         n.told(api::MoveCover{kWest, true, yuan(25'000), "k"}, {CoverStatus::lacks_cover}, 600);
       }},
      {"SettledLateWhenSomethingStruck", kCyclesEnd, "",
       [](auto& n) {
         n.calm = false;
         n.say(9'000, f::CycleSettled{n.cycle, 0});
       }},
      {"GivenUpInTime", kCyclesEnd, "",
       [](auto& n) {
         n.say(2'400, f::CycleUnwound{n.cycle, 0, kNorth, yuan(1)});
       }},
      {"SettledSoonEnough", kCyclesEnd, "",
       [](auto& n) {
         n.say(899, f::CycleSettled{n.cycle, 0});
       }},
      {"OpenInAWorldThatMoves", kCyclesEnd, "",
       [](auto& n) {
         n.settled = false;
         n.change(kStillNetted);
       }},
      {"TheFundPaidIt", kNettingIsAsTold, "",
       [](auto& n) {
         n.change(kFundGives);
         n.change(kSouthGets);
       }},
  };
  expect_accepted(all);
}

}  // namespace
}  // namespace ordeal::test
