// Charset: bytes of a file as UTF-8, by libc's iconv. What is no text of the charset is refused, never replaced: a bill
// whose bytes are guessed at is another bill.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ordeal::reconciliation {

enum class Charset { utf8, gbk };
std::string_view name_of(Charset charset);

class Decoder {
 public:
  explicit Decoder(Charset charset);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // Text that lives until the next call. None: see bad_at().
  std::optional<std::string_view> decode(std::string_view bytes);
  // Where the first byte is that is no text, from 0, and what was before it.
  std::size_t bad_at() const { return bad_at_; }
  std::string_view before_bad() const { return out_; }

 private:
  void* converter_;  // an iconv_t
  std::string out_;
  std::size_t bad_at_ = 0;
};

bool is_ascii(std::string_view bytes);
// Characters of UTF-8, as an editor counts columns.
std::size_t characters(std::string_view text);

}  // namespace ordeal::reconciliation
