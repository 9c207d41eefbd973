#include "scenarios/cli/explore/explore_worlds.h"

#include <gtest/gtest.h>

namespace ordeal::cli {
namespace {

faults::SiteAsked asked(std::string site, faults::Question question) {
  faults::SiteAsked out;
  out.site = std::move(site);
  out.question = question;
  return out;
}

TEST(ExploreWorlds, ThePlaceOfASiteIsTheSameForEveryActor) {
  const auto place = [](const char* site) {
    return PlacesStruck::place_of(asked(site, faults::Question::sending));
  };
  EXPECT_EQ(place("caller-0/call-1 › ask"), place("caller-12/call-3 › ask"));
  EXPECT_NE(place("caller-0/call-1 › ask"), place("caller-0/call-1 › tell"));
}

TEST(ExploreWorlds, WhatIsDoneToADiskIsAnotherThingInAnotherJournalMode) {
  PlacesStruck struck;
  const faults::SiteAsked disk = asked("keeper › sync", faults::Question::disk);
  const faults::SiteAsked message = asked("keeper › answer", faults::Question::sending);
  EXPECT_EQ(struck.add(disk, faults::act::DiskStall{}, "wal"), 0U);
  EXPECT_EQ(struck.add(disk, faults::act::DiskStall{}, "wal"), 1U);
  EXPECT_EQ(struck.add(disk, faults::act::DiskStall{}, "delete"), 0U);
  EXPECT_EQ(struck.add(message, faults::act::Drop{}, "wal"), 0U);
  EXPECT_EQ(struck.add(message, faults::act::Drop{}, "delete"), 1U);
}

TEST(ExploreWorlds, TheOwnJournalModeComesFirstAndTurnsNoKnob) {
  const auto worlds = worlds_of({1, 7}, {"persist", "wal"}, "persist", 3);
  ASSERT_EQ(worlds.size(), 4U);
  EXPECT_TRUE(worlds[0].plan().knobs.empty());
  EXPECT_EQ(worlds[1].seed, 7U);
  EXPECT_EQ(worlds[3].actors, 3U);
  EXPECT_TRUE(worlds[1].as_written);
  EXPECT_EQ(worlds[2].plan().knobs.at("database.journal_mode"), "wal");
}

}  // namespace
}  // namespace ordeal::cli
