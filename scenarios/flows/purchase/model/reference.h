// The reference model of a purchase (I-92): what must have come of what people did, by the requirements alone. Small,
// sequential, without faults, and written without a look at the core: of the core it knows the words that are spoken at its
// doors (core/api) and nothing else; tests/tidy holds it to that. Whoever knows how a shop works can check it.
//
// It is told what the world outside did and saw (Outside) and what stands in the system's books when all is at rest (Inside),
// and says in which sentences they differ. Where faults leave a choice (a payment that came in time but was heard of too late
// is returned) it says which endings are legal; which of them it is the books say, and everything else follows from it.
//
//   priced     an order is of one basket that its buyer asked for, at the prices of the list, of one merchant     A36, A37
//   reduced    it costs what the promotions leave of that with what it uses, and on a calm day it uses all that helps  A7, I-20
//   nothing    nobody was told of an order, no money was taken
//   rejected   there were not enough goods at some moment of its placing, or, after a fault, nobody could say     A26
//   paid       what the channels keep of its buyer's money is exactly its total                                   B22, I-32
//   closed     they keep nothing of it                                                                            A19, I-35
//   sold out   where goods are set aside for who pays, and not for who orders, money may come when none are left   A25, I-16
//   for free   an order that comes to nothing waits for no money: its buyer has it, or its goods were not there
//   given up   who was told that an order is given up has no paid one; who paid first may keep it                  F-17, I-04
//   calm       without a fault whoever wants goods that are there, and pays in time, gets them
//   stock      sold = Σ paid, set aside = nothing, free = the rest                                                I-10, I-11
//   accounts   the fee is 0.6 % of a sale, rounded down to the minor unit; the merchant is owed the rest          I-71
//   carts      hold what was put in and neither taken out nor bought (carts.h)                                    I-28
//   notices    what a merchant hears is true, and of its own orders                                               I-80
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/api/ledger.h"
#include "scenarios/flows/purchase/model/diary.h"
#include "scenarios/flows/purchase/model/offers.h"

namespace ordeal::purchase::model {

// ---- outside ----

// A line of the price list, and how much there is of it in the beginning.
struct Good {
  SkuId sku;
  std::string name;
  Money price;
  std::int64_t stock = 0;
  MerchantId merchant;
};

// Money that a channel took from somebody, by the channel's own book.
struct Taken {
  std::string channel;
  std::string trade;
  std::string buyer;
  Money amount;
  Money returned;
  std::int64_t at_ns = 0;
};

// A coupon, whose it is and under which rule it was issued.
struct Coupon {
  CouponId id;
  UserId user;
  RuleId rule;
};

struct Outside {
  std::vector<Good> goods;
  std::vector<std::string> merchants;  // by MerchantId, from 1
  const Diary& diary;
  std::vector<Taken> taken;
  std::map<std::string, Money> purses;  // what each buyer had before
  std::vector<std::string> gone;        // channels that nobody can reach any more
  bool calm = false;                    // nothing went wrong in the whole world
  bool takes_at_cart = false;           // who puts goods in a cart has them set aside for a time
  bool takes_at_payment = false;        // the shop sets goods aside when they are paid for, not before
  std::vector<Offer> offers{};
  std::vector<Coupon> coupons{};
  std::int64_t points_each = 0;  // that every buyer has before
};

// ---- inside ----

struct PricedLine {
  SkuId sku;
  std::int64_t qty = 0;
  Money price;  // of one

  bool operator==(const PricedLine&) const = default;
};

struct BookedOrder {
  OrderId id;
  UserId user;
  std::string key;
  api::OrderState state{};
  Money total;
  MerchantId merchant;
  std::vector<PricedLine> lines;  // by sku
  std::vector<CouponId> coupons{};
  std::int64_t points = 0;
  std::map<RuleId, std::int64_t> units{};
  bool discount_gone = false;  // why it was refused
};

struct BookedStock {
  SkuId sku;
  std::int64_t available = 0;
  std::int64_t reserved = 0;
  std::int64_t sold = 0;

  bool operator==(const BookedStock&) const = default;
};

// A debit is positive.
using Accounts = std::array<std::int64_t, api::names_of(api::Account{}).size()>;

// Of each owner's cart: units by good.
using CartUnits = std::map<UserId, std::map<SkuId, std::int64_t>>;

// Books that could not be read are none: nothing is said of them.
struct Inside {
  std::optional<std::vector<BookedOrder>> orders;
  std::optional<std::vector<BookedStock>> stock;  // by sku
  std::optional<std::map<Currency, Accounts>> accounts;
  std::optional<CartUnits> carts{};
};

// ---- what differs ----

// `sentence` is one of a fixed list (telling/breaches.cc); the rest says who, what and how much.
struct Difference {
  std::string sentence;
  std::vector<std::pair<std::string, std::string>> evidence;
  std::int64_t badness = 0;
};

std::vector<Difference> differences(const Outside& outside, const Inside& inside);

}  // namespace ordeal::purchase::model
