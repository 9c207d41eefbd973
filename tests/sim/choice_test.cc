// Keyed choices and causes: pure functions of (seed, site, occurrence, lane), named by readable paths.
#include "sim/choice.h"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/cause.h"

namespace ordeal::sim {
namespace {

TEST(Choices, KnownAnswersOfPhiloxNeverChange) {
  // The first two are Random123's own known-answer vectors. A change here breaks every repro file ever
  // written.
  EXPECT_EQ(Choices(0).bits({{0}, 0}, 0), 0xe169c58d6627e8d5ull);
  EXPECT_EQ(Choices(~0ull).bits({{~0ull}, ~0u}, ~0u), 0x41c83b0e408f276dull);
  const Choices seeded(0x0123456789abcdefull);
  const auto first = seeded.bits({{42}, 7}, lane("delay"));
  EXPECT_EQ(first, Choices(0x0123456789abcdefull).bits({{42}, 7}, lane("delay")));
  EXPECT_NE(first, seeded.bits({{42}, 8}, lane("delay")));
  EXPECT_NE(first, seeded.bits({{43}, 7}, lane("delay")));
  EXPECT_NE(first, seeded.bits({{42}, 7}, lane("loss")));
  EXPECT_NE(first, Choices(1).bits({{42}, 7}, lane("delay")));
}

TEST(Choices, VisitsAreCountedPerSite) {
  Choices choices(1);
  EXPECT_EQ(choices.next({5}).occurrence, 0u);
  EXPECT_EQ(choices.next({6}).occurrence, 0u);
  EXPECT_EQ(choices.next({5}).occurrence, 1u);
}

TEST(Choices, BelowStaysBelowAndHitsEverything) {
  const Choices choices(3);
  std::set<std::uint64_t> seen;
  for (std::uint32_t i = 0; i < 1'000; ++i) {
    const auto value = choices.below({{9}, i}, 0, 10);
    ASSERT_LT(value, 10u);
    seen.insert(value);
  }
  EXPECT_EQ(seen.size(), 10u);
}

TEST(Choices, ChanceComesOutAsAsked) {
  const Choices choices(4);
  int hits = 0;
  for (std::uint32_t i = 0; i < 30'000; ++i) hits += choices.chance({{9}, i}, 0, {1, 10}) ? 1 : 0;
  EXPECT_NEAR(hits, 3'000, 3 * 52);  // three sigma of a binomial: sqrt(30000 · 0.1 · 0.9) = 52
  EXPECT_FALSE(choices.chance({{9}, 0}, 0, Ratio::zero()));
  EXPECT_TRUE(choices.chance({{9}, 0}, 0, Ratio::one()));
}

TEST(Choices, DelaysKeepTheirBounds) {
  const DelayModel model{{100}, {200}, {1, 4}, {1'000}};
  const Choices choices(5);
  int tails = 0;
  for (std::uint32_t i = 0; i < 4'000; ++i) {
    const Duration delay = choices.delay({{1}, i}, model);
    ASSERT_GE(delay.ns, 100);
    ASSERT_LE(delay.ns, 1'000);
    tails += delay.ns > 200 ? 1 : 0;
  }
  EXPECT_NEAR(tails, 1'000, 3 * 28);
}

TEST(Causes, PathsPrintAndLeadBackToTheirSites) {
  Causes causes;
  const auto root = causes.root("shopper-12/checkout-3");
  const auto place = causes.hop(root, "order.place");
  const auto reserve = causes.hop(place, "inventory.reserve");
  EXPECT_EQ(causes.path(reserve), "shopper-12/checkout-3 › order.place › inventory.reserve");
  EXPECT_EQ(causes.root_name(reserve), "shopper-12/checkout-3");
  const std::string path = causes.site_path(reserve, "commit reserve");
  EXPECT_EQ(path, "shopper-12/checkout-3 › order.place › inventory.reserve › commit reserve");
  EXPECT_EQ(site_of_path(path), site_of(reserve, "commit reserve"));
  EXPECT_EQ(site_of_path("commit"), site_of({}, "commit"));
}

TEST(Causes, EqualPathsAreOneCause) {
  Causes causes;
  const auto root = causes.root("r");
  EXPECT_EQ(causes.hop(root, "a"), causes.hop(root, "a"));
  EXPECT_NE(causes.hop(root, "a").id, causes.hop(root, "b").id);
  EXPECT_EQ(Causes().path({12345}), "?12345");
}

TEST(Causes, AnyPathSurvivesPrinting) {
  EXPECT_TRUE(rc::check("site_of_path inverts site_path", [] {
    const auto word = rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'z')));
    const auto names = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(word));
    Causes causes;
    auto cause = causes.root(names.front());
    for (std::size_t i = 1; i < names.size(); ++i) cause = causes.hop(cause, names[i]);
    const std::string what = *word;
    RC_ASSERT(site_of_path(causes.site_path(cause, what)) == site_of(cause, what));
  }));
}

}  // namespace
}  // namespace ordeal::sim
