// Kinds of fault that need a shop to show what they do: damage and signatures, disks that come back other than they
// were, old callbacks, crowds. Knobs and fault points over a whole day.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string_view>

#include <gtest/gtest.h>

#include "faults/plan/check_plan.h"
#include "scenarios/flows/purchase/flow.h"
#include "scenarios/flows/spanning/laws.h"
#include "scenarios/play/loader.h"
#include "tests/support/shipped.h"
#include "tests/support/source_dir.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::Played;

faults::Scope hosts(std::vector<std::string> names) { return {std::move(names), {}, {}, {}}; }

TEST(Damage, OfACallbackIsRefusedAndTheNextOneCounts) {
  Story story;
  story.fault(faults::MessageCorruption{Ratio::one()}, {{}, {"alipay"}, {"gateway-1"}, {}}, {}, minutes(11));
  story.fault(faults::ForkTaken{"answer", "error_although_done", {0, 1}});
  const Played& day = story.shoppers(5).play();
  EXPECT_TRUE(clean(day));
  EXPECT_GT(mark(day, "damaged text delivered"), 0u);
  EXPECT_GT(mark(day, "callback refused"), 0u);
  EXPECT_EQ(day.counts.at("captures"), 5);
}

TEST(Damage, OfTheChannelsAnswersSaysNothing) {
  Story story;
  story.fault(faults::MessageCorruption{{1, 2}}, {{}, {"alipay"}, {"payment-1"}, {}}, {}, minutes(15));
  const Played& day = story.everybody_pays_by_debit().shoppers(5).play();
  EXPECT_TRUE(clean(day));
  EXPECT_GT(mark(day, "damaged text delivered"), 0u);
  EXPECT_EQ(day.counts.at("captures"), 5);
}

TEST(Damage, BetweenServicesIsALostMessage) {
  Story story;
  story.fault(faults::MessageCorruption{{1, 4}}, hosts({"order-1", "inventory-1"}), {}, minutes(15));
  const Played& day = story.shoppers(5).play();
  EXPECT_TRUE(clean(day));
  EXPECT_GT(mark(day, "damaged message found by its checksum"), 0u);
}

// Nobody survives this with one copy of the data; what matters is that somebody notices.
TEST(Disks, ALostOneIsFound) {
  for (const char* host : {"order-1", "payment-1", "inventory-1", "ledger-1"}) {
    Story wiped;
    wiped.fault(faults::DiskWiped{Ratio::one(), seconds(30)}, hosts({host}), minutes(9), minutes(30));
    const Played& day = wiped.shoppers(8).play();
    EXPECT_FALSE(day.trial.broken) << *day.trial.broken;
    EXPECT_EQ(day.trial.verdict, sim::Verdict::safety) << host;
  }
}

TEST(Disks, AStaleOneIsFound) {
  for (const char* host : {"order-1", "payment-1", "inventory-1", "ledger-1"}) {
    Story swapped;
    // One crash: from then on there is nothing more that could be lost.
    swapped.fault(faults::DiskSwapped{Ratio::one(), seconds(30)}, hosts({host}), minutes(9), minutes(30));
    const Played& day = swapped.shoppers(8).play();
    EXPECT_FALSE(day.trial.broken) << *day.trial.broken;
    EXPECT_NE(day.trial.verdict, sim::Verdict::pass) << host;
  }
}

// The orders are closed while payment is away, the shoppers pay after that, within the trade's own time: all money goes back.
Story& paid_after_the_close(Story& story) {
  story.outage("payment-1", minutes(13), minutes(33));
  return story.everybody_pays_late(minutes(18), minutes(20));
}

TEST(Callbacks, AnOldOneComesAgainHoursLater) {
  Story story;
  const Played& day = story.shoppers(3).fork("callback", "replayed").play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(mark(day, "old callback replayed"), 3u);
  EXPECT_EQ(day.counts.at("captures"), 3);
  EXPECT_GE(mark(day, "callback duplicate acknowledged"), 3u);
}

