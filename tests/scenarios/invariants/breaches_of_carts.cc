// Histories that break the promises about carts.
#include "core/api/cart_stock.h"
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
using api::CartAct;
using api::CartLine;
using api::CartStatus;
using api::facts::LineEnd;
using sim::FindingKind;

constexpr std::string_view kLeave = "I-28 lines-leave-with-their-order";
constexpr std::string_view kOwners = "I-28 carts-are-their-owners";
constexpr std::string_view kHolds = "I-15 cart-holds-end";
constexpr std::string_view kServed = "I-33 only-owners-are-served";
constexpr std::string_view kModel = "I-92 the-model-agrees";
constexpr std::string_view kBought = "I-28 bought-lines-leave";

constexpr CartLine kMugLine{kMug, 1, 1};
constexpr CartLine kPenLine{kPen, 1, 2};
constexpr UserId kGuest{api::kFirstGuest + 11};

purchase::model::CartAsked& asked(SmallWorld& world, std::int64_t second, api::CartReply reply) {
  auto& page = world.books.diary.carts.emplace_back();
  page.owner = kAnn;
  page.at_ns = second * kSecond;
  page.answered_ns = (second + 1) * kSecond;
  page.reply = std::move(reply);
  return page;
}

void asked_to(SmallWorld& world, std::int64_t second, const std::string& key, CartAct act, SkuId sku,
              std::int64_t qty, api::CartReply reply) {
  asked(world, second, std::move(reply)).change = api::ChangeCart{kAnn, key, act, sku, qty};
}

void left(SmallWorld& world, CartLine line, LineEnd end, OrderId order, std::int64_t at_version = 4) {
  world.say(20, f::LineLeft{kAnn, line, end, at_version, end == LineEnd::ordered ? "" : "out", order});
}

// Ann's first device had put in a mug, which is hers from her login on.
void logged_in(SmallWorld& world, SkuId as, std::int64_t units) {
  world.say(1, f::LinePut{kGuest, kMugLine, "put-1"});
  world.say(2, f::LineLeft{kGuest, kMugLine, LineEnd::merged, 2, "login", {}});
  world.say(2, f::LinePut{kAnn, {as, units, 1}, "login"});
  world.change("cart", "insert into cart values(1099511627787, 2, 11), (11, 1, null)");
  world.change("cart", "insert into cart_request values(1099511627787, 'put-1', 1), (11, 'login', 1)");
  auto& put = asked(world, 1, {CartStatus::done, 1, {kMugLine}});
  put.owner = kGuest;
  put.change = api::ChangeCart{kGuest, "put-1", CartAct::add, kMug, 1};
  asked(world, 2, {CartStatus::done, 1, {{as, units, 1}}}).merge = api::MergeCarts{kGuest, kAnn, "login"};
}

// Ann says that there is to be one pen more, and the cart has two lines of it after that.
void replaced(SmallWorld& world, bool with_the_old_line, api::CartReply reply) {
  cart_day(world);
  asked_to(world, 8, "set", CartAct::set, kPen, 2, std::move(reply));
  world.say(9, f::LinePut{kAnn, {kPen, 2, 4}, "set"});
  if (!with_the_old_line) world.say(9, f::LineLeft{kAnn, kPenLine, LineEnd::taken_out, 5, "set", {}});
  world.change("cart", "update cart set version = 5");
  world.change("cart", "insert into cart_line(owner, version, sku, qty) values(11, 4, 2, 2)");
  if (!with_the_old_line) world.change("cart", "delete from cart_line where version = 2");
  world.change("cart", "insert into cart_request values(11, 'set', 1)");
}

purchase::model::Visit& ordered_the_mug(SmallWorld& world) {
  cart_day(world);
  auto& visit = world.visit("shopper-1");
  visit.user = kAnn;
  visit.key = "ann-1";
  visit.baskets = {{{{kMug, 1}}, kTen, {}, {{kMugLine}}}};
  world.change("order", "insert into order_request values(11, 'ann-1', 0, 101)");
  return visit;
}

// Bob has seen the number of Ann's order.
purchase::model::NosyAsked& nosy(SmallWorld& world) {
  world.good_day();
  auto& page = world.books.diary.nosy.emplace_back();
  page.asker = kBob;
  page.whose = kAnn;
  page.order = kPaid;
  return page;
}
template <class Reply>
void told(purchase::model::Asked<Reply>& asked, Reply reply) {
  asked.at_ns = kSecond;
  asked.answered_ns = 2 * kSecond;
  asked.reply = std::move(reply);
}

}  // namespace

