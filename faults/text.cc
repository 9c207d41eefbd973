#include "faults/text.h"

#include <array>
#include <charconv>
#include <optional>

#include "core/base/check.h"

namespace ordeal::faults {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t ns;
};
// Largest first: the order in which parts must stand.
constexpr std::array<Unit, 7> kUnits{{{"d", 86'400'000'000'000},
                                      {"h", 3'600'000'000'000},
                                      {"m", 60'000'000'000},
                                      {"s", 1'000'000'000},
                                      {"ms", 1'000'000},
                                      {"us", 1'000},
                                      {"ns", 1}}};

constexpr std::string_view kNeverText = "never";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::size_t> unit_named(std::string_view name) {
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    if (kUnits[i].name == name) return i;
  }
  return std::nullopt;
}

std::string not_a_duration(std::string_view text, std::string_view why) {
  return "expected a duration such as \"30m\", \"1h30m\", \"250ms\" or \"never\", found \"" +
         std::string(text) + "\" (" + std::string(why) + ")";
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string text(Duration duration) {
  if (duration == Duration::max()) return std::string(kNeverText);
  if (duration.ns == 0) return "0s";
  // The magnitude as unsigned: the smallest int64 has no positive twin.
  std::uint64_t left =
      duration.ns < 0 ? 0 - static_cast<std::uint64_t>(duration.ns) : static_cast<std::uint64_t>(duration.ns);
  std::string out = duration.ns < 0 ? "-" : "";
  // Days are read but not written: "36h" says more than "1d12h" beside business hours.
  for (std::size_t i = 1; i < kUnits.size(); ++i) {
    const std::uint64_t count = left / kUnits[i].ns;
    left %= kUnits[i].ns;
    if (count != 0) out.append(std::to_string(count)).append(kUnits[i].name);
  }
  return out;
}

Result<Duration, std::string> parse_duration(std::string_view whole) {
  if (whole == kNeverText) return Duration::max();
  std::string_view rest = whole;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  if (rest.empty()) return Err{not_a_duration(whole, "it is empty")};
  std::uint64_t total = 0;
  const std::uint64_t limit = static_cast<std::uint64_t>(INT64_MAX) + (negative ? 1 : 0);
  std::size_t next_unit = 0;
  while (!rest.empty()) {
    std::size_t digits = 0;
    while (digits < rest.size() && is_digit(rest[digits])) ++digits;
    if (digits == 0) return Err{not_a_duration(whole, "a number must stand before each unit")};
    std::size_t letters = digits;
    while (letters < rest.size() && !is_digit(rest[letters])) ++letters;
    const std::string_view unit = rest.substr(digits, letters - digits);
    if (unit.empty()) return Err{not_a_duration(whole, "a unit is missing: d, h, m, s, ms, us or ns")};
    const auto index = unit_named(unit);
    if (!index) {
      return Err{
          not_a_duration(whole, "unit \"" + std::string(unit) + "\" is not one of d, h, m, s, ms, us, ns")};
    }
    if (*index < next_unit) return Err{not_a_duration(whole, "units must go from large to small, each once")};
    next_unit = *index + 1;
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + digits, count);
    std::uint64_t part = 0;
    if (error != std::errc{} || __builtin_mul_overflow(count, kUnits[*index].ns, &part) ||
        __builtin_add_overflow(total, part, &total) || total > limit) {
      return Err{not_a_duration(whole, "it is longer than 292 years")};
    }
    rest.remove_prefix(letters);
  }
  const auto value = static_cast<std::int64_t>(negative ? 0 - total : total);
  if (value == INT64_MAX) return Err{not_a_duration(whole, "it is longer than 292 years")};
  return Duration{value};
}

std::string text(Ratio ratio) {
  if (ratio == Ratio::zero()) return "0";
  if (ratio == Ratio::one()) return "1";
  return std::to_string(ratio.num) + "/" + std::to_string(ratio.den);
}

Result<Ratio, std::string> parse_ratio(std::string_view whole) {
  const auto bad = [&](std::string_view why) {
    return "expected a ratio such as \"3/100\", found \"" + std::string(whole) + "\" (" + std::string(why) +
           ")";
  };
  if (whole == "0") return Ratio::zero();
  if (whole == "1") return Ratio::one();
  const auto slash = whole.find('/');
  if (slash == std::string_view::npos)
    return Err{bad("two whole numbers with \"/\" between them, or 0 or 1")};
  const auto num = parse_integer(whole.substr(0, slash));
  const auto den = parse_integer(whole.substr(slash + 1));
  if (!num || !den) return Err{bad("both sides of \"/\" must be whole numbers")};
  if (*den <= 0) return Err{bad("the denominator must be positive")};
  return Ratio{*num, *den};
}

}  // namespace ordeal::faults
