// `ordeal coverage [TABLE]`: what the program was asked for, and what of it runs: one line an item, a sum at the end.
//
// Nothing here knows what the items are about: the tables, and what runs an item, are rows of the flows
// (scenarios/play/coverage.h). A lesson is told beside the flaw that it is about.
#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "faults/suggest.h"
#include "reports/layout.h"
#include "reports/run_json.h"
#include "reports/words.h"
#include "scenarios/cli/learn/lesson.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

using play::Cover;
using play::Covered;
using play::CoverKind;
using play::CoverState;
using play::CoverTable;
using play::ExitCode;

namespace {

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  std::string table;
  std::string item;
  std::string only;
  OutputFlags output;
};

// Something that runs an item: a row's, or a lesson about the row's flaw.
struct Runner {
  std::string kind;
  std::string name;
  const Cover* cover = nullptr;
  const Lesson* lesson = nullptr;
};

std::vector<Runner> runners(const Covered& item, const std::vector<Lesson>& lessons) {
  std::vector<Runner> all;
  for (const Cover& one : item.by) {
    all.push_back({std::string(name_of(one.kind)), std::string(one.name), &one, nullptr});
    if (one.kind != CoverKind::flaw) continue;
    for (const Lesson& lesson : lessons) {
      if (lesson.flaw == one.name) all.push_back({"lesson", lesson.name, nullptr, &lesson});
    }
  }
  return all;
}

// --- a table ---

// Of a text in ASCII.
std::string cut(std::string text, std::size_t columns) {
  if (text.size() <= columns) return text;
  text.resize(columns - 1);
  return text + "…";
}

// A law is named by its id; but beside its own id by what it says.
std::string brief(const Runner& runner, const Covered& item) {
  if (runner.kind != "law") return runner.name;
  const std::size_t space = runner.name.find(' ');
  const std::string id = runner.name.substr(0, space);
  return id == item.item->id ? runner.name.substr(space + 1) : id;
}

// "F-01, oversell, corner_shop +5": as many as there is room for.
std::string some_of(const std::vector<Runner>& all, const Covered& item, std::size_t columns) {
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string name = brief(all[i], item);
    const std::string more = i + 1 == all.size() ? "" : fmt::format(" +{}", all.size() - i - 1);
    if (out.empty()) {
      out = cut(name, columns - more.size());
    } else if (out.size() + 2 + name.size() + more.size() > columns) {
      return out + fmt::format(" +{}", all.size() - i);
    } else {
      out += ", " + name;
    }
  }
  return out;
}

std::string lines_of(const std::vector<Covered>& items, const std::vector<Lesson>& lessons,
                     const std::string& only, std::size_t width) {
  std::size_t id = 0;
  std::size_t title = 0;
  for (const Covered& one : items) {
    id = std::max(id, one.item->id.size());
    title = std::max(title, one.item->title.size());
  }
  constexpr std::size_t kLeastRoom = 12;
  std::string out =
      fmt::format("{:<{}}  {:<7}  {:<{}}  {}\n", "id", id, "state", "asked for", title, "run by, or missing");
  for (const Covered& one : items) {
    if (!only.empty() && only != name_of(one.state)) continue;
    const std::string head =
        fmt::format("{:<{}}  {:<7}  {:<{}}  ", one.item->id, id, name_of(one.state), one.item->title, title);
    const std::size_t room = std::max(kLeastRoom, width - std::min(width, head.size()));
    out += head + (one.state == CoverState::run ? some_of(runners(one, lessons), one, room)
                                                : cut(std::string(one.item->missing), room));
    out += "\n";
  }
  return out;
}

struct Sum {
  explicit Sum(const std::vector<Covered>& items) : all(items.size()) {
    for (const Covered& one : items)
      ++(one.state == CoverState::run ? run : one.state == CoverState::in_part ? in_part : not_yet);
  }
  std::size_t all;
  std::size_t run = 0;
  std::size_t in_part = 0;
  std::size_t not_yet = 0;
};

