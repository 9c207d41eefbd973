// Scenarios by name and by path, and what is said when there is none.
#include "scenarios/play/library.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "scenarios/play/bad_input.h"
#include "tests/support/shipped.h"

namespace ordeal::play {
namespace {

namespace fs = std::filesystem;

const fs::path kFiles = fs::path(test::source_dir()) / "scenarios/flows/purchase/scenarios";

void expect_refused(const fs::path& root, const std::string& what, ExitCode code, const std::string& words) {
  try {
    Library(all_flows(), {root}).load(what);
    FAIL() << what << " was found";
  } catch (const BadInput& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
  }
}

TEST(Library, ListsBySetThenByName) {
  const auto shelf = test::library().list();
  ASSERT_GE(shelf.size(), 2U);
  EXPECT_EQ(shelf.front().name, "corner_cart");
  EXPECT_EQ(shelf.front().set, "smoke");
}

TEST(Library, FindsByNameAndByPath) {
  const Library library = test::library();
  EXPECT_EQ(library.load("flash_sale").workloads.front().actors(), 500U);
  EXPECT_EQ(library.load((kFiles / "daily/flash_sale.json").string()).name, "flash_sale");
}

TEST(Library, MissingThingsAreNotFoundAndTheNearestIsNamed) {
  expect_refused(kFiles, "frist_sale", ExitCode::not_found, "did you mean  first_sale");
  expect_refused(kFiles, "zzzzzzzzzz", ExitCode::not_found, "no scenario \"zzzzzzzzzz\"");
  expect_refused(kFiles, "nowhere/shop.json", ExitCode::not_found, "nowhere/shop.json");
  expect_refused("nowhere", "first_sale", ExitCode::not_found, "--scenarios DIR");
}

TEST(Library, ADirectoryIsNoScenario) {
  expect_refused(kFiles, kFiles.string() + "/smoke", ExitCode::io, "cannot read");
}

TEST(Library, AFileIsNamedAsTheScenarioInIt) {
  const fs::path root = fs::path(testing::TempDir()) / "ordeal-library-test";
  fs::create_directories(root / "smoke");
  fs::copy_file(kFiles / "smoke/first_sale.json", root / "smoke/second_sale.json",
                fs::copy_options::overwrite_existing);
  expect_refused(root, "second_sale", ExitCode::data, "at $.name");
  fs::remove_all(root);
}

}  // namespace
}  // namespace ordeal::play
