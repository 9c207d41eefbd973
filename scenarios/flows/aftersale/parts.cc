#include "scenarios/flows/aftersale/parts.h"

#include <algorithm>

#include "scenarios/play/actor.h"

namespace ordeal::aftersale {

using play::ObjectReader;
using play::Place;
using play::Shape;
using play::shown;

namespace {

using namespace ordeal::literals;

constexpr std::int64_t kMostReturners = 5'000;
constexpr std::int64_t kMostPaymasters = 100;
constexpr std::int64_t kMostPieces = 20;

std::vector<std::string_view> ways() {
  constexpr auto names = names_of(api::PaidBy{});
  return {names.begin(), names.end()};
}

const Shape<MerchantSpec>& merchant_shape() {
  static const Shape<MerchantSpec> shape = [] {
    Shape<MerchantSpec> s;
    s.name("merchant", &MerchantSpec::name, "what people call it", "-");
    s.money("balance", &MerchantSpec::balance, "its available money when the trial begins");
    s.check([](const MerchantSpec& merchant, const ObjectReader& in) {
      if (merchant.balance.currency != kCurrency)
        in.place().key("balance").fail("an amount in CNY", shown(in.at("balance")));
    });
    return s;
  }();
  return shape;
}

const Shape<TradeSpec>& trade_shape() {
  using T = TradeSpec;
  static const Shape<T> shape = [] {
    Shape<T> s;
    s.text("merchant", &T::merchant, "who sold");
    s.choice("paid_by", &T::by, ways(), "way to pay", "the channel that the money came through");
    s.money("amount", &T::amount, "what was paid");
    s.duration("age", &T::age, "how long ago it was paid when the trial begins");
    s.check([](const T& trade, const ObjectReader& in) {
      if (trade.amount.currency != kCurrency)
        in.place().key("amount").fail("an amount in CNY", shown(in.at("amount")));
    });
    return s;
  }();
  return shape;
}

void each_once(const Rules& rules, const ObjectReader& in) {
  const auto named = [&](const std::string& name) {
    return std::count_if(rules.merchants.begin(), rules.merchants.end(),
                         [&](const MerchantSpec& one) { return one.name == name; });
  };
  for (std::size_t i = 0; i < rules.merchants.size(); ++i) {
    if (named(rules.merchants[i].name) > 1)
      in.place()
          .key("merchants")
          .item(i)
          .key("merchant")
          .fail("each merchant once", "\"" + rules.merchants[i].name + "\" twice");
  }
  for (std::size_t i = 0; i < rules.trades.size(); ++i) {
    if (named(rules.trades[i].merchant) == 0)
      in.place()
          .key("trades")
          .item(i)
          .key("merchant")
          .fail("a merchant of the list \"merchants\"", "\"" + rules.trades[i].merchant + "\"");
  }
}

const Shape<Rules>& rules_shape() {
  static const Shape<Rules> shape = [] {
    Shape<Rules> s;
    s.duration("balance_wait", &Rules::balance_wait, "how long a refund waits for its merchant's money; 30m")
        .optional();
    s.integer("most_refunds", &Rules::most_refunds, 1, kMostRefunds, "of one payment; 50, as of WeChat")
        .optional();
    s.list("merchants", &Rules::merchants, merchant_shape(), 1, "who sold and pay for refunds");
    s.list("trades", &Rules::trades, trade_shape(), 1, "that were paid before; returners have them in turn");
    s.check(each_once);
    return s;
  }();
  return shape;
}

const Shape<ReturnerHabits>& habits_shape() {
  using H = ReturnerHabits;
  static const Shape<H> shape = [] {
    Shape<H> s;
    s.integer("pieces_most", &H::pieces_most, 2, kMostPieces,
              "equal pieces a trade was of, 2 to this many; 4")
        .optional()
        .may_get_smaller(2);
    s.chance("at_once", &H::at_once, "ask for all that they want back at the same moment").optional();
    s.chance("disputes", &H::disputes, "have their bank take money back as well").optional();
    s.span("pause", &H::pause_min, &H::pause_max, "between two wishes").optional().may_get_smaller();
    return s;
  }();
  return shape;
}

const Rules& rules_of(const play::Scenario& scenario) {
  return scenario.setting<AftersaleSetting>().aftersale;
}

}  // namespace

MerchantId merchant_id(std::size_t index) { return {static_cast<std::int64_t>(index) + 1}; }

std::string merchant_text(const play::Scenario& scenario, MerchantId merchant) {
  const auto& all = rules_of(scenario).merchants;
  const auto index = static_cast<std::size_t>(merchant.value - 1);
  return merchant.value >= 1 && index < all.size() ? all[index].name : merchant.text();
}

std::optional<Trade> trade_of(const play::Scenario& scenario, PaymentId payment) {
  const auto actor = play::actor_with_id(scenario, payment.value);
  if (!actor || scenario.workloads[actor->workload].get_if<ReturnerSpec>() == nullptr) return std::nullopt;
  const Rules& rules = rules_of(scenario);
  if (rules.trades.empty()) return std::nullopt;
  const TradeSpec& spec = rules.trades[actor->number % rules.trades.size()];
  MerchantId merchant;
  for (std::size_t i = 0; i < rules.merchants.size(); ++i) {
    if (rules.merchants[i].name == spec.merchant) merchant = merchant_id(i);
  }
  return Trade{&spec, {payment.value}, merchant, scenario.start - spec.age};
}

std::vector<PaymentId> all_payments(const play::Scenario& scenario) {
  std::vector<PaymentId> all;
  for (std::uint32_t i = 0; i < scenario.workloads.size(); ++i) {
    const play::Crowd crowd(scenario, i, {}, {});
    if (scenario.workloads[i].get_if<ReturnerSpec>() == nullptr) continue;
    for (std::uint32_t number = 0; number < scenario.workloads[i].actors(); ++number)
      all.push_back(payment_of({crowd.id_of({i, number})}));
  }
  return all;
}

std::string buyer_text(const play::Scenario& scenario, UserId buyer) {
  const auto actor = play::actor_with_id(scenario, buyer.value);
  return actor ? play::actor_name(scenario, *actor) : buyer.text();
}

std::string buyer_text(const play::Scenario& scenario, PaymentId payment) {
  return buyer_text(scenario, UserId{payment.value});
}

std::string channel_name(const play::Scenario& scenario, api::PaidBy by) {
  for (const play::Part* part : scenario.parties_of<ChannelSpec>()) {
    if (part->as<ChannelSpec>().by == by) return part->name;
  }
  return {};
}

std::string channel_url(const play::Scenario& scenario, api::PaidBy by) {
  const std::string name = channel_name(scenario, by);
  return name.empty() ? name : "https://" + name;
}

const Shape<AftersaleSetting>& aftersale_shape() {
  static const Shape<AftersaleSetting> shape = [] {
    Shape<AftersaleSetting> s;
    s.object("aftersale", &AftersaleSetting::aftersale, rules_shape(),
             "merchants, and trades that were paid");
    return s;
  }();
  return shape;
}

const Shape<ChannelSpec>& channel_shape() {
  using C = ChannelSpec;
  static const Shape<C> shape = [] {
    Shape<C> s;
    s.choice("paid_by", &C::by, ways(), "way to pay", "whose payments are here");
    s.chance("slow", &C::slow, "of the refunds are accepted and done later").optional().may_get_smaller();
    s.chance("silent", &C::silent, "are done, and nobody is told").optional().may_get_smaller();
    s.chance("late", &C::late, "are not answered, not found when asked for, and done later")
        .optional()
        .may_get_smaller();
    s.chance("fails", &C::fails, "fail because this buyer cannot be given them").optional().may_get_smaller();
    s.chance("reverses", &C::reverses, "of the cases are decided for the merchant after all")
        .optional()
        .may_get_smaller();
    s.span("later", &C::later_min, &C::later_max, "until what is slow or late is done")
        .optional()
        .may_get_smaller();
    return s;
  }();
  return shape;
}

const Shape<ReturnerSpec>& returner_shape() {
  using R = ReturnerSpec;
  static const Shape<R> shape = [] {
    Shape<R> s;
    s.integer("returners", &R::returners, 1, kMostReturners, "how many come, each with one trade");
    s.object("arrive", &R::arrive, play::span_shape(), "when they come, uniformly");
    s.object("habits", &R::habits, habits_shape(), "what they do");
    return s;
  }();
  return shape;
}

const Shape<PaymasterSpec>& paymaster_shape() {
  using P = PaymasterSpec;
  static const Shape<P> shape = [] {
    Shape<P> s;
    s.integer("paymasters", &P::paymasters, 1, kMostPaymasters, "how many come, each to pay in once");
    s.object("at", &P::at, play::span_shape(), "when they do it, uniformly");
    s.money("least", &P::least, "that one pays in");
    s.money("most", &P::most, "that one pays in");
    s.check([](const P& work, const ObjectReader& in) {
      const bool good = work.least.currency == kCurrency && work.most.currency == kCurrency &&
                        work.least.minor <= work.most.minor;
      if (!good)
        in.place().key("most").fail("amounts in CNY, \"most\" at least \"least\"", shown(in.at("most")));
    });
    return s;
  }();
  return shape;
}

void check_channel(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& spec = part.as<ChannelSpec>();
  std::size_t alike = 0;
  for (const play::Part* other : scenario.parties_of<ChannelSpec>())
    alike += other->as<ChannelSpec>().by == spec.by ? 1 : 0;
  const auto name = names_of(api::PaidBy{})[static_cast<std::size_t>(spec.by)];
  if (alike > 1)
    place.key("paid_by").fail("one refund_channel for each way to pay", "a second for " + std::string(name));
  if ((!spec.slow.is_zero() || !spec.late.is_zero()) && spec.later_max.ns == 0)
    place.fail("the key \"later\", because some refunds are done later", "an object without it");
}

void check_returners(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& trades = rules_of(scenario).trades;
  if (trades.empty()) place.fail("trades to give back of: the key \"aftersale\" of the scenario", "none");
  const auto& work = part.as<ReturnerSpec>();
  for (std::size_t i = 0; i < trades.size() && i < work.returners; ++i) {
    const std::string name(names_of(api::PaidBy{})[static_cast<std::size_t>(trades[i].by)]);
    if (channel_url(scenario, trades[i].by).empty())
      place.key("returners").fail("a refund_channel with \"paid_by\": \"" + name + "\"", "none");
    if (trades[i].amount.minor < work.habits.pieces_most)
      place.key("habits").fail("at most as many pieces as a trade has fen",
                               std::to_string(work.habits.pieces_most));
  }
  play::within_the_storm(work.arrive, scenario, place.key("arrive"));
}

void check_paymasters(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  if (rules_of(scenario).merchants.empty())
    place.fail("merchants to pay in for: the key \"aftersale\" of the scenario", "none");
  play::within_the_storm(part.as<PaymasterSpec>().at, scenario, place.key("at"));
}

}  // namespace ordeal::aftersale
