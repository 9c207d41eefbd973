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

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  width = std::max<std::size_t>(width, 1);
  std::vector<std::string> lines(1);
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const std::size_t needs = display_width(word);
    if (column != 0 && column + 1 + needs > width) {
      lines.emplace_back();
      column = 0;
    } else if (column != 0) {
      lines.back() += ' ';
      ++column;
    }
    while (!word.empty()) {
      const auto [bytes, wide] = next_character(word);
      if (column != 0 && column + wide > width) {
        lines.emplace_back();
        column = 0;
      }
      lines.back() += word.substr(0, bytes);
      column += wide;
      word.remove_prefix(bytes);
    }
  }
  return lines;
}

}  // namespace ordeal::reports
