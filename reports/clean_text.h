// Text for formats that refuse some of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ordeal::reports {

// UTF-8 without control characters but tab and line feed, without surrogates and non-characters: each is U+FFFD, as are
// bytes that are no text. XML 1.0 takes every text that comes out.
std::string clean(std::string_view text);
// At most `most` bytes, cut between characters, with "…" in place of the rest.
std::string cut(std::string_view text, std::size_t most);

}  // namespace ordeal::reports
