// What becomes of a shopper's order: how it is paid, and how it is given up.
#include <algorithm>
#include <array>

#include "core/channel/form.h"
#include "scenarios/flows/purchase/parties/shopper.h"

namespace ordeal::purchase {
namespace {

using namespace ordeal::literals;
using sim::lane;

constexpr Duration kForgetsThatHePaid = 45_s;
// As the app shows it (A20); and how far from its end somebody may come.
constexpr Duration kTimeToPay = 15_min;
constexpr std::array<Duration, 11> kFromTheEnd{-2_s,  -100_ms, -20_ms, -10_ms, -8_ms, -6_ms,
                                               -4_ms, -2_ms,   0_ms,   4_ms,   500_ms};
constexpr Duration kMeanwhile = 20_ms;

// Ways of kCancellingFork.
constexpr std::size_t kKeepsIt = 0;
constexpr std::size_t kBeforePaying = 1;
constexpr std::size_t kWithTheCode = 2;
constexpr std::size_t kWhilePaying = 3;
constexpr std::size_t kAfterPaying = 4;

}  // namespace

void ShopperParty::come_to_an_end(OrderId order, Money total, sim::Key habit) {
  const sim::Choices& choices = sim_.choices();
  const std::int64_t ordered_ns = sim_.now_ns();
  const model::Wish wish = wish_of(habit);
  diary().wish = wish;
  const std::size_t cancelling = sim_.fork(process_.host(), kCancellingFork, kCancellingWays);
  if (cancelling == kBeforePaying) {
    diary().wish = model::Wish::leaves;
    return cancel(order);
  }
  if (wish == model::Wish::leaves) {
    sim_.mark("order abandoned");
    process_.env().log.line([&] { return name() + " leaves without paying"; });
    sim_.tell(process_.host().id(), [&] {
      return sim::Told{
          .about = {name_}, .text = name_ + " leaves without paying", .weight = sim::Weight::detail};
    });
    return;
  }
  const std::size_t way = sim_.fork(process_.host(), kPayingFork, kPayingWays);
  if (way == 5) {
    diary().wish = model::Wish::pays_late;
    return pay_at_the_last_moment(order, ordered_ns);
  }
  if (way == 6) {
    diary().wish = model::Wish::pays_late;
    return pay_in_his_own_time(order);
  }
  const Duration think =
      choices.between(habit, lane("think"), work_.habits.think_min, work_.habits.think_max);
  if (does(VisitPart::thinking)) process_.env().tasks.sleep(think);
  // A late payer takes the code along and comes to the cashier when it suits: the order may be closed by then.
  const Duration dawdle =
      choices.between(habit, lane("dawdle"), work_.habits.late_min, work_.habits.late_max);
  if (cancelling != kKeepsIt)
    diary().wish = model::Wish::undecided;
  else if (wish == model::Wish::pays && total.minor <= work_.purse.minor)
    world_.sets_about("orders_paid");
  pay(order, way, cancelling, wish == model::Wish::pays_late ? std::optional(dawdle) : std::nullopt);
}

void ShopperParty::pay(OrderId order, std::size_t way, std::size_t cancelling,
                       std::optional<Duration> dawdle) {
  const bool direct =
      !dawdle && sim_.choices().chance(key("way to pay"), lane("direct debit"), work_.habits.direct_debit);
  api::PayOrder request{order, pick_channel(), direct ? api::PayMode::direct_debit : api::PayMode::page};
  if (way == 4) {
    sim_.mark("paid through a channel that is not there");
    ask_to_pay({order, "nowhere", request.mode});
  }
  if (way == 2) process_.env().tasks.spawn("second device", [this, request] { ask_to_pay(request); });
  if (cancelling == kWhilePaying && direct) cancel_meanwhile(order);
  auto reply = ask_to_pay(request);
  if (way == 1) {
    sim_.mark("another way to pay");
    request = another_way(request);
    reply = ask_to_pay(request);
  }
  if (cancelling == kWithTheCode) cancel(order);
  const bool stays_away = cancelling == kWithTheCode &&
                          sim_.choices().chance(key("having cancelled"), lane("stays away"), {1, 2});
  if (reply && reply->status == api::PayStatus::pay_at_channel && !stays_away) {
    if (dawdle) process_.env().tasks.sleep(*dawdle);
    if (cancelling == kWhilePaying) cancel_meanwhile(order);
    pay_at_cashier(request.channel, reply->pay_code);
  }
  if (cancelling == kAfterPaying) cancel(order);
  if (way != 3) return;
  process_.env().tasks.sleep(kForgetsThatHePaid);
  sim_.mark("paid once more");
  ask_to_pay(request);
}

Duration ShopperParty::until_the_last_moment(std::int64_t ordered_ns) {
  const sim::Choices& choices = sim_.choices();
  const sim::Key moment = key("last moment");
  const Duration from_the_end = kFromTheEnd[choices.below(moment, lane("which"), kFromTheEnd.size())] +
                                choices.between(moment, lane("about"), {}, 4_ms);
  return std::max(Duration{1}, kTimeToPay + from_the_end - Duration{sim_.now_ns() - ordered_ns});
}

void ShopperParty::pay_at_the_last_moment(OrderId order, std::int64_t ordered_ns) {
  const sim::Choices& choices = sim_.choices();
  const sim::Key which = key("way to pay");
  const bool direct = choices.chance(which, lane("direct debit"), work_.habits.direct_debit);
  const bool has_the_code = choices.chance(which, lane("has the code"), {1, 2});
  const api::PayOrder request{order, pick_channel(),
                              direct ? api::PayMode::direct_debit : api::PayMode::page};
  sim_.mark("paid at the last moment");
  const auto wait = [&] { process_.env().tasks.sleep(until_the_last_moment(ordered_ns)); };
  if (direct || !has_the_code) wait();
  const auto reply = ask_to_pay(request);
  if (!reply || reply->status != api::PayStatus::pay_at_channel) return;
  if (has_the_code) wait();
  pay_at_cashier(request.channel, reply->pay_code);
}

void ShopperParty::pay_in_his_own_time(OrderId order) {
  const sim::Choices& choices = sim_.choices();
  const sim::Key which = key("own time");
  const bool direct = choices.chance(which, lane("direct debit"), work_.habits.direct_debit);
  const bool dawdles = choices.chance(which, lane("dawdles"), {1, 2});
  const api::PayOrder request{order, pick_channel(),
                              direct ? api::PayMode::direct_debit : api::PayMode::page};
  sim_.mark("paid in his own time");
  process_.env().tasks.sleep(choices.between(which, lane("when"), {}, kTimeToPay + 1_min));
  const auto reply = ask_to_pay(request);
  if (!reply || reply->status != api::PayStatus::pay_at_channel) return;
  if (dawdles) process_.env().tasks.sleep(choices.between(which, lane("dawdle"), {}, kTimeToPay));
  pay_at_cashier(request.channel, reply->pay_code);
}

// Through another channel where there is one, else in the other mode.
api::PayOrder ShopperParty::another_way(api::PayOrder request) const {
  for (const play::Part* channel : crowd_.scenario().parties_of<ChannelSpec>()) {
    if (channel->name == request.channel) continue;
    request.channel = channel->name;
    return request;
  }
  request.mode = request.mode == api::PayMode::page ? api::PayMode::direct_debit : api::PayMode::page;
  return request;
}

std::optional<api::PayReply> ShopperParty::ask_to_pay(const api::PayOrder& request) {
  env::Env& env = process_.env();
  auto& pages = diary().paying;
  for (std::size_t i = 0;; ++i) {
    const std::size_t page = pages.size();
    model::PayAsked& asked = pages.emplace_back();
    asked.at_ns = sim_.now_ns();
    asked.channel = request.channel;
    asked.mode = request.mode;
    const auto reply = env.rpc.call<api::PayReply>("gateway", "pay", request, kPatience);
    if (reply) {
      pages[page].answered_ns = sim_.now_ns();
      pages[page].reply = *reply;
      using api::PayStatus;
      if (reply->status == PayStatus::unavailable) say_is_told("nothing was paid, try again");
      if (reply->status == PayStatus::pay_at_channel || reply->status == PayStatus::captured ||
          reply->status == PayStatus::not_payable || reply->status == PayStatus::declined)
        return *reply;
    }
    const auto gap = again_after(i);
    if (!gap || !does(VisitPart::asking_again)) return std::nullopt;
    say_asks_again(reply.ok());
    env.tasks.sleep(*gap);
  }
}

void ShopperParty::pay_at_cashier(const std::string& channel, const std::string& pay_code) {
  env::Env& env = process_.env();
  auto& pages = diary().at_cashier;
  for (std::size_t i = 0;; ++i) {
    const std::size_t page = pages.size();
    model::CashierAsked& asked = pages.emplace_back();
    asked.at_ns = sim_.now_ns();
    asked.channel = channel;
    channel::Form form;
    form.add("pay_code", pay_code);
    form.add("shopper", name());
    const auto answer = env.http.post("https://" + channel + "/cashier", form.encode(), kPatience);
    if (answer) {
      pages[page].answered_ns = sim_.now_ns();
      pages[page].reply = answer->body;
      env.log.line([&] { return name() + " at the cashier: " + answer->body; });
      say_cashier_answered(channel, answer->body);
      return;
    }
    const auto gap = again_after(i);
    if (!gap || !does(VisitPart::asking_again)) return;
    say_asks_again(false);
    env.tasks.sleep(*gap);
  }
}

void ShopperParty::give_up_waiting(OrderId order) {
  if (sim_.fork(process_.host(), kCancellingFork, kCancellingWays) != kKeepsIt) cancel(order);
}

void ShopperParty::cancel(OrderId order) {
  sim_.mark("order given up by its shopper");
  sim_.tell(process_.host().id(),
            [&] { return sim::Told{.about = {name_}, .text = name_ + " gives the order up"}; });
  if (sim_.choices().chance(key("giving up"), lane("on two devices"), {1, 2}))
    process_.env().tasks.spawn("second device", [this, order] { ask_to_cancel(order); });
  ask_to_cancel(order);
}

// Within milliseconds of a payment, before or after.
void ShopperParty::cancel_meanwhile(OrderId order) {
  const Duration later = sim_.choices().between(key("giving up"), lane("how much later"), {}, kMeanwhile);
  process_.env().tasks.spawn("gives up", [this, order, later] {
    process_.env().tasks.sleep(later);
    cancel(order);
  });
}

// Nobody could say at once that it is given up: some would rather have it then.
void ShopperParty::ask_to_pay_after_all(OrderId order) {
  const sim::Key which = key("after all");
  if (!sim_.choices().chance(which, lane("pays"), {1, 2})) return;
  sim_.mark("order to be paid after it was given up");
  ask_to_pay({order, pick_channel(), api::PayMode::page});
}

void ShopperParty::ask_to_cancel(OrderId order) {
  env::Env& env = process_.env();
  auto& pages = diary().cancelling;
  for (std::size_t i = 0;; ++i) {
    const std::size_t page = pages.size();
    pages.emplace_back().at_ns = sim_.now_ns();
    const auto reply =
        env.rpc.call<api::CancelReply>("gateway", "cancel", api::CancelOrder{order}, kPatience);
    if (reply) {
      pages[page].answered_ns = sim_.now_ns();
      pages[page].reply = *reply;
      const api::CancelStatus status = reply->status;
      if (status == api::CancelStatus::cancelled || status == api::CancelStatus::refused) return;
      if (status == api::CancelStatus::pending) ask_to_pay_after_all(order);
    }
    const auto gap = again_after(i);
    if (!gap || !does(VisitPart::asking_again)) return;
    say_asks_again(reply.ok());
    env.tasks.sleep(*gap);
  }
}

}  // namespace ordeal::purchase
