// Files are whole or not there; a run directory that cannot be written is remembered and never thrown.
#include "scenarios/cli/files.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "scenarios/cli/run_directory.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() : root_(fs::path(testing::TempDir()) / ("ordeal-files-" + std::to_string(::getpid()))) {
    fs::create_directories(root_);
  }
  ~Files() override { fs::remove_all(root_); }

  static std::string slurp(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }

  fs::path root_;
};

TEST_F(Files, AreReplacedWholeAndLeaveNothingBeside) {
  write_whole(root_ / "a.json", "one");
  write_whole(root_ / "a.json", "two");
  EXPECT_EQ(slurp(root_ / "a.json"), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 1);
}

TEST_F(Files, AFailureNamesTheFile) {
  try {
    write_whole(root_ / "missing" / "a.json", "x");
    FAIL();
  } catch (const IoError& error) {
    EXPECT_NE(std::string(error.what()).find("missing/a.json"), std::string::npos) << error.what();
  }
}

TEST_F(Files, LinesAreAppended) {
  LineFile one(root_ / "lines"), two(root_ / "lines");
  one.append("1");
  two.append("2");
  one.append("3");
  EXPECT_EQ(slurp(root_ / "lines"), "1\n2\n3\n");
}

TEST_F(Files, RunsHaveTheirOwnDirectoriesAndTheLatestIsKnown) {
  RunDirectory first(root_ / "runs", "hunt-x");
  first.write(repro_name("I-10 no-oversell"), "{}");
  first.mark_latest(true);
  RunDirectory second(root_ / "runs", "hunt-x");
  second.mark_latest(false);
  EXPECT_NE(first.path(), second.path());
  EXPECT_FALSE(first.trouble());
  const auto failed = find_repros("last-failed", root_ / "runs");
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].filename(), "I-10-no-oversell.repro.json");
  EXPECT_EQ(find_repros(first.path().string(), root_).size(), 1U);
  EXPECT_THROW(find_repros("latest", root_ / "runs"), play::BadInput);  // found nothing
  EXPECT_THROW(find_repros("lates", root_ / "runs"), play::BadInput);
}

TEST_F(Files, ARunDirectoryThatCannotBeMadeIsRememberedNotThrown) {
  write_whole(root_ / "file", "not a directory");
  RunDirectory runs(root_ / "file" / "runs", "hunt-x");
  EXPECT_FALSE(runs.usable());
  EXPECT_FALSE(runs.write("hunt.json", "{}"));
  runs.mark_latest(true);
  ASSERT_TRUE(runs.trouble());
  EXPECT_NE(runs.trouble()->find((root_ / "file" / "runs").string()), std::string::npos);
}

}  // namespace
}  // namespace ordeal::cli
