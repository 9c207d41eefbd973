#include "scenarios/flows/netting/parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "faults/text.h"
#include "scenarios/play/actor.h"

namespace ordeal::netting {

using play::ObjectReader;
using play::Place;
using play::Shape;

namespace {

using namespace ordeal::literals;

constexpr std::int64_t kMostPayments = 5'000;
constexpr std::int64_t kMostTreasurers = 500;
constexpr Duration kShortestSession = 5_min;
constexpr Duration kLongestGrace = 12_h;

const Rules& rules_of(const play::Scenario& scenario) { return scenario.setting<NettingSetting>().netting; }

// Each an amount, each currency once if `once`.
void check_amounts(const std::vector<std::string>& texts, bool once, const Place& list) {
  std::vector<Currency> seen;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto amount = Money::parse(texts[i]);
    if (!amount || !amount->is_payable())
      list.item(i).fail("an amount such as \"12.34 CNY\", \"500 JPY\" or \"1.500 KWD\"",
                        "\"" + texts[i] + "\"");
    if (once && std::find(seen.begin(), seen.end(), amount->currency) != seen.end())
      list.item(i).fail("each currency once", std::string(amount->currency.text()) + " a second time");
    seen.push_back(amount->currency);
  }
}

const Shape<BankSpec>& bank_shape() {
  using B = BankSpec;
  static const Shape<B> shape = [] {
    Shape<B> s;
    s.name("bank", &B::name, "what people call it", "-");
    s.texts("cover", &B::cover, "what is in its settlement accounts, one for each currency");
    s.check([](const B& bank, const ObjectReader& in) {
      if (bank.cover.empty()) in.place().key("cover").fail("at least one amount", "none");
      check_amounts(bank.cover, true, in.place().key("cover"));
    });
    return s;
  }();
  return shape;
}

void check_rules(const Rules& rules, const ObjectReader& in) {
  if (rules.session < kShortestSession || api::kDayNs % rules.session.ns != 0)
    in.place().key("session").fail("at least 5m, and a part of a day without a rest",
                                   "\"" + faults::text(rules.session) + "\"");
  if (rules.grace > kLongestGrace)
    in.place().key("grace").fail("at most 12h", "\"" + faults::text(rules.grace) + "\"");
  for (std::size_t i = 0; i < rules.banks.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (rules.banks[j].name == rules.banks[i].name)
        in.place().key("banks").item(i).key("bank").fail("each bank once",
                                                         "\"" + rules.banks[i].name + "\" a second time");
    }
  }
  check_amounts(rules.fund, true, in.place().key("fund"));
}

const Shape<Rules>& rules_shape() {
  static const Shape<Rules> shape = [] {
    Shape<Rules> s;
    s.duration("session", &Rules::session,
               "from one cut-off to the next, counted from midnight in Beijing; 1h")
        .optional();
    s.duration("grace", &Rules::grace, "how long a bank that lacks cover has to get some; 30m").optional();
    s.list("banks", &Rules::banks, bank_shape(), 2, "that owe each other");
    s.texts("fund", &Rules::fund, "what the guarantee fund of a central counterparty has; none").optional();
    s.check(check_rules);
    return s;
  }();
  return shape;
}

template <class Spec>
void some_amounts(const Spec& spec, const ObjectReader& in) {
  if (spec.amounts.empty()) in.place().key("amounts").fail("at least one amount", "none");
  check_amounts(spec.amounts, false, in.place().key("amounts"));
}

void between_banks(const std::vector<std::string>& texts, std::size_t least, const play::Scenario& scenario,
                   const Place& place) {
  const auto amounts = amounts_of(texts);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    if (banks_in(scenario, amounts[i].currency).size() < least)
      place.key("amounts").item(i).fail(
          fmt::format("a currency in which {} or more banks have an account", least),
          std::string(amounts[i].currency.text()));
  }
}

}  // namespace

std::vector<Money> amounts_of(const std::vector<std::string>& texts) {
  std::vector<Money> all;
  all.reserve(texts.size());
  for (const std::string& text : texts) all.push_back(Money::parse(text).value_or(Money{}));
  return all;
}

BankId bank_id(std::size_t index) { return {static_cast<std::int64_t>(index) + 1}; }

std::string bank_text(const play::Scenario& scenario, BankId bank) {
  return account_text(scenario, bank.value);
}

std::string account_text(const play::Scenario& scenario, std::int64_t account) {
  const auto& banks = rules_of(scenario).banks;
  const auto index = static_cast<std::size_t>(account - 1);
  if (account >= 1 && index < banks.size()) return banks[index].name;
  if (account == api::kHouse) return "the house";
  if (account == api::kFund) return "the fund";
  if (account == api::kOutside) return "the world outside";
  return BankId{account}.text();
}

