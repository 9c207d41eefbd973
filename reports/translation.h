// Translation: the sentences of stories in another language, by pattern. A story is made of few sentences with gaps, so a table
// of them is a dictionary: '*' in the sentence stands for any run of characters, {1} in its translation for what the first
// of them stood for, translated in its turn.
//
// What no row fits stays as it is: names, amounts, and sentences that nobody has translated yet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ordeal::reports {

struct TranslationRow {
  std::string_view sentence;
  std::string_view translated;
  bool around = false;  // stands around another sentence: "* (while *)"
};

class Translation {
 public:
  // Of the rows that fit the one that has most of the text written out is taken, of equal ones the first; so it does not
  // matter in which order several flows bring theirs. One that stands around others goes before them, or its part of the text would
  // be taken for the end of theirs. What the rows refer to outlives this.
  explicit Translation(std::vector<TranslationRow> rows) : rows_(std::move(rows)) {}

  std::string operator()(std::string_view text) const;

 private:
  std::vector<TranslationRow> rows_;
};

// What happens to machines and messages, and how people are named: what every flow's stories have.
std::vector<TranslationRow> chinese_faults();
// What acts by the clock, and the kinds of faults.
std::vector<TranslationRow> chinese_windows();
// Spans of time.
std::vector<TranslationRow> chinese_times();

}  // namespace ordeal::reports
