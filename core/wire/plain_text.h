// The short way from JSON to a wire type: it reads the text that write_json gives, and no other. Fields come in their order,
// without white space, and strings without an escape or a byte beyond ASCII. Whatever else comes, damaged text or another
// writer's, is for the strict reader (codec.h), which builds the tree of it and names what is wrong. Nearly every text of a
// trial is our own, and this takes a tenth of the time.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <system_error>

#include "core/base/money.h"

namespace ordeal::wire {

class PlainText {
 public:
  explicit PlainText(std::string_view text) : left_(text) {}

  bool at_end() const { return left_.empty(); }
  bool ahead(std::string_view expected) const { return left_.starts_with(expected); }
  bool take(std::string_view expected) {
    if (!left_.starts_with(expected)) return false;
    left_.remove_prefix(expected.size());
    return true;
  }
  bool take_integer(std::int64_t& value) {
    const char* const begin = left_.data();
    const auto [end, error] = std::from_chars(begin, begin + left_.size(), value);
    if (error != std::errc{}) return false;
    const bool zero_leads = begin[*begin == '-' ? 1 : 0] == '0' && end != begin + 1;  // JSON knows no 007
    left_.remove_prefix(static_cast<std::size_t>(end - begin));
    return !zero_leads;
  }
  bool take_quoted(std::string_view& text) {
    if (!take("\"")) return false;
    const auto end = std::find_if(left_.begin(), left_.end(), [](char c) {
      return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 ||
             static_cast<unsigned char>(c) >= 0x80;
    });
    text = left_.substr(0, static_cast<std::size_t>(end - left_.begin()));
    left_.remove_prefix(text.size());
    return take("\"");
  }
  bool take_money(Money& money) {
    std::string_view name;
    if (!take("{\"minor\":") || !take_integer(money.minor) || !take(",\"currency\":") || !take_quoted(name))
      return false;
    const auto known = Currency::parse(name);
    if (known) money.currency = *known;
    return known && take("}");
  }

 private:
  std::string_view left_;
};

}  // namespace ordeal::wire
