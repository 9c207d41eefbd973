// Histories that break the promises about coupons, points, units at a price, and what is made of them: the price.
#include "scenarios/flows/purchase/promotions.h"
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
using api::HoldState;
using api::OrderState;
using sim::FindingKind;

constexpr std::string_view kFollow = "I-12 discounts-follow-the-order";
constexpr std::string_view kLines = "I-21 lines-add-up";
constexpr std::string_view kWhole = "I-22 discounts-are-whole";
constexpr std::string_view kQuota = "I-23 promotion-within-quota";
constexpr std::string_view kOnce = "I-24 coupon-is-used-once";
constexpr std::string_view kPoints = "I-25 points-add-up";
constexpr std::string_view kModel = "I-92 the-model-agrees";

constexpr RuleId kPenAtTwo{3};
constexpr Money kSeven{700, {}};

CouponId coupon_of(UserId user, std::size_t n = 0) {
  return purchase::coupons_of(user,
                              {{{.name = "1 off", .kind = purchase::PromotionKind::coupon, .each = 2}}})[n]
      .coupon;
}

f::DiscountsHeld held(OrderId order, UserId user, std::vector<CouponId> coupons) {
  return {order, user, std::move(coupons), 0, {}};
}

void pen_is_held(SmallWorld& world, OrderId order) {
  world.say(2, f::DiscountsHeld{order, kAnn, {}, 0, {{kPenAtTwo, 1}}});
}

purchase::model::Basket& basket(SmallWorld& world) { return world.visit("shopper-1").baskets.front(); }

void quoted(SmallWorld& world, Money total, api::Discounts used, std::vector<api::Line> lines = {{kMug, 1}}) {
  order_with_discounts(world);
  auto& asked = world.visit("shopper-1").quoting.emplace_back();
  asked.lines = std::move(lines);
  asked.wanted = {{coupon_of(kAnn)}, 200};
  asked.answered_ns = kSecond;
  asked.reply = {api::QuoteStatus::quoted, total, std::move(used)};
}

}  // namespace

void order_with_discounts(SmallWorld& world) {
  const CouponId coupon = coupon_of(kAnn);
  world.say(1, f::OrderPlaced{kPaid, kAnn, "ann-1", kSeven, {{kMug, 1}}});
  world.say(1, f::DiscountsHeld{kPaid, kAnn, {coupon}, 200, {}});
  world.change(
      "order",
      "insert into orders(id, user_id, merchant, state, version, total, currency, created_at, close_at, "
      "due_at, trace) values(101, 11, 1, 1, 2, 700, 'CNY', 1767225601000000000, 1767226501000000000, "
      "1767226501000000000, 0)");
  world.change("order", "insert into order_line(order_id, sku, qty, unit_price) values(101, 1, 1, 1000)");
  world.change(
      "order",
      "insert into order_request(user_id, request_key, fingerprint, order_id) values(11, 'ann-1', 1, 101)");
  world.change("order", "insert into order_price(order_id, rules_version, gone) values(101, 1, 0)");
  world.change("order", "insert into order_line_price(order_id, sku, pay, points) values(101, 1, 700, 200)");
  world.change("order",
               "insert into order_discount(order_id, sku, rule, coupon, off, promo_units) values"
               "(101, 1, 1, 5280, 100, 0), (101, 1, 2, 0, 200, 0)");
  world.change("promotion", "update coupon set state = 1, order_id = 101 where id = 5280");
  world.change("promotion", "update points set available = 100, frozen = 200 where user_id = 11");
  world.change("promotion",
               "insert into discount_hold(order_id, user_id, points, state) values(101, 11, 200, 0)");
  auto& visit = world.visit("shopper-1");
  visit.user = kAnn;
  visit.key = "ann-1";
  visit.baskets = {{{{kMug, 1}}, kSeven, {{coupon}, 200}}};
  auto& asked = visit.placing.emplace_back();
  asked.at_ns = kSecond;
  asked.answered_ns = 2 * kSecond;
  asked.reply = {api::PlaceStatus::placed, kPaid, OrderState::unpaid, kSeven};
}

