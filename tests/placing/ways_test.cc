// Each way of being consistent without a simulator: whatever one message or commit is lost, the three databases agree in the end.
#include <map>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "core/placing/participant.h"
#include "core/placing/service.h"
#include "tests/support/fake_env.h"

namespace ordeal::placing {
namespace {

using namespace ordeal::literals;
using api::Lack;
using api::PlacedState;
using api::PlacingProblem;
using api::PlacingReply;
using api::PlacingStatus;
using support::FakeWorld;
using support::Fault;
using support::PlainDatabase;

constexpr UserId kAnn{1};
constexpr SkuId kMug{1};

struct Fixture {
  explicit Fixture(const std::string& name)
      : way(make_consistency(name)),
        orders(world.database(kOrderSchema)),
        stock(world.database(kParticipantSchema)),
        points(world.database(kParticipantSchema)),
        service(world.env("placing"), orders, *way),
        storeroom(world.env("storeroom"), stock, fence, "storeroom"),
        loyalty(world.env("loyalty"), points, fence, "loyalty") {
    orders.transact("open", [](env::Tx& tx) {
      put_member(tx, kAnn);
      put_thing(tx, kMug);
    });
    stock.transact("open", [](env::Tx& tx) { put_pool(tx, pool_of(kMug), 5); });
    points.transact("open", [](env::Tx& tx) { put_pool(tx, pool_of(kAnn), 100); });
    storeroom.start();
    loyalty.start();
    service.start();
  }
  static api::Place wish(std::int64_t qty = 2, std::int64_t points = 30, std::string key = "k") {
    return {kAnn, kMug, qty, points, std::move(key)};
  }
  // As a customer who asks until he knows; all workers run until they have nothing to do.
  PlacingReply order(const api::Place& request) {
    PlacingReply reply;
    for (int i = 0; i < 4; ++i) {
      try {
        reply = service.place(request);
      } catch (const env::DatabaseError&) {
      }
      run_workers();
    }
    return service.place(request);
  }
  void run_workers() {
    for (int round = 0; round < 3; ++round) {
      const auto workers = world.tasks.spawned;
      for (const auto& [name, work] : workers) {
        world.tasks.naps_left = 40;
        try {
          work();
        } catch (const support::Idle&) {
        }
      }
    }
  }
  std::string held() {
    const auto of = [](PlainDatabase& db) {
      return std::to_string(db.number("select frozen from pool")) + " frozen " +
             std::to_string(db.number("select used from pool")) + " used";
    };
    return of(stock) + ", " + of(points);
  }

