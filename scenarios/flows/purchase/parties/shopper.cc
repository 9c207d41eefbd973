#include "scenarios/flows/purchase/parties/shopper.h"

#include <algorithm>
#include <array>

#include "core/channel/form.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::purchase {
namespace {

using namespace ordeal::literals;
using sim::lane;

// A person who gets no answer tries again: at once, then less and less eagerly, then gives up.
constexpr std::array<Duration, 6> kRetryGaps{2_s, 5_s, 15_s, 60_s, 2_min, 5_min};
// Who cannot wait presses the button as long as that takes to be boring.
constexpr Duration kImpatientGap = 100_ms;
constexpr std::size_t kImpatientTries = 40;
constexpr Duration kRush = 2_s;
// After this long an order has come to its end, if nothing is in the way: its time to be paid and a little more.
constexpr Duration kLooksAfter = 20_min;
constexpr std::int64_t kDearest = 10'000'000'000;  // no document is of more (I-30)
constexpr std::int64_t kMostPieces = 1'000'000;    // of one good, as the app has it
constexpr std::size_t kBackButton = 2;             // of kCartFork
constexpr std::size_t kSomeoneElses = 5;
// With all that a form or a document has to escape.
constexpr std::string_view kCommonKey = "my \"order\" \\ 1 & 2\n";

}  // namespace

ShopperParty::ShopperParty(sim::Process& process, play::World& world, const play::Crowd& crowd,
                           play::Actor actor, Shopping shopping)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      work_(crowd.part().as<ShoppingSpec>()),
      skus_(crowd.scenario().setting<Catalogue>().skus),
      books_(world.books<Books>()),
      shopping_(shopping),
      name_(crowd.name_of(actor)),
      page_(name_) {}

bool ShopperParty::does(VisitPart part) const {
  return !crowd_.does_without(actor_, static_cast<std::uint32_t>(part));
}

sim::Key ShopperParty::key(std::string_view what) {
  return sim_.choices().next(sim::site_of(sim_.cause(), what));
}

void ShopperParty::arrive(sim::Key habit) {
  const sim::Choices& choices = sim_.choices();
  Duration at = choices.between(habit, lane("arrive"), work_.arrive.from, work_.arrive.until - 1_ns);
  if (sim_.fork(process_.host(), kArrivalFork, kArrivalWays) == 1) {
    // One moment for all: an announcement, a clock that strikes ten.
    const sim::Key rush{sim::site_of_path("the rush"), 0};
    const Duration last = std::max(work_.arrive.from, work_.arrive.until - kRush);
    at = choices.between(rush, lane("when"), work_.arrive.from, last) +
         choices.between(habit, lane("in the rush"), {}, kRush);
  }
  // Apart, so that what happens between two does not hang on chance; and at round times.
  if (!does(VisitPart::own_time)) at = work_.arrive.from + 100_ms * actor_.number;
  process_.env().tasks.sleep(at);
}

std::string ShopperParty::pick_channel() {
  if (work_.channels.size() == 1) return work_.channels.front();
  const auto all = crowd_.scenario().parties_of<ChannelSpec>();
  const std::size_t count = work_.channels.empty() ? all.size() : work_.channels.size();
  if (count == 1) return all.front()->name;
  const auto picked = sim_.choices().below(key("which channel"), lane("channel"), count);
  return work_.channels.empty() ? all[picked]->name : work_.channels[picked];
}

std::optional<Duration> ShopperParty::again_after(std::size_t nth) const {
  if (impatient_) return nth < kImpatientTries ? std::optional(kImpatientGap) : std::nullopt;
  return nth < kRetryGaps.size() ? std::optional(kRetryGaps[nth]) : std::nullopt;
}

