// Story: a small shop and a bad day, told in a few words, then played for real.
//
//   Story story;
//   story.shoppers(1).fork("callback start", "never");        // the channel will never call back
//   const Played& day = story.play();
//   EXPECT_EQ(day.counts.at("orders_paid"), 1);               // found by query
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "faults/plan/plan.h"
#include "scenarios/flows/flows.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/play/play.h"

namespace ordeal::test {

inline constexpr Duration minutes(std::int64_t n) { return {n * 60'000'000'000}; }
inline constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000'000}; }

// A shop as plain values, to be changed one by one; `scenario()` is what is played.
struct Shop {
  play::Scenario frame;  // all but its parts
  purchase::Catalogue catalogue;
  std::vector<std::pair<std::string, purchase::ChannelSpec>> channels;
  purchase::MerchantSpec merchant;
  purchase::ShoppingSpec shopping;

  purchase::ShopperHabits& habits() { return shopping.habits; }
  // One channel, of the profile that it is called after.
  void pays_by(const std::string& channel) {
    using purchase::ProfileName;
    channels = {{channel, {channel == "alipay" ? ProfileName::alipay : ProfileName::wechat}}};
  }

  play::Scenario scenario() const {
    const play::Flows& flows = all_flows();
    play::Scenario scenario = frame;
    for (const play::SettingRow* row : flows.settings()) {
      if (row->kind == "catalogue") scenario.settings.push_back(part(row, "catalogue", catalogue));
    }
    for (const auto& [name, spec] : channels)
      scenario.parties.push_back(part(flows.party("channel"), name, spec));
    scenario.parties.push_back(part(flows.party("merchant"), "merchant", merchant));
    scenario.workloads.push_back(part(flows.workload("shopping"), "shoppers", shopping));
    return scenario;
  }

 private:
  template <class T>
  static play::Part part(const play::PartRow* row, std::string name, const T& value) {
    return {row, std::move(name), &typeid(T), std::make_shared<const T>(value)};
  }
};

// One sku with plenty of stock, six hosts, everybody pays by page within two minutes.
inline Shop small_shop() {
  Shop shop;
  shop.frame.name = "small_shop";
  shop.frame.start = Instant{1'767'225'600'000'000'000};
  shop.frame.storm = minutes(4 * 60);
  shop.frame.settle_bound = minutes(50 * 60);
  for (const char* name : {"gateway", "order", "inventory", "payment", "ledger", "notification"})
    shop.frame.hosts.push_back({std::string(name) + "-1", {name}, {}});
  shop.catalogue.skus = {{"TEA", Money{1'990, {}}, 100, 1, {}}};
  shop.pays_by("alipay");
  shop.shopping.shoppers = 1;
  shop.shopping.arrive.until = minutes(10);
  shop.shopping.purse = Money{1'000'000, {}};
  shop.habits().think_min = seconds(2);
  shop.habits().think_max = seconds(120);
  return shop;
}

class Story {
 public:
  Story() : shop_(small_shop()) {}
  explicit Story(Shop shop) : shop_(std::move(shop)) {}

  Shop& shop() { return shop_; }
  purchase::ShopperHabits& habits() { return shop_.habits(); }

  Story& shoppers(std::uint32_t count) { return shop_.shopping.shoppers = count, *this; }
  Story& stock(std::int64_t units) { return shop_.catalogue.skus.front().stock = units, *this; }
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
        {id, std::move(what), std::move(where), from, until.ns == 0 ? shop_.frame.storm : until});
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

  const play::Played& play(std::uint64_t seed = 1) {
    stage_ = std::make_unique<play::Stage>(all_flows(), shop_.scenario(), cast_);
    play::PlayOptions options;
    options.seed = seed;
    options.faults = play::FaultMode::plan;
    options.plan = plan_;
    options.trace = sim::Trace::Mode::full;
    day_ = stage_->play(options);
    return day_;
  }

 private:
  Shop shop_;
  play::Cast cast_;
  faults::Plan plan_;
  std::unique_ptr<play::Stage> stage_;
  play::Played day_;
};

// All findings, for failure messages.
inline std::string findings_of(const play::Played& day) {
  std::string text = day.trial.broken.value_or("");
  for (const sim::Finding& finding : day.trial.findings)
    text += finding.invariant + ": " + finding.message + "\n";
  return text;
}

// The day ended well: nothing was broken, and everything came to rest.
inline ::testing::AssertionResult clean(const play::Played& day) {
  const bool good = day.trial.verdict == sim::Verdict::pass && !day.trial.broken && day.trial.settled;
  return good ? ::testing::AssertionSuccess() : ::testing::AssertionFailure() << findings_of(day);
}

// How often a "sometimes" mark was reached.
inline std::uint64_t mark(const play::Played& day, const char* name) {
  const auto found = day.trial.marks.find(name);
  return found == day.trial.marks.end() ? 0 : found->second;
}

inline bool found(const play::Played& day, const std::string& invariant) {
  for (const sim::Finding& finding : day.trial.findings) {
    if (finding.invariant == invariant) return true;
  }
  return false;
}

}  // namespace ordeal::test
