// Carts: what lies in one, how it is cleared, and where it is read from.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/cart/scripts.h"
#include "core/cart/service.h"
#include "core/order/cart_lines.h"
#include "tests/support/fake_env.h"
#include "tests/support/local_cache.h"

namespace ordeal::cart {
namespace {

using api::CartAct;
using api::CartLine;
using api::CartStatus;

constexpr UserId kAnn{7};
constexpr UserId kGuest{api::kFirstGuest + 7};
constexpr SkuId kTea{1};
constexpr SkuId kCup{2};

struct Fixture {
  explicit Fixture(const std::string& reads = "database") : reader(make_reader(reads)) {
    auto& env = world.env("cart");
    env.cache_if_any = &cache;
    service.emplace(env, db, Designs{*reader, *clearing});
    reader->start(env);
  }
  api::CartReply change(const std::string& key, CartAct act, SkuId sku, std::int64_t qty,
                        UserId owner = kAnn) {
    return service->change({owner, key, act, sku, qty});
  }
  api::CartReply add(const std::string& key, SkuId sku, std::int64_t qty, UserId owner = kAnn) {
    return change(key, CartAct::add, sku, qty, owner);
  }
  std::vector<CartLine> lines(UserId owner = kAnn) { return service->look({owner}).lines; }
  void bought(std::vector<CartLine> lines, UserId owner = kAnn) {
    EXPECT_TRUE(service->on_cart_ordered({OrderId{5}, owner, std::move(lines)}).done);
  }

