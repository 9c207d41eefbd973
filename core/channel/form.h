// Form: key-value pairs as channels exchange them, application/x-www-form-urlencoded, with a signature over
// the canonical text: all pairs but `sign`, sorted by key, raw values, `k=v` joined by `&` (the rule of
// Alipay's open platform). A key that comes twice, or a broken escape, makes the whole body malformed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/channel/signer.h"

namespace ordeal::channel {

class Form {
 public:
  void add(std::string_view key, std::string_view value);
  // Valid until the next pair is added.
  std::optional<std::string_view> get(std::string_view key) const;

  std::string encode();  // without a signature, as a person's app sends it
  std::string encode_signed(const Signer& signer);
  static std::optional<Form> parse(std::string_view body);
  bool verify(const Signer& signer) const;

 private:
  // Where a key and its value lie in text_: sorting moves no text.
  struct Pair {
    std::uint32_t key_at;
    std::uint32_t key_size;
    std::uint32_t value_at;
    std::uint32_t value_size;
  };
  std::string_view key(const Pair& pair) const { return {text_.data() + pair.key_at, pair.key_size}; }
  std::string_view value(const Pair& pair) const { return {text_.data() + pair.value_at, pair.value_size}; }
  void reserve();
  std::string canonical() const;
  void sort();

  std::string text_;
  std::vector<Pair> pairs_;  // sorted by key once parsed or encoded
};

}  // namespace ordeal::channel
