#include "scenarios/flows/settlement/parts.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "core/clearing/sharing.h"
#include "core/settlement/service.h"
#include "scenarios/play/actor.h"

namespace ordeal::settlement {

using play::ObjectReader;
using play::Place;
using play::Shape;
using play::shown;

namespace {

using namespace ordeal::literals;

constexpr std::int64_t kMostBuyers = 2'000;
constexpr std::int64_t kMostClerks = 100;
constexpr std::int64_t kMostParties = 50;
constexpr std::int64_t kFirstMerchant = 100;
constexpr std::int64_t kFirstLeader = 200;
// What is sold in a trial has to be settled by the end of it, ten days off between included.
constexpr std::int64_t kDaysAfter = 30;

std::vector<std::string_view> cycles() {
  constexpr auto names = names_of(api::SettleCycle{});
  return {names.begin(), names.end()};
}

const Shape<api::RuleTerms>& terms_shape() {
  using R = api::RuleTerms;
  static const Shape<R> shape = [] {
    Shape<R> s;
    s.integer("fee", &R::fee, 0, api::kMostToOthers, "the platform's, of 10,000 of what was paid");
    s.integer("rebate", &R::rebate, 0, 10'000, "of 10,000 of the fee, which the merchant keeps; none")
        .optional();
    s.integer("commission", &R::commission, 0, api::kMostToOthers,
              "the leader's, of 10,000 of what was paid less the fee");
    s.check([](const R& terms, const ObjectReader& in) {
      if (!clearing::good_terms(terms))
        in.place()
            .key("commission")
            .fail("with the fee at most 3000 of 10,000, WeChat's cap",
                  std::to_string(terms.fee + terms.commission));
    });
    return s;
  }();
  return shape;
}

const Shape<MerchantSpec>& merchant_shape() {
  using M = MerchantSpec;
  static const Shape<M> shape = [] {
    Shape<M> s;
    s.name("merchant", &M::name, "what people call it", "-");
    s.choice("cycle", &M::cycle, cycles(), "cycle",
             "settled on the day of the pick-up, of the end of the hold, or on the working day after that");
    s.duration("hold", &M::hold, "after a pick-up, before it is due; of on_pickup none").optional();
    s.object("rule", &M::terms, terms_shape(), "its first rule of fee, rebate and commission");
    s.check([](const M& merchant, const ObjectReader& in) {
      if (merchant.cycle == api::SettleCycle::on_pickup && merchant.hold.ns != 0)
        in.place().key("hold").fail("none, for it is settled on the day of the pick-up",
                                    shown(in.at("hold")));
    });
    return s;
  }();
  return shape;
}

void each_once(const Rules& rules, const ObjectReader& in) {
  if (rules.pay_at <= rules.draft_at || rules.pay_at >= 24_h)
    in.place().key("pay_at").fail("later than draft_at, on the same day", shown(in.at("pay_at")));
  std::vector<std::string> names{"the platform"};
  const auto once = [&](const std::string& name, const Place& place) {
    if (std::find(names.begin(), names.end(), name) != names.end())
      place.fail("each party once", "\"" + name + "\" a second time");
    names.push_back(name);
  };
  for (std::size_t i = 0; i < rules.merchants.size(); ++i)
    once(rules.merchants[i].name, in.place().key("merchants").item(i).key("merchant"));
  for (std::size_t i = 0; i < rules.leaders.size(); ++i)
    once(rules.leaders[i], in.place().key("leaders").item(i));
  if (rules.leaders.empty()) in.place().key("leaders").fail("at least one leader", "none");
  if (rules.leaders.size() > kMostParties || rules.merchants.size() > kMostParties)
    in.place().fail("at most 50 merchants and 50 leaders", "more");
}

const Shape<Rules>& rules_shape() {
  static const Shape<Rules> shape = [] {
    Shape<Rules> s;
    s.duration("draft_at", &Rules::draft_at, "hour of the day in Beijing at which slips are drafted");
    s.duration("pay_at", &Rules::pay_at, "hour of the same day at which they are fixed and paid");
    s.choice("make_up_days", &Rules::make_up, {"worked", "off"}, "kind of day",
             "whether weekend days that make up for a holiday count as working days; worked")
        .optional();
    s.list("merchants", &Rules::merchants, merchant_shape(), 1, "whose goods are sold").may_get_smaller();
    s.texts("leaders", &Rules::leaders, "of the pick-up points");
    s.check(each_once);
    return s;
  }();
  return shape;
}

const Shape<BuyerHabits>& habits_shape() {
  using H = BuyerHabits;
  static const Shape<H> shape = [] {
    Shape<H> s;
    s.integer("lines", &H::lines, 1, static_cast<std::int64_t>(kMostLines), "of a trade, at most");
    s.money("least", &H::least, "that one pays for a line");
    s.money("most", &H::most, "that one pays for a line");
    s.chance("never_comes", &H::never_comes, "of the lines are never picked up").optional().may_get_smaller();
    s.chance("refund_before", &H::refund_before, "of the lines go back before they are picked up")
        .optional()
        .may_get_smaller();
    s.chance("refund_after", &H::refund_after, "of the lines go back after that")
        .optional()
        .may_get_smaller();
    s.chance("whole", &H::whole, "of the refunds are of all that is left").optional().may_get_smaller();
    s.span("pick_up", &H::pick_min, &H::pick_max, "between paying and the pick-up").may_get_smaller();
    s.span("back", &H::back_min, &H::back_max, "between the pick-up and the refund")
        .optional()
        .may_get_smaller();
    s.check([](const H& habits, const ObjectReader& in) {
      if (habits.least.currency != Currency{} || habits.most.currency != Currency{})
        in.place().fail("amounts in CNY", "another currency");
      if (!habits.least.is_payable() || habits.most.minor < habits.least.minor ||
          habits.most.minor * static_cast<std::int64_t>(kMostLines) > Money::kMaxMinor)
        in.place().key("most").fail(
            "at least \"least\", which is above 0, and 20 lines of it at most 100000000.00 CNY",
            shown(in.at("most")));
    });
    return s;
  }();
  return shape;
}

}  // namespace

FundPartyId merchant_id(std::size_t index) { return {static_cast<std::int64_t>(index) + kFirstMerchant}; }
FundPartyId leader_id(std::size_t index) { return {static_cast<std::int64_t>(index) + kFirstLeader}; }

const MerchantSpec* merchant_spec(const play::Scenario& scenario, FundPartyId merchant) {
  const auto& all = scenario.setting<SettlementSetting>().settlement.merchants;
  const auto index = static_cast<std::size_t>(merchant.value - kFirstMerchant);
  return merchant.value >= kFirstMerchant && index < all.size() ? &all[index] : nullptr;
}

std::string party_text(const play::Scenario& scenario, FundPartyId party) {
  if (party == api::kPlatform) return "the platform";
  if (const MerchantSpec* merchant = merchant_spec(scenario, party)) return merchant->name;
  const auto& leaders = scenario.setting<SettlementSetting>().settlement.leaders;
  const auto index = static_cast<std::size_t>(party.value - kFirstLeader);
  return party.value >= kFirstLeader && index < leaders.size() ? leaders[index] : party.text();
}

std::string buyer_text(const play::Scenario& scenario, TradeId trade) {
  const auto actor = play::actor_with_id(scenario, trade.value);
  return actor ? play::actor_name(scenario, *actor) : trade.text();
}

std::string day_text(std::int64_t day) {
  static constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                            "May",       "June",     "July",     "August",
                                                            "September", "October",  "November", "December"};
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<std::int32_t>(day)}}};
  return fmt::format("{} {}", kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<unsigned>(date.day()));
}

