// The clearing house without a simulator: each scheme against the requirement on random obligations, cover, the life of a cycle, and what
// becomes of a job that two nodes run.
#include "core/netting/service.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/wire/names.h"
#include "tests/support/fake_env.h"

namespace ordeal::netting {
namespace {

using namespace ordeal::literals;
using api::CoverStatus;
using api::CycleState;
using api::NettingProblem;
using api::ObligationState;
using api::SubmitStatus;
using support::FakeWorld;
using support::PlainDatabase;

constexpr BankId kNorth{1};
constexpr BankId kSouth{2};
constexpr BankId kWest{3};
constexpr Currency kYen{{'J', 'P', 'Y'}};

Money yuan(std::int64_t n) { return {n * 100, {}}; }

const std::string& schema() {
  static const std::string all = std::string(kTables) + jobs::kTables;
  return all;
}

struct Fixture {
  explicit Fixture(const std::string& scheme_name = "multilateral", std::int64_t fund = 0)
      : scheme(make_scheme(scheme_name)),
        cover(make_cover("conditional")),
        once(jobs::make_once("run_key")),
        db(world.database(schema().c_str())),
        service(world.env("netting"), db, {*scheme, *cover, *once}, terms()) {
    db.transact("open", [&](env::Tx& tx) {
      for (const Currency currency : {Currency{}, kYen}) {
        for (const std::int64_t account :
             {api::kHouse, api::kFund, api::kOutside, kNorth.value, kSouth.value, kWest.value})
          open_account(tx, account, currency);
      }
      using enum api::NetEntryKind;
      for (const BankId bank : {kNorth, kSouth, kWest})
        post(tx, {put_in, api::kOutside, bank.value, yuan(100), {}, {}, {}});
      if (fund > 0) post(tx, {put_in, api::kOutside, api::kFund, yuan(fund), {}, {}, {}});
    });
    service.start();
  }
  static Terms terms() {
    Terms terms{1_h, 30_min};
    return terms;
  }
  api::SubmitReply submit(BankId debtor, BankId creditor, Money amount, std::string reference) {
    return service.submit({debtor, creditor, amount, std::move(reference)});
  }
  // Everything that is due now, with what it spawns.
  void run() {
    world.tasks.spawned.clear();
    service.runner().run_due();
    auto tasks = std::move(world.tasks.spawned);
    world.tasks.spawned.clear();
    for (auto& [name, work] : tasks) work();
  }
  void cut_off() {
    world.clock.advance(1_h);
    run();
  }
  std::int64_t balance(std::int64_t account) {
    return db.number("select balance from net_account where currency = 'CNY' and id = " +
                     std::to_string(account));
  }
  ObligationState state(BankId debtor, const std::string& reference) {
    return service.look({debtor, reference}).state;
  }

  FakeWorld world;
  std::unique_ptr<Scheme> scheme;
  std::unique_ptr<Cover> cover;
  std::unique_ptr<jobs::Once> once;
  PlainDatabase& db;
  Service service;
};

// --- schemes ---

class EveryScheme : public testing::TestWithParam<const char*> {};

// Whatever is owed: the nets are what is owed less what is owed the other way, they add up to zero, the transfers give each bank its net,
// and they move no more than the gross (I-79).
TEST_P(EveryScheme, GivesEachBankItsNet) {
  const auto scheme = make_scheme(GetParam());
  rc::check([&] {
    const auto rows = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(1, 6), rc::gen::inRange(1, 6), rc::gen::inRange(-500, 500)));
    std::vector<Owed> all;
    std::map<std::int64_t, std::int64_t> due;
    std::int64_t gross = 0;
    for (const auto& [debtor, creditor, minor] : rows) {
      if (debtor == creditor || minor == 0) continue;
      all.push_back({{static_cast<std::int64_t>(all.size()) + 1}, {debtor}, {creditor}, {minor, {}}});
      due[debtor] -= minor;
      due[creditor] += minor;
      gross += std::abs(minor);
    }
    const Netted netted = scheme->net(all, {});
    std::int64_t sum = 0;
    for (const auto& [bank, net] : netted.positions) {
      RC_ASSERT(net.minor == due[bank.value]);
      sum += net.minor;
    }
    RC_ASSERT(sum == 0);
    std::map<std::int64_t, std::int64_t> moved;
    std::int64_t moves = 0;
    for (const Planned& one : netted.transfers) {
      RC_ASSERT(one.amount.is_positive());
      moved[one.from] -= one.amount.minor;
      moved[one.to] += one.amount.minor;
      if (one.phase == 1) moves += one.amount.minor;
    }
    RC_ASSERT(moved[api::kHouse] == 0);
    for (const auto& [bank, net] : due) RC_ASSERT(moved[bank] == net);
    RC_ASSERT(moves <= gross);
  });
}
INSTANTIATE_TEST_SUITE_P(All, EveryScheme, testing::Values("bilateral", "multilateral", "ccp"));

