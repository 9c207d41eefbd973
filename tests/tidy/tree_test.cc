// The tree itself, read file by file against the rules; and the build files, for tests that would silently
// not run.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/source_dir.h"
#include "tests/tidy/checks.h"

namespace ordeal::tidy {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = test::source_dir();

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Text files that people write, as paths from the root, sorted. Build folders and hidden ones are left out.
std::vector<std::string> files() {
  static const std::set<std::string> kinds = {".h", ".cc", ".sh", ".py", ".json", ".md", ".txt", ".cmake"};
  std::vector<std::string> found;
  for (const char* top : {"core", "sim", "faults", "scenarios", "reports", "web", "tests"}) {
    if (!fs::exists(kRoot / top)) continue;
    for (auto at = fs::recursive_directory_iterator(kRoot / top); at != fs::recursive_directory_iterator();
         ++at) {
      const std::string name = at->path().filename().string();
      if (name.front() == '.' || name == "build" || name == "__pycache__" || name == "node_modules") {
        at.disable_recursion_pending();
      } else if (at->is_regular_file() && kinds.count(at->path().extension().string()) == 1) {
        found.push_back(fs::relative(at->path(), kRoot).generic_string());
      }
    }
  }
  for (const char* one : {"ordeal", ".ci/run", "packages.txt", "CMakeLists.txt", "CMakePresets.json",
                          "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"}) {
    if (fs::exists(kRoot / one)) found.push_back(one);
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(Tree, KeepsTheRules) {
  const std::vector<std::string> all = files();
  ASSERT_GT(all.size(), 20u) << "no tree at " << kRoot;
  for (const std::string& path : all) {
    for (const Finding& f : check_file(path, read(kRoot / path))) ADD_FAILURE() << to_string(f);
  }
}

// A folder of tests that no line of tests/CMakeLists.txt names would never be built, and nobody would notice. Those of
// tests/flows are built without being named, each with its own program.
TEST(Tree, EveryTestFolderIsBuilt) {
  const std::string build = read(kRoot / "tests/CMakeLists.txt");
  std::set<std::string> folders;
  std::set<std::string> flows;
  for (const std::string& path : files()) {
    if (path.rfind("tests/", 0) != 0 || path.size() <= 8 || path.substr(path.size() - 8) != "_test.cc")
      continue;
    const std::string folder = path.substr(6, path.find('/', 6) - 6);
    if (folder == "flows") {
      flows.insert(path.substr(0, path.find('/', 12)));
    } else {
      folders.insert(folder);
    }
  }
  for (const std::string& folder : folders) {
    EXPECT_NE(build.find("ordeal_test(" + folder + " "), std::string::npos)
        << "tests/" << folder << " holds tests, but tests/CMakeLists.txt has no ordeal_test(" << folder
        << " …)";
  }
  EXPECT_NE(build.find("LIST_DIRECTORIES true flows/*"), std::string::npos);
  for (const std::string& flow : flows)
    EXPECT_TRUE(fs::exists(kRoot / flow / "main.cc")) << flow << " holds tests, but no program";
}

}  // namespace
}  // namespace ordeal::tidy