std::string person_of(const play::Scenario& scenario, const std::string& reference) {
  if (play::actor_named(scenario, reference)) return reference;
  const std::string shorter = reference.substr(0, reference.rfind('-'));
  return play::actor_named(scenario, shorter) ? shorter : std::string();
}

std::string cycle_text(const play::Scenario& scenario, CycleId cycle) {
  const Instant end = api::cutoff_of(cycle, rules_of(scenario).session);
  const std::int64_t minutes = (end - api::begin_of(api::key_of(cycle).day)).ns / 60'000'000'000;
  return fmt::format("the {} cycle of {:02}:{:02}", api::key_of(cycle).currency.text(), minutes / 60,
                     minutes % 60);
}

std::vector<Money> cover_of(const play::Scenario& scenario, BankId bank) {
  const auto& banks = rules_of(scenario).banks;
  const auto index = static_cast<std::size_t>(bank.value - 1);
  return bank.value >= 1 && index < banks.size() ? amounts_of(banks[index].cover) : std::vector<Money>{};
}

bool has_account(const play::Scenario& scenario, BankId bank, Currency currency) {
  const auto cover = cover_of(scenario, bank);
  return std::any_of(cover.begin(), cover.end(), [&](const Money& one) { return one.currency == currency; });
}

std::vector<BankId> banks_in(const play::Scenario& scenario, Currency currency) {
  std::vector<BankId> all;
  for (std::size_t i = 0; i < rules_of(scenario).banks.size(); ++i) {
    if (has_account(scenario, bank_id(i), currency)) all.push_back(bank_id(i));
  }
  return all;
}

const Shape<NettingSetting>& netting_shape() {
  static const Shape<NettingSetting> shape = [] {
    Shape<NettingSetting> s;
    s.object("netting", &NettingSetting::netting, rules_shape(), "the banks, and when cycles close");
    return s;
  }();
  return shape;
}

const Shape<DeskSpec>& desk_shape() {
  using D = DeskSpec;
  static const Shape<D> shape = [] {
    Shape<D> s;
    s.chance("slow", &D::slow, "of the positions are answered when nobody waits any more")
        .optional()
        .may_get_smaller();
    s.chance("silent", &D::silent, "are taken note of, and not answered").optional().may_get_smaller();
    return s;
  }();
  return shape;
}

const Shape<PaymentSpec>& payment_shape() {
  using P = PaymentSpec;
  static const Shape<P> shape = [] {
    Shape<P> s;
    s.integer("payments", &P::payments, 1, kMostPayments,
              "how many there are, each from one bank to another");
    s.object("arrive", &P::arrive, play::span_shape(), "when they are made, uniformly");
    s.texts("amounts", &P::amounts, "of which each is one, such as \"100.00 CNY\" or \"500 JPY\"");
    s.chance("gives_back", &P::gives_back, "are given back some minutes later, a negative obligation")
        .optional()
        .may_get_smaller();
    s.chance("sends_twice", &P::sends_twice, "are sent twice at once under one reference")
        .optional()
        .may_get_smaller();
    s.check(some_amounts<P>);
    return s;
  }();
  return shape;
}

const Shape<TreasurerSpec>& treasurer_shape() {
  using T = TreasurerSpec;
  static const Shape<T> shape = [] {
    Shape<T> s;
    s.integer("treasurers", &T::treasurers, 1, kMostTreasurers, "how many come, each to move cover once");
    s.object("at", &T::at, play::span_shape(), "when they do it, uniformly");
    s.texts("amounts", &T::amounts, "of which each moves one");
    s.chance("puts_in", &T::puts_in, "put money in, the others take some out; none").optional();
    s.chance("moves_twice", &T::moves_twice, "move the same amount twice at once, on purpose; none")
        .optional();
    s.check(some_amounts<T>);
    return s;
  }();
  return shape;
}

void check_desk(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  std::vector<std::string> names;
  for (const BankSpec& bank : rules_of(scenario).banks) names.push_back(bank.name);
  if (std::find(names.begin(), names.end(), part.name) == names.end())
    place.key("name").fail("one of the banks: " + fmt::format("{}", fmt::join(names, ", ")),
                           "\"" + part.name + "\"");
}

void check_payments(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& work = part.as<PaymentSpec>();
  play::within_the_storm(work.arrive, scenario, place.key("arrive"));
  between_banks(work.amounts, 2, scenario, place);
}

void check_treasurers(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& work = part.as<TreasurerSpec>();
  play::within_the_storm(work.at, scenario, place.key("at"));
  between_banks(work.amounts, 1, scenario, place);
}

}  // namespace ordeal::netting
