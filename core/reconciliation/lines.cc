#include "core/reconciliation/lines.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace ordeal::reconciliation {
namespace {

constexpr std::size_t kBlock = 4 * kLongestLine;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

Lines::Lines(Source& source, std::optional<Charset> charset) : source_(source), buffer_(kBlock) {
  if (!charset) return;
  decoder_.emplace(*charset);
  charset_ = *charset;
}

std::optional<std::string_view> Lines::next() {
  if (refused_) return std::nullopt;
  auto line = raw();
  if (!line) return std::nullopt;
  ++number_;
  if (line->size() > kLongestLine)
    return refuse(0, fmt::format("a line of more than {} bytes: no bill has one", kLongestLine));
  if (const std::size_t zero = line->find('\0'); zero != line->npos)
    return refuse(zero + 1, "a zero byte: this is no text file");
  if (line->ends_with('\r')) line->remove_suffix(1);
  if (!decoder_) return line;
  if (charset_ == Charset::utf8 && number_ == 1 && line->starts_with(kByteOrderMark))
    line->remove_prefix(kByteOrderMark.size());
  if (is_ascii(*line)) return line;
  if (const auto text = decoder_->decode(*line)) return text;
  const auto bad = static_cast<unsigned char>((*line)[decoder_->bad_at()]);
  return refuse(characters(decoder_->before_bad()) + 1,
                fmt::format("the byte {:#04x} is no {} here", bad, name_of(charset_)));
}

std::optional<std::string_view> Lines::raw() {
  for (std::size_t searched = 0;;) {
    const std::string_view there(buffer_.data() + from_, until_ - from_);
    const void* end = std::memchr(there.data() + searched, '\n', there.size() - searched);
    if (end != nullptr) {
      const auto size = static_cast<std::size_t>(static_cast<const char*>(end) - there.data());
      from_ += size + 1;
      has_end_ = true;
      return there.substr(0, size);
    }
    searched = there.size();
    if (there.size() > kLongestLine) return there;
    if (!fill()) break;
  }
  if (refused_ || from_ == until_) return std::nullopt;
  const std::string_view last(buffer_.data() + from_, until_ - from_);
  from_ = until_;
  has_end_ = false;
  return last;
}

bool Lines::fill() {
  if (at_end_) return false;
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(from_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(until_), buffer_.begin());
  until_ -= from_;
  from_ = 0;
  const std::size_t n = source_.read(std::span(buffer_).subspan(until_));
  until_ += n;
  at_end_ = n == 0;
  if (at_end_) refused_ = source_.failure();
  return n != 0;
}

std::optional<std::string_view> Lines::refuse(std::size_t column, std::string what) {
  refused_ = Refusal{.line = number_, .column = column, .what = std::move(what)};
  return std::nullopt;
}

Refusal Lines::at(std::optional<std::size_t> place, std::string what) const {
  return {.line = number_, .column = place ? *place + 1 : 0, .what = std::move(what)};
}

Refusal Lines::at_value(std::string_view line, std::string_view value, std::string what) const {
  const auto bytes = static_cast<std::size_t>(value.data() - line.data());
  return at(characters(line.substr(0, bytes)), std::move(what));
}

}  // namespace ordeal::reconciliation
