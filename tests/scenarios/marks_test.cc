// Every mark that code or a party reaches is a row that people can list and scenarios can hope for, and no row is of a
// mark that nobody reaches any more.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string_view>

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

// Where the text that opens at `open` (its first character) ends: the next quote that is not escaped.
std::size_t closing_quote(std::string_view text, std::size_t open) {
  while (open < text.size() && text[open] != '"') open += text[open] == '\\' ? 2 : 1;
  return std::min(open, text.size());
}

// All quoted texts of the source, so that a mark chosen by a condition or kept in a table counts, too.
std::set<std::string> quoted_in(const std::string& folder) {
  std::set<std::string> texts;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(test::source_dir()) / folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".cc") || name == "marks.cc" || name == "machine_rows.cc") continue;
    const std::string text = slurp(entry.path());
    for (std::size_t at = text.find('"'); at != std::string::npos;) {
      const std::size_t end = closing_quote(text, at + 1);
      texts.insert(text.substr(at + 1, end - at - 1));
      at = end < text.size() ? text.find('"', end + 1) : std::string::npos;
    }
  }
  return texts;
}

// The marks that the text reaches by name: what stands as the first argument of sometimes("...") and mark("...").
std::set<std::string> called_in(const std::string& text) {
  std::set<std::string> names;
  for (const std::string_view call : {"sometimes(\"", "mark(\""}) {
    for (std::size_t at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
      const std::size_t from = at + call.size();
      names.insert(text.substr(from, closing_quote(text, from) - from));
    }
  }
  return names;
}

TEST(Marks, ThatCodeReachesHaveARow) {
  std::set<std::string> rows;
  for (const play::MarkRow* row : all_flows().marks()) rows.emplace(row->name);
  for (const char* folder : {"core", "sim", "scenarios/flows"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(test::source_dir()) / folder)) {
      if (entry.path().extension() != ".cc") continue;
      for (const std::string& name : called_in(slurp(entry.path())))
        EXPECT_TRUE(rows.contains(name)) << entry.path() << " reaches " << name;
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
