#include "scenarios/cli/language.h"

#include <utility>
#include <vector>

namespace ordeal::cli {

std::string_view code_of(Language language) { return language == Language::chinese ? "zh" : "en"; }

std::unique_ptr<reports::Translation> translation_into(Language language, const play::Flows& flows) {
  if (language != Language::chinese) return nullptr;
  std::vector<reports::TranslationRow> rows = reports::chinese_faults();
  for (const play::Flow* flow : flows.all()) {
    for (const play::WordRow& row : flow->chinese) rows.push_back({row.what, row.words});
  }
  for (const reports::TranslationRow& row : reports::chinese_times()) rows.push_back(row);
  return std::make_unique<reports::Translation>(std::move(rows));
}

}  // namespace ordeal::cli
