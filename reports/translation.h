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
};

class Translation {
 public:
  // The first row that fits is taken, so the longer sentences come first. What the rows refer to outlives this.
  explicit Translation(std::vector<TranslationRow> rows) : rows_(std::move(rows)) {}

  std::string operator()(std::string_view text) const;

 private:
  std::vector<TranslationRow> rows_;
};

// What happens to machines and messages, and how people are named: what every flow's stories have. To be followed by the
// rows of the flows.
std::vector<TranslationRow> chinese_faults();
// Spans of time. They stand behind all others: many a sentence ends in one, and would be taken for it.
std::vector<TranslationRow> chinese_times();

}  // namespace ordeal::reports