// --- one item ---

std::string about(const Repertoire& repertoire, const Runner& runner) {
  if (runner.lesson != nullptr) return runner.lesson->text(Language::english).title;
  const play::Flows& flows = repertoire.flows;
  const std::string_view name = runner.cover->name;
  switch (runner.cover->kind) {
    case CoverKind::flaw:
      return std::string(flows.flaw(name)->name);
    case CoverKind::scenario:
      return repertoire.library("").load(name).summary;
    case CoverKind::design:
      return std::string(flows.seam(name.substr(0, name.find('=')))->question);
    case CoverKind::machine:
      return std::string(flows.machine(name)->summary);
    case CoverKind::law:
      return std::string(flows.law(name)->promise);
    case CoverKind::fork:
    case CoverKind::test:
      return {};
  }
  return {};
}

// What somebody types who wants to see it. Empty: nothing shows it alone.
std::string see(const Repertoire& repertoire, const Runner& runner) {
  const std::string program = reports::shell_word(program_name());
  if (runner.lesson != nullptr) return program + " learn " + runner.name;
  switch (runner.cover->kind) {
    case CoverKind::flaw:
      return fmt::format("{} hunt {} --flaw {}", program, repertoire.flows.flaw(runner.name)->scenario,
                         runner.name);
    case CoverKind::scenario:
      return fmt::format("{} run {} --seed 1 -v", program, runner.name);
    case CoverKind::test:
      return "./ordeal test -R " + runner.name;
    case CoverKind::machine:
      return program + " show machine " + runner.name;
    case CoverKind::law:
      return program + " show invariant " + reports::shell_word(runner.name);
    case CoverKind::design:
      return program + " show design " + runner.name;
    case CoverKind::fork:
      return {};
  }
  return {};
}

std::string item_text(const Repertoire& repertoire, const Covered& item, const std::vector<Lesson>& lessons,
                      std::size_t width) {
  std::string out = fmt::format("{}  {}\n{}{}{}\n", item.item->id, item.item->title, name_of(item.state),
                                item.item->missing.empty() ? "" : ", missing: ", item.item->missing);
  constexpr std::size_t kIndent = 12;
  std::string first;
  for (const Runner& runner : runners(item, lessons)) {
    if (first.empty()) first = see(repertoire, runner);
    const std::string what = about(repertoire, runner);
    bool is_head = true;
    for (const std::string& line :
         reports::wrapped(what.empty() ? runner.name : runner.name + ": " + what, width - kIndent)) {
      out += fmt::format("  {:<8}  {}\n", is_head ? runner.kind : "", line);
      is_head = false;
    }
  }
  if (!first.empty()) out += "\nsee it  " + first + "\n";
  return out;
}

// --- what was asked for ---

const play::AskedFor& asked_for(const Repertoire& repertoire) {
  if (const auto* asked = play::asked_for(repertoire.flows)) return *asked;
  throw play::BadInput(ExitCode::not_found,
                       "nobody says what this program was asked for: none of its flows has tables");
}

// "requirements, failures, invariants"
std::string tables_in_words(const play::AskedFor& asked) {
  std::string words;
  for (const CoverTable& table : asked.tables) words += (words.empty() ? "" : ", ") + std::string(table.name);
  return words;
}

const CoverTable& table_named(const play::AskedFor& asked, const std::string& name) {
  if (name.empty()) return asked.tables.front();
  std::vector<std::string_view> known;
  for (const CoverTable& table : asked.tables) {
    if (table.name == name) return table;
    known.push_back(table.name);
  }
  misused("there are " + tables_in_words(asked) + ", but no \"" + name + "\"",
          faults::nearest(name, known).value_or(""), "ordeal coverage --help");
}