TEST(Schemes, MultilateralMovesLessThanBilateral) {
  // A ring: each owes the next one as much.
  const std::vector<Owed> ring{
      {{1}, kNorth, kSouth, yuan(10)}, {{2}, kSouth, kWest, yuan(10)}, {{3}, kWest, kNorth, yuan(10)}};
  EXPECT_EQ(make_scheme("bilateral")->net(ring, {}).transfers.size(), 3U);
  EXPECT_EQ(make_scheme("multilateral")->net(ring, {}).transfers.size(), 0U);
}

// --- what is taken ---

TEST(ClearingHouse, TakesAnObligationOnceAndForTheCycleOfItsTime) {
  Fixture f;
  const auto first = f.submit(kNorth, kSouth, yuan(10), "r1");
  ASSERT_EQ(first.status, SubmitStatus::taken);
  EXPECT_EQ(f.submit(kNorth, kSouth, yuan(10), "r1").obligation, first.obligation);
  EXPECT_EQ(f.submit(kNorth, kSouth, yuan(11), "r1").status, SubmitStatus::conflict);
  EXPECT_EQ(f.submit(kNorth, kWest, yuan(10), "r1").status, SubmitStatus::conflict);
  EXPECT_NE(f.submit(kSouth, kNorth, yuan(10), "r1").obligation, first.obligation)
      << "a reference of another bank";
  f.world.clock.advance(1_h);
  EXPECT_EQ(f.submit(kNorth, kSouth, yuan(10), "r1").cycle, first.cycle) << "asked again in the next session";
  EXPECT_EQ(f.submit(kNorth, kSouth, yuan(10), "r2").cycle.value, first.cycle.value + 10);
}

TEST(ClearingHouse, RefusesWhatNoObligationCanBeMadeOfAndChangesNothing) {
  struct Case {
    api::SubmitObligation request;
    NettingProblem problem;
  };
  const std::vector<Case> all{
      {{kNorth, kSouth, yuan(1), ""}, NettingProblem::bad_reference},
      {{kNorth, kSouth, yuan(1), std::string(65, 'r')}, NettingProblem::bad_reference},
      {{kNorth, kSouth, yuan(0), "r"}, NettingProblem::bad_amount},
      {{kNorth, kSouth, {INT64_MIN, {}}, "r"}, NettingProblem::bad_amount},
      {{kNorth, kSouth, {Money::kMaxMinor + 1, {}}, "r"}, NettingProblem::bad_amount},
      {{kNorth, BankId{9}, yuan(1), "r"}, NettingProblem::no_bank},
      {{BankId{-1}, kSouth, yuan(1), "r"}, NettingProblem::no_bank},
      {{kNorth, BankId{api::kHouse}, yuan(1), "r"}, NettingProblem::no_bank},
      {{kNorth, kSouth, {1, {{'X', 'X', 'X'}}}, "r"}, NettingProblem::no_bank},
      {{kNorth, kNorth, yuan(1), "r"}, NettingProblem::to_itself},
  };
  Fixture f;
  for (const Case& one : all) {
    const auto reply = f.service.submit(one.request);
    EXPECT_EQ(reply.status, SubmitStatus::refused) << one.request.reference;
    EXPECT_EQ(reply.problem, one.problem) << wire::name_of(reply.problem);
  }
  EXPECT_EQ(f.db.number("select count(*) from obligation"), 0);
  EXPECT_EQ(f.db.number("select count(*) from cycle"), 0);
  EXPECT_EQ(f.db.number("select count(*) from job_run"), 0);
  EXPECT_EQ(f.submit(kNorth, kSouth, {-Money::kMaxMinor, {}}, "r").status, SubmitStatus::taken);
}

TEST(ClearingHouse, KeepsCurrenciesApart) {
  Fixture f;
  const auto in_yuan = f.submit(kNorth, kSouth, yuan(10), "r1");
  const auto in_yen = f.submit(kNorth, kSouth, {500, kYen}, "r2");
  EXPECT_NE(in_yuan.cycle, in_yen.cycle);
  EXPECT_EQ(api::key_of(in_yen.cycle).currency, kYen);
}

// --- cover ---

