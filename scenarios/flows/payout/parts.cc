#include "scenarios/flows/payout/parts.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "core/payout/service.h"
#include "faults/text.h"
#include "scenarios/play/actor.h"

namespace ordeal::payout {

using play::ObjectReader;
using play::Place;
using play::Shape;
using play::shown;

namespace {

using namespace ordeal::literals;

constexpr std::int64_t kMostPayees = 5'000;
constexpr std::int64_t kMostOperators = 100;
constexpr Duration kShortestCode = 1_min;

std::vector<std::string_view> ways() {
  constexpr auto names = names_of(api::PayWay{});
  return {names.begin(), names.end()};
}

const Shape<AccountSpec>& account_shape() {
  using A = AccountSpec;
  static const Shape<A> shape = [] {
    Shape<A> s;
    s.name("account", &A::name, "what people call it", "-");
    s.choice("way", &A::way, ways(), "way to pay", "at which channel it is");
    s.texts("apps", &A::apps, "that it may serve; of Alipay one, which no other account serves");
    s.integer("priority", &A::priority, 0, kMostPriority, "the lowest is asked first");
    s.money("quota", &A::quota, "what it may pay in a day").may_get_smaller(1);
    s.check([](const A& account, const ObjectReader& in) {
      if (account.quota.currency != kCurrency)
        in.place().key("quota").fail("an amount in CNY", shown(in.at("quota")));
      if (account.apps.empty()) in.place().key("apps").fail("at least one app", "none");
      if (account.way == api::PayWay::alipay && account.apps.size() > 1)
        in.place().key("apps").fail("one app, for Alipay binds an app to one account",
                                    std::to_string(account.apps.size()));
    });
    return s;
  }();
  return shape;
}

void each_once(const Rules& rules, const ObjectReader& in) {
  const Place list = in.place().key("accounts");
  if (rules.code_ttl < kShortestCode)
    in.place().key("code_ttl").fail("at least 1m", "\"" + faults::text(rules.code_ttl) + "\"");
  for (std::size_t i = 0; i < rules.accounts.size(); ++i) {
    const AccountSpec& one = rules.accounts[i];
    for (std::size_t j = 0; j < i; ++j) {
      const AccountSpec& other = rules.accounts[j];
      if (other.name == one.name)
        list.item(i).key("account").fail("each account once", "\"" + one.name + "\" a second time");
      if (one.way == api::PayWay::alipay && other.way == one.way && serves(other, one.apps.front()))
        list.item(i).key("apps").fail("an app that no other Alipay account serves",
                                      "\"" + one.apps.front() + "\", which \"" + other.name + "\" serves");
    }
  }
}

const Shape<Rules>& rules_shape() {
  static const Shape<Rules> shape = [] {
    Shape<Rules> s;
    s.duration("code_ttl", &Rules::code_ttl, "how long a code can be claimed; 2h, as of an Alipay code")
        .optional();
    s.list("accounts", &Rules::accounts, account_shape(), 1, "that money may leave through")
        .may_get_smaller();
    s.check(each_once);
    return s;
  }();
  return shape;
}

const Shape<PayeeHabits>& habits_shape() {
  using H = PayeeHabits;
  static const Shape<H> shape = [] {
    Shape<H> s;
    s.chance("by_alipay", &H::by_alipay, "are paid by Alipay, the others by WeChat; all").optional();
    s.chance("never_claims", &H::never_claims, "never scan their code").optional().may_get_smaller();
    s.chance("claims_late", &H::claims_late, "scan it around or after its end").optional().may_get_smaller();
    s.chance("double_claim", &H::double_claim, "scan it twice at once").optional().may_get_smaller();
    s.money("least", &H::least, "that one gets");
    s.money("most", &H::most, "that one gets; below 2,000.00, from where on WeChat wants a real name");
    s.span("think", &H::think_min, &H::think_max, "between the code and the scan")
        .optional()
        .may_get_smaller();
    s.span("late", &H::late_min, &H::late_max, "the same for those who come late")
        .optional()
        .may_get_smaller();
    s.check([](const H& habits, const ObjectReader& in) {
      if (habits.least.currency != kCurrency || habits.most.currency != kCurrency)
        in.place().fail("amounts in CNY", "another currency");
      if (habits.most.minor < habits.least.minor || habits.most.minor > kMostAmount.minor)
        in.place().key("most").fail("at least \"least\" and at most " + kMostAmount.text(),
                                    shown(in.at("most")));
      if (!habits.claims_late.is_zero() && !in.has("late"))
        in.place().fail("the key \"late\", because claims_late is not 0", "an object without it");
    });
    return s;
  }();
  return shape;
}

bool has_accounts(const play::Scenario& scenario, api::PayWay way) {
  const auto& accounts = scenario.setting<PayoutSetting>().payout.accounts;
  return std::any_of(accounts.begin(), accounts.end(),
                     [way](const AccountSpec& account) { return account.way == way; });
}

}  // namespace

PayAccountId account_id(std::size_t index) { return {static_cast<std::int64_t>(index) + 1}; }

const AccountSpec* account_spec(const play::Scenario& scenario, PayAccountId account) {
  const auto& accounts = scenario.setting<PayoutSetting>().payout.accounts;
  const auto index = static_cast<std::size_t>(account.value - 1);
  return account.value >= 1 && index < accounts.size() ? &accounts[index] : nullptr;
}

std::string account_text(const play::Scenario& scenario, PayAccountId account) {
  const AccountSpec* spec = account_spec(scenario, account);
  return spec == nullptr ? account.text() : spec->name;
}

bool serves(const AccountSpec& account, const std::string& app) {
  return std::find(account.apps.begin(), account.apps.end(), app) != account.apps.end();
}

std::string payee_text(const play::Scenario& scenario, UserId user) {
  const auto actor = play::actor_with_id(scenario, user.value);
  return actor ? play::actor_name(scenario, *actor) : user.text();
}

std::string day_text(std::int64_t business_day) {
  static constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                            "May",       "June",     "July",     "August",
                                                            "September", "October",  "November", "December"};
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<std::int32_t>(business_day)}}};
  return fmt::format("{} {}", kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<unsigned>(date.day()));
}

