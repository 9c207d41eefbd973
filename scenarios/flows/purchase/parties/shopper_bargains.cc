// Who looks for bargains: asks what a basket costs with the coupons and points that he holds, and orders at that price.
#include <algorithm>

#include "scenarios/flows/purchase/parties/shopper.h"
#include "scenarios/flows/purchase/promotions.h"

namespace ordeal::purchase {
namespace {

using namespace ordeal::literals;
using sim::lane;

constexpr std::size_t kSavesThem = 1;
constexpr std::size_t kOtherOrderToo = 2;
constexpr std::size_t kSomeoneElses = 3;
constexpr std::size_t kMorePoints = 4;
constexpr std::size_t kOldQuote = 5;

// A page that was left open.
constexpr Duration kLeftOpen = 10_min;
// Somebody whose price changes all the time buys elsewhere.
constexpr int kTakesAnotherPrice = 2;

}  // namespace

void ShopperParty::choose_discounts(api::PlaceOrder& request, std::size_t way) {
  const auto& promotions = crowd_.scenario().setting<PromotionsSpec>();
  api::Discounts& wanted = request.discounts.emplace();
  if (way == kSavesThem || !does(VisitPart::discounts)) return;
  for (const Issued& issued : coupons_of(request.user, promotions)) wanted.coupons.push_back(issued.coupon);
  wanted.points = points_each(promotions);
  if (way == kMorePoints) wanted.points += 1 + wanted.points;
  if (way != kSomeoneElses) return;
  for (const Issued& issued : all_coupons(crowd_.scenario())) {
    if (issued.user == request.user) continue;
    wanted.coupons.push_back(issued.coupon);
    sim_.mark("another's coupon shown");
    return;
  }
}

bool ShopperParty::ask_for_the_price(api::PlaceOrder& request) {
  const std::size_t way = sim_.fork(process_.host(), kDiscountsFork, kDiscountsWays);
  choose_discounts(request, way);
  if (!quote(request)) return false;
  if (way == kOldQuote) {
    sim_.mark("price page left open");
    process_.env().tasks.sleep(kLeftOpen);
  }
  if (way == kOtherOrderToo) order_on_another_device(request);
  return true;
}

bool ShopperParty::quote(api::PlaceOrder& request) {
  env::Env& env = process_.env();
  const api::QuoteOrder question{request.user, request.lines, *request.discounts};
  model::Visit& page = diary();
  page.user = request.user;
  page.key = request.request_key;
  for (std::size_t i = 0;; ++i) {
    const std::size_t number = page.quoting.size();
    model::QuoteAsked& asked = page.quoting.emplace_back();
    asked.at_ns = sim_.now_ns();
    asked.lines = request.lines;
    asked.wanted = question.discounts;
    const auto reply = env.rpc.call<api::QuoteReply>("gateway", "quote_order", question, kPatience);
    if (reply) {
      page.quoting[number].answered_ns = sim_.now_ns();
      page.quoting[number].reply = *reply;
      request.expected_total = reply->total;
      if (reply->status == api::QuoteStatus::quoted) return true;
      if (reply->status == api::QuoteStatus::invalid) return false;
    }
    const auto gap = again_after(i);
    if (!gap || !does(VisitPart::asking_again)) return false;
    sim_.mark("shopper asked again");
    env.tasks.sleep(*gap);
  }
}

api::PlaceReply ShopperParty::place_at_the_price_of_now(api::PlaceOrder request) {
  api::PlaceReply reply = place(request);
  for (int i = 0; i < kTakesAnotherPrice && reply.status == api::PlaceStatus::price_changed; ++i) {
    sim_.mark("another price taken");
    request.expected_total = reply.total;
    say_is_told("it costs " + reply.total.text() + " now");
    reply = place(request);
  }
  return reply;
}

// The same goods once more, under a key of its own: a second order of somebody who pays for one at most.
void ShopperParty::order_on_another_device(api::PlaceOrder request) {
  request.request_key += "/other";
  sim_.mark("same discounts for another order");
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_},
                     .text = name_ + " orders the same on a second device, with the same discounts"};
  });
  model::Visit& page = books_.diary.visits[name_ + " other"];
  page.wish = model::Wish::leaves;
  process_.env().tasks.spawn("other device", [this, request, &page] { told(request, place(request, page)); });
}

}  // namespace ordeal::purchase
