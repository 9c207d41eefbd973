// Text from outside as it may be printed: nothing in it can drive a terminal, look like a line of ours or be no text at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ordeal::play {

// Control characters (C0 but the line feed, DEL, C1), marks that turn the direction of writing, and bytes that are no
// UTF-8, each as \u001b or \xff. Everything else as it is.
std::string harmless(std::string_view text);
// The same in one line, cut at `most` bytes (never within a character) with "…".
std::string harmless_line(std::string_view text, std::size_t most = 80);

// The first thing in `text` that harmless_line() would not print as it is; nothing when there is none.
std::optional<std::string> first_harmful(std::string_view text);

}  // namespace ordeal::play
