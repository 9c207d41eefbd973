// What a learner has done, in .ordeal/learn.json: which lessons were played to their end, in how many strokes, and which
// stage of the practice was reached. A file of a newer program is refused (65) and left as it is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace ordeal::cli {

struct LessonProgress {
  bool done = false;
  std::int64_t strokes = 0;  // the fewest; 0: never broken by oneself
  std::int64_t stage = 0;    // of the practice, passed
};

class LearnProgress {
 public:
  // `file` need not be there.
  explicit LearnProgress(std::filesystem::path file);

  LessonProgress of(const std::string& lesson) const;
  // Keeps what is better, and writes the file whole. IoError.
  void note(const std::string& lesson, const LessonProgress& now);

 private:
  std::filesystem::path file_;
  std::map<std::string, LessonProgress> lessons_;
};

}  // namespace ordeal::cli
