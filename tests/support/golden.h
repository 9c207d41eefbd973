// Golden files: what a writer should write, kept in tests/golden/. A difference is a failure that shows the first line of both.
// When the new text is right, write it down with
//   ORDEAL_UPDATE_GOLDEN=1 ctest --test-dir build/release -R '^reports\.'
// and read the change with git diff before it is committed.
#pragma once

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/source_dir.h"

namespace ordeal::test {

inline std::string line_at(std::string_view text, std::size_t number) {
  std::istringstream in{std::string(text)};
  std::string line;
  for (std::size_t i = 0; i <= number; ++i) {
    if (!std::getline(in, line)) return "(the text is over)";
  }
  return line;
}

inline void expect_golden(std::string_view name, std::string_view text) {
  const std::string path = test::source_dir() + "/tests/golden/" + std::string(name);
  if (const char* update = std::getenv("ORDEAL_UPDATE_GOLDEN"); update != nullptr && *update != '\0') {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  std::stringstream golden;
  golden << in.rdbuf();
  ASSERT_TRUE(in) << "no golden file " << path;
  if (golden.str() == text) return;
  std::size_t line = 0;
  while (line_at(golden.str(), line) == line_at(text, line)) ++line;
  FAIL() << name << " differs in line " << line + 1 << "\n  golden  " << line_at(golden.str(), line)
         << "\n  now     " << line_at(text, line) << "\nIs the new text right? See tests/support/golden.h.";
}

}  // namespace ordeal::test
