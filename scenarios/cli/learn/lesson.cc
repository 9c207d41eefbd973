#include "scenarios/cli/learn/lesson.h"

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>

#include <nlohmann/json.hpp>

#include "faults/plan/actions.h"
#include "faults/suggest.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/strict_json.h"

namespace ordeal::cli {

using play::BadInput;
using play::ExitCode;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSchema = "ordeal/lesson/1";
constexpr std::size_t kHints = 3;

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \n") - first + 1));
}

// A text by its headings of one level: what stands before the first has an empty head.
std::vector<Paragraphs> by_heading(std::string_view text, std::string_view mark) {
  std::vector<Paragraphs> parts(1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with(mark)) {
      parts.push_back({trimmed(line.substr(mark.size())), ""});
    } else {
      parts.back().body.append(line).append("\n");
    }
  }
  for (Paragraphs& part : parts) part.body = trimmed(part.body);
  return parts;
}

class TextFile {
 public:
  explicit TextFile(const fs::path& file) : file_(file.string()) {
    for (Paragraphs& part : by_heading(play::read_text_file(file), "## ")) {
      const std::string head = part.head;
      if (!sections_.emplace(head, std::move(part.body)).second)
        fail("## " + head, "one section of that name", "two");
    }
  }

  LessonText read() {
    LessonText text;
    text.title = section("", "a line \"# title\" before the first section");
    if (!text.title.starts_with("# ")) fail("the first line", "\"# title\"", text.title);
    text.title = trimmed(text.title.substr(2));
    text.question = section("question");
    text.naive = section("naive");
    text.claim = section("claim");
    text.lesson = section("lesson");
    text.fixed = section("fixed");
    text.half = section("half");
    text.part_two = section("part two");
    text.follow_ups = list("follow-ups");
    text.hints = list("hints");
    if (text.hints.size() != kHints)
      fail("## hints", "three hints, each under a line \"### …\"", std::to_string(text.hints.size()));
    if (!sections_.empty()) fail("## " + sections_.begin()->first, "no other section", "this one");
    return text;
  }

 private:
  [[noreturn]] void fail(const std::string& where, const std::string& expected,
                         const std::string& found) const {
    throw BadInput(ExitCode::data,
                   file_ + ": at \"" + where + "\" expected " + expected + ", found " + found);
  }
  std::string section(const std::string& name, std::string expected = "a text") {
    const auto found = sections_.find(name);
    if (found == sections_.end() || found->second.empty())
      fail(name.empty() ? "the first line" : "## " + name, expected, "none");
    std::string text = std::move(found->second);
    sections_.erase(found);
    return text;
  }
  std::vector<Paragraphs> list(const std::string& name) {
    std::vector<Paragraphs> parts = by_heading(section(name), "### ");
    parts.erase(parts.begin());
    for (const Paragraphs& part : parts) {
      if (part.head.empty() || part.body.empty()) fail("### " + part.head, "a heading and a text", "less");
    }
    if (parts.empty()) fail("## " + name, "parts under lines \"### …\"", "none");
    return parts;
  }

  std::string file_;
  std::map<std::string, std::string> sections_;
};

std::vector<LessonMutant> mutants_of(const play::ObjectReader& object, const std::string& code) {
  std::vector<LessonMutant> mutants;
  object.items("mutants", [&](const play::Json& json, const play::Place& place) {
    const play::ObjectReader row(json, place, {.required = {"name", "replace", "by"}, .optional = {}});
    LessonMutant mutant{row.text("name"), row.text("replace"), row.text("by")};
    const std::size_t at = code.find(mutant.replace);
    if (at == std::string::npos || code.find(mutant.replace, at + 1) != std::string::npos)
      place.key("replace").fail("a text that stands in fixed.cc once", play::shown(json["replace"]));
    mutants.push_back(std::move(mutant));
  });
  return mutants;
}

// A flow's flaws stand in the namespace of its name.
std::string flow_of(const Repertoire& repertoire, std::string_view flaw) {
  for (const play::Flow* flow : repertoire.flows.all()) {
    for (const play::FlawRow* row : flow->flaws)
      if (row->id == flaw) return std::string(flow->name);
  }
  return {};
}

