// What `ordeal coverage` tells is true: the tables hold just what was asked for, every thing that a row names is there and runs
// in `./ordeal test`, and nothing is called run of which something is missing.
//
// That scenarios run is DoubtfulCommits (all of them), that flaws do is Flaws, that laws do is Reject: each goes through the rows.
#include "scenarios/play/coverage.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/shipped.h"

namespace ordeal::play {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Of "Suite, Name" behind a macro at the beginning of a line. By hand: g++ 12 with sanitizers warns of std::regex.
void add_tests(const std::string& text, std::set<std::string>& found) {
  for (const std::string_view macro : {"TEST(", "TEST_F(", "TEST_P(", "RC_GTEST_PROP("}) {
    for (auto at = text.find(macro); at != std::string::npos; at = text.find(macro, at + 1)) {
      if (at != 0 && text[at - 1] != '\n') continue;
      const auto suite = at + macro.size();
      const auto comma = text.find(',', suite);
      const auto name = text.find_first_not_of(" \n", comma + 1);
      const auto end = text.find_first_of(",) \n", name);
      if (end == std::string::npos) return;
      found.insert(text.substr(suite, comma - suite) + "." + text.substr(name, end - name));
    }
  }
}

// "Suite.Name" of every test in the sources.
const std::set<std::string>& tests() {
  static const std::set<std::string> names = [] {
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(test::source_dir()) / "tests")) {
      if (entry.is_regular_file() && entry.path().filename().string().ends_with("_test.cc"))
        add_tests(read(entry.path()), found);
    }
    return found;
  }();
  return names;
}

std::set<std::string> ways_of(const std::vector<ForkRow>& forks) {
  std::set<std::string> ways;
  for (const ForkRow& fork : forks) {
    for (const std::string_view way : fork.ways)
      ways.insert(std::string(fork.name) + ": " + std::string(way));
  }
  return ways;
}

// What there is, by kind.
using Things = std::map<CoverKind, std::set<std::string>>;

Things things(const Flows& flows, const Library& library) {
  Things all;
  for (const FlawRow* flaw : flows.flaws()) all[CoverKind::flaw].emplace(flaw->id);
  for (const ShelfMark& mark : library.list()) all[CoverKind::scenario].insert(mark.name);
  for (const SeamRow* seam : flows.seams()) {
    for (const std::string_view design : seam->designs())
      all[CoverKind::design].insert(std::string(seam->name) + "=" + std::string(design));
  }
  for (const PartyRow* party : flows.parties()) all[CoverKind::fork].merge(ways_of(party->forks));
  for (const WorkloadRow* crowd : flows.workloads()) all[CoverKind::fork].merge(ways_of(crowd->forks));
  for (const MachineRow* machine : flows.machines()) all[CoverKind::machine].emplace(machine->name);
  for (const LawRow* law : flows.laws()) all[CoverKind::law].emplace(law->name);
  all[CoverKind::test] = tests();
  return all;
}

// What is wrong with the rows of these flows; each line names the row.
std::vector<std::string> complaints(const Flows& flows, const Things& there) {
  std::vector<std::string> wrong;
  std::set<std::string_view> items;
  for (const CoverTable& table : asked_for(flows)->tables) {
    for (const CoverItem& item : table.items) {
      if (!items.insert(item.id).second) wrong.push_back(std::string(item.id) + ": is there twice");
    }
  }
  for (const Flow* flow : flows.all()) {
    std::set<std::string_view> seen;
    for (const CoverRow& row : flow->covers) {
      const std::string id(row.item);
      if (!items.contains(row.item)) wrong.push_back(id + ": nobody asked for it");
      if (!seen.insert(row.item).second) wrong.push_back(id + ": two rows of " + std::string(flow->name));
      if (row.by.empty()) wrong.push_back(id + ": a row without anything");
      for (const Cover& one : row.by) {
        const auto kind = there.find(one.kind);
        const std::string what = std::string(name_of(one.kind)) + " " + std::string(one.name);
        if (kind == there.end() || !kind->second.contains(std::string(one.name)))
          wrong.push_back(id + ": no " + what);
        if (std::count(row.by.begin(), row.by.end(), one) > 1) wrong.push_back(id + ": twice " + what);
      }
    }
  }
  return wrong;
}

// Of the kinds that tests go through one by one: a design or a way that nobody plays proves nothing.
bool runs_in_tests(const Cover& one) {
  return one.kind == CoverKind::flaw || one.kind == CoverKind::scenario || one.kind == CoverKind::law ||
         one.kind == CoverKind::test;
}

