// Stock that lies in carts (A23): held with a deadline, handed to the order, given back.
#include <gtest/gtest.h>

#include "core/cart/service.h"
#include "core/inventory/service.h"
#include "tests/support/fake_env.h"
#include "tests/support/local_cache.h"

namespace ordeal::inventory {
namespace {

using api::CartAct;
using api::ReserveStatus;
using support::FakeWorld;
using support::Fault;
using support::PlainDatabase;

constexpr UserId kAnn{7};
constexpr UserId kGuest{api::kFirstGuest + 7};
constexpr SkuId kTea{1};
constexpr SkuId kCup{2};

struct Fixture {
  explicit Fixture(const std::string& gate_name)
      : gate(make_gate(gate_name)),
        db(world.database((std::string(gate->schema()) + std::string(kHoldTable)).c_str())),
        inventory(world.env("inventory"), db, {*gate}, {.carts = true}),
        cart(world.env("cart"), cart_db, {*reader, *clearing, holding.get()}) {
    world.env("inventory").cache_if_any = &cache;
    db.transact("stock", [](env::Tx& tx) {
      put_stock(tx, kTea, 5);
      put_stock(tx, kCup, 1);
    });
    inventory.start();
    cart.start();
  }
  api::CartReply change(const std::string& key, CartAct act, SkuId sku, std::int64_t qty,
                        UserId owner = kAnn) {
    return cart.change({owner, key, act, sku, qty});
  }
  ReserveStatus order(std::int64_t id, std::vector<api::Line> lines, std::vector<OrderId> holds) {
    return world.env("order")
        .rpc
        .call<api::ReserveReply>("inventory", "reserve_of_cart",
                                 api::ReserveOfCart{OrderId{id}, std::move(lines), std::move(holds)},
                                 {1'000'000'000})
        ->status;
  }
  bool let_go(std::vector<OrderId> holds) {
    const auto reply = world.env("cart").rpc.call<api::Ack>("inventory", "let_go",
                                                            api::LetGo{std::move(holds)}, {1'000'000'000});
    return reply && reply->done;
  }
  std::string stock(SkuId sku) {
    const auto of = [&](const char* column) {
      return std::to_string(db.number(std::string("select ") + column +
                                      " from stock where sku = " + std::to_string(sku.value)));
    };
    return of("available") + "/" + of("reserved") + "/" + of("sold");
  }

  FakeWorld world;
  support::LocalCache cache;
  std::unique_ptr<Gate> gate;
  PlainDatabase& db;
  PlainDatabase& cart_db = world.database(cart::kSchema);
  std::unique_ptr<cart::Reader> reader = cart::make_reader("database");
  std::unique_ptr<cart::Clearing> clearing = cart::make_clearing("by_version");
  std::unique_ptr<cart::Holding> holding = cart::make_holding("for_a_time");
  Service inventory;
  cart::Service cart;
};

class CartStock : public testing::TestWithParam<const char*> {
 protected:
  Fixture f{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Gates, CartStock,
                         testing::Values("conditional_update", "row_lock", "version", "cache_then_db"),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(CartStock, IsHeldByWhoPutsItIn) {
  f.change("a", CartAct::add, kTea, 2);
  EXPECT_EQ(f.stock(kTea), "3/2/0");
  f.change("a", CartAct::add, kTea, 2);
  EXPECT_EQ(f.stock(kTea), "3/2/0") << "a repeat holds nothing more";
  f.change("b", CartAct::set, kTea, 1);
  EXPECT_EQ(f.stock(kTea), "4/1/0") << "what made way is free";
  f.change("c", CartAct::take_out, kTea, 0);
  EXPECT_EQ(f.stock(kTea), "5/0/0");
}

TEST_P(CartStock, IsNotHeldWhenThereIsNoneAndTheLineIsThereAllTheSame) {
  EXPECT_EQ(f.change("a", CartAct::add, kCup, 2).lines.size(), 1u);
  EXPECT_EQ(f.stock(kCup), "1/0/0");
}

TEST_P(CartStock, BecomesItsOrdersWithoutASecondUnit) {
  f.change("a", CartAct::add, kTea, 2);
  f.change("b", CartAct::add, kCup, 1);
  const std::vector<OrderId> holds{api::cart_hold(kAnn, 1), api::cart_hold(kAnn, 2)};
  for (int i = 0; i < 2; ++i) EXPECT_EQ(f.order(5, {{kTea, 2}, {kCup, 1}}, holds), ReserveStatus::reserved);
  EXPECT_EQ(f.stock(kTea), "3/2/0");
  EXPECT_EQ(f.stock(kCup), "0/1/0");
  EXPECT_TRUE(f.let_go(holds));
  EXPECT_EQ(f.stock(kCup), "0/1/0") << "it is the order's";
  f.inventory.on_order_ended(OrderId{5});
  EXPECT_EQ(f.stock(kTea), "5/0/0");
}

TEST_P(CartStock, OfWhichSomeIsHeldNoMoreIsTakenAsOthersAre) {
  f.change("a", CartAct::add, kTea, 2);
  f.change("b", CartAct::add, kCup, 1);
  const OrderId cup = api::cart_hold(kAnn, 2);
  EXPECT_TRUE(f.let_go({cup}));
  EXPECT_EQ(f.order(5, {{kTea, 2}, {kCup, 1}}, {api::cart_hold(kAnn, 1), cup}), ReserveStatus::reserved);
  EXPECT_EQ(f.stock(kTea), "3/2/0");
  EXPECT_EQ(f.stock(kCup), "0/1/0");
}

TEST_P(CartStock, GoesBackWhenItsTimeIsOver) {
  f.change("a", CartAct::add, kCup, 1);
  EXPECT_TRUE(f.inventory.run_holds().has_value());
  EXPECT_EQ(f.stock(kCup), "0/1/0");
  f.world.clock.advance(cart::kHeldFor);
  EXPECT_FALSE(f.inventory.run_holds().has_value());
  EXPECT_EQ(f.stock(kCup), "1/0/0");
  f.change("a", CartAct::add, kCup, 1);
  EXPECT_EQ(f.stock(kCup), "1/0/0") << "a line holds once";
}

TEST_P(CartStock, IsThePersonsAfterTheLogin) {
  f.change("g1", CartAct::add, kTea, 2, kGuest);
  f.change("g2", CartAct::add, kTea, 1, kGuest);
  EXPECT_EQ(f.cart.merge({kGuest, kAnn, "login"}).lines.size(), 1u);
  EXPECT_EQ(f.stock(kTea), "2/3/0");
  EXPECT_EQ(f.order(5, {{kTea, 3}}, {api::cart_hold(kAnn, 1)}), ReserveStatus::reserved);
  EXPECT_EQ(f.stock(kTea), "2/3/0");
}

TEST_P(CartStock, IsLetGoBeforeItIsHeldAndNotHeldAfterwards) {
  EXPECT_TRUE(f.let_go({api::cart_hold(kAnn, 1)}));
  f.change("a", CartAct::add, kTea, 2);
  EXPECT_EQ(f.stock(kTea), "5/0/0");
}

TEST_P(CartStock, IsNotHeldWhereInventoryDoesNotAnswer) {
  f.world.rpc_fault = [](std::string_view, std::string_view method) {
    return method == "hold_for_cart" ? Fault::lose_request : Fault::none;
  };
  EXPECT_EQ(f.change("a", CartAct::add, kTea, 2).status, api::CartStatus::done);
  EXPECT_EQ(f.stock(kTea), "5/0/0");
}

TEST(CartHold, IsNoOrdersNumber) {
  EXPECT_TRUE(api::is_cart_hold(api::cart_hold(kAnn, 1)));
  EXPECT_FALSE(api::is_cart_hold(OrderId::from_random(~std::uint64_t{0})));
  EXPECT_NE(api::cart_hold(kAnn, 1), api::cart_hold(kAnn, 2));
  EXPECT_NE(api::cart_hold(kAnn, 1), api::cart_hold(UserId{8}, 1));
}

}  // namespace
}  // namespace ordeal::inventory