std::string channel_url(const play::Scenario& scenario, api::PayWay way) {
  for (const play::Part* part : scenario.parties_of<ChannelSpec>()) {
    if (part->as<ChannelSpec>().way == way) return "https://" + part->name;
  }
  return {};
}

const Shape<PayoutSetting>& payout_shape() {
  static const Shape<PayoutSetting> shape = [] {
    Shape<PayoutSetting> s;
    s.object("payout", &PayoutSetting::payout, rules_shape(), "the accounts, and how long a code lives");
    return s;
  }();
  return shape;
}

const Shape<ChannelSpec>& channel_shape() {
  using C = ChannelSpec;
  static const Shape<C> shape = [] {
    Shape<C> s;
    s.choice("way", &C::way, ways(), "way to pay", "whose accounts are here");
    s.chance("slow", &C::slow, "of the transfers are accepted and done later").optional().may_get_smaller();
    s.chance("silent", &C::silent, "are paid, and nobody is told").optional().may_get_smaller();
    s.chance("late", &C::late, "are not answered, not found when asked for, and paid later")
        .optional()
        .may_get_smaller();
    s.chance("declines", &C::declines, "fail because this account cannot pay").optional().may_get_smaller();
    s.chance("refuses", &C::refuses, "fail because this payee cannot be paid").optional().may_get_smaller();
    s.chance("blind", &C::blind, "are \"accepted\" in all answers until noon of the next day")
        .optional()
        .may_get_smaller();
    s.chance("cut_off", &C::cut_off, "of the statements lack their last line").optional().may_get_smaller();
    s.span("later", &C::later_min, &C::later_max, "until what is slow or late is done")
        .optional()
        .may_get_smaller();
    return s;
  }();
  return shape;
}

const Shape<PayeeSpec>& payee_shape() {
  using P = PayeeSpec;
  static const Shape<P> shape = [] {
    Shape<P> s;
    s.integer("payees", &P::payees, 1, kMostPayees, "how many come, each for one payout");
    s.object("arrive", &P::arrive, play::span_shape(), "when they come, uniformly");
    s.object("habits", &P::habits, habits_shape(), "what they do");
    return s;
  }();
  return shape;
}

const Shape<OperatorSpec>& operator_shape() {
  using O = OperatorSpec;
  static const Shape<O> shape = [] {
    Shape<O> s;
    s.integer("operators", &O::operators, 1, kMostOperators, "how many come, each to change one account");
    s.object("at", &O::at, play::span_shape(), "when they do it, uniformly");
    return s;
  }();
  return shape;
}

void check_channel(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& spec = part.as<ChannelSpec>();
  std::size_t alike = 0;
  for (const play::Part* other : scenario.parties_of<ChannelSpec>())
    alike += other->as<ChannelSpec>().way == spec.way ? 1 : 0;
  const auto name = names_of(api::PayWay{})[static_cast<std::size_t>(spec.way)];
  if (alike > 1)
    place.key("way").fail("one payout_channel for each way", "a second for " + std::string(name));
  if ((!spec.slow.is_zero() || !spec.late.is_zero()) && spec.later_max.ns == 0)
    place.fail("the key \"later\", because some transfers are done later", "an object without it");
}

void check_payees(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& work = part.as<PayeeSpec>();
  if (scenario.setting<PayoutSetting>().payout.accounts.empty())
    place.fail("accounts to pay from: the key \"payout\" of the scenario", "none");
  const auto need = [&](api::PayWay way) {
    const std::string name(names_of(api::PayWay{})[static_cast<std::size_t>(way)]);
    if (!has_accounts(scenario, way)) place.key("habits").fail("an account at " + name, "none");
    if (channel_url(scenario, way).empty())
      place.key("habits").fail("a payout_channel of the way " + name, "none");
  };
  if (!work.habits.by_alipay.is_zero()) need(api::PayWay::alipay);
  if (work.habits.by_alipay.num < work.habits.by_alipay.den) need(api::PayWay::wechat);
  play::within_the_storm(work.arrive, scenario, place.key("arrive"));
}

void check_operators(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  if (scenario.setting<PayoutSetting>().payout.accounts.empty())
    place.fail("accounts to change: the key \"payout\" of the scenario", "none");
  play::within_the_storm(part.as<OperatorSpec>().at, scenario, place.key("at"));
}

}  // namespace ordeal::payout
