// Proof of the disk: every I/O point of a small history, before and after, times every way a power loss can
// leave the unsynced sectors, in every journal mode. Cost: points × 2 × (2 + 2 × writes + 2 × sectors) runs,
// twice where names are pending.
#include <cstdio>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/disk/history.h"

namespace ordeal::sim {
namespace {

struct Counts {
  std::uint32_t points = 0;
  std::uint32_t runs = 0;
  std::uint32_t kept_in_flight = 0;  // runs in which the transaction in flight survived
  std::uint32_t broken = 0;
  std::string first_broken;
};

void count(Counts& counts, const CrashRun& run, const CrashPlan& plan) {
  ++counts.runs;
  if (run.holds == run.acknowledged + 1) ++counts.kept_in_flight;
  if (run.wrong.empty()) return;
  if (counts.broken++ > 0) return;
  const Outcome& out = plan.outcome;
  counts.first_broken = run.wrong + " [I/O " + std::to_string(plan.crashes.back().at_op) +
                        (plan.crashes.back().after ? " after" : " before") + ", outcome " +
                        std::to_string(static_cast<int>(out.kind)) + ' ' + out.file + ' ' +
                        std::to_string(out.write) + '/' + std::to_string(out.sector) +
                        (out.names_survive ? "" : ", names lost") + ']';
}

// All outcomes of one crash, given what was pending when everything was lost.
std::vector<Outcome> outcomes_of(const CrashRun& probe) {
  using Kind = Outcome::Kind;
  std::vector<Outcome> outcomes{{.kind = Kind::nothing}, {.kind = Kind::everything}};
  std::set<std::pair<std::string, std::uint32_t>> writes;
  for (const PendingSector& sector : probe.pending) {
    if (writes.emplace(sector.file, sector.write).second) {
      outcomes.push_back({.kind = Kind::one_write_kept, .file = sector.file, .write = sector.write});
      outcomes.push_back({.kind = Kind::one_write_lost, .file = sector.file, .write = sector.write});
    }
    const std::uint32_t torn_bytes = sector.sector % 2 == 0 ? 13 : 200;
    for (const Kind kind : {Kind::one_torn_of_lost, Kind::one_torn_of_kept}) {
      outcomes.push_back({kind, sector.file, sector.write, sector.sector, torn_bytes});
    }
  }
  if (probe.names_pending) {
    const std::size_t all = outcomes.size();
    for (std::size_t i = 0; i < all; ++i) {
      outcomes.push_back(outcomes[i]);
      outcomes.back().names_survive = false;
    }
  }
  return outcomes;
}

Counts enumerate(History& history) {
  Counts counts;
  const CrashRun clean = history.play({});
  counts.points = clean.ops.front();
  for (std::uint32_t op = 0; op < counts.points; ++op) {
    for (const bool after : {false, true}) {
      CrashPlan plan{.crashes = {{op, after}}};
      for (const Outcome& outcome : outcomes_of(history.play(plan))) {
        plan.outcome = outcome;
        count(counts, history.play(plan), plan);
      }
    }
  }
  return counts;
}

// A second crash at every I/O of the recovery from the first.
Counts enumerate_recovery(History& history) {
  Counts counts;
  const std::uint32_t first_points = history.play({}).ops.front();
  for (std::uint32_t first = 0; first < first_points; ++first) {
    const std::uint32_t points =
        history.play({.crashes = {{first, true}}, .outcome = {.kind = Outcome::Kind::everything}}).ops.at(1);
    for (std::uint32_t op = 0; op < points; ++op) {
      ++counts.points;
      for (const auto kind : {Outcome::Kind::nothing, Outcome::Kind::everything}) {
        const CrashPlan plan{.crashes = {{first, true}, {op, true}}, .outcome = {.kind = kind}};
        const CrashRun run = history.play(plan);
        EXPECT_EQ(run.crashes, 2);
        count(counts, run, plan);
      }
    }
  }
  return counts;
}

// Where powersafe overwrite is not promised SQLite pads its log to whole sectors.
struct Ground {
  JournalMode mode;
  bool powersafe_overwrite;
};

std::string name_of_ground(const testing::TestParamInfo<Ground>& info) {
  return std::string(name_of(info.param.mode)) + (info.param.powersafe_overwrite ? "" : "Padded");
}

class CrashEnumeration : public testing::TestWithParam<Ground> {
 protected:
  static History history() {
    DiskOptions disk;
    disk.powersafe_overwrite = GetParam().powersafe_overwrite;
    return {GetParam().mode, Synchronous::durable, disk};
  }
  void say(const char* what, const Counts& counts) const {
    std::printf("[ crashes  ] %-8s %s: %u I/O points, %u runs, in flight survived in %u, broken %u\n",
                std::string(name_of(GetParam().mode)).c_str(), what, counts.points, counts.runs,
                counts.kept_in_flight, counts.broken);
  }
};

TEST_P(CrashEnumeration, EveryCrashLeavesTheAcknowledgedStateOrOneMore) {
  History played = history();
  const Counts counts = enumerate(played);
  say("history", counts);
  EXPECT_GT(counts.points, 20u);
  EXPECT_GT(counts.runs, 10 * counts.points);
  EXPECT_GT(counts.kept_in_flight, 0u);
  EXPECT_LT(counts.kept_in_flight, counts.runs);
  EXPECT_EQ(counts.broken, 0u) << counts.first_broken;
}

TEST_P(CrashEnumeration, ACrashDuringRecoveryIsNoWorse) {
  History played = history();
  const Counts counts = enumerate_recovery(played);
  say("recovery", counts);
  EXPECT_GT(counts.points, 0u);
  EXPECT_EQ(counts.broken, 0u) << counts.first_broken;
}

// The check can fail: a disk that lies about syncs loses what was acknowledged.
TEST_P(CrashEnumeration, FindsTheLossWhenSyncsLie) {
  History played = history();
  Counts counts;
  const std::uint32_t points = played.play({}).ops.front();
  for (std::uint32_t op = 0; op < points; ++op) {
    const CrashPlan plan{.crashes = {{op, false}}, .outcome = {.names_survive = false}, .syncs_lie = true};
    count(counts, played.play(plan), plan);
  }
  say("lying syncs", counts);
  EXPECT_GT(counts.broken, 0u);
}

// What the disk promises reaches SQLite: where it promises less, more is written for the same history.
TEST(PaddedLog, IsLongerThanOneThatNeedsNoPadding) {
  DiskOptions less;
  less.powersafe_overwrite = false;
  const auto operations = [](const DiskOptions& disk) {
    return History(JournalMode::wal, Synchronous::durable, disk).play({}).ops.front();
  };
  EXPECT_GT(operations(less), operations({}));
}

INSTANTIATE_TEST_SUITE_P(Modes, CrashEnumeration,
                         testing::Values(Ground{JournalMode::wal, true}, Ground{JournalMode::wal, false},
                                         Ground{JournalMode::del, true}, Ground{JournalMode::truncate, true},
                                         Ground{JournalMode::persist, true}),
                         name_of_ground);

// DELETE with synchronous=FULL removes its journal without a directory sync (SQLite syncs it only with
// EXTRA): when the name comes back, the next boot rolls an acknowledged transaction back. The enumeration
// must see that.
TEST(DeleteJournal, FullIsNotDurableWhenARemovedNameComesBack) {
  History history(JournalMode::del, Synchronous::full);
  const Counts counts = enumerate(history);
  EXPECT_GT(counts.broken, 0u);
  EXPECT_NE(counts.first_broken.find("lost an acknowledged transaction"), std::string::npos)
      << counts.first_broken;
  EXPECT_NE(counts.first_broken.find("names lost"), std::string::npos) << counts.first_broken;
}

}  // namespace
}  // namespace ordeal::sim