// What is wrong with how the items of a table stand.
std::vector<std::string> contradictions(const Flows& flows, const CoverTable& table) {
  std::vector<std::string> wrong;
  for (const Covered& one : covered(flows, table)) {
    const std::string id(one.item->id);
    if (one.state == CoverState::not_yet && one.item->missing.empty())
      wrong.push_back(id + ": nothing runs it, and nothing is said to be missing");
    if (one.state == CoverState::run && std::none_of(one.by.begin(), one.by.end(), runs_in_tests))
      wrong.push_back(id + ": nothing of what runs it is sure to run in ./ordeal test");
  }
  return wrong;
}

const CoverTable& table(std::string_view name) {
  const auto& tables = asked_for(all_flows())->tables;
  return *std::find_if(tables.begin(), tables.end(), [&](const CoverTable& one) { return one.name == name; });
}

std::vector<std::string> ids_of(std::string_view name) {
  std::vector<std::string> ids;
  for (const CoverItem& item : table(name).items) ids.emplace_back(item.id);
  return ids;
}

using Lines = std::vector<std::string>;

TEST(Coverage, HoldsJustWhatWasAskedFor) {
  Lines requirements;
  for (const auto& [letter, last] : {std::pair('A', 40), {'B', 38}, {'C', 40}, {'D', 19}, {'E', 36}}) {
    for (int i = 1; i <= last; ++i) requirements.push_back(letter + std::to_string(i));
  }
  EXPECT_EQ(ids_of("requirements"), requirements);
  EXPECT_EQ(requirements.size(), 173u);

  const auto two_digits = [](const char* letter, int i) {
    return letter + std::string(i < 10 ? "0" : "") + std::to_string(i);
  };
  Lines failures;
  for (int i = 1; i <= 100; ++i) failures.push_back(two_digits("F-", i));
  EXPECT_EQ(ids_of("failures"), failures);

  // From tens to tens there is room for more.
  Lines invariants;
  for (const auto& [first, last] :
       {std::pair(1, 6), {10, 38}, {40, 43}, {50, 55}, {60, 62}, {65, 68}, {70, 93}}) {
    for (int i = first; i <= last; ++i) invariants.push_back(two_digits("I-", i));
  }
  EXPECT_EQ(ids_of("invariants"), invariants);
  EXPECT_EQ(invariants.size(), 76u);
}

TEST(Coverage, EveryThingThatARowNamesIsThere) {
  const Lines wrong = complaints(all_flows(), things(all_flows(), test::library()));
  EXPECT_EQ(wrong, Lines{});
  EXPECT_GT(tests().size(), 500u);
}

TEST(Coverage, WhatIsRunRunsInTestsAndWhatIsNotSaysWhatIsMissing) {
  for (const CoverTable& one : asked_for(all_flows())->tables)
    EXPECT_EQ(contradictions(all_flows(), one), Lines{});
}

// A flaw is all that a failure asks for, and a law all that an invariant does, but for what no law can see.
TEST(Coverage, AFailureIsRunByItsFlawAndAnInvariantByItsLaw) {
  for (const Covered& one : covered(all_flows(), table("failures"))) {
    const bool planted = all_flows().flaw(one.item->id) != nullptr;
    EXPECT_EQ(one.state == CoverState::run, planted)
        << one.item->id
        << (planted ? " has its flaw: say no more that something is missing" : " has no flaw");
  }
  const std::set<std::string_view> seen_by_tests{"I-34", "I-88", "I-90"};
  for (const Covered& one : covered(all_flows(), table("invariants"))) {
    const bool law = std::any_of(one.by.begin(), one.by.end(), [&](const Cover& by) {
      return by.kind == CoverKind::law && by.name.starts_with(std::string(one.item->id) + " ");
    });
    if (one.state == CoverState::run && !seen_by_tests.contains(one.item->id)) {
      EXPECT_TRUE(law) << one.item->id;
    }
    if (law) {
      EXPECT_NE(one.state, CoverState::not_yet) << one.item->id;
    }
  }
}

TEST(Coverage, AnItemFitsItsLine) {
  for (const CoverTable& one : asked_for(all_flows())->tables) {
    std::set<std::string_view> titles;
    for (const CoverItem& item : one.items) {
      EXPECT_FALSE(item.title.empty()) << item.id;
      EXPECT_LE(item.title.size(), kTitleColumns) << item.id;
      EXPECT_LE(item.missing.size(), kMissingColumns) << item.id;
      EXPECT_TRUE(titles.insert(item.title).second) << item.id << " is called like another: " << item.title;
      for (const char c : std::string(item.title) + std::string(item.missing))
        EXPECT_TRUE(c >= ' ' && c <= '~') << item.id << " has more than ASCII";
    }
  }
}

