#include "core/reconciliation/whole.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/reconciliation/charset.h"

namespace ordeal::reconciliation {

Refused read_whole(Source& source, std::size_t most, std::string& text) {
  constexpr std::size_t kBlock = 64 * 1024;
  text.clear();
  for (;;) {
    const std::size_t there = text.size();
    text.resize(there + kBlock);
    const std::size_t n = source.read(std::span(text).subspan(there));
    text.resize(there + n);
    if (n == 0) return source.failure();
    if (text.size() > most)
      return Refusal{
          .what = fmt::format("it has more than {} bytes, which this format is not read beyond", most)};
  }
}

Refusal refused_at(std::string_view text, std::size_t byte, std::string what) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t begin = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  return {.line = line, .column = characters(before.substr(begin)) + 1, .what = std::move(what)};
}

}  // namespace ordeal::reconciliation
