// Form: key-value pairs as channels exchange them, application/x-www-form-urlencoded, with a signature over
// the canonical text: all pairs but `sign`, sorted by key, raw values, `k=v` joined by `&` (the rule of
// Alipay's open platform). A key that comes twice, or a broken escape, makes the whole body malformed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/channel/signer.h"

namespace ordeal::channel {

class Form {
 public:
  void add(std::string_view key, std::string_view value) { pairs_.emplace_back(key, value); }
  std::optional<std::string_view> get(std::string_view key) const;

  std::string encode();  // without a signature, as a person's app sends it
  std::string encode_signed(const Signer& signer);
  static std::optional<Form> parse(std::string_view body);
  bool verify(const Signer& signer) const;

 private:
  std::string canonical() const;
  void sort();

  std::vector<std::pair<std::string, std::string>> pairs_;  // sorted by key once parsed or encoded
};

}  // namespace ordeal::channel