  support::FakeWorld world;
  support::LocalCache cache{};
  support::PlainDatabase& db = world.database(kSchema);
  std::unique_ptr<Reader> reader;
  std::unique_ptr<Clearing> clearing = make_clearing("by_version");
  std::optional<Service> service;
};

using Lines = std::vector<CartLine>;

TEST(Cart, KeepsEachAdditionAsALineOfItsOwn) {
  Fixture f;
  EXPECT_EQ(f.add("a", kTea, 2).lines, (Lines{{kTea, 2, 1}}));
  EXPECT_EQ(f.add("b", kTea, 1).lines, (Lines{{kTea, 2, 1}, {kTea, 1, 2}}));
  EXPECT_EQ(f.change("c", CartAct::set, kTea, 5).lines, (Lines{{kTea, 5, 3}}));
  EXPECT_EQ(f.change("d", CartAct::take_out, kTea, 0).lines, Lines{});
}

TEST(Cart, DoesEachRequestOnce) {
  Fixture f;
  f.add("a", kTea, 2);
  const auto again = f.add("a", kTea, 2);
  EXPECT_EQ(again.status, CartStatus::done);
  EXPECT_EQ(again.lines, (Lines{{kTea, 2, 1}}));
  EXPECT_EQ(f.add("a", kTea, 3).status, CartStatus::conflict) << "F-89";
  EXPECT_EQ(f.lines(), (Lines{{kTea, 2, 1}}));
}

TEST(Cart, RefusesNonsenseAndChangesNothing) {
  Fixture f;
  const std::vector<api::ChangeCart> wrong{
      {kAnn, "k", CartAct::add, kTea, 0},      {kAnn, "k", CartAct::add, kTea, -1},
      {kAnn, "k", CartAct::set, kTea, 0},      {kAnn, "k", CartAct::add, kTea, kMaxQty + 1},
      {kAnn, "k", CartAct::add, {}, 1},        {{}, "k", CartAct::add, kTea, 1},
      {kAnn, "", CartAct::add, kTea, 1},       {kAnn, std::string(kMaxKey + 1, 'k'), CartAct::add, kTea, 1},
      {kAnn, "k", CartAct::take_out, kTea, 1},
  };
  for (const api::ChangeCart& one : wrong) EXPECT_EQ(f.service->change(one).status, CartStatus::invalid);
  EXPECT_EQ(f.service->merge({kAnn, kAnn, "k"}).status, CartStatus::invalid);
  EXPECT_EQ(f.service->merge({{}, kAnn, "k"}).status, CartStatus::invalid);
  EXPECT_EQ(f.service->merge({UserId{8}, kAnn, "k"}).status, CartStatus::invalid)
      << "a person's cart is his (B8)";
  EXPECT_EQ(f.service->merge({kGuest, UserId{kGuest.value + 1}, "k"}).status, CartStatus::invalid);
  EXPECT_EQ(f.service->look({}).status, CartStatus::invalid);
  EXPECT_EQ(f.service->look({kAnn}).version, 0);
  EXPECT_EQ(f.db.number("select count(*) from cart_request"), 0);
}

TEST(Cart, TakesTheLargestQuantityAndTheLongestKey) {
  Fixture f;
  EXPECT_EQ(f.add(std::string(kMaxKey, 'k'), kTea, kMaxQty).status, CartStatus::done);
}

TEST(Cart, IsFullAtSomeLinesAndStillAnswersWhatWasDone) {
  Fixture f;
  for (std::size_t i = 0; i < kMaxLines; ++i)
    EXPECT_EQ(f.add("k" + std::to_string(i), kTea, 1).status, CartStatus::done);
  EXPECT_EQ(f.add("more", kTea, 1).status, CartStatus::full);
  EXPECT_EQ(f.add("k0", kTea, 1).status, CartStatus::done);
  EXPECT_EQ(f.change("out", CartAct::take_out, kTea, 0).lines, Lines{});
  EXPECT_EQ(f.add("more", kTea, 1).status, CartStatus::done) << "a request that was refused was not noted";
}

TEST(Cart, ClearsTheLinesOfAnOrderAndNoLaterOne) {  // F-36
  Fixture f;
  const Lines page = f.add("a", kTea, 2).lines;
  f.add("b", kTea, 1);
  f.add("c", kCup, 1);
  f.bought(page);
  EXPECT_EQ(f.lines(), (Lines{{kTea, 1, 2}, {kCup, 1, 3}}));
  f.bought(page);
  EXPECT_EQ(f.lines(), (Lines{{kTea, 1, 2}, {kCup, 1, 3}}));
  EXPECT_EQ(f.service->look({kAnn}).version, 4) << "clearing what is not there is no change";
}

TEST(Cart, ClearsNothingThatIsOtherwiseThanOrdered) {
  Fixture f;
  f.add("a", kTea, 2);
  f.bought({{kTea, 1, 1}});
  f.bought({{kCup, 2, 1}});
  f.bought({{kTea, 2, 2}});
  f.bought({{kTea, 2, 1}}, UserId{8});
  EXPECT_EQ(f.lines(), (Lines{{kTea, 2, 1}}));
}

TEST(Cart, OfAGuestIsThePersonsFromTheLoginOn) {
  Fixture f;
  f.add("a", kTea, 2);
  f.add("g1", kTea, 1, kGuest);
  f.add("g2", kCup, 1, kGuest);
  f.add("g3", kTea, 1, kGuest);
  const Lines both{{kTea, 2, 1}, {kTea, 2, 2}, {kCup, 1, 3}};
  EXPECT_EQ(f.service->merge({kGuest, kAnn, "login"}).lines, both);
  EXPECT_EQ(f.service->merge({kGuest, kAnn, "login"}).lines, both);
  EXPECT_EQ(f.lines(kGuest), Lines{});
  EXPECT_EQ(f.add("g1", kTea, 1, kGuest).lines, both) << "a repeat from before the login";
  EXPECT_EQ(f.add("g4", kCup, 1, kGuest).lines.back(), (CartLine{kCup, 1, 4})) << "late, and not lost";
}

TEST(Cart, OfAGuestIsMergedOnce) {
  Fixture f;
  f.add("g1", kTea, 1, kGuest);
  f.service->merge({kGuest, kAnn, "login"});
  EXPECT_EQ(f.service->merge({kGuest, UserId{8}, "login"}).lines, Lines{});
  f.add("g2", kTea, 1, kGuest);
  EXPECT_EQ(f.lines().size(), 2u) << "the first who logged in has it";
}

TEST(CartText, ComesBackAsItWas) {
  EXPECT_EQ(text_of({12, {{kTea, 2, 3}}}), "0000000000000012;1,2,3;");
  for (const char* broken : {"", "12", "1;2", "1;2,3", "1;2,3;", "1;2,3,4", "x;", "1;a,b,c;"})
    EXPECT_FALSE(view_of_text(broken)) << broken;
  rc::check("any cart comes back", [] {
    View view{*rc::gen::inRange<std::int64_t>(0, 1'000'000), {}};
    const auto count = *rc::gen::inRange(0, 5);
    for (int i = 0; i < count; ++i)
      view.lines.push_back({SkuId{*rc::gen::inRange<std::int64_t>(1, 1000)},
                            *rc::gen::inRange<std::int64_t>(1, 1000),
                            *rc::gen::inRange<std::int64_t>(1, 99)});
    RC_ASSERT(view_of_text(text_of(view)) == std::optional(view));
  });
}

TEST(CachedCart, IsReadFromTheCacheAndBuiltAnewWhenThatForgot) {  // C13, F-39
  Fixture f("cache_first");
  f.add("a", kTea, 2);
  EXPECT_EQ(f.cache.at("cart:7"), "0000000000000001;1,2,1;");
  f.db.transact("behind its back", [](env::Tx& tx) {
    static constexpr env::Sql kGone{"delete from cart_line"};
    tx.exec(kGone);
  });
  EXPECT_EQ(f.lines(), (Lines{{kTea, 2, 1}})) << "the database is not asked";
  f.cache.keys.clear();
  EXPECT_EQ(f.lines(), Lines{}) << "what the cache forgot is what the database has";
  EXPECT_EQ(f.world.log.marks["a cart was built anew"], 1);
  EXPECT_EQ(f.cache.at("cart:7"), "0000000000000001;");
  EXPECT_EQ(f.cache.at("cart-building:7"), "-");
}

TEST(CachedCart, IsBuiltByOneAtATime) {
  Fixture f("cache_first");
  f.add("a", kTea, 2);
  f.cache.keys.clear();
  ASSERT_TRUE(f.cache.set("cart-building:7", "1").ok());
  EXPECT_EQ(f.lines(), (Lines{{kTea, 2, 1}})) << "who waited in vain reads the database";
  EXPECT_EQ(f.world.log.marks["somebody else built the cart"], kWaits);
  EXPECT_EQ(f.cache.at("cart:7"), "-");
}

TEST(CachedCart, IsNeverReplacedByAnOlderOne) {
  Fixture f("cache_first");
  f.add("a", kTea, 2);
  f.add("b", kTea, 1);
  f.reader->changed(kAnn, {1, {{kTea, 2, 1}}});
  EXPECT_EQ(f.cache.at("cart:7"), "0000000000000002;1,2,1;1,1,2;");
  f.reader->changed(kAnn, {10, {}});
  EXPECT_EQ(f.cache.at("cart:7"), "0000000000000010;");
}

TEST(CachedCart, IsReadFromTheDatabaseWhileTheCacheIsSilent) {
  Fixture f("cache_first");
  f.add("a", kTea, 2);
  f.cache.fails = env::CacheError::timeout;
  EXPECT_EQ(f.lines(), (Lines{{kTea, 2, 1}}));
  const int asked = f.cache.asked;
  EXPECT_EQ(f.add("b", kCup, 1).lines.size(), 2u);
  EXPECT_EQ(f.lines().size(), 2u);
  EXPECT_EQ(f.cache.asked, asked) << "it is left in peace";
}

TEST(OrderOfACart, HasEachLineOnceAndJustItsGoods) {
  using order::makes_up;
  const std::vector<api::Line> goods{{kTea, 3}, {kCup, 1}};
  EXPECT_TRUE(makes_up({{{kTea, 2, 1}, {kCup, 1, 2}, {kTea, 1, 3}}}, goods));
  EXPECT_FALSE(makes_up({{{kTea, 2, 1}, {kCup, 1, 2}}}, goods));
  EXPECT_FALSE(makes_up({{{kTea, 2, 1}, {kTea, 1, 1}, {kCup, 1, 2}}}, goods)) << "one version, twice";
  EXPECT_FALSE(makes_up({{{kTea, 4, 1}, {kTea, -1, 2}, {kCup, 1, 3}}}, goods));
  EXPECT_FALSE(makes_up({{{kTea, 3, 0}, {kCup, 1, 3}}}, goods));
  EXPECT_FALSE(makes_up({}, goods));
}

}  // namespace
}  // namespace ordeal::cart
