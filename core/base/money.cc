#include "core/base/money.h"

#include <algorithm>
#include <numeric>

#include "core/base/check.h"

namespace ordeal {
namespace {

__extension__ using Wide = __int128;

std::int64_t narrow(Wide value) {
  ORDEAL_CHECK(value <= INT64_MAX && value >= INT64_MIN, "money overflow");
  return static_cast<std::int64_t>(value);
}

// ISO 4217: how many digits the minor unit has.
struct Known {
  std::string_view code;
  std::size_t digits;
};
constexpr std::array<Known, 7> kKnown{
    {{"CNY", 2}, {"USD", 2}, {"EUR", 2}, {"GBP", 2}, {"HKD", 2}, {"JPY", 0}, {"KWD", 3}}};

const Known* known(std::string_view code) {
  const auto found =
      std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& one) { return one.code == code; });
  return found == kKnown.end() ? nullptr : found;
}

std::size_t digits_of(Currency currency) {
  const Known* found = known(currency.text());
  return found == nullptr ? 2 : found->digits;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Wide floor_div(Wide a, Wide b) {
  const Wide q = a / b;
  return a % b != 0 && a < 0 ? q - 1 : q;
}

}  // namespace

std::optional<Currency> Currency::parse(std::string_view text) {
  if (known(text) == nullptr) return std::nullopt;
  return Currency{{text[0], text[1], text[2]}};
}

Money Money::operator+(Money other) const {
  ORDEAL_CHECK(currency == other.currency, "two currencies in one sum");
  return {narrow(Wide{minor} + other.minor), currency};
}

Money Money::operator-(Money other) const {
  ORDEAL_CHECK(currency == other.currency, "two currencies in one difference");
  return {narrow(Wide{minor} - other.minor), currency};
}

Money Money::operator-() const { return {narrow(-Wide{minor}), currency}; }

Money Money::operator*(std::int64_t times) const { return {narrow(Wide{minor} * times), currency}; }

std::string Money::text() const {
  const std::uint64_t magnitude =
      minor < 0 ? ~static_cast<std::uint64_t>(minor) + 1 : static_cast<std::uint64_t>(minor);
  const std::size_t digits = digits_of(currency);
  std::string number = std::to_string(magnitude);
  if (number.size() <= digits) number.insert(0, digits + 1 - number.size(), '0');
  if (digits > 0) number.insert(number.size() - digits, ".");
  return (minor < 0 ? "-" : "") + number + " " + std::string(currency.text());
}

std::optional<Money> Money::parse(std::string_view text) {
  if (text.size() < 5 || text[text.size() - 4] != ' ') return std::nullopt;
  const auto currency = Currency::parse(text.substr(text.size() - 3));
  if (!currency) return std::nullopt;
  std::string_view number = text.substr(0, text.size() - 4);
  const bool negative = number.starts_with('-');
  if (negative) number.remove_prefix(1);
  const std::size_t decimals = digits_of(*currency);
  std::string digits(number);
  if (const auto dot = number.find('.'); dot == std::string_view::npos) {
    digits.append(decimals, '0');
  } else {
    if (decimals == 0 || number.size() - dot != decimals + 1 || dot == 0) return std::nullopt;
    digits.erase(dot, 1);
  }
  if (!all_digits(digits) || digits.size() > 18) return std::nullopt;
  const std::int64_t minor = std::stoll(digits);
  return Money{negative ? -minor : minor, *currency};
}

std::vector<Money> allocate(Money total, std::span<const std::int64_t> weights) {
  Wide sum = 0;
  for (const std::int64_t weight : weights) {
    ORDEAL_CHECK(weight >= 0, "negative weight");
    sum += weight;
  }
  ORDEAL_CHECK(sum > 0, "nothing to allocate to");
  std::vector<Money> parts(weights.size(), Money{0, total.currency});
  std::vector<Wide> remainder(weights.size());
  Wide given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide ideal = Wide{total.minor} * weights[i];
    parts[i].minor = narrow(floor_div(ideal, sum));
    remainder[i] = ideal - Wide{parts[i].minor} * sum;
    given += parts[i].minor;
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainder[a] > remainder[b]; });
  const auto left = static_cast<std::size_t>(Wide{total.minor} - given);
  for (std::size_t i = 0; i < left; ++i) ++parts[order[i]].minor;
  return parts;
}

Money portion(Money amount, std::int64_t num, std::int64_t den) {
  ORDEAL_CHECK(num >= 0 && den > 0);
  return {narrow(floor_div(Wide{amount.minor} * num, den)), amount.currency};
}

}  // namespace ordeal
