#include "core/channel/bill_form.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace ordeal::channel {
namespace {

constexpr std::size_t kMostDigits = 12;
constexpr std::size_t kDecimals = 5;

bool all_digits(std::string_view text) { return text.find_first_not_of("0123456789") == text.npos; }

}  // namespace

std::optional<std::int64_t> parse_amount(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view rest = text.substr(std::min(point + 1, text.size()));
  if (whole.empty() || whole.size() > kMostDigits || !all_digits(whole)) return std::nullopt;
  if (whole.size() > 1 && whole.front() == '0') return std::nullopt;
  if (point == text.size() ? whole != "0" : rest.empty()) return std::nullopt;
  if (rest.size() > kDecimals || !all_digits(rest)) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : whole) value = value * 10 + (c - '0');
  for (std::size_t i = 0; i < kDecimals; ++i) value = value * 10 + (i < rest.size() ? rest[i] - '0' : 0);
  return is_negative ? -value : value;
}

std::string amount_text(std::int64_t minor) {
  const std::int64_t size = std::abs(minor);
  return fmt::format("{}{}.{:02}", minor < 0 ? "-" : "", size / 100, size % 100);
}

}  // namespace ordeal::channel
