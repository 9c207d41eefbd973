#include "core/channel/form.h"

#include <algorithm>
#include <array>
#include <iterator>

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

// False: an escape is broken.
bool append_unescaped(std::string& out, std::string_view text) {
  const auto is_coded = [](char c) { return c == '%' || c == '+'; };
  while (!text.empty()) {
    const auto run =
        static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_coded) - text.begin());
    out.append(text.substr(0, run));
    if (run == text.size()) return true;
    if (text[run] == '+') {
      out += ' ';
      text.remove_prefix(run + 1);
      continue;
    }
    if (run + 2 >= text.size()) return false;
    const int high = hex_digit(text[run + 1]);
    const int low = hex_digit(text[run + 2]);
    if (high < 0 || low < 0) return false;
    out += static_cast<char>(high * 16 + low);
    text.remove_prefix(run + 3);
  }
  return true;
}

}  // namespace

// Once for nearly every form.
void Form::reserve() {
  text_.reserve(512);
  pairs_.reserve(16);
}

void Form::add(std::string_view key, std::string_view value) {
  if (pairs_.empty()) reserve();
  const auto at = static_cast<std::uint32_t>(text_.size());
  const auto key_size = static_cast<std::uint32_t>(key.size());
  pairs_.push_back({at, key_size, at + key_size, static_cast<std::uint32_t>(value.size())});
  text_.append(key).append(value);
}

std::optional<std::string_view> Form::get(std::string_view key) const {
  for (const Pair& pair : pairs_) {
    if (this->key(pair) == key) return value(pair);
  }
  return std::nullopt;
}

void Form::sort() {
  std::sort(pairs_.begin(), pairs_.end(), [this](const Pair& a, const Pair& b) { return key(a) < key(b); });
}

std::string Form::canonical() const {
  std::string text;
  text.reserve(512);
  for (const Pair& pair : pairs_) {
    if (key(pair) == kSign) continue;
    if (!text.empty()) text += '&';
    text += key(pair);
    text += '=';
    text += value(pair);
  }
  return text;
}

std::string Form::encode() {
  sort();
  std::string body;
  body.reserve(512);
  for (const Pair& pair : pairs_) {
    if (!body.empty()) body += '&';
    body += key(pair);
    body += '=';
    append_escaped(body, value(pair));
  }
  return body;
}

std::string Form::encode_signed(const Signer& signer) {
  std::string body = encode();
  // Nothing grew: it was all plain, and what is sent is what is signed.
  const bool is_plain = body.size() + 1 == text_.size() + 2 * pairs_.size();
  const std::string signature = signer.sign(is_plain ? body : canonical());
  if (!body.empty()) body += '&';
  body += kSign;
  body += '=';
  append_escaped(body, signature);
  return body;
}

std::optional<Form> Form::parse(std::string_view body) {
  Form form;
  form.reserve();
  const char* const start = body.data();
  const bool is_plain = body.find('%') == std::string_view::npos && body.find('+') == std::string_view::npos;
  if (is_plain) form.text_ = body;
  const auto place = [&](std::string_view part, std::uint32_t& at, std::uint32_t& size) {
    at = static_cast<std::uint32_t>(is_plain ? part.data() - start : std::ssize(form.text_));
    if (!is_plain && !append_unescaped(form.text_, part)) return false;
    size = static_cast<std::uint32_t>(is_plain ? part.size() : form.text_.size() - at);
    return true;
  };
  while (!body.empty()) {
    const auto end = std::min(body.find('&'), body.size());
    const std::string_view text = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    Pair& pair = form.pairs_.emplace_back();
    if (!place(text.substr(0, equals), pair.key_at, pair.key_size) ||
        !place(text.substr(equals + 1), pair.value_at, pair.value_size))
      return std::nullopt;
  }
  form.sort();
  const auto twice =
      std::adjacent_find(form.pairs_.begin(), form.pairs_.end(),
                         [&](const Pair& a, const Pair& b) { return form.key(a) == form.key(b); });
  if (twice != form.pairs_.end()) return std::nullopt;
  return form;
}

bool Form::verify(const Signer& signer) const {
  const auto signature = get(kSign);
  return signature && signer.verify(canonical(), *signature);
}

}  // namespace ordeal::channel
