// Lines of a file in its charset, one after the other, without their ends, in a bounded memory. Line ends may be with or
// without a carriage return. What is no text is refused at its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/reconciliation/bytes.h"
#include "core/reconciliation/charset.h"

namespace ordeal::reconciliation {

// Far longer than any line of a bill: what has none of its line ends so long is no text.
inline constexpr std::size_t kLongestLine = 64 * 1024;

class Lines {
 public:
  // None as charset: bytes as they are, for what counts columns in bytes.
  Lines(Source& source, std::optional<Charset> charset);

  // Lives until the next call. None: the file has ended, or refused() says why it is not read on.
  std::optional<std::string_view> next();
  std::uint64_t number() const { return number_; }
  // Of the line that was given last: a file whose last line has no end may have been cut there.
  bool has_end() const { return has_end_; }

  const Refused& refused() const { return refused_; }
  // Refuses the line that was given last, at a character of it (from 0); none: all of it.
  Refusal at(std::optional<std::size_t> place, std::string what) const;
  Refusal at_value(std::string_view line, std::string_view value, std::string what) const;

 private:
  std::optional<std::string_view> raw();
  bool fill();
  std::optional<std::string_view> refuse(std::size_t column, std::string what);

  Source& source_;
  std::optional<Decoder> decoder_;
  Charset charset_ = Charset::utf8;
  std::vector<char> buffer_;
  std::size_t from_ = 0;
  std::size_t until_ = 0;
  bool at_end_ = false;
  bool has_end_ = false;
  std::uint64_t number_ = 0;
  Refused refused_;
};

}  // namespace ordeal::reconciliation