void ShopperParty::visit() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key habit = key("habits");
  arrive(habit);
  impatient_ = sim_.fork(process_.host(), kPatienceFork, kPatienceWays) == 1;

  const bool clicks_twice = choices.chance(habit, lane("double click"), work_.habits.double_click);
  api::PlaceOrder request = fill_basket();
  if (shopping_ == Shopping::bargains && !ask_for_the_price(request)) return;
  if (shopping_ == Shopping::hoards) return hoard(request);
  std::size_t cart = 0;
  if (shopping_ == Shopping::carts) {
    cart = sim_.fork(process_.host(), kCartFork, kCartWays);
    if (!fill_cart(request, cart)) return;
  }
  process_.env().log.line([&] { return name() + " orders for " + request.expected_total.text(); });
  say_what_is_ordered(request);
  const api::PlaceReply reply = order(request, clicks_twice && does(VisitPart::second_click));
  if (cart == kBackButton) go_back_and_order_again(request);
  if (shopping_ == Shopping::carts) look_at_cart_again(request.user);
  if (cart == kSomeoneElses) pry(request.user);
  if (reply.status == api::PlaceStatus::pending) return give_up_waiting(reply.order);
  if (reply.status != api::PlaceStatus::placed) return;
  if (reply.state == api::OrderState::unpaid) come_to_an_end(reply.order, reply.total, habit);
  if (reply.state == api::OrderState::paid) sim_.mark("order of nothing");
  if (does(VisitPart::looking)) look(reply.order);
}

model::Wish ShopperParty::wish_of(sim::Key habit) const {
  const sim::Choices& choices = sim_.choices();
  model::Wish wish = model::Wish::pays;
  if (choices.chance(habit, lane("late"), work_.habits.pays_late)) wish = model::Wish::pays_late;
  if (choices.chance(habit, lane("never"), work_.habits.never_pays)) wish = model::Wish::leaves;
  if (!does(VisitPart::lateness) && wish == model::Wish::pays_late) wish = model::Wish::pays;
  return does(VisitPart::payment) ? wish : model::Wish::leaves;
}

api::PlaceReply ShopperParty::order(api::PlaceOrder request, bool clicks_twice) {
  const std::size_t way = sim_.fork(process_.host(), kOrderingFork, kOrderingWays);
  if (way == 4) request.request_key = kCommonKey;
  if (way == 1) {
    api::PlaceOrder old = request;
    old.expected_total.minor -= 1;
    sim_.mark("old price shown");
    const api::PlaceReply reply = place(old);
    told(old, reply);
    if (reply.status != api::PlaceStatus::price_changed) return reply;
  }
  if (way == 3) ask_for_nonsense(request);
  if (way == 5) change_mind(request);
  if (way == 6) add_the_first_line_again(request);
  if (clicks_twice) {
    sim_.tell(process_.host().id(), [&] {
      return sim::Told{.about = {name_}, .text = name_ + " clicks twice: the same order, once more"};
    });
    process_.env().tasks.spawn("second click", [this, request] { told(request, place(request)); });
  }
  const api::PlaceReply reply =
      shopping_ == Shopping::bargains ? place_at_the_price_of_now(request) : place(request);
  told(request, reply);
  if (way == 2) use_the_key_again(request);
  return reply;
}

// Another basket, and in half of the cases another price with it.
void ShopperParty::use_the_key_again(api::PlaceOrder request) {
  request.cart.reset();
  request.lines.front().qty += 1;
  if (sim_.choices().chance(key("key again"), lane("price"), {1, 2}))
    request.expected_total += price_of(request.lines.front().sku);
  sim_.mark("key used for another basket");
  told(request, place(request));
}

void ShopperParty::add_the_first_line_again(api::PlaceOrder& request) {
  request.cart.reset();
  request.lines.push_back(request.lines.front());
  request.expected_total += price_of(request.lines.front().sku) * request.lines.front().qty;
  sim_.mark("line is there again");
  sim_.tell(process_.host().id(), [&] {
    const std::string sku = request.lines.front().sku.text();
    return sim::Told{.about = {name_, sku}, .text = name_ + "'s basket has " + sku + " in two lines"};
  });
}

// What is ordered first is a visit of its own, of somebody who leaves.
void ShopperParty::change_mind(api::PlaceOrder request) {
  request.request_key += "/before";
  page_ = name_ + " before";
  diary().wish = model::Wish::leaves;
  sim_.mark("mind changed");
  told(request, place(request));
  page_ = name_;
}

Money ShopperParty::price_of(SkuId sku) const { return skus_[static_cast<std::size_t>(sku.value - 1)].price; }

