// Who fills a cart: puts goods in, as a guest or as himself, comes back to it, and orders what it shows.
#include <algorithm>

#include "scenarios/flows/purchase/parties/shopper.h"

namespace ordeal::purchase {
namespace {

using namespace ordeal::literals;
using sim::lane;

constexpr std::size_t kAsGuest = 1;
constexpr std::size_t kTapsTwice = 2;
constexpr std::size_t kChangesQuantity = 3;
constexpr std::size_t kTakesOneOut = 4;
constexpr std::size_t kOnTwoDevices = 5;

constexpr std::string_view kElsewhere = "other";

constexpr std::size_t kSecondDevice = 1;
constexpr std::size_t kLeavesIt = 3;
constexpr std::size_t kWaits = 4;

// Longer than a cart stays in the cache.
constexpr Duration kComesBackAfter = 2_h;
// About as long as an order takes that meets no fault, and that meets one.
constexpr Duration kMeanwhile = 100_ms;
constexpr Duration kMeanwhileAtMost = 3_s;
// When he looks whether it has left.
constexpr Duration kLooksAgain = 3_s;
// What two devices put in at one moment is there by then, if nothing is in the way.
constexpr Duration kBothAreDone = 1_s;

}  // namespace

bool ShopperParty::fill_cart(api::PlaceOrder& request, std::size_t way) {
  const std::size_t filling = sim_.fork(process_.host(), kFillingFork, kFillingWays);
  const UserId guest{request.user.value + api::kFirstGuest};
  const UserId owner = filling == kAsGuest ? guest : request.user;
  const api::Line first = request.lines.front();
  put_in(request.lines, owner, filling);
  if (filling == kAsGuest) log_in(guest, request.user);
  if (way == kLeavesIt) {
    sim_.mark("cart left alone");
    return false;
  }
  if (way == kWaits) {
    sim_.mark("cart ordered hours later");
    process_.env().tasks.sleep(kComesBackAfter);
  }
  const api::CartReply cart = look_at_cart(request.user);
  if (cart.status != api::CartStatus::done || cart.lines.empty()) return false;
  take_from(cart, request);
  // A device on which he was a guest has not heard of the login.
  if (way == kSecondDevice && does(VisitPart::other_device)) add_on_another_device(first, owner);
  return true;
}

void ShopperParty::hoard(const api::PlaceOrder& basket) {
  sim_.mark("cart left alone");
  put_in(basket.lines, basket.user, 0);
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_}, .text = name_ + " walks away and leaves the cart as it is"};
  });
}

void ShopperParty::put_in(const std::vector<api::Line>& lines, UserId owner, std::size_t filling) {
  using api::CartAct;
  const api::Line& first = lines.front();
  if (filling == kOnTwoDevices) return put_in_at_once(lines, owner);
  if (filling == kTapsTwice) change_cart(owner, "tap", CartAct::add, first.sku, first.qty);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    change_cart(owner, "put-" + std::to_string(i + 1), CartAct::add, lines[i].sku, lines[i].qty);
    if (i == 0) look_at_cart(owner);
  }
  if (filling == kChangesQuantity) {
    sim_.mark("quantity changed");
    change_cart(owner, "set", CartAct::set, first.sku, first.qty + 1);
  }
  if (filling == kTakesOneOut) {
    sim_.mark("taken out of the cart");
    change_cart(owner, "out", CartAct::take_out, lines.back().sku, 0);
    if (lines.back().sku == first.sku) change_cart(owner, "back", CartAct::add, first.sku, first.qty);
  }
}

// The first good, or a second one, on another device in the same moment.
void ShopperParty::put_in_at_once(const std::vector<api::Line>& lines, UserId owner) {
  sim_.mark("put in on two devices at once");
  process_.env().tasks.spawn("two devices", [this, owner, line = lines.back()] {
    change_cart(owner, "meanwhile", api::CartAct::add, line.sku, line.qty);
  });
  change_cart(owner, "put-1", api::CartAct::add, lines.front().sku, lines.front().qty);
  process_.env().tasks.sleep(kBothAreDone);
  look_at_cart(owner);
}

