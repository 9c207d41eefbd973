// Each law of the flash sale by a history that it must reject and its neighbour that it must accept.
#include "scenarios/flows/course_sale/laws/laws.h"

#include <functional>
#include <map>
#include <memory>
#include <ostream>

#include <gtest/gtest.h>

#include "core/classroom/classroom.h"
#include "core/seckill/seats.h"
#include "scenarios/flows/course_sale/books.h"
#include "scenarios/flows/course_sale/flow.h"
#include "scenarios/flows/course_sale/parts.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/laws/watch.h"
#include "tests/support/plain_database.h"
#include "tests/support/shipped.h"

namespace ordeal::test {
namespace {

using namespace ordeal::course_sale;
namespace f = seckill::facts;
using seckill::GrabStatus;
using seckill::SeatState;

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr seckill::CourseId kAlgebra{1};  // 2 seats of 199.00 CNY
constexpr UserId kAnn{1};
constexpr UserId kBen{2};
constexpr UserId kCem{3};

// The scenario course_seckill with a history written by hand. A good day: Ann pays and gets her course, Ben wins and leaves.
class SmallSale {
 public:
  explicit SmallSale(std::string_view law) : scenario_(library().load("course_seckill")) {
    scenario_.invariants = {std::string(law)};
    watch_ = std::make_unique<play::Watch>(flows_, scenario_);
    sale.transact("seed", [&](env::Tx& tx) {
      seckill::put_activity(tx, {kActivity, 0, false, opens_at(scenario_), ends_at(scenario_), 0});
      seckill::put_course(tx, kActivity, {kAlgebra, {19900, {}}, 2, 0});
      seckill::publish(tx, {kActivity, 1});
      seckill::mark_warm(tx, kActivity, 1);
    });
    win({1}, kAnn, 0);
    win({2}, kBen, 1);
    in_sale([&](env::Tx& tx) {
      seckill::confirm_seat(tx, seat({1}, kAnn), {1});
      seckill::pay_seat(tx, seat({1}, kAnn));
      seckill::give_back(tx, seat({2}, kBen));
    });
    rights.transact("seed", [&](env::Tx& tx) { classroom::insert_right(tx, {{1}, kAnn, kAlgebra}); });
    say(2, f::SeatPaid{{1}, kAnn, kAlgebra});
    say(3, f::CourseGiven{{1}, kAnn, kAlgebra});
    say(600, f::SeatGivenBack{{2}, kActivity, kAlgebra, kBen, SeatState::lapsed});
    till.charged[{1}] = {{19900, {}}, 1};
    diary.confirmed[{1}] = kAnn;
    diary.paid[{1}] = kAnn;
  }

  static seckill::Seat seat(seckill::GrabId grab, UserId user, SeatState state = SeatState::won) {
    return {grab, kActivity, kAlgebra, user, state, Instant{5}, {}};
  }
  void win(seckill::GrabId grab, UserId user, std::int64_t second) {
    in_sale([&](env::Tx& tx) {
      seckill::take_unit(tx, kActivity, kAlgebra);
      seckill::insert_seat(tx, seat(grab, user));
    });
    say(second,
        f::SeatWon{grab, user, kActivity, kAlgebra, opens_at(scenario_) + Duration{second * kSecond}});
  }
  template <class Fact>
  void say(std::int64_t second, Fact fact) {
    const auto body = env::Message::of(std::move(fact));
    watch_->on_fact(sim::Fact{body, second * kSecond, 0, {}}, findings_);
  }
  void in_sale(const std::function<void(env::Tx&)>& work) { sale.transact("test", work); }
  void change(const char* sql) {
    in_sale([&](env::Tx& tx) {
      statements_.push_back(std::make_unique<env::Sql>(env::Sql{sql}));
      tx.exec(*statements_.back());
    });
  }
  void hear(std::int64_t second, GrabStatus status, seckill::GrabId grab = {1}, UserId user = kAnn) {
    diary.heard.push_back({grab, user, kAlgebra, status, second * kSecond, second * kSecond + 1});
  }
  bool rejects() {
    play::Rest::Facts facts;
    facts.settled = true;
    facts.machine_struck = !calm;
    facts.gone = gone;
    play::Rest rest(scenario_, designer_, flows_, facts);
    rest.add(typeid(Diary), diary);
    rest.add(typeid(TillBook), till);
    bool broken = false;
    sale.read("audit", [&](env::Connection& of_sale) {
      rights.read("audit", [&](env::Connection& of_rights) {
        rest.add("seckill", of_sale);
        rest.add("classroom", of_rights);
        watch_->at_rest(rest, findings_);
        for (const sim::Finding& finding : findings_.take()) {
          EXPECT_EQ(finding.invariant, scenario_.invariants.front()) << finding.message;
          broken = true;
        }
      });
    });
    return broken;
  }
  const play::Scenario& scenario() const { return scenario_; }

  Diary diary;
  TillBook till;
  bool calm = true;
  std::vector<std::string> gone;
  support::PlainDatabase sale{seckill::kSchema};
  support::PlainDatabase rights{std::string(classroom::kRights).c_str()};

