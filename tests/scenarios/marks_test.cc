// Every mark that code or a party reaches is a row that people can list and scenarios can hope for, and no row is of a
// mark that nobody reaches any more.
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "scenarios/flows/flows.h"
#include "tests/support/source_dir.h"

namespace ordeal {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// All quoted texts of the source, so that a mark chosen by a condition or kept in a table counts, too.
std::set<std::string> quoted_in(const std::string& folder) {
  static const std::regex quoted("\"((?:[^\"\\\\]|\\\\.)*)\"");
  std::set<std::string> texts;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(test::source_dir()) / folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".cc") || name == "marks.cc" || name == "machine_rows.cc") continue;
    const std::string text = slurp(entry.path());
    for (std::sregex_iterator at(text.begin(), text.end(), quoted), end; at != end; ++at)
      texts.insert((*at)[1].str());
  }
  return texts;
}

TEST(Marks, ThatCodeReachesHaveARow) {
  static const std::regex call("(?:sometimes|mark)\\(\"([^\"]*)\"");
  std::set<std::string> rows;
  for (const play::MarkRow* row : all_flows().marks()) rows.emplace(row->name);
  for (const char* folder : {"core", "sim", "scenarios/flows"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(test::source_dir()) / folder)) {
      if (entry.path().extension() != ".cc") continue;
      const std::string text = slurp(entry.path());
      for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at)
        EXPECT_TRUE(rows.contains((*at)[1].str())) << entry.path() << " reaches " << (*at)[1].str();
    }
  }
}

TEST(Marks, OfRowsAreReachedSomewhere) {
  std::set<std::string> texts;
  for (const char* folder : {"core", "sim", "scenarios"}) texts.merge(quoted_in(folder));
  for (const play::MarkRow* row : all_flows().marks())
    EXPECT_TRUE(texts.contains(std::string(row->name))) << row->name;
}

}  // namespace
}  // namespace ordeal
