#include "core/reconciliation/charset.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <iconv.h>

#include "core/base/check.h"

namespace ordeal::reconciliation {

std::string_view name_of(Charset charset) { return charset == Charset::gbk ? "GBK" : "UTF-8"; }

Decoder::Decoder(Charset charset)
    : converter_(::iconv_open("UTF-8", charset == Charset::gbk ? "GBK" : "UTF-8")) {
  ORDEAL_CHECK(converter_ != reinterpret_cast<void*>(-1), "libc converts from GBK");
}

Decoder::~Decoder() { ::iconv_close(converter_); }

std::optional<std::string_view> Decoder::decode(std::string_view bytes) {
  constexpr std::size_t kGrowth = 2;  // a character of GBK is two bytes, and three of UTF-8
  out_.resize(bytes.size() * kGrowth);
  char* in = const_cast<char*>(bytes.data());  // iconv changes the pointer, not the bytes
  char* out = out_.data();
  std::size_t in_left = bytes.size();
  std::size_t out_left = out_.size();
  ::iconv(converter_, nullptr, nullptr, nullptr, nullptr);
  const std::size_t result = ::iconv(converter_, &in, &in_left, &out, &out_left);
  out_.resize(out_.size() - out_left);
  if (result != static_cast<std::size_t>(-1)) return out_;
  bad_at_ = bytes.size() - in_left;
  return std::nullopt;
}

bool is_ascii(std::string_view bytes) {
  std::size_t at = 0;
  std::uint64_t seen = 0;
  for (; at + sizeof seen <= bytes.size(); at += sizeof seen) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + at, sizeof eight);
    seen |= eight;
  }
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  if ((seen & kHighBits) != 0) return false;
  return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end(),
                     [](char c) { return (static_cast<unsigned char>(c) & 0x80U) == 0; });
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace ordeal::reconciliation
