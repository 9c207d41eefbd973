// The terminal of a lesson: prose that is wrapped by what it is wide (Chinese text has no spaces to break at), code with a
// margin, and questions. On a pipe there are no pauses and what is asked is read from it; at its end everything goes on as
// if nobody wanted to answer.
//
// Plain: no colours and no signs, one thing a line: for screen readers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "reports/short_story.h"
#include "scenarios/cli/learn/lesson.h"

namespace ordeal::cli {

struct ScreenLook {
  std::size_t width = 80;
  bool color = false;
  bool plain = false;
  bool pauses = false;  // somebody sits there
  const reports::Translation* translation = nullptr;
};

class Screen {
 public:
  explicit Screen(const ScreenLook& look) : look_(look) {}

  const ScreenLook& look() const { return look_; }
  // For stories.
  reports::Page page() const {
    reports::Page page;
    page.width = look_.width;
    page.color = look_.color;
    page.plain = look_.plain;
    page.translation = look_.translation;
    return page;
  }
  // A sentence of a story, or a promise, in the reader's language.
  std::string translated(std::string_view text) const {
    return look_.translation == nullptr ? std::string(text) : (*look_.translation)(text);
  }
  // A line of its own above what follows.
  void heading(std::string_view text);
  // Markdown: paragraphs, "- " lists, `code`, **bold**.
  void prose(std::string_view markdown);
  // Lines behind a margin; what is too long goes on in the next line, further in.
  void block(std::string_view text);
  // A row of a table: what does not fit goes on below its last column.
  void hanging(std::string_view begin, std::string_view text);
  // Lines that are laid out already.
  void lines(std::string_view text);
  void blank();
  // One paragraph with a sign before it, if there are signs: good, bad, or neither.
  enum class Sort : std::uint8_t { good, bad, remark };
  void say(Sort sort, std::string_view text);

  // What is typed, without blanks around it; nothing at the end of the input.
  std::optional<std::string> ask(std::string_view prompt);
  // Waits for a line, where somebody sits there.
  void pause(std::string_view prompt);

 private:
  ScreenLook look_;
  bool ended_ = false;  // the input
};

}  // namespace ordeal::cli
