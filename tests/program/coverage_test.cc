// `ordeal coverage` as a user runs it: lines that fit a terminal, a sum that is that of the lines, one item with all that
// runs it, and words for who asks wrongly.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "tests/program/program.h"
#include "tests/support/golden.h"

namespace ordeal::test {
namespace {

class Coverage : public Program {
 protected:
  Coverage() { ::setenv("COLUMNS", "80", 1); }
};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Characters: none of them takes two columns.
std::ptrdiff_t width(const std::string& line) {
  return std::count_if(line.begin(), line.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

TEST_F(Coverage, TellsOneLineAnItemAndASum) {
  const Ran ran = run({"coverage"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto lines = lines_of(ran.out);
  ASSERT_EQ(lines.size(), 173u + 3);  // and a heading, an empty line, the sum
  std::string head;
  for (std::size_t i = 0; i < 8; ++i) head += lines[i] + "\n";
  expect_golden("coverage.txt", head);
  EXPECT_TRUE(lines.back().find(" of 173 run, ") != std::string::npos) << lines.back();
}

TEST_F(Coverage, OfEachTableFitsEightyColumns) {
  for (const char* table : {"requirements", "failures", "invariants"}) {
    const Ran ran = run({"coverage", table});
    ASSERT_EQ(ran.code, 0) << ran.err;
    for (const std::string& line : lines_of(ran.out)) EXPECT_LE(width(line), 80) << line;
  }
}

TEST_F(Coverage, AddsUp) {
  for (const char* table : {"requirements", "failures", "invariants"}) {
    const auto json = run({"coverage", table, "--json"}).json();
    EXPECT_EQ(json.at("schema"), "ordeal/coverage/1");
    EXPECT_EQ(json.at("table"), table);
    std::map<std::string, std::size_t> by_state;
    for (const auto& item : json.at("items")) {
      ++by_state[item.at("state").get<std::string>()];
      EXPECT_EQ(item.at("state") == "not-yet", item.at("by").empty()) << item;
      EXPECT_EQ(item.at("state") == "run", item.at("missing") == "") << item;
    }
    const auto& sum = json.at("sum");
    EXPECT_EQ(sum.at("items"), json.at("items").size());
    EXPECT_EQ(sum.at("run"), by_state["run"]);
    EXPECT_EQ(sum.at("in_part"), by_state["in-part"]);
    EXPECT_EQ(sum.at("not_yet"), by_state["not-yet"]);
    for (const auto& [state, count] : by_state) {
      const Ran only = run({"coverage", table, "--only", state});
      EXPECT_EQ(lines_of(only.out).size(), count + 3) << table << " " << state;
      EXPECT_EQ(run({"coverage", table, "--only", state, "--json"}).json().at("items").size(), count);
    }
  }
}

TEST_F(Coverage, OfAnItemTellsAllThatRunsIt) {
  const Ran ran = run({"coverage", "--item", "A2"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  for (const char* words : {"A2  duplicate orders\nrun\n", "flaw      F-04: ", "lesson    duplicate-order: ",
                            "scenario  first_sale: ", "law       I-01 one-order-per-request: ",
                            "test      OneOrder.DoubleClickMakesOneOrder", "hunt first_sale --flaw F-04"})
    EXPECT_NE(ran.out.find(words), std::string::npos) << words << " is not in\n" << ran.out;
  for (const std::string& line : lines_of(ran.out)) EXPECT_LE(width(line), 80) << line;
  const auto json = run({"coverage", "--item", "I-10", "--json"}).json();
  EXPECT_EQ(json.at("table"), "invariants");
  ASSERT_EQ(json.at("items").size(), 1u);
  EXPECT_EQ(json.at("items")[0].at("id"), "I-10");
  EXPECT_GT(json.at("sum").at("items"), 1u);
}

// Whatever the rows name, the program has words for it.
TEST_F(Coverage, OfEveryItemIsTold) {
  for (const char* table : {"requirements", "failures", "invariants"}) {
    for (const auto& item : run({"coverage", table, "--json"}).json().at("items")) {
      const std::string id = item.at("id");
      const Ran ran = run({"coverage", table, "--item", id});
      EXPECT_EQ(ran.code, 0) << id << "\n" << ran.err;
      EXPECT_TRUE(ran.out.starts_with(id + "  ")) << ran.out;
      EXPECT_EQ(ran.out.find(", missing: ") != std::string::npos, item.at("missing") != "") << ran.out;
    }
  }
}

TEST_F(Coverage, SaysWhatWasMeant) {
  struct Case {
    std::vector<std::string> arguments;
    int code;
    const char* words;
  };
  for (const Case& one : std::vector<Case>{
           {{"coverage", "failure"}, 64, "did you mean  failures"},
           {{"coverage", "requirements", "failures"}, 64, "failures"},
           {{"coverage", "--only", "notyet"}, 64, "did you mean  not-yet"},
           {{"coverage", "--item", "F-1"}, 66, "did you mean  F-"},
           {{"coverage", "--item", "a31"}, 66, "did you mean  A31"},
           {{"coverage", "failures", "--item", "A2"}, 66, "see them all  ordeal coverage failures"},
           {{"coverage", "--item", "A2", "--only", "run"}, 64, "--only chooses among all"},
           {{"coverage", "--itme", "A2"}, 64, "did you mean  --item"},
       }) {
    const Ran ran = run(one.arguments);
    EXPECT_EQ(ran.code, one.code) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find(one.words), std::string::npos) << one.words << " is not in\n" << ran.err;
  }
}

}  // namespace
}  // namespace ordeal::test
