#include "core/wire/json_text.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ordeal::wire {

void append_quoted(std::string& out, std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  const auto is_escaped = [](char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
  };
  out += '"';
  // Nearly every text has nothing to escape, so it is copied in runs.
  for (;;) {
    const auto run =
        static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_escaped) - text.begin());
    out.append(text.substr(0, run));
    if (run == text.size()) break;
    const char c = text[run];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else {
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    }
    text.remove_prefix(run + 1);
  }
  out += '"';
}

std::string read_money(const nlohmann::json& json, Money& value) {
  if (!json.is_object()) return ": expected {\"minor\", \"currency\"}";
  const auto minor = json.find("minor");
  if (minor == json.end()) return ".minor: missing";
  if (!minor->is_number_integer() ||
      (minor->is_number_unsigned() && minor->get<std::uint64_t>() > INT64_MAX)) {
    return ".minor: expected an integer";
  }
  const auto currency = json.find("currency");
  if (currency == json.end()) return ".currency: missing";
  if (!currency->is_string()) return ".currency: expected a string";
  const auto known = Currency::parse(currency->get_ref<const std::string&>());
  if (!known) return ".currency: unknown currency \"" + currency->get_ref<const std::string&>() + "\"";
  value = {minor->get<std::int64_t>(), *known};
  return unknown_field(json, {"minor", "currency"});
}

std::string unknown_field(const nlohmann::json& json, const std::vector<std::string_view>& known) {
  if (json.size() == known.size()) return {};
  for (const auto& item : json.items()) {
    if (std::find(known.begin(), known.end(), item.key()) == known.end()) {
      return "." + item.key() + ": unknown field";
    }
  }
  return {};
}

}  // namespace ordeal::wire