// --- the checks themselves, on rows that are wrong ---

Flow asking(std::vector<CoverRow> covers, std::string_view missing = {}) {
  static AskedFor asked;
  asked = {{{"wishes", "what is wished for", {{"W1", "a wish", missing}, {"W2", "another", "all of it"}}}}};
  Flow flow;
  flow.name = "wishing";
  flow.summary = "asks";
  flow.covers = std::move(covers);
  flow.answers = {Answer::of(asked)};
  return flow;
}

Lines wrong_with(std::vector<CoverRow> covers) {
  const Flow flow = asking(std::move(covers));
  return complaints(Flows({&flow}), things(all_flows(), test::library()));
}

TEST(CoverageChecks, NameTheRowAndWhatIsWrongWithIt) {
  using enum CoverKind;
  EXPECT_EQ(wrong_with({{"W1", {{flaw, "F-01"}, {law, "I-10 no-oversell"}, {machine, "order"}}},
                        {"W2", {{fork, "callback: lost"}, {design, "stock.gate=row_lock"}}}}),
            Lines{});
  EXPECT_EQ(wrong_with({{"W3", {{flaw, "F-01"}}}}), Lines{"W3: nobody asked for it"});
  EXPECT_EQ(wrong_with({{"W1", {}}}), Lines{"W1: a row without anything"});
  EXPECT_EQ(wrong_with({{"W1", {{flaw, "F-01"}}}, {"W1", {{flaw, "F-04"}}}}),
            Lines{"W1: two rows of wishing"});
  EXPECT_EQ(wrong_with({{"W1", {{flaw, "F-01"}, {flaw, "F-01"}}}}),
            (Lines{"W1: twice flaw F-01", "W1: twice flaw F-01"}));
  const std::pair<Cover, const char*> strangers[] = {
      {{flaw, "F-00"}, "W1: no flaw F-00"},
      {{scenario, "last_sale"}, "W1: no scenario last_sale"},
      {{design, "stock.gate=hope"}, "W1: no design stock.gate=hope"},
      {{fork, "callback: forgotten"}, "W1: no fork callback: forgotten"},
      {{machine, "shop"}, "W1: no machine shop"},
      {{law, "I-10"}, "W1: no law I-10"},
      {{CoverKind::test, "Coverage.IsComplete"}, "W1: no test Coverage.IsComplete"},
  };
  for (const auto& [cover, complaint] : strangers) EXPECT_EQ(wrong_with({{"W1", {cover}}}), Lines{complaint});
}

TEST(CoverageChecks, NameTheItemThatContradictsItself) {
  const auto of = [](std::vector<CoverRow> covers) {
    const Flow flow = asking(std::move(covers));
    const Flows flows({&flow});
    return contradictions(flows, asked_for(flows)->tables.front());
  };
  EXPECT_EQ(of({{"W1", {{CoverKind::scenario, "first_sale"}}}}), Lines{});
  EXPECT_EQ(of({}), Lines{"W1: nothing runs it, and nothing is said to be missing"});
  EXPECT_EQ(of({{"W1", {{CoverKind::fork, "callback: lost"}, {CoverKind::design, "stock.gate=row_lock"}}}}),
            Lines{"W1: nothing of what runs it is sure to run in ./ordeal test"});
}

TEST(CoverageChecks, FlowsThatWereAskedForNothingSaySo) {
  Flow silent;
  silent.name = "silent";
  EXPECT_EQ(asked_for(Flows({&silent})), nullptr);
  const Flow flow = asking({});
  EXPECT_EQ(asked_for(Flows({&silent, &flow}))->tables.front().name, "wishes");
}

TEST(CoverageChecks, AnItemIsRunWhenNothingIsMissing) {
  const auto states = [](std::vector<CoverRow> covers, std::string_view missing) {
    const Flow flow = asking(std::move(covers), missing);
    const Flows flows({&flow});
    Lines names;
    for (const Covered& one : covered(flows, asked_for(flows)->tables.front()))
      names.emplace_back(name_of(one.state));
    return names;
  };
  const std::vector<CoverRow> row{{"W1", {{CoverKind::scenario, "first_sale"}}}};
  EXPECT_EQ(states(row, ""), (Lines{"run", "not-yet"}));
  EXPECT_EQ(states(row, "coupons"), (Lines{"in-part", "not-yet"}));
  EXPECT_EQ(states({}, "coupons"), (Lines{"not-yet", "not-yet"}));
}

}  // namespace
}  // namespace ordeal::play
