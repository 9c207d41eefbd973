#include "scenarios/cli/learn/progress.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "scenarios/cli/files.h"
#include "scenarios/play/library.h"
#include "scenarios/play/strict_json.h"

namespace ordeal::cli {
namespace {

constexpr std::string_view kSchema = "ordeal/progress/1";

}  // namespace

LearnProgress::LearnProgress(std::filesystem::path file) : file_(std::move(file)) {
  std::error_code error;
  if (!std::filesystem::exists(file_, error)) return;
  const play::Json json = play::parse_strictly(play::read_text_file(file_), file_.string());
  const play::Place place{file_.string()};
  const std::string schema =
      json.is_object() && json.contains("schema") ? play::shown(json["schema"]) : "none";
  if (schema != "\"" + std::string(kSchema) + "\"")
    place.key("schema").fail(
        "\"" + std::string(kSchema) + "\"; this file is of another program, perhaps a newer one", schema);
  const play::ObjectReader object(json, place, {.required = {"schema", "lessons"}, .optional = {}});
  object.items("lessons", [&](const play::Json& item, const play::Place& at) {
    const play::ObjectReader row(item, at,
                                 {.required = {"lesson", "done", "strokes", "stage"}, .optional = {}});
    lessons_[row.text("lesson")] = {row.integer("done", 0, 1) != 0, row.integer("strokes", 0, 1'000'000),
                                    row.integer("stage", 0, 100)};
  });
}

LessonProgress LearnProgress::of(const std::string& lesson) const {
  const auto found = lessons_.find(lesson);
  return found == lessons_.end() ? LessonProgress{} : found->second;
}

void LearnProgress::note(const std::string& lesson, const LessonProgress& now) {
  LessonProgress& kept = lessons_[lesson];
  kept.done = kept.done || now.done;
  kept.stage = std::max(kept.stage, now.stage);
  if (now.strokes > 0) kept.strokes = kept.strokes == 0 ? now.strokes : std::min(kept.strokes, now.strokes);
  play::Json rows = play::Json::array();
  for (const auto& [name, one] : lessons_)
    rows.push_back(
        {{"lesson", name}, {"done", one.done ? 1 : 0}, {"strokes", one.strokes}, {"stage", one.stage}});
  std::error_code error;
  if (file_.has_parent_path()) std::filesystem::create_directories(file_.parent_path(), error);
  write_whole(file_, play::Json{{"schema", kSchema}, {"lessons", rows}}.dump(2) + "\n");
}

}  // namespace ordeal::cli
