#include "scenarios/play/harmless.h"

#include <cstdint>

#include <fmt/format.h>

namespace ordeal::play {
namespace {

struct Character {
  std::size_t bytes = 1;
  std::uint32_t point = 0;
  bool good = false;  // well-formed: neither too long a form nor a surrogate
};

Character first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {1, lead, true};
  const std::size_t bytes = lead >= 0xF5 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (bytes == 0 || bytes > text.size()) return {};
  std::uint32_t point = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80U) return {};
    point = point << 6 | (next & 0x3FU);
  }
  const bool too_long = (bytes == 3 && point < 0x800) || (bytes == 4 && point < 0x10000);
  const bool none = too_long || (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF;
  return none ? Character{} : Character{bytes, point, true};
}

// U+202A to U+202E and U+2066 to U+2069 reorder what stands around them.
bool drives(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069);
}

std::string escaped(const Character& character, unsigned char byte) {
  return character.good ? fmt::format("\\u{:04x}", character.point) : fmt::format("\\x{:02x}", byte);
}

std::string cleaned(std::string_view text, bool one_line, std::size_t most) {
  std::string out;
  while (!text.empty()) {
    const Character character = first_of(text);
    const bool kept = character.good && (!drives(character.point) || (character.point == '\n' && !one_line));
    const std::string shown = kept ? std::string(text.substr(0, character.bytes))
                                   : escaped(character, static_cast<unsigned char>(text.front()));
    if (out.size() + shown.size() > most) return out + "…";
    out += shown;
    text.remove_prefix(character.bytes);
  }
  return out;
}

}  // namespace

std::string harmless(std::string_view text) { return cleaned(text, false, std::string::npos); }
std::string harmless_line(std::string_view text, std::size_t most) { return cleaned(text, true, most); }

std::optional<std::string> first_harmful(std::string_view text) {
  while (!text.empty()) {
    const Character character = first_of(text);
    if (!character.good || drives(character.point))
      return escaped(character, static_cast<unsigned char>(text.front()));
    text.remove_prefix(character.bytes);
  }
  return std::nullopt;
}

}  // namespace ordeal::play