Lesson read_lesson(const Repertoire& repertoire, const fs::path& folder) {
  const fs::path file = folder / "lesson.json";
  const play::Json json = play::parse_strictly(play::read_text_file(file), file.string());
  const play::ObjectReader object(json, {file.string(), "$"},
                                  {.required = {"schema", "step", "minutes", "flaw", "naive", "makes",
                                                "interface", "scenario", "new_fault", "points", "mutants"},
                                   .optional = {}});
  if (object.text("schema") != kSchema)
    object.place().key("schema").fail("\"" + std::string(kSchema) + "\"", play::shown(json["schema"]));
  Lesson lesson;
  lesson.name = folder.filename().string();
  lesson.folder = folder;
  lesson.step = object.integer("step", 1, 999);
  lesson.minutes = object.integer("minutes", 1, 60);
  lesson.flaw = object.text("flaw");
  std::vector<std::string_view> flaws;
  for (const play::FlawRow* flaw : repertoire.flows.flaws()) flaws.push_back(flaw->id);
  play::expect_known(object.place().key("flaw"), lesson.flaw, flaws, "a flaw");
  lesson.makes = "ordeal::" + flow_of(repertoire, lesson.flaw) + "::planted::" + object.text("makes");
  lesson.naive = folder.parent_path().parent_path() / object.text("naive");
  lesson.interface = object.text("interface");
  lesson.scenario = object.text("scenario");
  lesson.new_fault = object.text("new_fault");
  std::vector<std::string_view> actions;
  for (const faults::ActionInfo& action : faults::actions()) actions.push_back(action.name);
  play::expect_known(object.place().key("new_fault"), lesson.new_fault, actions, "an action of a plan");
  lesson.points = object.texts("points");
  lesson.mutants = mutants_of(object, play::read_text_file(lesson.fixed()));
  for (const Language language : kLanguages) {
    lesson.texts[static_cast<std::size_t>(language)] =
        TextFile(folder / (std::string(code_of(language)) + ".md")).read();
  }
  return lesson;
}

std::vector<fs::path> folders_of(const Repertoire& repertoire) {
  std::vector<fs::path> folders;
  for (const fs::path& shelf : repertoire.lessons) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(shelf, error)) {
      if (fs::exists(entry.path() / "lesson.json", error)) folders.push_back(entry.path());
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace

std::vector<Lesson> all_lessons(const Repertoire& repertoire) {
  std::vector<Lesson> lessons;
  for (const fs::path& folder : folders_of(repertoire)) lessons.push_back(read_lesson(repertoire, folder));
  std::sort(lessons.begin(), lessons.end(), [](const Lesson& a, const Lesson& b) {
    return std::pair(a.step, a.name) < std::pair(b.step, b.name);
  });
  return lessons;
}

Lesson lesson_named(const Repertoire& repertoire, std::string_view name) {
  std::vector<std::string> names;
  for (const fs::path& folder : folders_of(repertoire)) {
    if (folder.filename() == name) return read_lesson(repertoire, folder);
    names.push_back(folder.filename().string());
  }
  std::string message = "no lesson \"" + std::string(name) + "\"";
  const std::vector<std::string_view> known(names.begin(), names.end());
  if (const auto meant = faults::nearest(name, known)) message += "\n  did you mean  " + *meant;
  throw BadInput(ExitCode::not_found, message + "\n  see           ordeal learn");
}

fs::path bad_day_of(const Repertoire& repertoire, const Lesson& lesson) {
  const fs::path own = lesson.folder / "bad_day.repro.json";
  std::error_code error;
  return fs::exists(own, error) ? own : repertoire.corpus / (lesson.flaw + ".small.repro.json");
}

std::string shown_code(const fs::path& file) {
  const std::string text = play::read_text_file(file);
  const std::size_t from = text.find("\nclass ");
  const std::size_t to = from == std::string::npos ? from : text.find("\n};\n", from);
  if (to == std::string::npos)
    throw BadInput(ExitCode::data, file.string() + ": expected a class that begins and ends at the margin");
  return text.substr(from + 1, to + 4 - (from + 1));
}

}  // namespace ordeal::cli
