// packages.txt against the tree: what a build or script asks for stands there, in a section that is installed by then.
#include "tests/tidy/packages.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/source_dir.h"
#include "tests/tidy/rules.h"

namespace ordeal::tidy {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = test::source_dir();

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::map<std::string, std::string> listed() { return read_packages(read(kRoot / "packages.txt")); }

std::set<std::string> whats(const std::vector<Need>& needs) {
  std::set<std::string> names;
  for (const Need& n : needs) names.insert(n.what);
  return names;
}

TEST(Packages, WhatTheTreeAsksForIsListed) {
  std::vector<std::string> paths = {"CMakeLists.txt", "CMakePresets.json", "ordeal", ".ci/run"};
  for (const auto& file : fs::recursive_directory_iterator(kRoot / "tests")) {
    const std::string ending = file.path().extension().string();
    if (ending == ".sh" || ending == ".py" || ending == ".cmake" ||
        file.path().filename() == "CMakeLists.txt") {
      paths.push_back(fs::relative(file.path(), kRoot).generic_string());
    }
  }
  for (const std::string& path : paths) {
    const std::string text = read(kRoot / path);
    EXPECT_FALSE(needs_of(path, text).empty()) << path << ": nothing found in it; is it read at all?";
    for (const Finding& f : check_needs(path, text, listed())) ADD_FAILURE() << to_string(f);
  }
}

// Headers are needed to compile, found by cmake or not.
TEST(Packages, EveryLibraryIsThereToBuildWith) {
  const auto packages = listed();
  for (const Library& library : libraries()) {
    if (library.package.empty()) continue;
    const auto at = packages.find(std::string(library.package));
    ASSERT_NE(at, packages.end()) << library.header << " needs " << library.package;
    EXPECT_TRUE(at->second == "build" || at->second == "bench-optional")
        << library.header << " comes too late";
  }
}

TEST(Packages, WhatIsMissingOrTooLateIsFound) {
  const std::map<std::string, std::string> packages = {
      {"g++", "build"}, {"libfmt-dev", "test"}, {"python3", "test"}, {"libsimgrid-dev", "bench-optional"}};
  const auto findings = [&](std::string_view path, std::string_view text) {
    return check_needs(path, text, packages).size();
  };
  EXPECT_EQ(findings("CMakeLists.txt", "find_package(fmt REQUIRED)"), 1u);  // in [test]: too late
  EXPECT_EQ(findings("CMakeLists.txt", "find_package(fmt)"), 0u);           // does without
  EXPECT_EQ(findings("CMakeLists.txt", "find_library(X simgrid)"), 0u);
  EXPECT_EQ(findings("CMakeLists.txt", "find_library(X simgrid\n  REQUIRED)"), 1u);
  EXPECT_EQ(findings("CMakeLists.txt", "find_package(OpenSSL)"), 1u);    // in no section
  EXPECT_EQ(findings("CMakeLists.txt", "find_package(Nonesuch)"), 1u);   // in no table
  EXPECT_EQ(findings("CMakeLists.txt", "# find_package(OpenSSL)"), 0u);  // a remark
  EXPECT_EQ(findings("CMakeLists.txt", "find_package(Python3 REQUIRED)"), 1u);
  EXPECT_EQ(findings("tests/CMakeLists.txt", "add_test(NAME n COMMAND python3 x.py)"), 0u);
  EXPECT_EQ(findings("tests/CMakeLists.txt", "add_custom_target(n COMMAND python3 x.py)"), 1u);
  EXPECT_EQ(findings("tests/CMakeLists.txt", "add_executable(own a.cc)\nadd_test(NAME n COMMAND own)"), 0u);
  EXPECT_EQ(findings("CMakePresets.json", R"({"name": "release", "generator": "Ninja"})"), 1u);
  EXPECT_EQ(findings("CMakePresets.json",
                     R"({"name": "release", "cacheVariables": {"CMAKE_CXX_COMPILER": "g++"}})"),
            0u);
  EXPECT_EQ(findings("ordeal", "#!/bin/bash\npython3 x.py\n"), 1u);  // the wrapper has [build] alone
  EXPECT_EQ(findings("tests/x.sh", "#!/bin/bash\npython3 x.py\n"), 0u);
  EXPECT_EQ(findings("tests/x.py", "import json, sys\nimport jsonschema\n"), 1u);
}

TEST(Packages, CommandsOfAScriptAreFound) {
  const std::set<std::string> found = whats(shell_commands(R"sh(#!/usr/bin/env bash
# remark about nothing
say() { printf '%s' "$*" >&2; }
list=(not these "$(but_this)")
if ! one --flag; then two | three; fi
value="$(four "$(five)" 2>/dev/null)" && six <file || exec 9>seven_not
seven 2>&1
while read -r word; do eight; done < <(nine "$word")
case "$value" in
  not_this) ten ;;
  nor | this)
    say no
    eleven
    ;;
esac
cat >out <<CODE
not_here $x
CODE
[[ "$value" == nor_this && -n "$(twelve)" ]] || env LC_ALL=C thirteen --x
(cd there && fourteen)
for x in not these; do "$x"; ./not; done
count=$((not + these)); if ((count > these)); then fifteen; fi
say cmake 'not
this' "not
that"; sixteen
)sh"));
  const std::set<std::string> expected = {
      "but_this", "one",    "two", "three",  "four", "five",  "six",      "seven",   "eight",    "nine",
      "ten",      "eleven", "cat", "twelve", "env",  "cmake", "fourteen", "fifteen", "thirteen", "sixteen"};
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace ordeal::tidy
