// Workers deliver every finished line, a crash is blamed on the seed that was playing, and none is left behind.
#include "scenarios/cli/hunt/workers.h"

#include <csignal>
#include <cstdlib>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenarios/cli/interrupts.h"

namespace ordeal::cli {
namespace {

std::multiset<std::string> everything(Workers& workers) {
  std::multiset<std::string> lines;
  while (workers.running()) workers.wait(1'000, [&](const std::string& line) { lines.insert(line); });
  return lines;
}

bool no_child_left() { return ::waitpid(-1, nullptr, WNOHANG) == -1; }

TEST(Workers, PlayEverySeedOnceForAnyCount) {
  for (const unsigned count : {1U, 2U, 3U, 7U, 64U}) {
    Workers workers({10, 29}, count, [](std::uint64_t seed) { return std::to_string(seed); });
    const auto lines = everything(workers);
    EXPECT_EQ(lines.size(), 20U);
    EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), 20U) << count;
    EXPECT_FALSE(workers.crash());
  }
  EXPECT_TRUE(no_child_left());
}

TEST(Workers, TheLastSeedOfAllIsPlayed) {
  Workers workers({UINT64_MAX - 2, UINT64_MAX}, 2, [](std::uint64_t seed) { return std::to_string(seed); });
  EXPECT_EQ(everything(workers).size(), 3U);
}

TEST(Workers, LongLinesArriveWhole) {
  Workers workers({1, 4}, 2,
                  [](std::uint64_t seed) { return std::string(300'000, static_cast<char>('a' + seed)); });
  for (const std::string& line : everything(workers)) EXPECT_EQ(line.size(), 300'000U);
}

TEST(Workers, ACrashNamesItsSeedAndLosesNoFinishedLine) {
  Workers workers({1, 20}, 2, [](std::uint64_t seed) {
    if (seed == 8) {
      std::signal(SIGABRT, SIG_DFL);
      std::abort();
    }
    return std::to_string(seed);
  });
  const auto lines = everything(workers);
  ASSERT_TRUE(workers.crash());
  EXPECT_EQ(workers.crash()->seed, 8U);
  EXPECT_NE(workers.crash()->how.find("signal 6"), std::string::npos);
  EXPECT_EQ(lines.size(), 10U + 3U);  // all odd seeds, and 2, 4, 6
}

TEST(Workers, StopEndsEachAfterItsTrial) {
  Workers workers({1, INT64_MAX}, 2, [](std::uint64_t seed) { return std::to_string(seed); });
  std::set<std::string> lines;
  while (lines.size() < 10) workers.wait(1'000, [&](const std::string& line) { lines.insert(line); });
  workers.stop();
  while (workers.running()) workers.wait(1'000, [&](const std::string& line) { lines.insert(line); });
  EXPECT_FALSE(workers.crash());
  EXPECT_TRUE(no_child_left());
}

TEST(Workers, ADestroyedHuntLeavesNobody) {
  {
    Workers workers({1, INT64_MAX}, 3, [](std::uint64_t seed) { return std::to_string(seed); });
  }
  EXPECT_TRUE(no_child_left());
}

TEST(Workers, IgnoreCtrlC) {
  Workers workers({1, 1}, 1, [](std::uint64_t) -> std::string {
    std::raise(SIGINT);
    return "alive";
  });
  EXPECT_EQ(everything(workers), std::multiset<std::string>{"alive"});
}

}  // namespace
}  // namespace ordeal::cli
