// The duty matrix of disks: nothing comes to worse than what is declared, and the declaration is not milder on
// a disk than it is. docs/disk-duties.md is what the matrix prints.
#include "scenarios/duties/disk_duties.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/source_dir.h"

namespace ordeal::duties {
namespace {

using faults::FaultKind;
using sim::JournalMode;
using sim::Synchronous;

// The whole matrix, once: everything that needs all of it stands in this test.
TEST(DiskDuties, EveryFaultComesToWhatIsDeclaredAndTheDocumentSaysSo) {
  const std::vector<DutyCell> cells = play_all_duties();
  for (const std::string& line : broken_duties(cells)) ADD_FAILURE() << line;
  for (const DutyCell& cell : cells) {
    const bool never_syncs = cell.setting.synchronous == Synchronous::off;
    EXPECT_EQ(cell.points == 0, never_syncs && cell.kind == FaultKind::disk_lie)
        << faults::name_of(cell.kind);
  }
  std::ifstream file(test::source_dir() + "/docs/disk-duties.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::string now = duties_markdown(cells);
  if (text.str() == now) return;
  const std::string place = testing::TempDir() + "disk-duties.md";
  std::ofstream(place) << now;
  ADD_FAILURE() << "docs/disk-duties.md is old. What the command prints now lies in " << place
                << "; or make it anew with  ./ordeal list disk-duties > docs/disk-duties.md";
}

TEST(DiskDuties, WhatTheServicesRunOnSurvivesPowerLossAndDetectsDamagedPages) {
  for (const DutyCell& cell : play_duties({JournalMode::del, Synchronous::durable})) {
    const bool on_a_page = cell.kind == FaultKind::disk_rot || cell.kind == FaultKind::disk_torn_write ||
                           cell.kind == FaultKind::disk_misdirected_read;
    if (cell.kind == FaultKind::disk_crash_outcome) {
      EXPECT_EQ(cell.worst(), DiskOutcome::held);
    } else if (on_a_page) {
      EXPECT_EQ(cell.worst(), DiskOutcome::detected) << faults::name_of(cell.kind);
    }
  }
}

// The tests above can fail: a declaration that promises more, and one that promises less, are both refused.
TEST(DiskDuties, AWrongDeclarationIsRefused) {
  const auto cells = play_duties({JournalMode::wal, Synchronous::full});
  const auto better = [](FaultKind kind, const DiskSetting& setting) {
    return kind == FaultKind::disk_lost_write ? DiskOutcome::held : worst_declared(kind, setting);
  };
  const auto broken = broken_duties(cells, better);
  ASSERT_EQ(broken.size(), 1u);
  EXPECT_NE(
      broken.front().find("disk_lost_write in WAL with synchronous=FULL is declared \"held\" and comes to"),
      std::string::npos)
      << broken.front();
  const auto worse = [](FaultKind kind, const DiskSetting& setting) {
    return kind == FaultKind::disk_short_read ? DiskOutcome::wrong : worst_declared(kind, setting);
  };
  EXPECT_EQ(broken_duties(cells, worse).size(), 1u);
}

}  // namespace
}  // namespace ordeal::duties