void ShopperParty::take_from(const api::CartReply& cart, api::PlaceOrder& request) const {
  request.lines.clear();
  request.expected_total.minor = 0;
  for (const api::CartLine& line : cart.lines) {
    request.lines.push_back({line.sku, line.qty});
    request.expected_total += price_of(line.sku) * line.qty;
  }
  request.cart.emplace().lines = cart.lines;
}

api::CartReply ShopperParty::change_cart(UserId owner, std::string_view what, api::CartAct act, SkuId sku,
                                         std::int64_t qty) {
  const api::ChangeCart request{owner, root() + "/" + std::string(what), act, sku, qty};
  if (act != api::CartAct::take_out)
    say_of_cart(act == api::CartAct::add ? "puts" : "wants", sku, qty, what == kElsewhere);
  model::CartAsked asked;
  asked.owner = owner;
  asked.change = request;
  return ask_cart("change_cart", request, asked);
}

api::CartReply ShopperParty::log_in(UserId guest, UserId user) {
  sim_.mark("a guest logged in");
  const api::MergeCarts request{guest, user, root() + "/login"};
  model::CartAsked asked;
  asked.owner = user;
  asked.merge = request;
  return ask_cart("merge_carts", request, asked);
}

api::CartReply ShopperParty::look_at_cart(UserId owner) {
  model::CartAsked asked;
  asked.owner = owner;
  return ask_cart("cart", api::AskCart{owner}, asked);
}

template <class Request>
api::CartReply ShopperParty::ask_cart(std::string_view method, const Request& request,
                                      const model::CartAsked& asked) {
  env::Env& env = process_.env();
  auto& pages = books_.diary.carts;
  api::CartReply last;
  for (std::size_t i = 0;; ++i) {
    const std::size_t page = pages.size();
    pages.push_back(asked);
    pages[page].at_ns = sim_.now_ns();
    const auto reply = env.rpc.call<api::CartReply>("gateway", method, request, kPatience);
    if (reply) {
      pages[page].answered_ns = sim_.now_ns();
      pages[page].reply = last = *reply;
      if (last.status != api::CartStatus::unavailable && last.status != api::CartStatus::unknown) return last;
    }
    const auto gap = again_after(i);
    if (!gap || !does(VisitPart::asking_again)) return last;
    sim_.mark("shopper asked again");
    env.tasks.sleep(*gap);
  }
}

void ShopperParty::look_at_cart_again(UserId owner) {
  if (!does(VisitPart::looking)) return;
  process_.env().tasks.spawn("looks again", [this, owner] {
    process_.env().tasks.sleep(kLooksAgain);
    look_at_cart(owner);
  });
}

void ShopperParty::add_on_another_device(const api::Line& line, UserId owner) {
  const sim::Key when = key("other device");
  const bool soon = sim_.choices().chance(when, lane("soon"), {1, 2});
  const Duration after =
      sim_.choices().between(when, lane("after"), {}, soon ? kMeanwhile : kMeanwhileAtMost);
  process_.env().tasks.spawn("other device", [this, after, owner, line] {
    process_.env().tasks.sleep(after);
    sim_.mark("put in on another device");
    change_cart(owner, kElsewhere, api::CartAct::add, line.sku, line.qty);
  });
}

// The page before still shows the cart as it was.
void ShopperParty::go_back_and_order_again(api::PlaceOrder request) {
  request.request_key += "/again";
  sim_.mark("ordered again by the back button");
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_}, .text = name_ + " goes back and orders the same page once more"};
  });
  model::Visit& page = books_.diary.visits[name_ + " again"];
  page.wish = model::Wish::leaves;
  told(request, place(request, page));
}

void ShopperParty::say_of_cart(std::string_view what, SkuId sku, std::int64_t qty, bool elsewhere) {
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_, sku.text()},
                     .text = name_ + " " + std::string(what) + " " + std::to_string(qty) + " " + sku.text() +
                             " in the cart" + (elsewhere ? " on another device" : "")};
  });
}

}  // namespace ordeal::purchase