void cart_day(SmallWorld& world) {
  world.say(1, f::LinePut{kAnn, kMugLine, "put-1"});
  world.say(2, f::LinePut{kAnn, kPenLine, "put-2"});
  world.say(3, f::CartLinesOrdered{kPaid, kAnn, {kMugLine}});
  world.say(4, f::LineLeft{kAnn, kMugLine, LineEnd::ordered, 3, "", kPaid});
  world.change("cart", "insert into cart values(11, 3, null)");
  world.change("cart", "insert into cart_line(owner, version, sku, qty) values(11, 2, 2, 1)");
  world.change("cart", "insert into cart_request values(11, 'put-1', 1), (11, 'put-2', 1)");
  world.change("order",
               "insert into orders(id, user_id, merchant, state, version, total, currency, created_at, "
               "trace) values(101, 11, 1, 2, 3, 1000, 'CNY', 1767225601000000000, 0)");
  world.change("order",
               "insert into order_cart_line(order_id, version, user_id, sku, qty) values(101, 1, 11, 1, 1)");
  asked_to(world, 0, "put-1", CartAct::add, kMug, 1, {CartStatus::done, 1, {kMugLine}});
  asked_to(world, 1, "put-2", CartAct::add, kPen, 1, {CartStatus::done, 2, {kMugLine, kPenLine}});
  asked(world, 5, {CartStatus::done, 3, {kPenLine}});
}