  FakeWorld world;
  std::unique_ptr<Consistency> way;
  FenceRows fence;
  PlainDatabase& orders;
  PlainDatabase& stock;
  PlainDatabase& points;
  Service service;
  Participant storeroom;
  Participant loyalty;
};

class EveryWay : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Ways, EveryWay, testing::Values("tcc", "outbox", "reconcile"),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(EveryWay, PlacesAnOrderWithAllThatItWants) {
  Fixture f(GetParam());
  const PlacingReply reply = f.order(Fixture::wish());
  EXPECT_EQ(reply.state, PlacedState::placed);
  EXPECT_EQ(f.held(), "0 frozen 2 used, 0 frozen 30 used");
  EXPECT_EQ(f.service.place(Fixture::wish()).order, reply.order) << "the same request is the same order";
  EXPECT_EQ(f.service.place(Fixture::wish(1)).status, PlacingStatus::conflict);
}

TEST_P(EveryWay, RejectsAnOrderAndLeavesNothingOfIt) {
  for (const auto& [request, lack] :
       {std::pair(Fixture::wish(6, 30), Lack::stock), std::pair(Fixture::wish(2, 101), Lack::points)}) {
    Fixture f(GetParam());
    const PlacingReply reply = f.order(request);
    EXPECT_EQ(reply.state, PlacedState::rejected);
    EXPECT_EQ(reply.lack, lack);
    EXPECT_EQ(f.held(), "0 frozen 0 used, 0 frozen 0 used");
    EXPECT_EQ(f.order(Fixture::wish(5, 100, "k2")).state, PlacedState::placed) << "all of it is free again";
  }
}

TEST_P(EveryWay, AsksLoyaltyForNothingWithoutPoints) {
  Fixture f(GetParam());
  EXPECT_EQ(f.order(Fixture::wish(2, 0)).state, PlacedState::placed);
  EXPECT_EQ(f.held(), "0 frozen 2 used, 0 frozen 0 used");
  EXPECT_EQ(f.points.number("select count(*) from branch"), 0);
}

// All three agree: PLACED and used, or REJECTED and nothing held.
void expect_agreement(Fixture& f, const std::string& when) {
  const PlacingReply reply = f.order(Fixture::wish());
  ASSERT_EQ(reply.status, PlacingStatus::order) << when;
  EXPECT_NE(reply.state, PlacedState::pending) << when;
  EXPECT_EQ(f.held(), reply.state == PlacedState::placed ? "0 frozen 2 used, 0 frozen 30 used"
                                                         : "0 frozen 0 used, 0 frozen 0 used")
      << when;
  EXPECT_EQ(f.orders.number("select count(*) from transaction_log"), 0) << when;
  EXPECT_EQ(f.orders.number("select count(*) from placed_order"), 1) << when;
}

TEST_P(EveryWay, AgreesInTheEndWhateverMessageIsLost) {
  for (const Fault fault : {Fault::lose_request, Fault::lose_answer, Fault::unreachable}) {
    for (int lost = 0; lost < 10; ++lost) {
      for (const std::int64_t wanted : {30, 101}) {
        Fixture f(GetParam());
        int nth = 0;
        f.world.rpc_fault = [&](std::string_view, std::string_view) {
          return nth++ == lost ? fault : Fault::none;
        };
        const PlacingReply reply = f.order(Fixture::wish(2, wanted));
        EXPECT_NE(reply.state, PlacedState::pending) << lost;
        EXPECT_EQ(f.held(), reply.state == PlacedState::placed ? "0 frozen 2 used, 0 frozen 30 used"
                                                               : "0 frozen 0 used, 0 frozen 0 used")
            << lost << " of " << wanted;
      }
    }
  }
}

// The coordinator dies after each of its transactions, or does not know whether one happened: its log says what is left to do.
TEST_P(EveryWay, GoesOnWhateverCommitIsInDoubt) {
  for (int at = 0; at < 8; ++at) {
    for (const bool happens : {true, false}) {
      Fixture f(GetParam());
      int nth = 0;
      f.orders.before = [&](std::string_view) {
        if (nth++ != at) return;
        (happens ? f.orders.next_commit_is_unknown : f.orders.next_transaction_fails) = true;
      };
      expect_agreement(f, std::to_string(at) + (happens ? " happened" : " did not happen"));
    }
  }
}

TEST(Tcc, GoesOnFromItsLogWhereverItDied) {
  using enum Phase;
  for (const Phase phase : {trying, confirming, cancelling}) {
    Fixture f("tcc");
    f.world.rpc_fault = [&](std::string_view, std::string_view method) {
      const bool phase_two = method == "confirm" || method == "cancel";
      return phase_two ? Fault::lose_request : Fault::none;
    };
    const OrderId id{77};
    Order order;
    order.id = id;
    order.user = kAnn;
    order.request_key = "k";
    order.fingerprint = api::Place::type().digest(std::make_unique<api::Place>(Fixture::wish()).get());
    order.sku = kMug;
    order.qty = 2;
    order.points = 30;
    f.orders.transact("died", [&](env::Tx& tx) {
      write_order(tx, order);
      log_phase(tx, id, phase, f.world.clock.wall_now() + 60_s);
      if (phase == confirming) decide(tx, id, PlacedState::placed, Lack::none);
      if (phase == cancelling) decide(tx, id, PlacedState::rejected, Lack::time);
    });
    f.storeroom.try_it({id, pool_of(kMug), 2});
    if (phase == confirming) f.loyalty.try_it({id, pool_of(kAnn), 30});
    f.run_workers();
    EXPECT_EQ(f.orders.number("select count(*) from transaction_log"), 1) << "nobody has been told yet";
    f.world.rpc_fault = nullptr;
    expect_agreement(f, std::to_string(static_cast<int>(phase)));
    EXPECT_EQ(f.order(Fixture::wish()).state,
              phase == confirming ? PlacedState::placed : PlacedState::rejected);
  }
}

TEST(Placing, RefusesWhatNoOrderCanBeMadeOf) {
  Fixture f("tcc");
  struct Case {
    api::Place request;
    PlacingProblem problem;
  };
  const std::vector<Case> all{
      {{kAnn, kMug, 1, 0, ""}, PlacingProblem::bad_key},
      {{kAnn, kMug, 1, 0, std::string(65, 'k')}, PlacingProblem::bad_key},
      {{kAnn, kMug, 0, 0, "k"}, PlacingProblem::bad_quantity},
      {{kAnn, kMug, -1, 0, "k"}, PlacingProblem::bad_quantity},
      {{kAnn, kMug, 100, 0, "k"}, PlacingProblem::bad_quantity},
      {{kAnn, kMug, 1, -1, "k"}, PlacingProblem::bad_points},
      {{kAnn, kMug, 1, 1'000'001, "k"}, PlacingProblem::bad_points},
      {{{2}, kMug, 1, 0, "k"}, PlacingProblem::no_such_user},
      {{kAnn, {2}, 1, 0, "k"}, PlacingProblem::no_such_thing},
  };
  for (const Case& one : all) {
    const PlacingReply reply = f.service.place(one.request);
    EXPECT_EQ(reply.status, PlacingStatus::refused);
    EXPECT_EQ(reply.problem, one.problem);
  }
  EXPECT_EQ(f.orders.number("select count(*) from placed_order"), 0);
  EXPECT_EQ(f.world.calls.size(), 0U) << "and nobody is asked";
  EXPECT_EQ(f.service.place({kAnn, kMug, 99, 1'000'000, std::string(64, 'k')}).status, PlacingStatus::order);
}

TEST(Comparing, WritesDownWhatItFindsAndRepairsItOnce) {
  Fixture f("reconcile");
  EXPECT_EQ(f.service.place(Fixture::wish(2, 101)).lack, Lack::points);
  EXPECT_EQ(f.held(), "0 frozen 2 used, 0 frozen 0 used") << "nothing is given back before it is compared";
  f.run_workers();
  EXPECT_EQ(f.held(), "0 frozen 0 used, 0 frozen 0 used");
  EXPECT_EQ(f.orders.number("select count(*) from difference where state = 1 and tries = 1"), 1);
}

TEST(Comparing, PutsInSuspenseWhatItCannotRepair) {
  Fixture f("reconcile");
  static_cast<void>(f.service.place(Fixture::wish(2, 101)));
  f.world.rpc_fault = [](std::string_view, std::string_view method) {
    return method == "cancel" ? Fault::lose_request : Fault::none;
  };
  f.run_workers();
  EXPECT_EQ(f.orders.number("select count(*) from difference where state = 2 and tries > 10"), 1);
  f.world.rpc_fault = nullptr;
  f.run_workers();
  EXPECT_EQ(f.orders.number("select count(*) from difference where state = 1"), 1);
  EXPECT_EQ(f.held(), "0 frozen 0 used, 0 frozen 0 used");
}

}  // namespace
}  // namespace ordeal::placing
