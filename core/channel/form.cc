#include "core/channel/form.h"

#include <algorithm>
#include <array>

namespace ordeal::channel {
namespace {

constexpr std::string_view kSign = "sign";

constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"))
    plain[static_cast<unsigned char>(c)] = true;
  return plain;
}();

bool is_plain(char c) { return kPlain[static_cast<unsigned char>(c)]; }

void append_escaped(std::string& out, std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  // Nearly every value is plain from end to end, so it is copied in runs.
  while (!text.empty()) {
    const auto run =
        static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
    out.append(text.substr(0, run));
    if (run == text.size()) return;
    const auto byte = static_cast<unsigned char>(text[run]);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
    text.remove_prefix(run + 1);
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<std::string> unescaped(std::string_view text) {
  if (text.find('%') == std::string_view::npos && text.find('+') == std::string_view::npos)
    return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

}  // namespace

std::optional<std::string_view> Form::get(std::string_view key) const {
  for (const auto& [name, value] : pairs_) {
    if (name == key) return value;
  }
  return std::nullopt;
}

void Form::sort() {
  std::sort(pairs_.begin(), pairs_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

std::string Form::canonical() const {
  std::string text;
  text.reserve(512);
  for (const auto& [key, value] : pairs_) {
    if (key == kSign) continue;
    if (!text.empty()) text += '&';
    text += key;
    text += '=';
    text += value;
  }
  return text;
}

std::string Form::encode() {
  sort();
  std::string body;
  body.reserve(512);
  for (const auto& [key, value] : pairs_) {
    if (!body.empty()) body += '&';
    body += key;
    body += '=';
    append_escaped(body, value);
  }
  return body;
}

std::string Form::encode_signed(const Signer& signer) {
  std::string body = encode();
  if (!body.empty()) body += '&';
  body += kSign;
  body += '=';
  append_escaped(body, signer.sign(canonical()));
  return body;
}

std::optional<Form> Form::parse(std::string_view body) {
  Form form;
  form.pairs_.reserve(16);
  while (!body.empty()) {
    const auto end = std::min(body.find('&'), body.size());
    const std::string_view pair = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    auto key = unescaped(pair.substr(0, equals));
    auto value = unescaped(pair.substr(equals + 1));
    if (!key || !value) return std::nullopt;
    form.pairs_.emplace_back(std::move(*key), std::move(*value));
  }
  form.sort();
  const auto twice = std::adjacent_find(form.pairs_.begin(), form.pairs_.end(),
                                        [](const auto& a, const auto& b) { return a.first == b.first; });
  if (twice != form.pairs_.end()) return std::nullopt;
  return form;
}

bool Form::verify(const Signer& signer) const {
  const auto signature = get(kSign);
  return signature && signer.verify(canonical(), *signature);
}

}  // namespace ordeal::channel
