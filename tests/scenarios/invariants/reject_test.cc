// Every way to break a promise is found, under the name of that promise and with evidence that names what it
// is about; and every invariant of the table has such a way.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {

std::vector<Breach> all_breaches() {
  std::vector<Breach> all;
  for (auto* part : {&breaches_of_orders, &breaches_of_money, &breaches_at_rest, &breaches_of_events,
                     &breaches_of_statements, &breaches_of_channels, &breaches_of_service, &breaches_of_news,
                     &breaches_of_answers, &breaches_of_books, &breaches_of_discounts, &breaches_of_bookings,
                     &breaches_of_deduction, &breaches_of_carts}) {
    for (Breach& breach : part()) all.push_back(std::move(breach));
  }
  return all;
}

namespace {

bool mentions(const sim::Finding& finding, const std::string& text) {
  return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                     [&](const auto& item) { return item.second.find(text) != std::string::npos; });
}

std::string readable(const std::vector<sim::Finding>& findings) {
  std::string text;
  for (const sim::Finding& finding : findings) {
    text += finding.invariant + ": " + finding.message + "\n";
    for (const auto& [key, value] : finding.evidence) text += "    " + key + ": " + value + "\n";
  }
  return text.empty() ? "no finding at all" : text;
}

class Reject : public testing::TestWithParam<Breach> {};

TEST_P(Reject, ItsInvariantAloneNamesIt) {
  const Breach& breach = GetParam();
  SmallWorld world({std::string(breach.invariant)}, shop_flows(), {}, breach.promotions);
  breach.happens(world);
  const auto findings = world.verdict();
  const auto named = std::find_if(findings.begin(), findings.end(), [&](const sim::Finding& finding) {
    return finding.invariant == breach.invariant && finding.kind == breach.kind;
  });
  ASSERT_NE(named, findings.end()) << readable(findings);
  EXPECT_TRUE(mentions(*named, breach.mentions)) << breach.mentions << " in\n" << readable(findings);
  EXPECT_FALSE(named->message.empty());
  EXPECT_TRUE(std::all_of(findings.begin(), findings.end(), [&](const sim::Finding& finding) {
    return finding.invariant == breach.invariant;
  })) << readable(findings);
}

TEST_P(Reject, AllInvariantsTogetherNameItToo) {
  const Breach& breach = GetParam();
  SmallWorld world({}, shop_flows(), {}, breach.promotions);
  breach.happens(world);
  const auto findings = world.verdict();
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [&](const sim::Finding& finding) {
    return finding.invariant == breach.invariant && finding.kind == breach.kind &&
           mentions(finding, breach.mentions);
  })) << readable(findings);
}

INSTANTIATE_TEST_SUITE_P(Breach, Reject, testing::ValuesIn(all_breaches()),
                         [](const auto& param) { return std::string(param.param.name); });

TEST(Invariants, EveryRowOfTheTableHasAMakerAndABreach) {
  std::set<std::string_view> broken;
  for (const Breach& breach : all_breaches()) broken.insert(breach.invariant);
  for (const play::LawRow* row : shop_flows().laws()) {
    EXPECT_TRUE(broken.contains(row->name)) << row->name;
    EXPECT_NO_THROW(SmallWorld({std::string(row->name)})) << row->name;
  }
  EXPECT_EQ(broken.size(), shop_flows().laws().size())
      << "a breach names an invariant that is not in the table";
}

// The findings of a flaw lead with the invariant that the catalogue names for it.
struct Headline {
  std::string_view breach;
  std::string_view invariant;
};

TEST(Invariants, TheMostTellingOneComesFirst) {
  for (const Headline& expected : {Headline{"CloseOverwritesPayment", "I-04 one-transition-wins"},
                                   Headline{"LatePaymentIgnored", "I-35 late-payment-is-refunded"},
                                   Headline{"SecondDebitKept", "I-32 no-double-charge"},
                                   Headline{"ClosedStockNotReleased", "I-51 every-event-arrives"},
                                   Headline{"CapturedTwice", "I-31 callbacks-have-one-effect"},
                                   Headline{"StatementHidesAPayment", "I-91 statements-are-whole"},
                                   Headline{"OneUnitTwice", "I-10 no-oversell"}}) {
    for (const Breach& breach : all_breaches()) {
      if (breach.name != expected.breach) continue;
      SmallWorld world({}, shop_flows(), {}, breach.promotions);
      breach.happens(world);
      const auto findings = world.verdict();
      ASSERT_FALSE(findings.empty()) << breach.name;
      EXPECT_EQ(findings.front().invariant, expected.invariant) << readable(findings);
    }
  }
}

}  // namespace
}  // namespace ordeal::test
