// Each law of placing by histories that it must reject, and their neighbours that it must accept.
#include <algorithm>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "tests/placing/small_placing.h"
#include "tests/support/law_histories.h"

namespace ordeal::test {
namespace {

using namespace ordeal::placing;
using api::BranchState;
using api::Lack;
using api::PlacedState;
using api::PlacingProblem;
using api::PlacingStatus;
namespace f = api::facts;

using Breach = History<SmallPlacing>;

constexpr OrderId kLater{105};
constexpr PoolId kMugs{1};

constexpr env::Sql kBranchIsTried{"update branch set state = 0 where order_id = 101"};
constexpr env::Sql kBranchIsOver{"update branch set state = 2 where order_id = 101"};
constexpr env::Sql kBranchIsUsed{"update branch set state = 1 where order_id = 102"};
constexpr env::Sql kBranchIsSmaller{"update branch set amount = 1 where order_id = 101"};
constexpr env::Sql kNoBranch{"delete from branch where order_id = 101"};
constexpr env::Sql kStrayBranch{"insert into branch values(999, 1, 1, 4)"};
constexpr env::Sql kOneMoreFree{"update pool set free = free + 1 where id = 1"};
constexpr env::Sql kMoreFree{"update pool set free = free + 97 where id = 1"};
constexpr env::Sql kOneFrozen{"update pool set free = free - 1, frozen = frozen + 1 where id = 4"};
constexpr env::Sql kLessThanNothing{"update pool set free = free + 100, frozen = frozen - 100 where id = 1"};
constexpr env::Sql kOneUnused{"update pool set free = free + 1, used = used - 1 where id = 1"};
constexpr env::Sql kOrderIsPending{"update placed_order set state = 0 where id = 101"};
constexpr env::Sql kOtherLack{"update placed_order set lack = 2 where id = 102"};
constexpr env::Sql kOtherKey{"update placed_order set request_key = 'another' where id = 101"};
constexpr env::Sql kDifferenceOpen{"update difference set state = 0"};
constexpr env::Sql kTooMany{"update placed_order set qty = 100 where id = 101"};

// A customer is told something of the fourth order after the good day.
void dee_hears(SmallPlacing& p, PlacedState state, Lack lack = Lack::none, std::int64_t second = 60) {
  p.told(kDee, kDees, 1, 7, state, second, lack);
}

std::vector<Breach> breaches_of_branches() {
  return {
      {"CancelWithoutATry", kBranchStepsKeepTheirTurn, "a cancel gave back what was never frozen",
       [](auto& p) { p.moved(60, "storeroom", kLater, kMugs, 1, BranchState::cancelled); }},
      {"ReturnOfNothing", kBranchStepsKeepTheirTurn, "a cancel gave back what was never frozen",
       [](auto& p) { p.moved(60, "storeroom", kLater, kMugs, 1, BranchState::returned); }},
      {"ConfirmWithoutATry", kBranchStepsKeepTheirTurn, "what was never tried was confirmed",
       [](auto& p) { p.moved(60, "storeroom", kLater, kMugs, 1, BranchState::confirmed); }},
      {"ATryAfterItsCancel", kBranchStepsKeepTheirTurn, "a try came after its cancel and was done",
       [](auto& p) { p.moved(60, "storeroom", kBobs, kMugs, 2, BranchState::tried); }},
      {"TakenAfterANo", kBranchStepsKeepTheirTurn, "a branch was tried once more",
       [](auto& p) { p.moved(60, "storeroom", kDees, kMugs, 1, BranchState::taken); }},
      {"TriedOnceMore", kBranchStepsKeepTheirTurn, "a branch was tried once more",
       [](auto& p) { p.moved(60, "loyalty", kBobs, {kBob.value}, 20, BranchState::tried); }},
      {"ConfirmedTwice", kBranchStepsKeepTheirTurn, "a branch that had ended ended once more",
       [](auto& p) { p.moved(60, "storeroom", kAnns, kMugs, 2, BranchState::confirmed); }},
      {"CancelledWhenConfirmed", kBranchStepsKeepTheirTurn, "a branch that had ended ended once more",
       [](auto& p) { p.moved(60, "storeroom", kAnns, kMugs, 2, BranchState::cancelled); }},
      {"ReturnedTwice", kRepairedOnce, "what was given back was given back once more",
       [](auto& p) { p.moved(60, "loyalty", kDees, {kDee.value}, 7, BranchState::returned); }},
      {"ARowOfAnotherState", kBranchStepsKeepTheirTurn, "a branch stands otherwise than it went",
       [](auto& p) { p.change("storeroom", kBranchIsTried); }},

      {"PlacedWithoutItsStock", kOrderIffBranches, "an order is placed, and has not all that it wants",
       [](auto& p) { p.change("storeroom", kNoBranch); }},
      {"PlacedAndCancelled", kOrderIffBranches, "an order is placed, and has not all that it wants",
       [](auto& p) { p.change("loyalty", kBranchIsOver); }},
      {"PlacedAndStillFrozen", kOrderIffBranches, "an order is placed, and has not all that it wants",
       [](auto& p) { p.change("loyalty", kBranchIsTried); }},
      {"RejectedAndUsed", kOrderIffBranches, "an order was rejected, and something is still held for it",
       [](auto& p) { p.change("loyalty", kBranchIsUsed); }},
      {"ABranchOfLess", kOrderIffBranches, "a branch is of something else than its order wants",
       [](auto& p) { p.change("storeroom", kBranchIsSmaller); }},
      {"HeldForNobody", kOrderIffBranches, "something is held for no order",
       [](auto& p) { p.change("loyalty", kStrayBranch); }},

      {"MoreIsHeldThanThereIs", kPoolsAddUp, "more is held than there is",
       [](auto& p) { p.moved(60, "storeroom", kLater, kMugs, 1, BranchState::tried); }},
      {"AUnitTooMany", kPoolsAddUp, "a pool is not what there was",
       [](auto& p) { p.change("storeroom", kOneMoreFree); }},
      {"FrozenForNobody", kPoolsAddUp, "a pool says otherwise than its branches",
       [](auto& p) { p.change("loyalty", kOneFrozen); }},
      {"UsedOfLess", kPoolsAddUp, "a pool says otherwise than its branches",
       [](auto& p) { p.change("storeroom", kOneUnused); }},
      {"LessThanNothing", kPoolsAddUp, "a pool has less than nothing",
       [](auto& p) { p.change("loyalty", kLessThanNothing); }},
  };
}

std::vector<Breach> breaches_of_orders() {
  return {
      {"DecidedTwice", kDecidedOnce, "an order that was decided was decided once more",
       [](auto& p) {
         p.say(60, f::PlacingDecided{kAnns, PlacedState::rejected, Lack::time});
       }},
      {"StandsOtherwise", kDecidedOnce, "an order stands otherwise than it was decided",
       [](auto& p) { p.change("placing", kOrderIsPending); }},
      {"AnotherLack", kDecidedOnce, "an order stands otherwise than it was decided",
       [](auto& p) { p.change("placing", kOtherLack); }},
      {"RejectedForNothing", kDecidedOnce, "an order stands otherwise than it was decided",
       [](auto& p) {
         p.begin(60, kLater, kAnn, 1, 0, "order-2");
         p.decide(61, kLater, PlacedState::rejected);
       }},

      {"AgreesTooLate", kAgreeInTime, "an order and its branches agreed too late",
       [](auto& p) {
         p.begin(60, kLater, kAnn, 1, 0, "order-2");
         p.decide(71, kLater, PlacedState::rejected, Lack::stock);
       }},
      {"AgreesTooLateAfterFaults", kAgreeInTime, "an order and its branches agreed too late",
       [](auto& p) {
         p.calm = false;
         p.begin(60, kLater, kAnn, 1, 0, "order-2");
         p.suspend(600 + 13 * 60 + 1, "storeroom", kLater, kMugs, 1);
       }},
      {"NeverDecided", kAgreeInTime, "an order is never decided",
       [](auto& p) { p.begin(60, kLater, kAnn, 1, 0, "order-2"); }},
      {"RepairedTooLate", kDifferencesAreRepaired, "a difference was repaired too late",
       [](auto& p) {
         p.calm = false;
         p.differs(60, kBobs, 1);
         p.repair(600 + 13 * 60 + 1, kBobs);
       }},
      {"NeverRepaired", kDifferencesAreRepaired, "a difference is never repaired",
       [](auto& p) { p.differs(60, kBobs, 1); }},
      {"InSuspenseForEver", kDifferencesAreRepaired, "a difference is never repaired",
       [](auto& p) { p.differs(60, kBobs, 11); }},
      {"ADifferenceOfAnotherState", kDifferencesAreRepaired, "a difference stands otherwise than it went",
       [](auto& p) {
         p.differs(60, kBobs, 1);
         p.repair(70, kBobs);
         p.change("placing", kDifferenceOpen);
       }},

      {"NeverTold", kAgreeInTime, "the participants are never told how an order ended",
       [](auto& p) { p.log(kBobs, Phase::cancelling); }},

      {"AnsweredWithAnothersOrder", kOneOrderPerKey,
       "one request was answered with another order than its own",
       [](auto& p) { p.diary.asked[0].reply.order = kBobs; }},
      {"ARowOfAnotherKey", kOneOrderPerKey, "one request was answered with another order than its own",
       [](auto& p) { p.change("placing", kOtherKey); }},
      {"AKeyForTwo", kOneOrderPerKey, "a key that stands for one order was taken for another",
       [](auto& p) { p.told(kAnn, kAnns, 3, 10, PlacedState::placed, 60); }},
  };
}

std::vector<Breach> breaches_of_answers() {
  const auto says = [](PlacingStatus status, PlacingProblem problem = PlacingProblem::none) {
    return [status, problem](SmallPlacing& p) {
      p.told(SmallPlacing::wish(kDee, 1, 0, "order-9"), {status, problem}, 60);
    };
  };
  return {
      {"ToldOfNoOrder", kPlacingAnswersAreTrue, "a customer was told of an order that is none",
       [](auto& p) { p.told(kDee, kLater, 1, 7, PlacedState::pending, 60); }},
      {"ToldBeforeThereIsOne", kPlacingAnswersAreTrue, "a customer was told of an order that is none",
       [](auto& p) { dee_hears(p, PlacedState::pending, Lack::none, 44); }},
      {"ToldToWait", kPlacingAnswersAreTrue, "a customer was told to wait for what was decided",
       [](auto& p) { dee_hears(p, PlacedState::pending); }},
      {"ToldPlaced", kPlacingAnswersAreTrue, "a customer was told otherwise than was decided",
       [](auto& p) { dee_hears(p, PlacedState::placed); }},
      {"ToldAnotherLack", kPlacingAnswersAreTrue, "a customer was told otherwise than was decided",
       [](auto& p) { dee_hears(p, PlacedState::rejected, Lack::points); }},
      {"ToldTooSoon", kPlacingAnswersAreTrue, "a customer was told otherwise than was decided",
       [](auto& p) { dee_hears(p, PlacedState::rejected, Lack::stock, 46); }},
      {"EnoughStock", kPlacingAnswersAreTrue, "a customer was told \"not enough stock\", and there was",
       [](auto& p) {
         p.step(55, "storeroom", kCems, kMugs, 1, &Steps::give_back);
         p.begin(60, kLater, kAnn, 1, 0, "order-2");
         p.decide(61, kLater, PlacedState::rejected, Lack::stock);
         p.told(SmallPlacing::wish(kAnn, 1, 0, "order-2"),
                {PlacingStatus::order, PlacingProblem::none, kLater, PlacedState::rejected, Lack::stock}, 60);
       }},
      {"EnoughPoints", kPlacingAnswersAreTrue, "a customer was told \"not enough points\", and there were",
       [](auto& p) {
         p.begin(60, kLater, kAnn, 1, 50, "order-2");
         p.decide(61, kLater, PlacedState::rejected, Lack::points);
         p.told(SmallPlacing::wish(kAnn, 1, 50, "order-2"),
                {PlacingStatus::order, PlacingProblem::none, kLater, PlacedState::rejected, Lack::points},
                60);
       }},
      {"FailedForNoReason", kPlacingAnswersAreTrue, "an order failed where everybody answered",
       [](auto& p) {
         p.begin(60, kLater, kAnn, 1, 0, "order-2");
         p.decide(61, kLater, PlacedState::rejected, Lack::time);
         p.told(SmallPlacing::wish(kAnn, 1, 0, "order-2"),
                {PlacingStatus::order, PlacingProblem::none, kLater, PlacedState::rejected, Lack::time}, 60);
       }},
      {"RefusedForNothing", kPlacingAnswersAreTrue, "a customer was refused for what is not so",
       says(PlacingStatus::refused, PlacingProblem::bad_quantity)},
      {"AConflictThatIsNone", kPlacingAnswersAreTrue, "a customer was told of a conflict that is none",
       says(PlacingStatus::conflict)},
      {"ToldNothing", kPlacingAnswersAreTrue, "a customer looked again and again and was told nothing",
       [](auto& p) {
         p.told(SmallPlacing::wish(kDee, 1, 0, "order-9"), {}, 60);
         p.diary.asked.back().gave_up = true;
       }},
      {"OrderedANonsense", kPlacingAnswersAreTrue, "what no order can be made of was ordered",
       [](auto& p) { p.change("placing", kTooMany); }},

      {"ToldPlacedAndIsNot", kPlacingsAreAsTold, "who was told \"placed\" has nothing",
       [](auto& p) { p.diary.asked[1].reply.state = PlacedState::placed; }},
      {"ToldNoAndHas", kPlacingsAreAsTold, "who was told \"no\" has an order",
       [](auto& p) { p.diary.asked[0].reply.state = PlacedState::rejected; }},
      {"NobodyOrderedIt", kPlacingsAreAsTold, "an order is what nobody ordered",
       [](auto& p) {
         p.begin(60, kLater, kAnn, 1, 0, "order-2");
         p.decide(61, kLater, PlacedState::rejected, Lack::stock);
       }},
      {"StillFrozen", kPlacingsAreAsTold, "something is still frozen",
       [](auto& p) { p.change("loyalty", kOneFrozen); }},
      {"GoneAndNotPlaced", kPlacingsAreAsTold, "another amount is gone than was placed",
       [](auto& p) { p.change("storeroom", kOneUnused); }},
      {"LeftAndNotThere", kPlacingsAreAsTold, "another amount is left than was not placed",
       [](auto& p) { p.change("storeroom", kOneMoreFree); }},
      {"SentAwayForNothing", kPlacingsAreAsTold, "who ordered what there was for all was sent away",
       [](auto& p) {
         p.more_mugs(100);
         p.change("storeroom", kMoreFree);
       }},
  };
}

std::vector<Breach> breaches() {
  std::vector<Breach> all;
  for (auto* part : {&breaches_of_branches, &breaches_of_orders, &breaches_of_answers}) {
    for (Breach& breach : part()) all.push_back(std::move(breach));
  }
  return all;
}

TEST(PlacingLaws, RejectWhatTheyAreThereFor) { expect_rejected(breaches()); }

TEST(PlacingLaws, EachHasABreachAndEachSentenceIsSaid) { expect_complete(breaches(), placing::flow()); }

// Each neighbour differs from a breach in the one thing that makes it right.
TEST(PlacingLaws, AcceptTheirNeighbours) {
  const auto later = [](SmallPlacing& p, Lack lack, std::int64_t points = 0) {
    p.begin(60, kLater, kAnn, 1, points, "order-2");
    p.decide(61, kLater, PlacedState::rejected, lack);
    p.told(SmallPlacing::wish(kAnn, 1, points, "order-2"),
           {PlacingStatus::order, PlacingProblem::none, kLater, PlacedState::rejected, lack}, 60);
  };
  const std::vector<Breach> all{
      {"TheGoodDay", "", "", [](auto&) {}},
      {"ACancelWithoutATryChangesNothing", "", "",
       [&](auto& p) {
         later(p, Lack::stock);
         p.suspend(62, "storeroom", kLater, kMugs, 1);
       }},
      {"NotEnoughStock", "", "", [&](auto& p) { later(p, Lack::stock); }},
      {"NotEnoughPoints", "", "", [&](auto& p) { later(p, Lack::points, 51); }},
      {"NoTimeWhereSomethingStruck", "", "",
       [&](auto& p) {
         p.calm = false;
         later(p, Lack::time);
       }},
      {"TenSeconds", "", "",
       [](auto& p) {
         p.begin(60, kLater, kAnn, 1, 0, "order-2");
         p.decide(70, kLater, PlacedState::rejected, Lack::stock);
         p.told(SmallPlacing::wish(kAnn, 1, 0, "order-2"),
                {PlacingStatus::order, PlacingProblem::none, kLater, PlacedState::rejected, Lack::stock}, 66);
       }},
      {"JustTheBoundAfterFaults", kAgreeInTime, "",
       [](auto& p) {
         p.calm = false;
         p.begin(60, kLater, kAnn, 1, 0, "order-2");
         p.decide(600 + 13 * 60, kLater, PlacedState::rejected, Lack::time);
       }},
      {"RepairedInTime", kDifferencesAreRepaired, "",
       [](auto& p) {
         p.calm = false;
         p.differs(60, kBobs, 1);
         p.repair(600 + 13 * 60, kBobs);
       }},
      {"InSuspenseAndThenRepaired", kDifferencesAreRepaired, "",
       [](auto& p) {
         p.differs(60, kBobs, 11);
         p.repair(5'000, kBobs);
       }},
      {"CancelledTwiceOfNothing", kBranchStepsKeepTheirTurn, "",
       [](auto& p) { p.moved(60, "storeroom", kBobs, kMugs, 2, BranchState::suspended); }},
      {"ATrueRefusal", "", "",
       [](auto& p) {
         p.told(SmallPlacing::wish(kDee, 0, 0, "order-9"),
                {PlacingStatus::refused, PlacingProblem::bad_quantity}, 60);
       }},
      {"ATrueConflict", "", "",
       [](auto& p) { p.told(SmallPlacing::wish(kAnn, 3, 10), {PlacingStatus::conflict}, 60); }},
      {"AWaitThatWasTrue", "", "", [](auto& p) { dee_hears(p, PlacedState::pending, Lack::none, 50); }},
      {"GaveUpWhereSomethingStruck", "", "",
       [](auto& p) {
         p.calm = false;
         p.told(SmallPlacing::wish(kDee, 1, 0, "order-9"), {}, 60);
         p.diary.asked.back().gave_up = true;
       }},
      {"AskedTwiceUnderOneKeyWithoutAnAnswer", "", "",
       [](auto& p) {
         p.calm = false;
         p.diary.asked.push_back({SmallPlacing::wish(kAnn, 1, 3, "order-2"), 60 * kSecond});
         p.diary.asked.push_back({SmallPlacing::wish(kAnn, 2, 3, "order-2"), 62 * kSecond});
         p.begin(63, kLater, kAnn, 2, 3, "order-2");
         p.decide(64, kLater, PlacedState::rejected, Lack::time);
       }},
      {"UndecidedInAWorldThatMoves", "", "",
       [](auto& p) {
         p.settled = false;
         p.now_s = 1'000;
         p.begin(60, kLater, kAnn, 1, 0, "order-2");
       }},
  };
  expect_accepted(all);
}

}  // namespace
}  // namespace ordeal::test