void ShopperParty::ask_for_nonsense(api::PlaceOrder request) {
  request.cart.reset();
  api::Line& line = request.lines.front();
  const auto pieces = [&](std::int64_t qty) {
    request.expected_total += price_of(line.sku) * (qty - line.qty);
    line.qty = qty;
  };
  switch (sim_.choices().below(key("nonsense"), lane("which"), 7)) {
    case 0:
      pieces(0);
      break;
    case 1:
      pieces(-1);
      break;
    case 2:
      line.sku = SkuId{static_cast<std::int64_t>(skus_.size()) + 1};
      break;
    case 3:
      add_of_another_merchant(request);
      break;
    case 4:
      pieces(kDearest / std::max<std::int64_t>(price_of(line.sku).minor, 1) + 1);
      break;
    case 5:
      ask_for_a_little_too_much(request);
      break;
    default:
      request.lines.clear();
      request.expected_total.minor = 0;
      break;
  }
  sim_.mark("nonsense ordered");
  place(request);
}

// Each line is one that a document can be of; it is their sum that is not. Where a merchant has but one good, of nothing.
void ShopperParty::ask_for_a_little_too_much(api::PlaceOrder& request) const {
  request.lines.clear();
  request.expected_total.minor = 0;
  for (std::size_t i = 0; i < skus_.size(); ++i) {
    for (std::size_t j = 0; j < skus_.size(); ++j) {
      const bool fit = i != j && skus_[j].price.is_positive() &&
                       skus_[j].price.minor <= skus_[i].price.minor &&
                       merchant_of(skus_[i], crowd_.scenario()) == merchant_of(skus_[j], crowd_.scenario());
      if (!fit || kDearest / skus_[i].price.minor > kMostPieces) continue;
      const std::int64_t qty = kDearest / skus_[i].price.minor;
      request.lines = {{sku_id(i), qty},
                       {sku_id(j), kDearest % skus_[i].price.minor / skus_[j].price.minor + 1}};
      request.expected_total += skus_[i].price * qty + skus_[j].price * request.lines.back().qty;
      return;
    }
  }
}

// Where there is but one merchant nothing is left to ask for.
void ShopperParty::add_of_another_merchant(api::PlaceOrder& request) const {
  const auto seller = [&](std::size_t sku) { return merchant_of(skus_[sku], crowd_.scenario()); };
  const auto first = seller(static_cast<std::size_t>(request.lines.front().sku.value - 1));
  for (std::size_t i = 0; i < skus_.size(); ++i) {
    if (seller(i) == first) continue;
    request.lines.push_back({sku_id(i), 1});
    request.expected_total += skus_[i].price;
    return;
  }
  request.lines.clear();
}

api::PlaceOrder ShopperParty::fill_basket() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key basket = key("basket");
  const auto drawn =
      1 + choices.below(basket, lane("lines"), static_cast<std::uint64_t>(work_.habits.lines_max));
  const auto lines = does(VisitPart::further_lines) ? drawn : 1;
  std::int64_t weights = 0;
  for (const SkuSpec& sku : skus_) weights += sku.weight;

  api::PlaceOrder request;
  request.user = UserId{crowd_.id_of(actor_)};
  request.request_key = root();
  request.expected_total = Money{0, skus_.front().price.currency};
  std::optional<MerchantId> merchant;
  for (std::uint64_t i = 0; i < lines; ++i) {
    const sim::Key line = key("basket line");
    auto at =
        static_cast<std::int64_t>(choices.below(line, lane("sku"), static_cast<std::uint64_t>(weights)));
    std::size_t sku = 0;
    while (at >= skus_[sku].weight) at -= skus_[sku++].weight;
    const auto wanted = static_cast<std::int64_t>(
        1 + choices.below(line, lane("quantity"), static_cast<std::uint64_t>(work_.habits.quantity_max)));
    const std::int64_t qty = does(VisitPart::further_units) ? wanted : 1;
    // An order is one merchant's: what another sells stays on the shelf.
    if (i == 0) merchant = merchant_of(skus_[sku], crowd_.scenario());
    if (merchant_of(skus_[sku], crowd_.scenario()) != merchant) continue;
    request.lines.push_back({SkuId{static_cast<std::int64_t>(sku) + 1}, qty});
    request.expected_total += skus_[sku].price * qty;
  }
  return request;
}

