// The flash sale without a simulator: one service, one database, a cache that can be taken away.
#include "core/seckill/service.h"

#include <gtest/gtest.h>

#include "tests/course_sale/sale_cache.h"
#include "tests/support/fake_env.h"

namespace ordeal::test {
namespace {

using namespace ordeal::literals;
using namespace ordeal::seckill;
using support::FakeWorld;

constexpr ActivityId kSale{1};
constexpr CourseId kAlgebra{1};
constexpr UserId kAnn{11};
constexpr UserId kBen{12};
constexpr Money kPrice{19900, {}};

class Sale : public ::testing::Test {
 protected:
  Sale() {
    env_.cache_if_any = &cache_;
    db_.transact("seed", [&](env::Tx& tx) {
      put_activity(tx, {kSale, 0, false, world_.clock.wall + 60_s, world_.clock.wall + 3600_s, 0});
      put_course(tx, kSale, {kAlgebra, kPrice, 1, 0});
    });
    world_.serve_http("till", "/charge", [this](const std::string&) {
      return env::HttpResponse{200, till_says_};
    });
    world_.serve_http("till", "/close", [this](const std::string&) {
      return env::HttpResponse{200, till_closes_};
    });
    service_.start();
  }
  void open() {
    ask<PublishReply>("publish", Publish{kSale, 1});
    warm_up();
    world_.clock.advance(60_s);
  }
  // As the worker does.
  void warm_up() {
    const auto activity =
        env::in_read(db_, "test", [](env::Connection& c) { return find_activity(c, kSale); });
    load_counts(db_, counts_, *activity);
  }
  template <class Reply, class Request>
  Reply ask(std::string_view method, const Request& request) {
    const auto reply = env_.rpc.call<Reply>("seckill", method, request, 5_s);
    EXPECT_TRUE(reply.ok()) << method;
    return reply ? *reply : Reply{};
  }
  GrabStatus grab(std::int64_t number, UserId user = kAnn, CourseId course = kAlgebra) {
    return ask<GrabReply>("grab", Grab{{number}, kSale, course, user}).status;
  }
  ConfirmStatus confirm(std::int64_t number, const std::string& token, Money price = kPrice,
                        UserId user = kAnn) {
    return ask<ConfirmReply>("confirm", Confirm{{number}, user, token, price}).status;
  }
  PageReply page(std::int64_t number, UserId user = kAnn) {
    return ask<PageReply>("page", PageQuery{{number}, user});
  }
  SeatPayStatus pay(std::int64_t number, UserId user = kAnn) {
    return ask<PayForSeatReply>("pay", PayForSeat{{number}, user}).status;
  }
  std::string rows() {
    std::string all;
    for (const char* sql : {"select count(*) from seat", "select sum(available) from sale_course",
                            "select sum(held) from sale_course", "select sum(sold) from sale_course",
                            "select count(*) from outbox"})
      all += std::to_string(db_.number(sql)) + " ";
    return all;
  }

