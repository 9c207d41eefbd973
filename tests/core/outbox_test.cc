#include "core/outbox/outbox.h"

#include <set>

#include <gtest/gtest.h>

#include "core/api/ack.h"
#include "core/api/order.h"
#include "tests/support/fake_env.h"

namespace ordeal::outbox {
namespace {

using namespace literals;

constexpr const char* kSchema = Joined<kTable>::kText;

struct Fixture {
  Fixture() {
    for (const char* name : {"a", "b"}) {
      world.env(name).rpc.on<api::OrderRejected>("on_it",
                                                 [this, name](const api::OrderRejected& event) -> api::Ack {
                                                   heard.emplace_back(name, event.order);
                                                   seen_traces.insert(world.tasks.current().id);
                                                   return {!not_yet};
                                                 });
    }
  }
  void publish(int order) {
    db.transact("work", [&](env::Tx& tx) { outlet.publish(tx, api::OrderRejected{OrderId{order}, 1}); });
    outlet.after_commit();
  }
  std::int64_t rows() { return db.number("select count(*) from outbox"); }

  support::FakeWorld world;
  support::PlainDatabase& db = world.database(kSchema);
  env::Env& env = world.env("x");
  Relay relay{env, db, {{&api::OrderRejected::type(), {{"a", "on_it"}, {"b", "on_it"}}}}};
  std::unique_ptr<Publisher> publisher = make_publisher("transactional");
  Outlet outlet{*publisher, relay};
  std::vector<std::pair<std::string, OrderId>> heard;
  std::set<std::int64_t> seen_traces;
  bool not_yet = false;
};

TEST(Outbox, DeliversToEverySubscriberAndForgets) {
  Fixture f;
  f.publish(1);
  EXPECT_TRUE(f.heard.empty());
  EXPECT_EQ(f.relay.run_due(), std::nullopt);
  EXPECT_EQ(f.heard.size(), 2U);
  EXPECT_EQ(f.rows(), 0);
}

TEST(Outbox, SendsNothingOfARolledBackTransaction) {
  Fixture f;
  EXPECT_THROW(f.db.transact("work",
                             [&](env::Tx& tx) {
                               f.outlet.publish(tx, api::OrderRejected{OrderId{1}, 1});
                               throw env::DatabaseError(env::DatabaseErrorCode::full, "disk full");
                             }),
               env::DatabaseError);
  f.relay.run_due();
  EXPECT_TRUE(f.heard.empty());
}

TEST(Outbox, TheTransactionOfTheRowWakesTheRelay) {
  Fixture f;
  f.publish(1);
  f.world.env("b").rpc.on<api::OrderRejected>("on_it", [&f](const api::OrderRejected& event) -> api::Ack {
    f.heard.emplace_back("b", event.order);
    if (event.order == OrderId{1}) {
      // It happened, and was reported as failed: the event must not wait for the next one (F-20).
      f.db.next_commit_is_unknown = true;
      EXPECT_THROW(f.db.transact("work",
                                 [&](env::Tx& tx) {
                                   f.outlet.publish(tx, api::OrderRejected{OrderId{2}, 1});
                                 }),
                   env::DatabaseError);
    }
    return {true};
  });
  f.relay.start();
  EXPECT_THROW(f.world.tasks.spawned.back().second(), support::Idle);
  EXPECT_EQ(f.heard.size(), 4U) << "two events, two subscribers each";
  EXPECT_EQ(f.rows(), 0);
}

TEST(Outbox, SurvivesARestartRightAfterTheCommit) {
  Fixture f;
  f.publish(1);
  Relay reborn(f.env, f.db, {{&api::OrderRejected::type(), {{"a", "on_it"}, {"b", "on_it"}}}});
  reborn.run_due();
  EXPECT_EQ(f.heard.size(), 2U);
}

// Two instances of a service share its database. While one still sends, the other is done with the row, and the next event
// gets its number: that one has been sent to nobody.
TEST(Outbox, TwoRelaysOverOneTableForgetOnlyWhatTheyHaveSent) {
  Fixture f;
  Relay other(f.env, f.db, {{&api::OrderRejected::type(), {{"a", "on_it"}, {"b", "on_it"}}}});
  int told = 0;
  f.world.env("b").rpc.on<api::OrderRejected>("on_it", [&](const api::OrderRejected& event) -> api::Ack {
    f.heard.emplace_back("b", event.order);
    if (++told == 1) {
      other.run_due();
      EXPECT_EQ(f.rows(), 0);
      f.publish(2);
    }
    return {true};
  });
  f.publish(1);
  f.relay.run_due();
  EXPECT_EQ(f.rows(), 1);
  other.run_due();
  EXPECT_EQ(f.rows(), 0);
  EXPECT_EQ(f.heard.back(), (std::pair<std::string, OrderId>{"b", OrderId{2}}));
}

// What one has an acknowledgement for stays acknowledged when the other writes later.
TEST(Outbox, TwoRelaysOverOneTableKeepEachOthersAcknowledgements) {
  Fixture f;
  Relay other(f.env, f.db, {{&api::OrderRejected::type(), {{"a", "on_it"}, {"b", "on_it"}}}});
  int told = 0;
  f.world.env("b").rpc.on<api::OrderRejected>("on_it", [&](const api::OrderRejected& event) -> api::Ack {
    f.heard.emplace_back("b", event.order);
    const bool first = ++told == 1;
    if (first) other.run_due();
    return {!first};
  });
  f.publish(1);
  f.not_yet = true;  // says a
  f.relay.run_due();
  EXPECT_EQ(f.db.number("select pending from outbox"), 1);
  EXPECT_EQ(f.db.number("select attempts from outbox"), 1);
}

TEST(Outbox, BacksOffAndSendsAgainOnlyToWhoHasNotAcknowledged) {
  Fixture f;
  f.publish(1);
  f.world.rpc_fault = [](std::string_view service, std::string_view) {
    return service == "b" ? support::Fault::lose_request : support::Fault::none;
  };
  for (const Duration gap : {1_s, 5_s, 30_s, 60_s, 300_s, 600_s, 600_s}) {
    const auto next = f.relay.run_due();
    ASSERT_TRUE(next.has_value());
    EXPECT_EQ(*next - f.world.clock.wall, gap);
    EXPECT_EQ(f.relay.run_due(), next);  // nothing is due before
    f.world.clock.wall = *next;
  }
  EXPECT_EQ(f.heard.size(), 1U);
  f.world.rpc_fault = nullptr;
  EXPECT_EQ(f.relay.run_due(), std::nullopt);
  EXPECT_EQ(f.heard.size(), 2U);
  EXPECT_EQ(f.rows(), 0);
  EXPECT_GT(f.world.log.marks["outbox resent"], 0);
}

TEST(Outbox, AnAnswerThatSaysNotYetIsNoAcknowledgement) {
  Fixture f;
  f.not_yet = true;
  f.publish(1);
  EXPECT_TRUE(f.relay.run_due().has_value());
  EXPECT_EQ(f.rows(), 1);
}

TEST(Outbox, ALostAnswerMeansASecondDelivery) {
  Fixture f;
  f.publish(1);
  f.world.rpc_fault = [](std::string_view, std::string_view) { return support::Fault::lose_answer; };
  const auto next = f.relay.run_due();
  f.world.rpc_fault = nullptr;
  f.world.clock.wall = *next;
  f.relay.run_due();
  EXPECT_EQ(f.heard.size(), 4U);
  EXPECT_EQ(f.rows(), 0);
}

TEST(Outbox, ADeadSubscriberCostsOneDeadlineAPass) {
  Fixture f;
  for (int i = 1; i <= 10; ++i) f.publish(i);
  f.world.rpc_fault = [](std::string_view service, std::string_view) {
    return service == "a" ? support::Fault::lose_request : support::Fault::none;
  };
  f.relay.run_due();
  EXPECT_EQ(f.world.calls["a.on_it"], 1);
  EXPECT_EQ(f.world.calls["b.on_it"], 10);
}

TEST(Outbox, AcknowledgesAPassInOneTransaction) {
  Fixture f;
  for (int i = 1; i <= 10; ++i) f.publish(i);
  const auto before = f.db.transactions;
  f.relay.run_due();
  EXPECT_EQ(f.db.transactions - before, 1);
  EXPECT_EQ(f.rows(), 0);
}

TEST(Outbox, WorksUnderTheTraceOfThePublisher) {
  Fixture f;
  f.world.tasks.set_current({77});
  f.publish(1);
  f.world.tasks.set_current({78});
  f.relay.run_due();
  EXPECT_EQ(f.seen_traces, std::set<std::int64_t>{77});
}

TEST(Outbox, DoesMoreThanABatch) {
  Fixture f;
  for (int i = 1; i <= 100; ++i) f.publish(i);
  while (f.relay.run_due()) {
  }
  EXPECT_EQ(f.heard.size(), 200U);
}

}  // namespace
}  // namespace ordeal::outbox