// Paid in the last moment, told after the order was closed, told again after the money went back.
TEST(Callbacks, AfterTheCloseAndAfterTheRefund) {
  Story story;
  const Played& day = paid_after_the_close(story).shoppers(3).fork("callback", "replayed").play();
  EXPECT_TRUE(clean(day));
  EXPECT_GT(mark(day, "late payment refunded"), 0u);
  EXPECT_GT(mark(day, "callback after the refund"), 0u);
}

TEST(Crowd, ComesWithinSeconds) {
  const auto spread = [](Story& story) {
    const Played& day = story.shoppers(20).play();
    EXPECT_TRUE(clean(day));
    std::vector<std::int64_t> at;
    for (const sim::TraceRecord& record : day.trial.records) {
      if (record.text.find(" orders for ") != std::string::npos) at.push_back(record.at_ns);
    }
    EXPECT_EQ(at.size(), 20u);
    return Duration{*std::max_element(at.begin(), at.end()) - *std::min_element(at.begin(), at.end())};
  };
  Story usual;
  EXPECT_GT(spread(usual), minutes(2));
  Story rush;
  EXPECT_LE(spread(rush.fork("arrival", "rush")), seconds(3));
}

TEST(Crowd, CannotWait) {
  const auto asked = [](Story& story) {
    story.outage("order-1", {}, minutes(12));
    const Played& day = story.shoppers(5).play();
    EXPECT_TRUE(clean(day));
    return mark(day, "shopper asked again");
  };
  Story patient;
  Story impatient;
  EXPECT_GT(asked(impatient.fork("patience", "impatient")), 3 * asked(patient));
}

// ---- knobs ----

TEST(Knobs, EveryValueOfEachGivesACleanDayOnABadNetwork) {
  for (const play::KnobRow* row : all_flows().knobs()) {
    const play::KnobRow& knob = *row;
    for (const std::string_view value : knob.values) {
      Story story;
      story.knob(std::string(knob.name), std::string(value));
      story.fault(faults::MessageLoss{{1, 20}}, {}, {}, minutes(15));
      story.fault(faults::HostCrash{{1, 100}, {}, seconds(1), seconds(20)}, hosts({"order-1", "payment-1"}),
                  {}, minutes(15));
      const Played& day = story.shoppers(5).play();
      EXPECT_TRUE(clean(day)) << knob.name << " " << value;
    }
  }
}

TEST(Knobs, DoSomething) {
  Story usual;
  const auto hash = usual.shoppers(5).play().trial.trace_hash;
  for (const play::KnobRow* row : all_flows().knobs()) {
    const play::KnobRow& knob = *row;
    std::set<std::string> hashes{hash.text()};
    for (const std::string_view value : knob.values) {
      Story story;
      story.knob(std::string(knob.name), std::string(value));
      hashes.insert(story.shoppers(5).play().trial.trace_hash.text());
    }
    // A deadline shows only when something is late, a cache when it is full: for those the day above is the test.
    const bool always = knob.name.starts_with("database.journal") || knob.name.starts_with("database.page");
    if (always) {
      EXPECT_GE(hashes.size(), knob.values.size()) << knob.name;
    }
  }
}

TEST(Knobs, LeaveNothingBehindOnTheStage) {
  play::Stage stage(all_flows(), small_shop().scenario(), {});
  play::PlayOptions plain;
  plain.faults = play::FaultMode::plan;
  const auto before = stage.play(plain).trial.trace_hash;
  play::PlayOptions turned = plain;
  turned.plan.knobs = {
      {"database.journal_mode", "delete"}, {"database.page_size", "4096"}, {"outbox.batch", "1"}};
  EXPECT_NE(stage.play(turned).trial.trace_hash, before);
  EXPECT_EQ(stage.play(plain).trial.trace_hash, before);
}