void check_state(const std::string& only) {
  if (only.empty()) return;
  std::vector<std::string_view> known;
  for (const CoverState state : play::kCoverStates) {
    if (only == name_of(state)) return;
    known.push_back(name_of(state));
  }
  misused("--only needs run, in-part or not-yet, found \"" + only + "\"",
          faults::nearest(only, known).value_or(""), "ordeal coverage --help");
}

// The table that has the item; of all where none was named.
const CoverTable& table_with(const play::AskedFor& asked, const Flags& flags) {
  std::vector<std::string_view> known;
  for (const CoverTable& table : asked.tables) {
    if (!flags.table.empty() && table.name != flags.table) continue;
    for (const play::CoverItem& item : table.items) {
      if (item.id == flags.item) return table;
      known.push_back(item.id);
    }
  }
  std::string message = "no item \"" + flags.item + "\"";
  if (const auto meant = faults::nearest(flags.item, known)) message += "\n  did you mean  " + *meant;
  throw play::BadInput(ExitCode::not_found, message + "\n  see them all  ordeal coverage" +
                                                (flags.table.empty() ? "" : " " + flags.table));
}

nlohmann::ordered_json json_of(const CoverTable& table, const std::vector<Covered>& items,
                               const std::vector<Lesson>& lessons, const Flags& flags) {
  const Sum sum(items);
  nlohmann::ordered_json json{
      {"schema", "ordeal/coverage/1"},
      {"table", table.name},
      {"summary", table.summary},
      {"sum", {{"items", sum.all}, {"run", sum.run}, {"in_part", sum.in_part}, {"not_yet", sum.not_yet}}},
      {"items", nlohmann::ordered_json::array()}};
  for (const Covered& one : items) {
    if (!flags.only.empty() && flags.only != name_of(one.state)) continue;
    if (!flags.item.empty() && flags.item != one.item->id) continue;
    nlohmann::ordered_json by = nlohmann::ordered_json::array();
    for (const Runner& runner : runners(one, lessons))
      by.push_back({{"kind", runner.kind}, {"name", runner.name}});
    json["items"].push_back({{"id", one.item->id},
                             {"title", one.item->title},
                             {"state", name_of(one.state)},
                             {"missing", one.item->missing},
                             {"by", std::move(by)}});
  }
  return json;
}

ExitCode coverage(const Flags& flags) {
  check_state(flags.only);
  if (!flags.item.empty() && !flags.only.empty())
    misused("--item shows one item, --only chooses among all", "", "ordeal coverage --help");
  const play::AskedFor& asked = asked_for(flags.repertoire);
  const CoverTable& named = table_named(asked, flags.table);
  const CoverTable& table = flags.item.empty() ? named : table_with(asked, flags);
  const std::vector<Covered> items = covered(flags.repertoire.flows, table);
  const std::vector<Lesson> lessons = all_lessons(flags.repertoire);
  if (flags.output.json) {
    print(reports::json_text(json_of(table, items, lessons, flags)));
    return ExitCode::ok;
  }
  if (!flags.item.empty()) {
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const Covered& one) { return one.item->id == flags.item; });
    print(item_text(flags.repertoire, *found, lessons, stdout_width()));
    return ExitCode::ok;
  }
  const Sum sum(items);
  print(lines_of(items, lessons, flags.only, stdout_width()) +
        fmt::format("\n{} of {} run, {} in part, {} not yet\n", sum.run, sum.all, sum.in_part, sum.not_yet));
  return ExitCode::ok;
}

}  // namespace

Action declare_coverage(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  const auto* asked = play::asked_for(repertoire.flows);
  command_line.word("table", flags->table, "TABLE",
                    asked == nullptr ? "which table; this program has none"
                                     : "one of " + tables_in_words(*asked) + " (the first)");
  command_line.option("--only", flags->only, "STATE",
                      "run, in-part (something of it is missing) or not-yet (nothing runs it)");
  command_line.option("--item", flags->item, "ITEM", "all that runs one item, by its id");
  add_json_flag(command_line, flags->output);
  return [flags] { return coverage(*flags); };
}

}  // namespace ordeal::cli