  FakeWorld world_;
  SaleCache cache_;
  env::Env& env_ = world_.env("seckill");
  support::PlainDatabase& db_ = world_.database(kSchema);
  Counts counts_{env_};
  std::unique_ptr<SeatLimit> seat_limit_ = make_seat_limit("unique_index");
  std::unique_ptr<WinnerTerms> terms_ = make_winner_terms("from_winning");
  std::unique_ptr<Publishing> publishing_ = make_publishing("worker");
  std::unique_ptr<SoldOut> sold_out_ = make_sold_out("expiring");
  std::unique_ptr<limits::Permits> permits_ = limits::make_permits("leases");
  std::unique_ptr<Closer> closer_ = make_closer("scan");
  std::unique_ptr<Announcer> announcer_ = make_announcer("outbox");
  std::string till_says_ = "paid";
  std::string till_closes_ = "closed";
  Service service_{env_,
                   db_,
                   {*seat_limit_, *terms_, *publishing_, *sold_out_, *permits_, *closer_, *announcer_},
                   {.rate = {"seckill", 0, {}}, .till_url = "https://till"}};
};

TEST_F(Sale, IsWonConfirmedAndPaidOnceHoweverOftenItIsAsked) {
  open();
  EXPECT_EQ(grab(1), GrabStatus::won);
  EXPECT_EQ(grab(1), GrabStatus::won);
  const std::string token = page(1).token;
  EXPECT_EQ(confirm(1, token), ConfirmStatus::confirmed);
  EXPECT_EQ(confirm(1, token), ConfirmStatus::confirmed) << "a legal retry, its token is spent (E18)";
  EXPECT_EQ(pay(1), SeatPayStatus::paid);
  EXPECT_EQ(pay(1), SeatPayStatus::paid);
  EXPECT_EQ(rows(), "1 0 0 1 1 ");
}

TEST_F(Sale, HoursAreTheServers) {
  EXPECT_EQ(grab(1), GrabStatus::not_started) << "not even published";
  ask<PublishReply>("publish", Publish{kSale, 1});
  warm_up();
  world_.clock.advance(60_s - 1_ns);
  EXPECT_EQ(grab(1), GrabStatus::not_started);
  world_.clock.advance(3540_s);
  EXPECT_EQ(grab(1), GrabStatus::won) << "the last nanosecond";
  world_.clock.advance(1_ns);
  EXPECT_EQ(grab(2, kBen), GrabStatus::ended);
}

TEST_F(Sale, OneSeatForAUserAndNoUnitForTheSecondTry) {
  db_.transact("more", [](env::Tx& tx) {
    constexpr static env::Sql kMore{"update sale_course set available = 3, initial = 3"};
    tx.exec(kMore);
  });
  open();
  EXPECT_EQ(grab(1), GrabStatus::won);
  EXPECT_EQ(grab(2), GrabStatus::limited);
  EXPECT_EQ(rows(), "1 2 1 0 0 ");
  EXPECT_EQ(cache_.at("seckill:" + kSale.text() + ":1:" + kAlgebra.text()), "2");
}

TEST_F(Sale, WithoutACacheTheDatabaseDecides) {
  open();
  cache_.fails = env::CacheError::timeout;
  EXPECT_EQ(grab(1), GrabStatus::won);
  EXPECT_EQ(grab(2, kBen), GrabStatus::sold_out);
  EXPECT_EQ(rows(), "1 0 1 0 0 ");
}

TEST_F(Sale, ACountThatIsTooLowOrTooHighCostsNoUnit) {
  open();
  const std::string key = "seckill:" + kSale.text() + ":1:" + kAlgebra.text();
  (void)cache_.set(key, "0");
  EXPECT_EQ(grab(1), GrabStatus::busy) << "there is one: nobody is sent away for a count";
  EXPECT_EQ(cache_.at(key), "-");
  EXPECT_EQ(grab(1), GrabStatus::not_ready);
  warm_up();
  EXPECT_EQ(grab(1), GrabStatus::won);
  (void)cache_.set(key, "5");
  EXPECT_EQ(grab(2, kBen), GrabStatus::sold_out);
  EXPECT_EQ(rows(), "1 0 1 0 0 ");
}

TEST_F(Sale, NonsenseGetsAStableAnswerAndChangesNothing) {
  open();
  EXPECT_EQ(grab(1), GrabStatus::won);
  const std::string before = rows();
  for (const std::int64_t bad :
       {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1} << 50, INT64_MAX}) {
    EXPECT_EQ(grab(bad), GrabStatus::invalid);
    EXPECT_EQ(grab(7, {bad}), GrabStatus::invalid);
    EXPECT_EQ(grab(7, kBen, {bad}), GrabStatus::invalid);
    EXPECT_EQ(ask<GrabReply>("grab", Grab{{7}, {bad}, kAlgebra, kBen}).status, GrabStatus::invalid);
    EXPECT_EQ(ask<PublishReply>("publish", Publish{kSale, bad}).status, PublishStatus::invalid);
    EXPECT_EQ(ask<PublishReply>("publish", Publish{{bad}, 1}).status, PublishStatus::invalid);
    EXPECT_FALSE(page(bad).found);
    EXPECT_EQ(confirm(bad, "x"), ConfirmStatus::invalid);
    EXPECT_EQ(pay(bad), SeatPayStatus::invalid);
  }
  EXPECT_EQ(grab(7, kBen, {2}), GrabStatus::invalid) << "no such course";
  EXPECT_EQ(grab(1, kBen), GrabStatus::invalid) << "another's grab";
  EXPECT_FALSE(page(1, kBen).found);
  EXPECT_EQ(confirm(1, page(1).token, kPrice, kBen), ConfirmStatus::invalid);
  EXPECT_EQ(confirm(1, page(1).token, {1, {}}), ConfirmStatus::price_changed);
  EXPECT_EQ(confirm(1, std::string(65, 'x')), ConfirmStatus::invalid);
  EXPECT_EQ(confirm(1, "made up"), ConfirmStatus::used_token);
  EXPECT_EQ(pay(1), SeatPayStatus::invalid) << "not confirmed";
  EXPECT_EQ(ask<PublishReply>("publish", Publish{kSale, 1}).status, PublishStatus::published)
      << "the same again";
  EXPECT_EQ(rows(), before);
}

TEST_F(Sale, AnAnswerOfTheTillIsBelievedAndNoOther) {
  open();
  EXPECT_EQ(grab(1), GrabStatus::won);
  EXPECT_EQ(confirm(1, page(1).token), ConfirmStatus::confirmed);
  till_says_ = "declined";
  EXPECT_EQ(pay(1), SeatPayStatus::declined);
  till_says_ = "perhaps";
  EXPECT_EQ(pay(1), SeatPayStatus::pending);
  till_says_ = "closed";
  EXPECT_EQ(pay(1), SeatPayStatus::too_late);
  EXPECT_EQ(rows(), "1 0 1 0 0 ");
}

TEST_F(Sale, ADoubtfulWinIsUnknownAndItsPermitComesBack) {
  open();
  db_.next_commit_is_unknown = true;
  EXPECT_EQ(grab(1), GrabStatus::unknown);
  EXPECT_EQ(cache_.at("permit:seckill:1"), "-");
  EXPECT_EQ(grab(1), GrabStatus::won);
}

TEST_F(Sale, LimitsLeaveNothingBehind) {
  open();
  for (int slot = 1; slot <= 8; ++slot)
    (void)cache_.set("permit:seckill:" + std::to_string(slot), "somebody");
  const std::string before = rows();
  const auto transactions = db_.transactions;
  EXPECT_EQ(grab(1), GrabStatus::busy);
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(db_.transactions, transactions);
}

TEST(Counts, AreTakenAndGivenBackOnceForEachGrab) {
  SaleCache cache;
  FakeWorld world;
  env::Env& env = world.env("seckill");
  env.cache_if_any = &cache;
  Counts counts(env);
  const Activity activity{kSale, 1, true, {}, {}, 0};
  const std::string key = count_key(activity, kAlgebra);
  const Grab one{{1}, kSale, kAlgebra, kAnn};
  EXPECT_EQ(counts.take(activity, one), Counts::Word::no_count);
  EXPECT_TRUE(counts.load(activity, {{kAlgebra, kPrice, 1, 0}}));
  EXPECT_EQ(counts.take(activity, one), Counts::Word::yes);
  EXPECT_EQ(counts.take(activity, one), Counts::Word::yes) << "the same, once more";
  EXPECT_EQ(cache.at(key), "0");
  EXPECT_EQ(counts.take(activity, {{2}, kSale, kAlgebra, kBen}), Counts::Word::none_left);
  const Seat seat{{1}, kSale, kAlgebra, kAnn, SeatState::won, {}, {}};
  counts.give_back(activity, seat);
  counts.give_back(activity, seat);
  EXPECT_EQ(cache.at(key), "1");
}

// I-26: by epoch; what is partly sold is not raised.
TEST(Counts, AReloadRaisesNothing) {
  SaleCache cache;
  FakeWorld world;
  env::Env& env = world.env("seckill");
  env.cache_if_any = &cache;
  Counts counts(env);
  Activity activity{kSale, 1, true, {}, {}, 0};
  EXPECT_TRUE(counts.load(activity, {{kAlgebra, kPrice, 5, 0}}));
  EXPECT_EQ(counts.take(activity, {{1}, kSale, kAlgebra, kAnn}), Counts::Word::yes);
  EXPECT_TRUE(counts.load(activity, {{kAlgebra, kPrice, 5, 0}}));
  EXPECT_EQ(cache.at(count_key(activity, kAlgebra)), "4");
  activity.epoch = 2;
  EXPECT_TRUE(counts.load(activity, {{kAlgebra, kPrice, 4, 0}}));
  EXPECT_EQ(cache.at(count_key(activity, kAlgebra)), "4");
}

// E17, E18: GET and then DEL lets two in; deleting first locks out who has a right to try again.
TEST(Tokens, AreClaimedByOneAndByHimAgain) {
  SaleCache cache;
  FakeWorld world;
  env::Env& env = world.env("seckill");
  env.cache_if_any = &cache;
  Counts counts(env);
  const std::string token = counts.token({1});
  EXPECT_FALSE(token.empty());
  EXPECT_EQ(counts.token({1}), token) << "the page opened again";
  EXPECT_EQ(counts.claim({1}, "made up"), false);
  EXPECT_EQ(counts.claim({1}, token), true);
  EXPECT_EQ(counts.claim({1}, token), true) << "what failed after the claim may be tried again";
  EXPECT_EQ(counts.claim({2}, token), false) << "no token of this grab";
  cache.now = cache.now + kTokenLife + 1_ms;
  EXPECT_EQ(counts.claim({1}, token), false) << "it lives 15 minutes";
}

// D16, I-19: no news at all, and the flag ends.
TEST(SoldOutFlags, EndByThemselves) {
  FakeWorld world;
  env::Env& env = world.env("seckill");
  const auto flags = make_sold_out("expiring");
  flags->start(env);
  const SoldOut::Of course{kSale, kAlgebra};
  EXPECT_FALSE(flags->is_set(course));
  flags->set(course, 0, env.clock.monotonic_now());
  EXPECT_TRUE(flags->is_set(course));
  world.clock.advance(kFlagLife - 1_ns);
  EXPECT_TRUE(flags->is_set(course));
  world.clock.advance(1_ns);
  EXPECT_FALSE(flags->is_set(course));
}

TEST(SoldOutFlags, OlderNewsTakeNoFlagAwayAndNewerOnesKeepItFromBeingSet) {
  FakeWorld world;
  env::Env& env = world.env("seckill");
  const auto flags = make_sold_out("expiring");
  flags->start(env);
  const SoldOut::Of course{kSale, kAlgebra};
  flags->set(course, 3, env.clock.monotonic_now());
  flags->clear(course, 2);
  flags->clear(course, 3);
  EXPECT_TRUE(flags->is_set(course)) << "it was empty after that return";
  flags->clear(course, 4);
  EXPECT_FALSE(flags->is_set(course));
  flags->set(course, 3, env.clock.monotonic_now());
  EXPECT_FALSE(flags->is_set(course)) << "seen before the return that is known";
}

}  // namespace
}  // namespace ordeal::test
