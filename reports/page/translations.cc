#include "reports/page/translations.h"

#include <utility>

namespace ordeal::reports {

std::map<std::string, std::string> translations_of(const PageData& page, const Translation& translation) {
  std::map<std::string, std::string> found;
  const auto add = [&](const std::string& text) {
    std::string translated = translation(text);
    if (translated != text) found.emplace(text, std::move(translated));
  };
  for (const StoryLine& line : page.story) add(line.text);
  add(page.sentence);
  add(page.promise);
  if (page.but_for) {
    for (const ButForRow& row : page.but_for->rows) {
      if (row.kind != "message") add(row.what);  // messages are shown by their paths
    }
  }
  if (page.comparison) {
    for (const auto* lines : {&page.comparison->here, &page.comparison->there}) {
      for (const ComparedLine& line : *lines) add(line.text);
    }
  }
  return found;
}

}  // namespace ordeal::reports
