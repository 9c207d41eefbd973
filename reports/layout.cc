#include "reports/layout.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace ordeal::reports {
namespace {

struct Range {
  char32_t first, last;
};
// Blocks of Unicode, not every character: what people name goods and persons with.
constexpr std::array<Range, 6> kNoColumn{{{0x0300, 0x036F},
                                          {0x0483, 0x0489},
                                          {0x1AB0, 0x1AFF},
                                          {0x200B, 0x200F},
                                          {0x20D0, 0x20FF},
                                          {0xFE00, 0xFE0F}}};
constexpr std::array<Range, 8> kTwoColumns{{{0x1100, 0x115F},
                                            {0x2E80, 0xA4CF},
                                            {0xAC00, 0xD7A3},
                                            {0xF900, 0xFAFF},
                                            {0xFE30, 0xFE6F},
                                            {0xFF00, 0xFF60},
                                            {0x1F300, 0x1FAFF},
                                            {0x20000, 0x3FFFD}}};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](Range r) { return c >= r.first && c <= r.last; });
}

// The bytes of the character that begins `text`, and its columns.
std::pair<std::size_t, std::size_t> next_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (bytes == 1 || bytes > text.size()) return {1, 1};
  auto c = static_cast<char32_t>(lead & (0x7FU >> bytes));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0) != 0x80) return {1, 1};
    c = c << 6 | (next & 0x3F);
  }
  return {bytes, is_in(kNoColumn, c) ? 0U : is_in(kTwoColumns, c) ? 2U : 1U};
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const auto [bytes, wide] = next_character(text);
    columns += wide;
    text.remove_prefix(bytes);
  }
  return columns;
}

namespace {

// A line may end after each East Asian character; but none begins with one of the first, or ends with one of the second.
constexpr std::string_view kNeverFirst = "，。、；：？！）》」』】”’…％,.;:?!)";
constexpr std::string_view kNeverLast = "（《「『【“‘(";

// What stays together on a line, and whether a blank stands before it.
struct Chunk {
  std::string_view text;
  std::size_t columns = 0;
  bool spaced = false;
};

std::vector<Chunk> chunks_of(std::string_view text) {
  std::vector<Chunk> chunks;
  bool spaced = true;     // the next character begins a word
  bool was_wide = false;  // a line may end after the last one
  bool holds_on = false;  // but not there
  while (!text.empty()) {
    if (text.front() == ' ') {
      spaced = true;
      text.remove_prefix(1);
      continue;
    }
    const auto [bytes, columns] = next_character(text);
    const std::string_view c = text.substr(0, bytes);
    const bool wide = columns == 2;
    const bool may_begin = (wide || was_wide) && !holds_on && kNeverFirst.find(c) == std::string_view::npos;
    if (spaced || may_begin || chunks.empty()) {
      chunks.push_back({c, columns, spaced && !chunks.empty()});
    } else {
      Chunk& last = chunks.back();
      last.text = {last.text.data(), last.text.size() + bytes};
      last.columns += columns;
    }
    spaced = false;
    was_wide = wide;
    holds_on = kNeverLast.find(c) != std::string_view::npos;
    text.remove_prefix(bytes);
  }
  return chunks;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  width = std::max<std::size_t>(width, 1);
  std::vector<std::string> lines(1);
  std::size_t column = 0;
  for (const Chunk& chunk : chunks_of(text)) {
    const std::size_t blank = chunk.spaced && column != 0 ? 1 : 0;
    if (column != 0 && column + blank + chunk.columns > width) {
      lines.emplace_back();
      column = 0;
    } else if (blank != 0) {
      lines.back() += ' ';
      ++column;
    }
    std::string_view left = chunk.text;
    while (!left.empty()) {
      const auto [bytes, wide] = next_character(left);
      if (column != 0 && column + wide > width) {
        lines.emplace_back();
        column = 0;
      }
      lines.back() += left.substr(0, bytes);
      column += wide;
      left.remove_prefix(bytes);
    }
  }
  return lines;
}

}  // namespace ordeal::reports
