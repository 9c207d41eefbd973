// Laws of whole worlds: any generated small workload under any generated plan passes every invariant, and a generated world with a
// flaw that fails shrinks to a smaller one that still fails for the same reason. And: nobody's choices depend on who else is there.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "faults/search/swarm.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::FaultMode;
using play::Played;
using play::PlayOptions;
using play::Stage;

Shop generated_shop() {
  Shop shop = small_shop();
  shop.shopping.shoppers = *rc::gen::inRange<std::uint32_t>(1, 7);
  shop.catalogue.skus.front().stock = *rc::gen::inRange<std::int64_t>(1, 8);
  auto& habits = shop.habits();
  habits.quantity_max = *rc::gen::inRange<std::int64_t>(1, 4);
  habits.never_pays = {*rc::gen::inRange<std::int64_t>(0, 5), 10};
  habits.pays_late = {*rc::gen::inRange<std::int64_t>(0, 5), 10};
  habits.late_min = minutes(11);
  habits.late_max = minutes(25);
  habits.direct_debit = {*rc::gen::inRange<std::int64_t>(0, 10), 10};
  habits.double_click = {*rc::gen::inRange<std::int64_t>(0, 10), 10};
  shop.shopping.arrive.until = minutes(*rc::gen::inRange<std::int64_t>(1, 60));
  return shop;
}

TEST(Laws, AnySmallWorldUnderAnyPlanHoldsEveryInvariant) {
  EXPECT_TRUE(rc::check("clean", [] {
    Stage stage(all_flows(), generated_shop().scenario(), {});
    PlayOptions options;
    options.seed = *rc::gen::arbitrary<std::uint64_t>();
    const Played day = stage.play(options);
    if (day.trial.verdict != sim::Verdict::pass) {
      std::string all = findings_of(day);
      for (const faults::FiredStrike& fired : day.fired) all += "\n" + faults::readable(fired.strike);
      RC_FAIL(all);
    }
    // With somebody gone for good there are those who ask for ever.
    RC_ASSERT(day.trial.settled || !day.plan.never_returning.empty());
  }));
}

// Nothing strikes, so nothing excuses: the reference model asks of every buyer why he has not what he wanted.
TEST(Laws, OnACalmDayTheModelAndTheCoreAgreeAboutAnyWorkload) {
  std::int64_t paid = 0;
  EXPECT_TRUE(rc::check("calm", [&] {
    Shop shop = generated_shop();
    shop.habits().lines_max = *rc::gen::inRange<std::int64_t>(1, 3);
    shop.catalogue.skus.push_back({"saucer",
                                   Money{*rc::gen::inRange<std::int64_t>(1, 5000), {}},
                                   *rc::gen::inRange<std::int64_t>(0, 6),
                                   1,
                                   {}});
    Stage stage(all_flows(), shop.scenario(), {});
    PlayOptions options;
    options.seed = *rc::gen::arbitrary<std::uint64_t>();
    options.faults = FaultMode::none;
    const Played day = stage.play(options);
    if (day.trial.verdict != sim::Verdict::pass) RC_FAIL(findings_of(day));
    RC_ASSERT(day.trial.settled);
    paid += day.counts.at("orders_paid");
  }));
  EXPECT_GT(paid, 0);
}

// A world as data: who shops, and which windows of its plan are kept.
struct Smaller {
  std::vector<play::Actor> shoppers;
  faults::Plan plan;
};

std::vector<play::Actor> shoppers(std::initializer_list<std::uint32_t> numbers) {
  std::vector<play::Actor> actors;
  for (const std::uint32_t number : numbers) actors.push_back({0, number});
  return actors;
}

