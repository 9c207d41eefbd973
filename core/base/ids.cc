#include "core/base/ids.h"

namespace ordeal {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLength = 10;

}  // namespace

std::string base32(std::uint64_t value) {
  std::string text(kLength, '0');
  for (std::size_t i = text.size(); i-- > 0; value >>= 5) text[i] = kAlphabet[value & 31];
  return text;
}

std::optional<std::uint64_t> from_base32(std::string_view text) {
  if (text.size() != kLength) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    const auto digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    value = value * 32 + digit;
  }
  return value;
}

}  // namespace ordeal