TEST(Cover, IsMovedOnceForAKeyAndNeverBelowNothing) {
  Fixture f;
  EXPECT_EQ(f.service.move_cover({kNorth, true, yuan(60), "k1"}).status, CoverStatus::moved);
  EXPECT_EQ(f.service.move_cover({kNorth, true, yuan(60), "k1"}).status, CoverStatus::moved);
  EXPECT_EQ(f.balance(kNorth.value), 4'000);
  EXPECT_EQ(f.service.move_cover({kNorth, true, yuan(61), "k1"}).status, CoverStatus::conflict);
  EXPECT_EQ(f.service.move_cover({kNorth, true, yuan(41), "k2"}).status, CoverStatus::lacks_cover);
  EXPECT_EQ(f.service.move_cover({kNorth, false, yuan(1), "k3"}).status, CoverStatus::moved);
  EXPECT_EQ(f.service.move_cover({kNorth, true, yuan(41), "k2"}).status, CoverStatus::moved);
  EXPECT_EQ(f.balance(kNorth.value), 0);
  EXPECT_EQ(f.service.move_cover({BankId{api::kFund}, true, yuan(1), "k"}).problem, NettingProblem::no_bank);
  EXPECT_EQ(f.service.move_cover({kNorth, true, yuan(0), "k"}).problem, NettingProblem::bad_amount);
  EXPECT_EQ(f.service.move_cover({kNorth, true, yuan(1), ""}).problem, NettingProblem::bad_reference);
}

// --- a cycle ---

TEST(Cycles, AreSettledAtTheirCutOff) {
  Fixture f;
  f.submit(kNorth, kSouth, yuan(50), "r1");
  f.submit(kSouth, kWest, yuan(20), "r2");
  f.submit(kNorth, kSouth, yuan(-10), "r3");
  f.run();
  EXPECT_EQ(f.state(kNorth, "r1"), ObligationState::taken) << "before the cut-off";
  f.cut_off();
  EXPECT_EQ(f.balance(kNorth.value), 6'000);
  EXPECT_EQ(f.balance(kSouth.value), 12'000);
  EXPECT_EQ(f.balance(kWest.value), 12'000);
  EXPECT_EQ(f.balance(api::kHouse), 0);
  EXPECT_EQ(f.state(kNorth, "r3"), ObligationState::settled);
  EXPECT_EQ(f.db.number("select ended from job_run"), 1);
}

TEST(Cycles, WaitForCoverAndAreUnwoundAfterTheGrace) {
  Fixture f;
  f.submit(kNorth, kSouth, yuan(150), "r1");
  f.submit(kWest, kSouth, yuan(30), "r2");
  f.cut_off();
  EXPECT_EQ(f.balance(kNorth.value), 10'000) << "north lacks cover";
  EXPECT_EQ(f.balance(kWest.value), 7'000) << "west has paid in";
  f.world.clock.advance(29_min);
  f.run();
  EXPECT_EQ(f.balance(kSouth.value), 10'000) << "nobody is paid out before all is there";
  f.world.clock.advance(1_min);
  f.run();
  EXPECT_EQ(f.state(kNorth, "r1"), ObligationState::unpaid);
  EXPECT_EQ(f.state(kWest, "r2"), ObligationState::settled);
  EXPECT_EQ(f.balance(kNorth.value), 10'000);
  EXPECT_EQ(f.balance(kSouth.value), 13'000);
  EXPECT_EQ(f.balance(api::kHouse), 0);
}

TEST(Cycles, AreSavedByCoverThatComesInTime) {
  Fixture f;
  f.submit(kNorth, kSouth, yuan(150), "r1");
  f.cut_off();
  f.service.move_cover({kNorth, false, yuan(50), "k"});
  f.world.clock.advance(5_min);
  f.run();
  EXPECT_EQ(f.state(kNorth, "r1"), ObligationState::settled);
  EXPECT_EQ(f.balance(kNorth.value), 0);
}

TEST(Cycles, LeaveAPairToItselfWhenTheyAreBilateral) {
  Fixture f("bilateral");
  f.submit(kNorth, kSouth, yuan(150), "r1");
  f.submit(kSouth, kNorth, yuan(10), "r2");
  f.submit(kWest, kSouth, yuan(30), "r3");
  f.cut_off();
  EXPECT_EQ(f.balance(kSouth.value), 13'000) << "west and south are done";
  f.world.clock.advance(30_min);
  f.run();
  EXPECT_EQ(f.state(kNorth, "r1"), ObligationState::unpaid);
  EXPECT_EQ(f.state(kSouth, "r2"), ObligationState::unpaid);
  EXPECT_EQ(f.state(kWest, "r3"), ObligationState::settled);
  EXPECT_EQ(f.db.number("select minor from net_position where bank = 1"), 0);
  EXPECT_EQ(f.db.number("select minor from net_position where bank = 2"), 3'000);
}

TEST(Cycles, AreBorneByTheFundOfACounterparty) {
  Fixture f("ccp", 150);
  f.submit(kNorth, kSouth, yuan(150), "r1");
  f.cut_off();
  f.world.clock.advance(30_min);
  f.run();
  EXPECT_EQ(f.state(kNorth, "r1"), ObligationState::settled);
  EXPECT_EQ(f.balance(kSouth.value), 25'000) << "who is owed is paid";
  EXPECT_EQ(f.balance(api::kFund), 0);
  EXPECT_EQ(f.balance(kNorth.value), 10'000);
}

TEST(Cycles, AreUnwoundWhenTheFundHasNotAsMuch) {
  Fixture f("ccp", 149);
  f.submit(kNorth, kSouth, yuan(150), "r1");
  f.cut_off();
  f.world.clock.advance(30_min);
  f.run();
  EXPECT_EQ(f.state(kNorth, "r1"), ObligationState::unpaid);
  EXPECT_EQ(f.balance(api::kFund), 14'900);
}

// --- jobs ---

class EveryOnce : public testing::TestWithParam<const char*> {};

TEST_P(EveryOnce, LetsAStepBeDoneOnceAndOnlyByTheLast) {
  FakeWorld world;
  PlainDatabase& db = world.database(schema().c_str());
  const auto once = jobs::make_once(GetParam());
  once->start(world.env("netting"));
  const jobs::Key key{"job", 20'000, 7};
  const Instant now = world.clock.wall;
  db.transact("schedule", [&](env::Tx& tx) {
    jobs::schedule(tx, key, now);
    jobs::schedule(tx, key, now + 1_h);
    EXPECT_EQ(jobs::next_due(tx), now) << "the first one stays";
    EXPECT_EQ(jobs::due(tx, now - 1_ns, 9).size(), 0U);
    const auto first = jobs::claim(tx, key, now, now + jobs::kLease);
    ASSERT_TRUE(first);
    EXPECT_FALSE(jobs::claim(tx, key, now + jobs::kLease - 1_ns, now + 1_h)) << "it is still his";
    EXPECT_TRUE(once->may(tx, *first, "close"));
    once->did(tx, *first, "close", now + 20_s);
    EXPECT_FALSE(once->may(tx, *first, "close")) << "it is done";
    EXPECT_FALSE(jobs::claim(tx, key, now + 49_s, now + 1_h)) << "a step makes the lease longer";
    const auto second = jobs::claim(tx, key, now + 50_s, now + 80_s);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->token, 2);
    EXPECT_FALSE(once->may(tx, *first, "net")) << "he was overtaken";
    EXPECT_TRUE(once->may(tx, *second, "net"));
    EXPECT_FALSE(once->may(tx, *second, "close")) << "done by the one before";
    jobs::put_off(tx, *first, now + 2_h);
    EXPECT_EQ(jobs::next_due(tx), now + 80_s) << "it is not his to put off";
    jobs::end(tx, *first);
    EXPECT_TRUE(jobs::next_due(tx)) << "nor to end";
    jobs::end(tx, *second);
    EXPECT_FALSE(jobs::next_due(tx));
    EXPECT_FALSE(jobs::claim(tx, key, now + 9_h, now + 10_h)) << "it has ended";
  });
}
INSTANTIATE_TEST_SUITE_P(All, EveryOnce, testing::Values("run_key", "row_lock"));

TEST(Jobs, OfTwoDatesAndPartitionsAreTwo) {
  FakeWorld world;
  PlainDatabase& db = world.database(schema().c_str());
  const auto once = jobs::make_once("run_key");
  once->start(world.env("netting"));
  const Instant now = world.clock.wall;
  db.transact("schedule", [&](env::Tx& tx) {
    for (const jobs::Key& key : {jobs::Key{"job", 1, 1}, {"job", 1, 2}, {"job", 2, 1}, {"other", 1, 1}}) {
      jobs::schedule(tx, key, now);
      const auto run = jobs::claim(tx, key, now, now + 1_h);
      ASSERT_TRUE(run);
      EXPECT_EQ(run->token, 1);
      EXPECT_TRUE(once->may(tx, *run, "close"));
      once->did(tx, *run, "close", now);
    }
  });
}

}  // namespace
}  // namespace ordeal::netting