 private:
  play::Flows flows_{{&flow()}};
  play::Scenario scenario_;
  play::Designer designer_{flows_, {}, {}, {}};
  std::unique_ptr<play::Watch> watch_;
  play::Findings findings_;
  std::vector<std::unique_ptr<env::Sql>> statements_;
};

struct Row {
  const char* name;
  std::string_view law;
  bool rejects;
  void (*happens)(SmallSale& world);
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {"OneSeat_TwoAtOnce", kOneSeatPerUser, true,
       [](SmallSale& w) {
         w.say(700, f::SeatWon{{3}, kAnn, kActivity, kAlgebra, {}});
       }},
      {"OneSeat_AfterTheFirstLapsed", kOneSeatPerUser, false,
       [](SmallSale& w) {
         w.say(700, f::SeatWon{{3}, kBen, kActivity, kAlgebra, {}});
       }},
      {"Stock_AThirdOfTwo", kSeatsWithinStock, true,
       [](SmallSale& w) {
         w.say(700, f::SeatWon{{3}, kBen, kActivity, kAlgebra, {}});
         w.say(701, f::SeatWon{{4}, kCem, kActivity, kAlgebra, {}});
       }},
      {"Stock_TheOneThatCameBack", kSeatsWithinStock, false,
       [](SmallSale& w) {
         w.say(700, f::SeatWon{{3}, kCem, kActivity, kAlgebra, {}});
       }},
      {"Hours_ANanosecondEarly", kSoldInHours, true,
       [](SmallSale& w) {
         w.say(700, f::SeatWon{{3}, kCem, kActivity, kAlgebra, opens_at(w.scenario()) - Duration{1}});
       }},
      {"Hours_AtTheEnd", kSoldInHours, true,
       [](SmallSale& w) {
         w.say(700, f::SeatWon{{3}, kCem, kActivity, kAlgebra, ends_at(w.scenario())});
       }},
      {"Hours_TheLastNanosecond", kSoldInHours, false,
       [](SmallSale& w) {
         w.say(700, f::SeatWon{{3}, kCem, kActivity, kAlgebra, ends_at(w.scenario()) - Duration{1}});
       }},
      {"Back_Twice", kUnitBackOnce, true,
       [](SmallSale& w) {
         w.say(601, f::SeatGivenBack{{2}, kActivity, kAlgebra, kBen, SeatState::lapsed});
       }},
      {"Back_OfAnother", kUnitBackOnce, false,
       [](SmallSale& w) {
         w.say(601, f::SeatGivenBack{{3}, kActivity, kAlgebra, kCem, SeatState::lapsed});
       }},
      {"Right_Twice", kOneRight, true,
       [](SmallSale& w) {
         w.say(4, f::CourseGiven{{1}, kAnn, kAlgebra});
       }},
      {"Right_ForTwoSeats", kOneRight, false,
       [](SmallSale& w) {
         w.say(4, f::CourseGiven{{3}, kCem, kAlgebra});
       }},
      {"Unpaid_Given", kOnlyPaidIsTold, true,
       [](SmallSale& w) {
         w.say(4, f::CourseGiven{{2}, kBen, kAlgebra});
       }},
      {"Unpaid_ToAnother", kOnlyPaidIsTold, true,
       [](SmallSale& w) {
         w.say(4, f::CourseGiven{{1}, kBen, kAlgebra});
       }},
      {"Unpaid_ARightOfAnother", kOnlyPaidIsTold, true,
       [](SmallSale& w) {
         w.rights.transact("test", [](env::Tx& tx) { classroom::insert_right(tx, {{2}, kBen, kAlgebra}); });
       }},
      {"Unpaid_PaidAfterAll", kOnlyPaidIsTold, false,
       [](SmallSale& w) {
         w.say(4, f::SeatPaid{{2}, kBen, kAlgebra});
         w.say(5, f::CourseGiven{{2}, kBen, kAlgebra});
       }},
      {"Sums_ACounterThatDrifted", kSeatsAddUp, true,
       [](SmallSale& w) { w.change("update sale_course set held = 1, available = 0"); }},
      {"Sums_ASeatWithoutItsUnit", kSeatsAddUp, true,
       [](SmallSale& w) {
         w.in_sale([](env::Tx& tx) { seckill::insert_seat(tx, SmallSale::seat({3}, kCem)); });
       }},
      {"Sums_ASeatWithItsUnit", kSeatsAddUp, false, [](SmallSale& w) { w.win({3}, kCem, 700); }},
      {"Till_MoneyOfALapsedSeat", kTillAgrees, true,
       [](SmallSale& w) {
         w.till.charged[{2}] = {{19900, {}}, 1};
       }},
      {"Till_AnotherAmount", kTillAgrees, true, [](SmallSale& w) { w.till.charged[{1}].amount.minor = 1; }},
      {"Till_NoMoney", kTillAgrees, true, [](SmallSale& w) { w.till.charged.clear(); }},
      {"Till_ClosedNumbersDoNotMatter", kTillAgrees, false, [](SmallSale& w) { w.till.closed.insert({2}); }},
      {"Told_WonWithoutASeat", kAsTold, true, [](SmallSale& w) { w.hear(700, GrabStatus::won, {9}, kCem); }},
      {"Told_AnothersSeat", kAsTold, true, [](SmallSale& w) { w.hear(700, GrabStatus::won, {1}, kCem); }},
      {"Told_ConfirmedAndLapsed", kAsTold, true, [](SmallSale& w) { w.diary.confirmed[{2}] = kBen; }},
      {"Told_PaidAndNot", kAsTold, true, [](SmallSale& w) { w.diary.paid[{2}] = kBen; }},
      {"Told_WonAndLapsedLater", kAsTold, false, [](SmallSale& w) { w.hear(2, GrabStatus::won, {2}, kBen); }},
      {"Nonsense_Swallowed", kNonsenseRefused, true,
       [](SmallSale& w) { w.diary.swallowed.emplace_back("a page"); }},
      {"Nonsense_None", kNonsenseRefused, false, [](SmallSale&) {}},
      {"Warm_Never", kPublishedIsWarm, true,
       [](SmallSale& w) { w.change("update sale_activity set warm_epoch = 0"); }},
      {"Warm_NotPublished", kPublishedIsWarm, false,
       [](SmallSale& w) { w.change("update sale_activity set warm_epoch = 0, published = 0"); }},
      {"Warm_TheCacheIsGone", kPublishedIsWarm, false,
       [](SmallSale& w) {
         w.change("update sale_activity set warm_epoch = 0");
         w.gone = {"redis"};
       }},
      {"Deadline_NeverOver", kNoSeatWithoutDeadline, true, [](SmallSale& w) { w.win({3}, kCem, 700); }},
      {"Deadline_Unpaid", kNoSeatWithoutDeadline, true,
       [](SmallSale& w) { w.change("update seat set state = 1 where grab = 2"); }},
      {"Deadline_UnpaidAndTheTillIsGone", kNoSeatWithoutDeadline, false,
       [](SmallSale& w) {
         w.change("update seat set state = 1 where grab = 2");
         w.gone = {"till"};
       }},
      {"Deadline_Lapsed", kNoSeatWithoutDeadline, false, [](SmallSale&) {}},
      {"Paid_NoRight", kPaidIsTold, true,
       [](SmallSale& w) { w.change("update seat set state = 2 where grab = 2"); }},
      {"Paid_ItsRight", kPaidIsTold, false, [](SmallSale&) {}},
      {"SoldOut_LongAfterAUnitCameBack", kSoldOutIsTrue, true,
       [](SmallSale& w) { w.hear(604, GrabStatus::sold_out, {9}, kCem); }},
      {"SoldOut_WhileAFlagMayLive", kSoldOutIsTrue, false,
       [](SmallSale& w) { w.hear(603, GrabStatus::sold_out, {9}, kCem); }},
      {"SoldOut_WhileAllIsGone", kSoldOutIsTrue, false,
       [](SmallSale& w) { w.hear(300, GrabStatus::sold_out, {9}, kCem); }},
      {"SoldOut_BeforeTheLastWasWon", kSoldOutIsTrue, true,
       [](SmallSale& w) { w.hear(0, GrabStatus::sold_out, {9}, kCem); }},
      {"Permits_ProbesTurnedAway", kPermitsComeBack, true,
       [](SmallSale& w) { w.diary.probes_turned_away = 1; }},
      {"Permits_AllLetIn", kPermitsComeBack, false, [](SmallSale&) {}},
      {"Answered_NotAtAll", kCalmLearnersServed, true, [](SmallSale& w) { w.diary.gave_up = {kCem}; }},
      {"Answered_NotWhileMachinesFailed", kCalmLearnersServed, false,
       [](SmallSale& w) {
         w.diary.gave_up = {kCem};
         w.calm = false;
       }},
  };
  return all;
}

class SaleLaws : public ::testing::TestWithParam<Row> {};

TEST_P(SaleLaws, Judge) {
  SmallSale world(GetParam().law);
  GetParam().happens(world);
  EXPECT_EQ(world.rejects(), GetParam().rejects);
}

INSTANTIATE_TEST_SUITE_P(History, SaleLaws, ::testing::ValuesIn(rows()), [](const auto& param) {
  return std::string(param.param.name).erase(std::string(param.param.name).find('_'), 1);
});

TEST(SaleLawTable, EveryLawHasBoth) {
  for (const play::LawRow& law : course_sale::law_rows()) {
    bool rejected = false;
    bool accepted = false;
    for (const Row& row : rows()) {
      rejected |= row.law == law.name && row.rejects;
      accepted |= row.law == law.name && !row.rejects;
    }
    EXPECT_TRUE(rejected && accepted) << law.name;
  }
}

}  // namespace
}  // namespace ordeal::test