TEST(Laws, AFlawedWorldShrinksToOneThatStillFails) {
  auto shop = small_shop();
  shop.shopping.shoppers = 8;
  shop.shopping.arrive.until = minutes(1);
  shop.catalogue.skus.front().stock = 2;
  Stage stage(all_flows(), shop.scenario(), {{}, {"F-01"}});
  const std::string broken = "I-10 no-oversell";
  const auto fails = [&](std::uint64_t seed, const Smaller& world) {
    PlayOptions options;
    options.seed = seed;
    options.faults = FaultMode::plan;
    options.plan = world.plan;
    options.only = world.shoppers;
    return found(stage.play(options), broken);
  };
  int shrunk = 0;
  for (std::uint64_t seed = 1; seed <= 400 && shrunk < 3; ++seed) {
    PlayOptions options;
    options.seed = seed;
    const Played day = stage.play(options);
    if (!found(day, broken)) continue;
    ++shrunk;
    Smaller world{shoppers({0, 1, 2, 3, 4, 5, 6, 7}), day.plan};
    ASSERT_TRUE(fails(seed, world)) << "seed " << seed << " does not replay from its own plan";
    for (bool smaller = true; smaller;) {
      smaller = false;
      for (std::size_t i = world.plan.windows.size(); i-- > 0;) {
        Smaller candidate = world;
        candidate.plan.windows.erase(candidate.plan.windows.begin() + static_cast<std::ptrdiff_t>(i));
        if (fails(seed, candidate)) world = candidate, smaller = true;
      }
      for (std::size_t i = world.shoppers.size(); i-- > 0;) {
        Smaller candidate = world;
        candidate.shoppers.erase(candidate.shoppers.begin() + static_cast<std::ptrdiff_t>(i));
        if (fails(seed, candidate)) world = candidate, smaller = true;
      }
    }
    EXPECT_TRUE(fails(seed, world));
    EXPECT_LT(world.shoppers.size() + world.plan.windows.size(), 8 + day.plan.windows.size())
        << "seed " << seed;
  }
  EXPECT_EQ(shrunk, 3) << "F-01 should break this shop more often";
}

// site → how long each of its messages flew, in order.
std::map<std::uint64_t, std::vector<std::int64_t>> flights(const Played& day) {
  std::map<std::uint64_t, std::vector<std::int64_t>> sent, flown;
  for (const sim::TraceRecord& record : day.trial.records) {
    if (record.kind == sim::EventKind::message_sent) sent[record.site].push_back(record.at_ns);
    if (record.kind == sim::EventKind::message_delivered) flown[record.site].push_back(record.at_ns);
  }
  std::map<std::uint64_t, std::vector<std::int64_t>> delays;
  for (const auto& [site, starts] : sent) {
    const auto& ends = flown[site];
    for (std::size_t i = 0; i < std::min(starts.size(), ends.size()); ++i) {
      delays[site].push_back(ends[i] - starts[i]);
    }
  }
  return delays;
}

TEST(Laws, RemovingOneShopperLeavesEveryChoiceOfTheOthers) {
  auto shop = small_shop();
  shop.shopping.shoppers = 6;
  shop.shopping.arrive.until = minutes(60);
  Stage stage(all_flows(), shop.scenario(), {});
  const auto play = [&](std::initializer_list<std::uint32_t> numbers) {
    PlayOptions options;
    options.seed = 11;
    options.faults = FaultMode::none;
    options.trace = sim::Trace::Mode::full;
    options.only = shoppers(numbers);
    return stage.play(options);
  };
  const auto with = flights(play({0, 1, 2, 3, 4, 5}));
  const auto without = flights(play({0, 1, 3, 4, 5}));
  std::size_t same = 0;
  for (const auto& [site, delays] : without) {
    const auto found = with.find(site);
    if (found == with.end()) continue;  // a job's site: it is named by when the job ran
    EXPECT_EQ(delays, found->second);
    ++same;
  }
  EXPECT_GE(same * 100, without.size() * 90) << "most sites should belong to shoppers";
  EXPECT_LT(without.size(), with.size());
}

TEST(Laws, RemovingOneShopperLeavesTheFaultsOfTheOthers) {
  auto shop = small_shop();
  shop.shopping.shoppers = 6;
  shop.shopping.arrive.until = minutes(60);
  Stage stage(all_flows(), shop.scenario(), {});
  const auto strikes = [&](std::initializer_list<std::uint32_t> numbers) {
    PlayOptions options;
    options.seed = 5;
    options.faults = FaultMode::plan;
    options.plan.windows.push_back({"loss", faults::MessageLoss{{1, 20}}, {}, {}, shop.frame.storm});
    options.only = shoppers(numbers);
    std::set<std::pair<std::string, std::uint32_t>> out;
    for (const auto& fired : stage.play(options).fired) {
      const std::string& site = fired.strike.site;
      // First visits only: a later visit of a site exists because an earlier message was lost or late.
      if (site.starts_with("shopper-") && !site.starts_with("shopper-2/") && fired.strike.occurrence == 0) {
        out.emplace(site, fired.strike.occurrence);
      }
    }
    return out;
  };
  const auto with = strikes({0, 1, 2, 3, 4, 5});
  const auto without = strikes({0, 1, 3, 4, 5});
  EXPECT_FALSE(without.empty());
  EXPECT_EQ(with, without);
}

}  // namespace
}  // namespace ordeal::test