std::string custodian_url(const play::Scenario& scenario) {
  for (const play::Part* part : scenario.parties_of<CustodianSpec>()) return "https://" + part->name;
  return {};
}

const Shape<SettlementSetting>& settlement_shape() {
  static const Shape<SettlementSetting> shape = [] {
    Shape<SettlementSetting> s;
    s.object("settlement", &SettlementSetting::settlement, rules_shape(),
             "merchants, leaders, and the hours of a day");
    return s;
  }();
  return shape;
}

const Shape<CustodianSpec>& custodian_shape() {
  using C = CustodianSpec;
  static const Shape<C> shape = [] {
    Shape<C> s;
    s.chance("slow", &C::slow, "of the orders are accepted and done later").optional().may_get_smaller();
    s.chance("silent", &C::silent, "are done, and nobody is told").optional().may_get_smaller();
    s.span("later", &C::later_min, &C::later_max, "until what is slow is done").optional().may_get_smaller();
    return s;
  }();
  return shape;
}

const Shape<BuyerSpec>& buyer_shape() {
  using B = BuyerSpec;
  static const Shape<B> shape = [] {
    Shape<B> s;
    s.integer("buyers", &B::buyers, 1, kMostBuyers, "how many come, each for one trade");
    s.object("arrive", &B::arrive, play::span_shape(), "when they pay, uniformly");
    s.object("habits", &B::habits, habits_shape(), "what they do");
    return s;
  }();
  return shape;
}

const Shape<ClerkSpec>& clerk_shape() {
  using C = ClerkSpec;
  static const Shape<C> shape = [] {
    Shape<C> s;
    s.integer("clerks", &C::clerks, 1, kMostClerks, "how many come, each to change a rule or to fire a job");
    s.object("at", &C::at, play::span_shape(), "when they do it, uniformly");
    return s;
  }();
  return shape;
}

void check_custodian(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  if (scenario.parties_of<CustodianSpec>().size() > 1) place.fail("one custodian", "a second");
  const auto& spec = part.as<CustodianSpec>();
  if (!spec.slow.is_zero() && spec.later_max.ns == 0)
    place.fail("the key \"later\", because some orders are done later", "an object without it");
}

void check_buyers(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  if (scenario.setting<SettlementSetting>().settlement.merchants.empty())
    place.fail("somebody to pay: the key \"settlement\" of the scenario", "none");
  if (custodian_url(scenario).empty()) place.fail("a party of the kind custodian, who has the money", "none");
  const std::int64_t first = clearing::business_day(scenario.start.ns);
  const std::int64_t last = clearing::business_day((scenario.start + scenario.storm).ns) + kDaysAfter;
  if (!clearing::is_known_day(first) || !clearing::is_known_day(last))
    place.fail("days of 2025 and 2026, whose holidays are announced, until 30 days after the storm",
               day_text(first) + " to " + day_text(last));
  play::within_the_storm(part.as<BuyerSpec>().arrive, scenario, place.key("arrive"));
}

void check_clerks(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  if (scenario.setting<SettlementSetting>().settlement.merchants.empty())
    place.fail("somebody to pay: the key \"settlement\" of the scenario", "none");
  play::within_the_storm(part.as<ClerkSpec>().at, scenario, place.key("at"));
}

}  // namespace ordeal::settlement