std::vector<Breach> breaches_of_carts() {
  return {
      {"AnOrderTakesALineAlongThatItDoesNotHave", kLeave, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         cart_day(world);
         left(world, kPenLine, LineEnd::ordered, kPaid);
         world.change("cart", "delete from cart_line");
       }},
      {"AnOrderThatDoesNotStandTakesALineAlong", kLeave, FindingKind::safety, kLate.text(),
       [](SmallWorld& world) {
         cart_day(world);
         left(world, kPenLine, LineEnd::ordered, kLate);
       }},
      {"ALineLeavesTwice", kLeave, FindingKind::safety, "mug",
       [](SmallWorld& world) {
         cart_day(world);
         left(world, kMugLine, LineEnd::taken_out, {});
       }},
      {"ALineLeavesThatWasNotThere", kLeave, FindingKind::safety, "5 mug",
       [](SmallWorld& world) {
         cart_day(world);
         left(world, {kMug, 5, 2}, LineEnd::taken_out, {});
       }},
      {"OneLineIsBoughtTwice", kLeave, FindingKind::safety, kLate.text(),
       [](SmallWorld& world) {
         cart_day(world);
         world.say(9, f::CartLinesOrdered{kLate, kAnn, {kMugLine}});
       }},
      {"ALineIsGoneAndNobodySaidSo", kLeave, FindingKind::safety, "pen",
       [](SmallWorld& world) {
         cart_day(world);
         world.change("cart", "delete from cart_line");
       }},
      {"ALineIsThereAgain", kLeave, FindingKind::safety, "mug",
       [](SmallWorld& world) {
         cart_day(world);
         world.change("cart", "insert into cart_line(owner, version, sku, qty) values(11, 1, 1, 1)");
       }},
      {"ALineIsThereThatNobodyPutIn", kLeave, FindingKind::safety, "7 mug",
       [](SmallWorld& world) {
         cart_day(world);
         world.change("cart", "insert into cart_line(owner, version, sku, qty) values(11, 9, 1, 7)");
       }},
      {"AnOrdersRowIsOfAnotherLine", kLeave, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         cart_day(world);
         world.change("order", "update order_cart_line set qty = 2");
       }},
      {"ABoughtLineStays", kBought, FindingKind::liveness, "mug",
       [](SmallWorld& world) {
         world.say(1, f::LinePut{kAnn, kMugLine, "put-1"});
         world.say(3, f::CartLinesOrdered{kPaid, kAnn, {kMugLine}});
         world.change("cart", "insert into cart_line(owner, version, sku, qty) values(11, 1, 1, 1)");
         world.change(
             "order",
             "insert into orders(id, user_id, merchant, state, version, total, currency, created_at, "
             "trace) values(101, 11, 1, 2, 3, 1000, 'CNY', 1767225601000000000, 0)");
         world.change(
             "order",
             "insert into order_cart_line(order_id, version, user_id, sku, qty) values(101, 1, 11, 1, 1)");
       }},
      {"NobodyAskedForALine", kOwners, FindingKind::safety, "1 of",
       [](SmallWorld& world) {
         cart_day(world);
         world.say(9, f::LinePut{kAnn, {kMug, 1, 4}, "nobody"});
       }},
      {"OneRequestPutsInTwice", kOwners, FindingKind::safety, "put-2",
       [](SmallWorld& world) {
         cart_day(world);
         world.say(9, f::LinePut{kAnn, {kPen, 1, 4}, "put-2"});
       }},
      {"MoreIsPutInThanAskedFor", kOwners, FindingKind::safety, "3 of",
       [](SmallWorld& world) {
         cart_day(world);
         asked_to(world, 8, "put-3", CartAct::add, kPen, 2, {CartStatus::unknown, 0, {}});
         world.say(9, f::LinePut{kAnn, {kPen, 3, 4}, "put-3"});
       }},
      {"ALineIsTakenOutByNobody", kOwners, FindingKind::safety, "out",
       [](SmallWorld& world) {
         cart_day(world);
         left(world, kPenLine, LineEnd::taken_out, {});
       }},
      {"ALineIsTakenOutByWhoAddsOne", kOwners, FindingKind::safety, "out",
       [](SmallWorld& world) {
         cart_day(world);
         asked_to(world, 8, "out", CartAct::add, kPen, 1, {CartStatus::unknown, 0, {}});
         left(world, kPenLine, LineEnd::taken_out, {});
       }},
      {"AGuestsMugIsAPen", kOwners, FindingKind::safety, "login",
       [](SmallWorld& world) { logged_in(world, kPen, 1); }},
      {"AGuestsMugIsTwo", kOwners, FindingKind::safety, "login",
       [](SmallWorld& world) { logged_in(world, kMug, 2); }},
      {"ACartIsMergedIntoAStrangers", kOwners, FindingKind::safety, "nobody",
       [](SmallWorld& world) {
         logged_in(world, kMug, 1);
         world.change("cart", "update cart set merged_into = 12 where owner = 1099511627787");
       }},
      {"SomebodyIsToldThatALineIsIn", kOwners, FindingKind::safety, "put-3",
       [](SmallWorld& world) {
         cart_day(world);
         asked_to(world, 8, "put-3", CartAct::add, kPen, 2, {CartStatus::done, 3, {kPenLine}});
       }},
      {"ACartIsShownThatNeverWas", kOwners, FindingKind::safety, "5 of",
       [](SmallWorld& world) {
         cart_day(world);
         asked(world, 8, {CartStatus::done, 3, {{kPen, 5, 2}}});
       }},
      {"AnEmptyCartIsShown", kOwners, FindingKind::safety, "nothing",
       [](SmallWorld& world) {
         cart_day(world);
         asked(world, 8, {CartStatus::done, 3, {}});
       }},
      {"AnOlderCartIsShownOnACalmDay", kOwners, FindingKind::safety, "1 of",
       [](SmallWorld& world) {
         cart_day(world);
         asked(world, 8, {CartStatus::done, 1, {kMugLine}});
       }},
      {"ACartGoesBack", kOwners, FindingKind::safety, "2",
       [](SmallWorld& world) {
         cart_day(world);
         world.change("cart", "update cart set version = 2");
       }},
      {"ARequestIsForgotten", kOwners, FindingKind::safety, "put-2",
       [](SmallWorld& world) {
         cart_day(world);
         world.change("cart", "delete from cart_request where request_key = 'put-2'");
       }},
      {"ARequestIsNobodys", kOwners, FindingKind::safety, "put-9",
       [](SmallWorld& world) {
         cart_day(world);
         world.change("cart", "insert into cart_request values(11, 'put-9', 1)");
       }},
      {"LinesAreSaidToBeOrdered", kOwners, FindingKind::safety, "not ordered",
       [](SmallWorld& world) {
         cart_day(world);
         auto& visit = world.visit("shopper-1");
         visit.user = kAnn;
         visit.key = "ann-1";
         visit.baskets = {{{{kPen, 1}}, kPenPrice, {}, {{kPenLine}}}};
         auto& page = visit.placing.emplace_back();
         page.answered_ns = kSecond;
         page.reply.status = api::PlaceStatus::already_ordered;
       }},
      {"ALineStaysThatWasReplaced", kOwners, FindingKind::safety, "1 of",
       [](SmallWorld& world) {
         replaced(world, true, {CartStatus::unknown, 0, {}});
       }},
      {"ALineIsShownThatWasReplaced", kOwners, FindingKind::safety, "2 of",
       [](SmallWorld& world) {
         replaced(world, false, {CartStatus::done, 4, {kPenLine, {kPen, 2, 4}}});
       }},
      {"WhatComesLateForAGuestStaysThere", kOwners, FindingKind::safety, "login",
       [](SmallWorld& world) {
         logged_in(world, kMug, 1);
         world.change("cart", "insert into cart_line values(1099511627787, 3, 1, 1)");
       }},
      {"AGuestsCartIsNobodysAfterTheLogin", kOwners, FindingKind::safety, "nobody's",
       [](SmallWorld& world) {
         logged_in(world, kMug, 1);
         world.change("cart", "update cart set merged_into = null");
       }},
      {"AnEmptyCartIsShownWhoseCacheForgot", kOwners, FindingKind::safety, "nothing",
       [](SmallWorld& world) {
         cart_day(world);
         world.calm = false;
         asked(world, 8, {CartStatus::done, 0, {}});
       }},
      {"ABoughtLineIsStillShownLongAfter", kOwners, FindingKind::safety, "1 of",
       [](SmallWorld& world) {
         cart_day(world);
         world.books.diary.carts.pop_back();
         asked(world, 8, {CartStatus::done, 2, {kMugLine, kPenLine}});
       }},
      {"NobodyKnowsWhatIsInACart", kOwners, FindingKind::safety, "not told",
       [](SmallWorld& world) {
         cart_day(world);
         asked(world, 8, {CartStatus::unavailable, 0, {}});
       }},
      {"AnOrderKeepsNoLine", kOwners, FindingKind::safety, "nothing",
       [](SmallWorld& world) {
         ordered_the_mug(world);
         world.change("order", "delete from order_cart_line");
       }},
      {"LinesOfARefusedOrderAreSaidToBeOrdered", kOwners, FindingKind::safety, "not ordered",
       [](SmallWorld& world) {
         auto& page = ordered_the_mug(world).placing.emplace_back();
         page.at_ns = 9 * kSecond;
         page.answered_ns = 10 * kSecond;
         page.reply.status = api::PlaceStatus::already_ordered;
         world.say(8, f::OrderMoved{kPaid, api::OrderState::draft, api::OrderState::rejected, 2, {}});
       }},
      {"AnOrderIsShownToAStranger", kServed, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         told(nosy(world).looking, api::OrderView{true, true, api::OrderState::paid, 3, kTen});
       }},
      {"AStrangerMayPayAnOrder", kServed, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         told(nosy(world).paying, api::PayReply{api::PayStatus::pay_at_channel, "t", "code"});
       }},
      {"AStrangerGivesAnOrderUp", kServed, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         told(nosy(world).cancelling, api::CancelReply{api::CancelStatus::cancelled});
       }},
      {"AStrangerTakesACart", kServed, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         told(nosy(world).merging, api::CartReply{CartStatus::done, 1, {}});
       }},
      {"ACartHoldsMoreThanWasPutIn", kModel, FindingKind::safety, "pen",
       [](SmallWorld& world) {
         asked_to(world, 1, "put-2", CartAct::add, kPen, 1, {CartStatus::done, 2, {kPenLine}});
         world.change("cart", "insert into cart_line values(11, 2, 2, 1), (11, 5, 2, 1)");
       }},
      {"ACartHoldsForEver", kHolds, FindingKind::liveness, "1 mug",
       [](SmallWorld& world) {
         cart_day(world);
         world.calm = false;
         world.say(1, f::StockReserved{api::cart_hold(kAnn, 1), kMug, 1});
       }},
      {"ACartHoldsTooLong", kHolds, FindingKind::liveness, "1 pen",
       [](SmallWorld& world) {
         cart_day(world);
         world.say(2, f::StockReserved{api::cart_hold(kAnn, 2), kPen, 1});
         world.say(913, f::StockReleased{api::cart_hold(kAnn, 2), kPen, 1});
       }},
      {"ALineLeftAndItsStockStayedHeld", kHolds, FindingKind::liveness, "1 mug",
       [](SmallWorld& world) {
         cart_day(world);
         world.say(1, f::StockReserved{api::cart_hold(kAnn, 1), kMug, 1});
         world.say(15, f::StockReleased{api::cart_hold(kAnn, 1), kMug, 1});
       }},
      {"ACartHoldsAnotherNumberThanItsLine", kHolds, FindingKind::safety, "2 pen",
       [](SmallWorld& world) {
         cart_day(world);
         world.say(2, f::StockReserved{api::cart_hold(kAnn, 2), kPen, 2});
         world.say(3, f::StockReleased{api::cart_hold(kAnn, 2), kPen, 2});
       }},
      {"AnOrderIsRefusedWhoseGoodsItsCartHeld", kHolds, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         cart_day(world);
         world.say(1, f::StockReserved{api::cart_hold(kAnn, 1), kMug, 1});
         world.say(4, f::OrderMoved{kPaid, api::OrderState::draft, api::OrderState::rejected, 2,
                                    Instant{1'767'225'604 * kSecond}});
         world.say(5, f::StockReleased{api::cart_hold(kAnn, 1), kMug, 1});
       }},
  };
}

}  // namespace ordeal::test
