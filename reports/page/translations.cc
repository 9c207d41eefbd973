#include "reports/page/translations.h"

#include <utility>

#include "reports/past.h"

namespace ordeal::reports {

namespace {

class Found {
 public:
  Found(const PageData& page, const Translation& translation) : translation_(translation) {
    for (const PageThing& thing : page.things) names_.emplace(thing.id, thing.name);
  }
  // As it is told, with names.
  void add(const std::string& text) {
    const std::string told = with_names(text);
    keep(text, told, translation_(told));
  }
  // A word that stands alone: a state, a kind of thing, a figure. In a sentence it may be another.
  void add_word(const std::string& word) {
    if (word.empty()) return;
    const std::string asked = std::string(kWord) + word;
    std::string translated = translation_(asked);
    const bool is_known = translated.find(kWord) == std::string::npos;  // and not taken for a sentence
    if (is_known) keep(word, asked, std::move(translated));
  }
  std::map<std::string, std::string> take() { return std::move(found_); }

 private:
  void keep(const std::string& text, const std::string& asked, std::string translated) {
    if (translated != asked) found_.emplace(text, std::move(translated));
  }
  std::string with_names(const std::string& text) const {
    std::string out;
    for (const Part& part : parts_of(text)) {
      const auto known = part.word ? names_.find(part.text) : names_.end();
      out += known == names_.end() ? part.text : known->second;
    }
    return out;
  }

  const Translation& translation_;
  std::map<std::string, std::string> names_;
  std::map<std::string, std::string> found_;
};

// Details of the trace are words of programs, and stay as they are.
bool is_said(const PageEvent& event) {
  return event.told || (event.kind != sim::EventKind::log && event.kind != sim::EventKind::mark);
}

void add_picture(const sim::Picture& picture, Found& found) {
  for (const auto& move : picture.moves) {
    found.add_word(move.kind);
    found.add_word(move.from);
    found.add_word(move.to);
    if (!move.doubt.empty()) found.add(move.doubt);
  }
  for (const auto& level : picture.levels) found.add_word(level.figure);
  for (const auto& passage : picture.passages) {
    found.add(passage.from);
    found.add(passage.to);
    found.add_word(passage.why);
  }
  for (const auto& belief : picture.beliefs) {
    found.add_word(belief.who);
    found.add_word(belief.what);  // a state
    found.add(belief.what);
  }
}

}  // namespace

std::map<std::string, std::string> translations_of(const PageData& page, const Translation& translation) {
  Found found(page, translation);
  const auto add = [&](const std::string& text) { found.add(text); };
  for (const PageEvent& event : page.events) {
    if (is_said(event)) add(event.text);
  }
  add_picture(page.picture, found);
  for (const PlantedFlaw& flaw : page.planted) add(flaw.what);
  for (const StoryLine& line : page.story) add(line.text);
  add(page.sentence);
  add(page.promise);
  if (page.but_for) {
    for (const ButForRow& row : page.but_for->rows) add(row.what);
  }
  if (page.comparison) {
    add(page.comparison->title);
    for (const auto* lines : {&page.comparison->here, &page.comparison->there}) {
      for (const ComparedLine& line : *lines) add(line.text);
    }
  }
  return found.take();
}

}  // namespace ordeal::reports
