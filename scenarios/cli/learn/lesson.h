// A lesson: a question that interviews ask, the naive design, the bad day that breaks it, the fixed design, and what a
// half-fix does not survive. It is one folder on a shelf (scenarios/flows/FLOW/lessons/NAME), data and code alone:
//
//   lesson.json           what it is about: the flaw, the scenario, who makes the code (read strictly)
//   en.md, zh.md          every text in both languages, by section
//   half.cc, fixed.cc     two more implementations of the flaw's seam; the naive one is the flaw's own file
//   part_two.repro.json   the day that the half-fix does not survive
//
// The bad day itself is bad_day.repro.json, or the flaw's repro in the corpus where there is none. CONTRIBUTING.md walks
// through adding a lesson.
//
// Fails with BadInput that names the file and the place: a key that is not known, a section that is missing or empty, a
// flaw that does not exist.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/cli/language.h"
#include "scenarios/cli/repertoire.h"

namespace ordeal::cli {

// A question and its answer, or the headline and text of a hint.
struct Paragraphs {
  std::string head;
  std::string body;
};

// Of one language. Markdown: paragraphs, lists, `code` and **bold**.
struct LessonText {
  std::string title;
  std::string question;
  std::string naive;     // the design in words
  std::string claim;     // what candidates say for it, one sentence
  std::string lesson;    // what the bad day shows
  std::string fixed;     // the design in words
  std::string half;      // the half-fix: what somebody does who has understood half
  std::string part_two;  // the new fault, and why the half-fix does not survive it
  std::vector<Paragraphs> follow_ups;
  std::vector<Paragraphs> hints;  // three: a nudge, the idea, nearly the code
};

// A mistake in the fixed design that the lesson must notice.
struct LessonMutant {
  std::string name;
  std::string replace;  // a text that stands in fixed.cc once
  std::string by;
};

struct Lesson {
  std::string name;  // of its folder: "oversell"
  std::filesystem::path folder;
  std::int64_t step = 0;  // where it stands on the ladder, from 1
  std::int64_t minutes = 0;
  std::string flaw;  // "F-01"
  // The function that all its code files define, whole: "ordeal::purchase::planted::make_check_then_act_gate".
  std::string makes;
  std::filesystem::path naive;      // the flaw's own file
  std::string interface;            // the header of the seam: "core/inventory/gate.h"
  std::string scenario;             // of the other seeds
  std::string new_fault;            // of part two, an action by its name: "crash"
  std::vector<std::string> points;  // where to read on: "F-01", "I-10", "core/inventory/gate.cc"
  std::vector<LessonMutant> mutants;
  std::array<LessonText, kLanguages.size()> texts;

  const LessonText& text(Language language) const { return texts[static_cast<std::size_t>(language)]; }
  std::filesystem::path fixed() const { return folder / "fixed.cc"; }
  std::filesystem::path half() const { return folder / "half.cc"; }
  std::filesystem::path part_two() const { return folder / "part_two.repro.json"; }
};

// All lessons of the shelves, by step.
std::vector<Lesson> all_lessons(const Repertoire& repertoire);
// BadInput (66) with the nearest names for one that is not there.
Lesson lesson_named(const Repertoire& repertoire, std::string_view name);
std::filesystem::path bad_day_of(const Repertoire& repertoire, const Lesson& lesson);
// The longest class that is shown whole.
inline constexpr std::size_t kMostLines = 25;

// The class of a code file, as it is shown: from "class …" to its end. BadInput if there is none.
std::string shown_code(const std::filesystem::path& file);

}  // namespace ordeal::cli