TEST(Knobs, OfTheDiskReachesTheDisk) {
  play::Stage stage(all_flows(), small_shop().scenario(), {});
  play::PlayOptions options;
  options.faults = play::FaultMode::plan;
  const auto hash = [&](const char* promised) {
    options.plan.knobs = {{"disk.powersafe_overwrite", promised}};
    return stage.play(options).trial.trace_hash;
  };
  EXPECT_NE(hash("yes"), hash("no"));
}

TEST(Knobs, WrongOnesAreRefusedWithTheNearest) {
  play::Stage stage(all_flows(), small_shop().scenario(), {});
  const auto complaint = [&](const std::map<std::string, std::string>& turned) {
    faults::Plan plan;
    plan.knobs = turned;
    std::string text;
    for (const faults::PlanError& mistake :
         faults::check_plan(plan, stage.menu(), play::host_names(stage.scenario())))
      text += mistake.text() + "\n";
    return text;
  };
  EXPECT_EQ(complaint({{"outbox.batch", "4"}}), "");
  EXPECT_NE(complaint({{"outbox.bach", "4"}}).find("outbox.batch"), std::string::npos);
  EXPECT_NE(complaint({{"database.journal_mode", "wall"}}).find("wal"), std::string::npos);
  EXPECT_NE(complaint({{"outbox.batch", "5"}}).find("$.knobs.outbox.batch"), std::string::npos);
}

// ---- fault points ----

TEST(Points, TheTableListsWhatTheCoreAsks) {
  std::set<std::string> asked;
  constexpr std::string_view kCall = "unlucky(";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_dir() + "/core")) {
    if (entry.path().extension() != ".cc") continue;
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    const std::string all = text.str();
    for (std::size_t at = all.find(kCall); at != std::string::npos; at = all.find(kCall, at + 1)) {
      const std::size_t from = all.find_first_not_of(" \n", at + kCall.size());
      if (all[from] == '"') asked.insert(all.substr(from + 1, all.find('"', from + 1) - from - 1));
    }
  }
  std::set<std::string> listed;
  for (const play::PointRow* point : all_flows().points()) listed.emplace(point->name);
  EXPECT_EQ(asked, listed);
}

TEST(Points, BadLuckAtAnyOfThemIsSurvivedAndEachIsReached) {
  // Those of another flow are its own tests' to reach.
  const play::Flows flows({&purchase::flow(), &spanning::flow()});
  for (const play::PointRow* row : flows.points()) {
    const play::PointRow& point = *row;
    if (point.service == "promotion") continue;  // tests/scenarios/promotions_test.cc
    Story story;
    if (point.name == "order: a close timer is lost")
      story.design("order.close_by", "delayed_timer").nobody_pays();
    const bool waits_for_its_money = point.name == "payment: another may be faster";
    if (waits_for_its_money || point.name == "refund: a refund is asked for again")
      paid_after_the_close(story);
    story.fault(faults::ForkTaken{std::string(point.name), "unlucky", {1, 2}}, {}, {}, minutes(40));
    const Played& day = story.shoppers(6).play();
    EXPECT_TRUE(clean(day)) << point.name;
    EXPECT_GT(day.reach.of(faults::FaultKind::fork).effective, 0u) << point.name;
  }
}

TEST(Points, LongWorkUnderALockIsSurvivedWhateverIsLocked) {
  const play::Scenario scenario = library().load("court_hour");
  for (const std::string_view design : all_flows().seam("booking.lock")->designs()) {
    play::Stage stage(all_flows(), scenario, {{{"booking.lock", std::string(design)}}, {}});
    play::PlayOptions options;
    options.faults = play::FaultMode::plan;
    options.plan.windows = {
        {"long",
         faults::ForkTaken{"booking: the work under the lock takes long", "unlucky", {1, 2}},
         {},
         {},
         minutes(1)}};
    const Played day = stage.play(options);
    EXPECT_TRUE(clean(day)) << design;
    EXPECT_GT(day.reach.of(faults::FaultKind::fork).effective, 0u) << design;
  }
}

}  // namespace
}  // namespace ordeal::test
