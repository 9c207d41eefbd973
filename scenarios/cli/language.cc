#include "scenarios/cli/language.h"

#include <cstdlib>
#include <utility>

#include "scenarios/cli/command_line.h"

namespace ordeal::cli {
namespace {

std::string locale_says() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0') return value;
  }
  return "";
}

}  // namespace

std::string_view code_of(Language language) { return language == Language::chinese ? "zh" : "en"; }

Language language_of(std::string_view asked, const std::string& help) {
  if (asked.empty()) return locale_says().starts_with("zh") ? Language::chinese : Language::english;
  for (const Language language : kLanguages) {
    if (asked == code_of(language)) return language;
  }
  misused("--lang: expected en or zh, found \"" + std::string(asked) + "\"", "", help);
}

std::vector<reports::TranslationRow> chinese_dictionary(const play::Flows& flows) {
  std::vector<reports::TranslationRow> rows = reports::chinese_faults();
  for (const reports::TranslationRow& row : reports::chinese_windows()) rows.push_back(row);
  for (const play::Flow* flow : flows.all()) {
    for (const play::WordRow& row : flow->chinese) rows.push_back({row.what, row.words});
  }
  for (const reports::TranslationRow& row : reports::chinese_times()) rows.push_back(row);
  return rows;
}

std::unique_ptr<reports::Translation> translation_into(Language language, const play::Flows& flows) {
  if (language != Language::chinese) return nullptr;
  return std::make_unique<reports::Translation>(chinese_dictionary(flows));
}

}  // namespace ordeal::cli
