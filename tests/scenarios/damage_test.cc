// What a damaged disk means for the verdict of a trial: detected damage is inconclusive and named, a loss that a
// fault may cause is no violation, and nothing else is forgiven.
#include <algorithm>

#include <gtest/gtest.h>

#include "scenarios/play/disk_duty.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::Played;
using sim::FindingKind;

const sim::Finding* finding(const Played& day, std::string_view name) {
  for (const sim::Finding& one : day.trial.findings) {
    if (one.invariant == name) return &one;
  }
  return nullptr;
}

faults::Scope disk_of(const char* host) { return {.hosts = {host}, .from = {}, .to = {}, .file = "*.db"}; }

TEST(DamagedDisk, RotIsDetectedAndTheTrialIsInconclusive) {
  Story story;
  const Played& day =
      story.shoppers(3).fault(faults::DiskRot{Ratio::one(), 8}, disk_of("inventory-1")).play();
  EXPECT_FALSE(day.trial.broken) << *day.trial.broken;
  EXPECT_EQ(day.trial.verdict, sim::Verdict::inconclusive) << findings_of(day);
  const sim::Finding* found = finding(day, "detected damage");
  ASSERT_NE(found, nullptr) << findings_of(day);
  EXPECT_EQ(found->message.find("detected damage in inventory.db: page "), 0u) << found->message;
  EXPECT_GT(day.trial.marks.at("damage detected"), 0u);
  EXPECT_EQ(day.counts.at("orders_paid"), 0) << "nobody sells from a damaged stock";
}

TEST(DamagedDisk, ItReplaysFromItsStrikes) {
  Story story;
  const Played first = story.shoppers(3).fault(faults::DiskRot{{1, 4}, 8}, disk_of("order-1")).play();
  ASSERT_FALSE(first.fired.empty());
  Story again;
  again.shoppers(3);
  for (const faults::FiredStrike& fired : first.fired) again.strike(fired.strike);
  const Played& second = again.play();
  EXPECT_TRUE(second.unmatched.empty());
  EXPECT_EQ(second.trial.trace_hash, first.trial.trace_hash);
}

TEST(DamagedDisk, ShortReadsAreNoTrouble) {
  Story story;
  const Played& day = story.shoppers(3).fault(faults::DiskShortRead{Ratio::one()}).play();
  EXPECT_EQ(day.trial.verdict, sim::Verdict::pass) << findings_of(day);
  EXPECT_EQ(day.counts.at("orders_paid"), 3);
}

std::vector<sim::Finding> judged(std::vector<sim::Finding> findings,
                                 const std::vector<sim::DamageFound>& found,
                                 const std::vector<faults::Action>& struck) {
  std::vector<faults::FiredStrike> fired;
  for (const faults::Action& action : struck) fired.push_back({{"somewhere", 0, action}, "w"});
  play::apply_duties(findings, found, fired, {sim::JournalMode::del, sim::Synchronous::durable}, 7);
  return findings;
}

const std::vector<sim::Finding> kOversold{{"I-10 no-oversell", FindingKind::safety, 1, "oversold", {}}};
const std::vector<sim::Finding> kStuck{{"deadlock", FindingKind::liveness, 1, "stuck", {}}};

TEST(Duties, AViolationStaysOneUnderFaultsThatMustBeSurvivedOrDetected) {
  EXPECT_EQ(judged(kOversold, {}, {}).front().kind, FindingKind::safety);
  EXPECT_EQ(judged(kOversold, {}, {faults::act::DiskFail{}}).front().kind, FindingKind::safety);
  EXPECT_EQ(judged(kOversold, {}, {faults::act::DiskRot{}}).front().kind, FindingKind::safety)
      << "rot must be detected: silence is a violation";
  EXPECT_EQ(judged(kOversold, {{"order.db", 3, "page 3"}}, {faults::act::DiskRot{}}).front().kind,
            FindingKind::safety)
      << "detection excuses a service that stopped, not a wrong answer";
}

TEST(Duties, WhatMayBeLostIsNoViolation) {
  const auto findings = judged(kOversold, {}, {faults::act::DiskLie{}});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.front().kind, FindingKind::inconclusive);
  EXPECT_EQ(findings.front().evidence.front().first, "no violation because");
}

TEST(Duties, DetectedDamageExplainsAServiceThatStopped) {
  const auto findings = judged(kStuck, {{"order.db", 3, "page 3 does not carry its checksum"}}, {});
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].kind, FindingKind::inconclusive);
  EXPECT_EQ(findings[1].message, "detected damage in order.db: page 3 does not carry its checksum");
  EXPECT_EQ(judged(kStuck, {}, {}).front().kind, FindingKind::liveness);
}

}  // namespace
}  // namespace ordeal::test
