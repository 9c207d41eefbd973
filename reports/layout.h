// Text in columns: how wide it is on a terminal, and how it is broken into lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ordeal::reports {

// Columns of UTF-8 text on a terminal: combining marks take none, East Asian wide characters take two, a byte that is no
// text takes one.
std::size_t display_width(std::string_view text);

// Lines of at most `width` columns, broken at spaces and between East Asian characters, though not before a full stop or
// behind an opening bracket; a word that is longer than a line is broken where it must be. At least one line; a width of 0
// is taken as 1.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace ordeal::reports