api::PlaceReply ShopperParty::place(const api::PlaceOrder& request, model::Visit& diary) {
  env::Env& env = process_.env();
  diary.user = request.user;
  diary.key = request.request_key;
  const model::Basket basket{request.lines, request.expected_total,
                             request.discounts.value_or(api::Discounts{}),
                             request.cart.value_or(api::FromCart{})};
  const auto known = std::find(diary.baskets.begin(), diary.baskets.end(), basket);
  const auto number = static_cast<std::size_t>(known - diary.baskets.begin());
  if (known == diary.baskets.end()) diary.baskets.push_back(basket);
  api::PlaceReply last;
  for (std::size_t i = 0;; ++i) {
    const std::size_t page = diary.placing.size();
    model::PlaceAsked& asked = diary.placing.emplace_back();
    asked.at_ns = sim_.now_ns();
    asked.basket = number;
    const auto reply = env.rpc.call<api::PlaceReply>("gateway", "place_order", request, kPatience);
    if (reply) {
      diary.placing[page].answered_ns = sim_.now_ns();
      diary.placing[page].reply = last = *reply;
      if (last.status == api::PlaceStatus::unavailable) say_is_told("nothing was ordered, try again");
      const bool again = last.status == api::PlaceStatus::pending ||
                         last.status == api::PlaceStatus::unavailable ||
                         last.status == api::PlaceStatus::unknown;
      if (!again) return last;
    }
    const auto gap = again_after(i);
    if (!gap || !does(VisitPart::asking_again)) return last;
    sim_.mark("shopper asked again");
    say_asks_again(reply.ok());
    env.tasks.sleep(*gap);
  }
}

void ShopperParty::told(const api::PlaceOrder& request, const api::PlaceReply& reply) {
  if (!reply.order) return;
  sim_.emit(env::Message::of(facts::ShopperTold{request.user, request.request_key, reply.order, reply.total}),
            process_.host().id(), sim_.cause());
  if (reply.status == api::PlaceStatus::placed && reply.state == api::OrderState::unpaid)
    say_is_told("yours");
}

void ShopperParty::say_is_told(std::string_view what) {
  sim_.tell(process_.host().id(), [&] {
    sim::Told line{.about = {name_}, .text = name_ + " is told: \"" + std::string(what) + '"'};
    line.weight = sim::Weight::detail;
    line.outcome = true;
    return line;
  });
}

// Comes back once to see what became of it.
void ShopperParty::look(OrderId order) {
  env::Env& env = process_.env();
  env.tasks.sleep(kLooksAfter);
  auto& pages = diary().looking;
  pages.emplace_back().at_ns = sim_.now_ns();
  const auto view =
      env.rpc.call<api::OrderView>("gateway", "order_status", api::OrderQuery{order}, kPatience);
  if (!view) return;
  pages.back().answered_ns = sim_.now_ns();
  pages.back().reply = *view;
}

void ShopperParty::say_what_is_ordered(const api::PlaceOrder& request) {
  sim_.tell(process_.host().id(), [&] {
    sim::Told line;
    line.about = {name_};
    for (const api::Line& wanted : api::merged(request.lines)) {
      line.about.push_back(wanted.sku.text());
      line.text += (line.text.empty() ? "" : " and ") + std::to_string(wanted.qty) + " " + wanted.sku.text();
    }
    const api::Discounts used = request.discounts.value_or(api::Discounts{});
    if (!used.coupons.empty()) line.text += used.coupons.size() == 1 ? " with a coupon" : " with coupons";
    if (used.points > 0) line.text += " with points";
    line.text = name_ + " orders " + line.text + " for " + request.expected_total.text();
    return line;
  });
}

void ShopperParty::say_asks_again(bool answered) {
  sim_.tell(process_.host().id(), [&] {
    const std::string text =
        name_ + (answered ? " is told to wait and asks again" : " gets no answer and asks again");
    return sim::Told{.about = {name_}, .text = text, .again = text};
  });
}

void ShopperParty::say_cashier_answered(const std::string& channel, const std::string& answer) {
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_},
                     .text = name_ + " pays at " + channel + "'s cashier: " + answer,
                     .weight = answer == "PAID" ? sim::Weight::detail : sim::Weight::step};
  });
}

}  // namespace ordeal::purchase
