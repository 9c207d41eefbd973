// Story: a small shop and a bad day, told in a few words, then played for real.
//
//   Story story;
//   story.shoppers(1).fork("callback start", "never");        // the channel will never call back
//   const Played& day = story.play();
//   EXPECT_EQ(day.counts.at("orders_paid"), 1);               // found by query
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "faults/plan/plan.h"
#include "scenarios/play/play.h"

namespace ordeal::test {

inline constexpr Duration minutes(std::int64_t n) { return {n * 60'000'000'000}; }
inline constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000'000}; }

// One sku with plenty of stock, six hosts, everybody pays by page within two minutes.
inline scenarios::Scenario small_shop() {
  scenarios::Scenario shop;
  shop.name = "small_shop";
  shop.start = Instant{1'767'225'600'000'000'000};
  shop.storm = minutes(4 * 60);
  shop.settle_bound = minutes(50 * 60);
  for (const char* name : {"gateway", "order", "inventory", "payment", "ledger", "notification"}) {
    shop.hosts.push_back({std::string(name) + "-1", {name}});
  }
  shop.catalogue = {{"TEA", Money{1'990, {}}, 100, 1}};
  shop.workload.shoppers = 1;
  shop.workload.arrive_until = minutes(10);
  shop.workload.purse_minor = 1'000'000;
  shop.workload.habits.think_min = seconds(2);
  shop.workload.habits.think_max = seconds(120);
  return shop;
}

class Story {
 public:
  Story() : shop_(small_shop()) {}
  explicit Story(scenarios::Scenario shop) : shop_(std::move(shop)) {}

  scenarios::Scenario& shop() { return shop_; }
  scenarios::ShopperHabits& habits() { return shop_.workload.habits; }

  Story& shoppers(std::uint32_t count) { return shop_.workload.shoppers = count, *this; }
  Story& stock(std::int64_t units) { return shop_.catalogue.front().stock = units, *this; }
  Story& everybody_pays_by_debit() { return habits().direct_debit = Ratio::one(), *this; }
  Story& nobody_pays() { return habits().never_pays = Ratio::one(), *this; }
  Story& everybody_pays_late(Duration from, Duration until) {
    habits().pays_late = Ratio::one();
    habits().late_min = from;
    habits().late_max = until;
    return *this;
  }
  Story& flaw(std::string id) { return cast_.flaws.push_back(std::move(id)), *this; }
  Story& design(std::string seam, std::string choice) {
    return cast_.designs.insert_or_assign(std::move(seam), std::move(choice)), *this;
  }

  // A fault over a stretch of time; by default over the whole storm.
  Story& fault(faults::Fault what, faults::Scope where = {}, Duration from = {}, Duration until = {}) {
    const std::string id = "w" + std::to_string(plan_.windows.size());
    plan_.windows.push_back(
        {id, std::move(what), std::move(where), from, until.ns == 0 ? shop_.storm : until});
    return *this;
  }
  // A party always takes this way.
  Story& fork(std::string name, std::string way) {
    return fault(faults::ForkTaken{std::move(name), std::move(way), Ratio::one()});
  }
  Story& outage(std::string host, Duration from, Duration until) {
    return fault(faults::HostOutage{}, {.hosts = {std::move(host)}, .from = {}, .to = {}, .file = {}}, from,
                 until);
  }
  Story& cut_off(std::string host, Duration from, Duration until) {
    return fault(faults::Partition{{std::move(host)}, faults::Partition::Cut::both}, {}, from, until);
  }
  Story& knob(std::string name, std::string value) {
    return plan_.knobs.insert_or_assign(std::move(name), std::move(value)), *this;
  }
  Story& strike(faults::Strike strike) { return plan_.strikes.push_back(std::move(strike)), *this; }

  const scenarios::Played& play(std::uint64_t seed = 1) {
    stage_ = std::make_unique<scenarios::Stage>(shop_, cast_);
    scenarios::PlayOptions options;
    options.seed = seed;
    options.faults = scenarios::FaultMode::plan;
    options.plan = plan_;
    options.trace = sim::Trace::Mode::full;
    day_ = stage_->play(options);
    return day_;
  }

 private:
  scenarios::Scenario shop_;
  scenarios::Cast cast_;
  faults::Plan plan_;
  std::unique_ptr<scenarios::Stage> stage_;
  scenarios::Played day_;
};

// All findings, for failure messages.
inline std::string findings_of(const scenarios::Played& day) {
  std::string text = day.trial.broken.value_or("");
  for (const sim::Finding& finding : day.trial.findings)
    text += finding.invariant + ": " + finding.message + "\n";
  return text;
}

// The day ended well: nothing was broken, and everything came to rest.
inline ::testing::AssertionResult clean(const scenarios::Played& day) {
  const bool good = day.trial.verdict == sim::Verdict::pass && !day.trial.broken && day.trial.settled;
  return good ? ::testing::AssertionSuccess() : ::testing::AssertionFailure() << findings_of(day);
}

// How often a "sometimes" mark was reached.
inline std::uint64_t mark(const scenarios::Played& day, const char* name) {
  const auto found = day.trial.marks.find(name);
  return found == day.trial.marks.end() ? 0 : found->second;
}

inline bool found(const scenarios::Played& day, const std::string& invariant) {
  for (const sim::Finding& finding : day.trial.findings) {
    if (finding.invariant == invariant) return true;
  }
  return false;
}

}  // namespace ordeal::test
