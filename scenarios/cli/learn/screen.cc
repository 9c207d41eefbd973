#include "scenarios/cli/learn/screen.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "reports/layout.h"
#include "reports/words.h"
#include "scenarios/cli/output.h"

namespace ordeal::cli {
namespace {

using reports::Paint;

constexpr std::string_view kMargin = "    ";
constexpr std::size_t kFurtherIn = 4;
// Longer lines of prose are hard to read, however wide the terminal is.
constexpr std::size_t kProseWidth = 78;

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

// Paragraphs and items of a list; the lines of one are joined. Chinese lines are joined without a blank.
struct Block {
  bool item = false;
  std::string text;
};
bool ends_wide(const std::string& text) {
  return !text.empty() && static_cast<unsigned char>(text.back()) >= 0x80;
}
std::vector<Block> blocks_of(std::string_view markdown) {
  std::vector<Block> blocks;
  bool open = false;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string line = trimmed(markdown.substr(0, end));
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    if (line.empty()) {
      open = false;
    } else if (line.starts_with("- ")) {
      blocks.push_back({true, line.substr(2)});
      open = true;
    } else if (open) {
      blocks.back().text += (ends_wide(blocks.back().text) ? "" : " ") + line;
    } else {
      blocks.push_back({false, line});
      open = true;
    }
  }
  return blocks;
}

// **bold** is painted, or left out of the text; `code` stays in its marks only where nothing else shows it.
std::string painted_spans(std::string text, bool color) {
  std::string out;
  bool bold = false;
  bool code = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "**") == 0) {
      bold = !bold;
      if (color) out += bold ? "\x1b[1m" : "\x1b[0m";
      ++i;
    } else if (text[i] == '`') {
      code = !code;
      if (color) {
        out += code ? "\x1b[36m" : "\x1b[0m";
      } else {
        out += '`';
      }
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

void Screen::heading(std::string_view text) {
  const std::string line = std::string(look_.plain ? "" : "── ") + std::string(text);
  print("\n" + painted(look_.color, Paint::bold, line) + "\n\n");
}

void Screen::prose(std::string_view markdown) {
  const std::size_t width = std::min(look_.width, kProseWidth);
  bool first = true;
  bool was_item = false;
  for (const Block& block : blocks_of(markdown)) {
    if (!first && !(was_item && block.item)) print("\n");
    first = false;
    was_item = block.item;
    const std::string indent = block.item ? "  " : "";
    const std::size_t room = width > indent.size() ? width - indent.size() : 1;
    // Marks of spans count for the width: a line may end a little early, never late.
    bool head = true;
    std::string text;
    for (const std::string& line : reports::wrapped(block.text, room)) {
      text += (block.item ? (head ? "- " : "  ") : "") + line + "\n";
      head = false;
    }
    print(painted_spans(text, look_.color));
  }
}

void Screen::block(std::string_view text) {
  const std::string margin(look_.plain ? "" : kMargin);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string deeper(indent + kFurtherIn, ' ');
    const std::size_t taken = margin.size() + deeper.size();
    const std::size_t room = look_.width > taken ? look_.width - taken : 1;
    if (reports::display_width(line) + margin.size() <= look_.width) {
      print(line.empty() ? "\n" : margin + std::string(line) + "\n");
      continue;
    }
    bool first = true;
    for (const std::string& part : reports::wrapped(line.substr(indent), room)) {
      print(margin + (first ? std::string(indent, ' ') : deeper) + part + "\n");
      first = false;
    }
  }
}

void Screen::hanging(std::string_view begin, std::string_view text) {
  const std::size_t taken = reports::display_width(begin);
  std::string lead(begin);
  for (const std::string& line :
       reports::wrapped(text, look_.width > taken ? look_.width - taken : std::size_t{1})) {
    print(lead + line + "\n");
    lead.assign(taken, ' ');
  }
}

void Screen::lines(std::string_view text) { print(text); }

void Screen::blank() { print("\n"); }

void Screen::say(Sort sort, std::string_view text) {
  const Paint paint = sort == Sort::good ? Paint::good : sort == Sort::bad ? Paint::bad : Paint::dim;
  const std::string sign = look_.plain ? "" : sort == Sort::good ? "✓ " : sort == Sort::bad ? "✗ " : "  ";
  const std::size_t taken = reports::display_width(sign);
  bool first = true;
  for (const std::string& line :
       reports::wrapped(text, look_.width > taken ? look_.width - taken : std::size_t{1})) {
    print((first ? painted(look_.color, paint, sign) : std::string(taken, ' ')) + line + "\n");
    first = false;
  }
}

std::optional<std::string> Screen::ask(std::string_view prompt) {
  if (ended_) return std::nullopt;
  print(painted(look_.color, Paint::bold, prompt));
  std::string typed;
  for (int c; (c = std::fgetc(stdin)) != '\n';) {
    if (c == EOF) {
      ended_ = true;
      print("\n");
      if (typed.empty()) return std::nullopt;
      break;
    }
    typed += static_cast<char>(c);
  }
  if (!look_.pauses) print(typed + "\n");  // a pipe does not echo
  return trimmed(typed);
}

void Screen::pause(std::string_view prompt) {
  if (look_.pauses && !ended_) static_cast<void>(ask(prompt));
}

}  // namespace ordeal::cli
