// What holds for all invariants: how findings are kept, what happens to a store that cannot be read, and that
// facts of the world survive the wire.
#include <gtest/gtest.h>

#include "core/base/check.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
using sim::FindingKind;

std::string value_of(const sim::Finding& finding, std::string_view key) {
  for (const auto& [name, value] : finding.evidence) {
    if (name == key) return value;
  }
  return "";
}

TEST(Watch, AnUnknownNameIsAProgrammerError) { EXPECT_THROW(SmallWorld({"I-10 no-oversel"}), CheckFailed); }

TEST(Watch, OnlyTheNamedInvariantsAreWatched) {
  SmallWorld world({"I-10 no-oversell"});
  world.good_day();
  world.say(5000, f::StockConsumed{kPaid, kMug, 1});
  EXPECT_TRUE(world.verdict().empty());
}

TEST(Findings, TheFirstBreachIsKeptWholeAndTheOthersAreCounted) {
  SmallWorld world({"I-10 no-oversell"});
  for (std::int64_t i = 1; i <= 5; ++i) world.say(i, f::StockReserved{OrderId{i}, kPen, 1});
  world.change("inventory", "insert into stock values(1, 3, 0, 0, 3)");
  const auto findings = world.verdict();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].at_ns, 2 * kSecond);
  EXPECT_EQ(value_of(findings[0], "sku"), "pen");
  EXPECT_EQ(value_of(findings[0], "sold and held"), "2");
  EXPECT_EQ(value_of(findings[0], "further breaches"), "3");
  EXPECT_EQ(value_of(findings[0], "the worst"), "5 units of \"pen\" are sold and held, of a stock of 1");
}

TEST(Findings, AKindIsNotHiddenByAnother) {
  play::Findings findings;
  findings.add({"I-12", FindingKind::liveness, 1, "not yet", {}});
  findings.add({"I-12", FindingKind::safety, 2, "wrong", {}});
  findings.add({"I-12", FindingKind::safety, 3, "wrong again", {}});
  const auto taken = findings.take();
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0].kind, FindingKind::liveness);
  EXPECT_EQ(taken[1].message, "wrong");
  EXPECT_TRUE(findings.take().empty());
}

TEST(RestAudit, AServiceThatCannotBeReadMakesItsInvariantsInconclusive) {
  SmallWorld world;
  world.good_day();
  world.broken = "payment";
  std::vector<std::string> names;
  for (const sim::Finding& finding : world.verdict()) {
    EXPECT_EQ(finding.kind, FindingKind::inconclusive) << finding.invariant << finding.message;
    EXPECT_EQ(value_of(finding, "service"), "payment");
    names.push_back(finding.invariant);
  }
  const std::vector<std::string> expected{"I-91 statements-are-whole",     "I-35 late-payment-is-refunded",
                                          "I-32 no-double-charge",         "I-37 refunds-within-capture",
                                          "I-71 fees-follow-the-rule",     "I-51 every-event-arrives",
                                          "I-93 money-is-conserved",       "I-40 nothing-stays-between",
                                          "I-42 paid-at-channel-is-known", "I-73 books-agree"};
  EXPECT_EQ(names, expected);
}

TEST(Evidence, TimesAndMovesReadWell) {
  EXPECT_EQ(play::when(3723 * kSecond + 4'567'891), "+01:02:03.004567");
  EXPECT_EQ(play::how_long(903 * kSecond + 250'000'000), "903.250 s");
  EXPECT_EQ(purchase::move_text(api::OrderState::unpaid, api::OrderState::paid, 3, 0),
            "UNPAID → PAID, version 3, at +00:00:00.000000");
}

template <class Fact>
void survives_the_wire(Fact fact, std::string_view name) {
  const auto said = env::Message::of(fact);
  EXPECT_EQ(said.type().name, name);
  const auto heard = env::Message::from_json(Fact::type(), said.to_json());
  ASSERT_TRUE(heard.ok()) << heard.error();
  EXPECT_EQ(heard->digest(), said.digest());
  EXPECT_EQ(heard->to_json(), said.to_json());
}

TEST(WorldFacts, SurviveTheWire) {
  survives_the_wire(purchase::facts::ChannelDebited{"pay-1", "CH-1", "shopper-1", kTen},
                    "world.ChannelDebited");
  survives_the_wire(purchase::facts::ChannelRefunded{"pay-1", "rfd-1", kTen}, "world.ChannelRefunded");
  survives_the_wire(purchase::facts::CallbackSent{"pay-1", 2, false}, "world.CallbackSent");
  survives_the_wire(purchase::facts::ShopperTold{kAnn, "k", kPaid, kTen}, "world.ShopperTold");
  survives_the_wire(purchase::facts::MerchantHeard{kPaid, "PAID", 3}, "world.MerchantHeard");
  survives_the_wire(f::StatementAccepted{"alipay", kDay.number, 3, kTen, kTen}, "fact.StatementAccepted");
}

}  // namespace
}  // namespace ordeal::test