std::vector<Breach> breaches_of_discounts() {
  std::vector<Breach> all{
      {"OneCouponOfTwoOrders", kOnce, FindingKind::safety, kLate.text(),
       [](SmallWorld& world) {
         world.say(1, held(kPaid, kAnn, {coupon_of(kAnn)}));
         world.say(2, held(kLate, kAnn, {coupon_of(kAnn)}));
       }},
      {"SomeoneElsesCoupon", kOnce, FindingKind::safety, "1 off",
       [](SmallWorld& world) { world.say(1, held(kPaid, kAnn, {coupon_of(kBob)})); }},
      {"AnotherOrdersCouponComesBack", kOnce, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.say(1, held(kPaid, kAnn, {coupon_of(kAnn)}));
         world.say(1, held(kLate, kAnn, {coupon_of(kAnn, 1)}));
         world.say(2, f::DiscountsEnded{kLate, HoldState::returned, {coupon_of(kAnn)}, 0, {}});
       }},
      {"CouponStaysHeld", kOnce, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.say(1, held(kPaid, kAnn, {coupon_of(kAnn)}));
         world.say(2, f::DiscountsEnded{kPaid, HoldState::returned, {}, 0, {}});
       }},
      {"CouponIsMarkedForNobody", kOnce, FindingKind::safety, "USED",
       [](SmallWorld& world) { world.change("promotion", "update coupon set state = 2 where id = 5280"); }},
      {"CouponIsMissing", kOnce, FindingKind::safety, "29",
       [](SmallWorld& world) { world.change("promotion", "delete from coupon where id = 5280"); }},
      {"OnePenTwiceAtItsPrice", kQuota, FindingKind::safety, kLate.text(),
       [](SmallWorld& world) {
         pen_is_held(world, kPaid);
         pen_is_held(world, kLate);
       }},
      {"UnitsAreCountedAgain", kQuota, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         pen_is_held(world, kPaid);
         for (std::int64_t second = 3; second <= 4; ++second)
           world.say(second, f::DiscountsEnded{kPaid, HoldState::used, {}, 0, {{kPenAtTwo, 1}}});
       }},
      {"UnitsDrift", kQuota, FindingKind::safety, "0, should be 1",
       [](SmallWorld& world) { world.change("promotion", "update promo_units set available = 0"); }},
      {"MorePointsThanThereAre", kPoints, FindingKind::safety, "400",
       [](SmallWorld& world) {
         for (const OrderId order : {kPaid, kLate}) world.say(1, f::DiscountsHeld{order, kAnn, {}, 200, {}});
       }},
      {"PointsDrift", kPoints, FindingKind::safety, "250, should be 300",
       [](SmallWorld& world) {
         world.change("promotion", "update points set available = 250 where user_id = 11");
       }},
      {"OrderWithoutItsPoints", kFollow, FindingKind::safety, "200 points",
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("promotion", "update discount_hold set points = 0");
       }},
      {"DiscountsOfAnotherBuyer", kFollow, FindingKind::safety, kBob.text(),
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("promotion", "update discount_hold set user_id = 12");
       }},
      {"ClosedAndStillHeld", kFollow, FindingKind::safety, "HELD",
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("order", "update orders set state = 3");
       }},
      {"RefusedForWhatItHeld", kFollow, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.say(3, f::OrderMoved{kPaid, OrderState::draft, OrderState::rejected, 2, {}});
         world.change("order", "update orders set state = 4");
         world.change("order", "update order_price set gone = 1");
         world.change("promotion", "update discount_hold set state = 2");
       }},
      {"DiscountsOfNoOrder", kFollow, FindingKind::safety, kStranger.text(),
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("promotion", "insert into discount_hold values(199, 11, 0, 0)");
       }},
      {"OrderWithoutAPrice", kWhole, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("order", "delete from order_price");
       }},
      {"LineWithoutAPrice", kWhole, FindingKind::safety, "mug",
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("order", "delete from order_line_price");
       }},
      {"LinesAreNotTheTotal", kLines, FindingKind::safety, "7.01",
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("order", "update order_line_price set pay = 701");
       }},
      {"DiscountIsNotOnTheLine", kWhole, FindingKind::safety, "mug",
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("order", "update order_discount set off = 150 where rule = 1");
       }},
      {"DiscountOfNoRule", kWhole, FindingKind::safety, "mug",
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("order", "update order_discount set rule = 9 where rule = 1");
       }},
      {"OneLineGetsAllOfADiscount", kWhole, FindingKind::safety, "mug",
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("order", "insert into order_line values(101, 2, 4, 250)");
         world.change("order", "insert into order_line_price values(101, 2, 1000, 0)");
         world.change("order", "update orders set total = 1700");
       }},
      {"CouponThatWasNotShown", kModel, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         order_with_discounts(world);
         basket(world).discounts.coupons.clear();
       }},
      {"MorePointsThanWanted", kModel, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         order_with_discounts(world);
         basket(world).discounts.points = 100;
       }},
      {"PriceThatNoPromotionLeaves", kModel, FindingKind::safety, "6.50",
       [](SmallWorld& world) {
         order_with_discounts(world);
         basket(world).shown = Money{650, {}};
         world.change("order", "update orders set total = 650");
       }},
      {"AnotherPriceThanWasShown", kModel, FindingKind::safety, "6.00",
       [](SmallWorld& world) {
         order_with_discounts(world);
         basket(world).shown = Money{600, {}};
       }},
      {"DiscountIsNotGiven", kModel, FindingKind::safety, "8.00",
       [](SmallWorld& world) {
         order_with_discounts(world);
         basket(world).shown = Money{800, {}};
         world.change("order", "update orders set total = 800");
         world.change("order", "delete from order_discount where rule = 1");
       }},
      {"RefusedForDiscountsThatAreThere", kModel, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         order_with_discounts(world);
         world.change("order", "update orders set state = 4");
         world.change("order", "update order_price set gone = 1");
       }},
      {"PriceOfWhatNobodySells", kModel, FindingKind::safety, "7.00",
       [](SmallWorld& world) {
         quoted(world, kSeven, {}, {{SkuId{9}, 1}});
       }},
      {"PriceWithAStrangersCoupon", kModel, FindingKind::safety, "9.00",
       [](SmallWorld& world) {
         quoted(world, Money{900, {}}, {{coupon_of(kBob)}, 0});
       }},
      {"PriceWithMorePoints", kModel, FindingKind::safety, "7.00",
       [](SmallWorld& world) {
         quoted(world, kSeven, {{}, 300});
       }},
      {"PriceThatIsNone", kModel, FindingKind::safety, "8.50",
       [](SmallWorld& world) {
         quoted(world, Money{850, {}}, {});
       }},
  };
  for (Breach& breach : all) breach.promotions = true;
  return all;
}

}  // namespace ordeal::test
