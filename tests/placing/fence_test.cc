// The fence by itself: its table of rules, and steps in any order.
#include "core/placing/fence.h"

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/plain_database.h"

namespace ordeal::placing {
namespace {

using api::BranchState;
using api::BranchStatus;
using support::PlainDatabase;

constexpr PoolId kPool{1};
constexpr OrderId kOrder{101};

struct Fixture {
  Fixture() {
    db.transact("open", [](env::Tx& tx) { put_pool(tx, kPool, 10); });
  }
  BranchStatus do_it(char step, OrderId order = kOrder, std::int64_t amount = 4) {
    return env::in_transaction(db, "step", [&](env::Tx& tx) {
      const api::Branch branch{order, kPool, amount};
      const Steps steps{tx, "storeroom", branch};
      switch (step) {
        case 't':
          return rows.try_it(steps);
        case 'k':
          return rows.take(steps);
        case 'c':
          return rows.confirm(steps);
        default:
          return rows.cancel(steps);
      }
    });
  }
  std::int64_t of_pool(const std::string& what) { return db.number("select " + what + " from pool"); }
  std::optional<BranchState> state(OrderId order = kOrder) {
    return env::in_read(db, "look", [&](env::Connection& from) { return find_branch(from, order); });
  }

  PlainDatabase db{kParticipantSchema};
  FenceRows rows;
};

TEST(Fence, AnswersByWhereTheBranchIs) {
  struct Case {
    const char* steps;  // t try, k take, c confirm, x cancel
    BranchStatus last;
    std::optional<BranchState> state;
    std::int64_t free, frozen, used;
  };
  using enum BranchStatus;
  const std::vector<Case> all{
      {"t", done, BranchState::tried, 6, 4, 0},
      {"tt", done, BranchState::tried, 6, 4, 0},
      {"tc", done, BranchState::confirmed, 6, 0, 4},
      {"tcc", done, BranchState::confirmed, 6, 0, 4},
      {"tct", done, BranchState::confirmed, 6, 0, 4},
      {"tcx", refused, BranchState::confirmed, 6, 0, 4},
      {"tx", done, BranchState::cancelled, 10, 0, 0},
      {"txx", done, BranchState::cancelled, 10, 0, 0},
      {"txt", refused, BranchState::cancelled, 10, 0, 0},
      {"txc", refused, BranchState::cancelled, 10, 0, 0},
      {"txk", refused, BranchState::cancelled, 10, 0, 0},
      {"x", done, BranchState::suspended, 10, 0, 0},
      {"xx", done, BranchState::suspended, 10, 0, 0},
      {"xt", refused, BranchState::suspended, 10, 0, 0},
      {"xk", refused, BranchState::suspended, 10, 0, 0},
      {"xc", refused, BranchState::suspended, 10, 0, 0},
      {"c", refused, std::nullopt, 10, 0, 0},
      {"k", done, BranchState::taken, 6, 0, 4},
      {"kk", done, BranchState::taken, 6, 0, 4},
      {"kt", refused, BranchState::taken, 6, 0, 4},
      {"kx", done, BranchState::returned, 10, 0, 0},
      {"kxx", done, BranchState::returned, 10, 0, 0},
      {"kxk", refused, BranchState::returned, 10, 0, 0},
      {"kxt", refused, BranchState::returned, 10, 0, 0},
  };
  for (const Case& one : all) {
    Fixture f;
    BranchStatus last = BranchStatus::unknown;
    for (const char* step = one.steps; *step != 0; ++step) last = f.do_it(*step);
    EXPECT_EQ(last, one.last) << one.steps;
    EXPECT_EQ(f.state(), one.state) << one.steps;
    EXPECT_EQ(f.of_pool("free"), one.free) << one.steps;
    EXPECT_EQ(f.of_pool("frozen"), one.frozen) << one.steps;
    EXPECT_EQ(f.of_pool("used"), one.used) << one.steps;
  }
}

TEST(Fence, HasNotAsMuchAndKeepsANoOfATake) {
  Fixture f;
  EXPECT_EQ(f.do_it('t', kOrder, 11), BranchStatus::lacking);
  EXPECT_EQ(f.state(), std::nullopt) << "a try that found too little may be tried again";
  EXPECT_EQ(f.do_it('k', kOrder, 11), BranchStatus::lacking);
  EXPECT_EQ(f.state(), BranchState::denied) << "a wish was answered, and stays answered";
  EXPECT_EQ(f.do_it('k', kOrder, 11), BranchStatus::refused);
  EXPECT_EQ(f.do_it('x', kOrder, 11), BranchStatus::done) << "there is nothing to give back";
  EXPECT_EQ(f.do_it('t', {102}, 10), BranchStatus::done);
  EXPECT_EQ(f.do_it('t', {103}, 1), BranchStatus::lacking);
}

// Whatever comes, in whatever order and however often: amounts are never made or lost, no branch goes back, and nothing is held of what was
// cancelled.
TEST(Fence, KeepsTheThreeRulesInAnyOrderOfSteps) {
  rc::check("steps in any order", [](const std::vector<std::uint8_t>& said) {
    Fixture f;
    std::map<std::int64_t, bool> cancelled;
    std::map<std::int64_t, std::int64_t> held;
    for (const std::uint8_t byte : said) {
      const OrderId order{1 + byte % 3};
      const std::int64_t amount = order.value * 2;
      const char step = "tkcx"[byte / 3 % 4];
      const auto before = f.state(order);
      const BranchStatus status = f.do_it(step, order, amount);
      const auto after = f.state(order);
      if (step == 'x' && status == BranchStatus::done) cancelled[order.value] = true;
      if (step == 'c' && !before) RC_ASSERT(status == BranchStatus::refused);
      const bool holds =
          after == BranchState::tried || after == BranchState::confirmed || after == BranchState::taken;
      RC_ASSERT(!(holds && cancelled[order.value]));
      if (before == BranchState::confirmed) RC_ASSERT(after == before);
      held[order.value] = holds ? amount : 0;
      std::int64_t all = 0;
      for (const auto& [id, units] : held) all += units;
      RC_ASSERT(f.of_pool("free") == 10 - all);
      RC_ASSERT(f.of_pool("frozen + used") == all);
      RC_ASSERT(f.of_pool("min(free, frozen, used)") >= 0);
    }
  });
}

}  // namespace
}  // namespace ordeal::placing
