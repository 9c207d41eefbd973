// Money: int64 minor units (fen, cent) with a currency. Overflow and mixed currencies are programmer errors:
// amounts that come from outside are checked at the door (I-30: positive, at most kMaxMinor, one currency per
// document).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ordeal {

// An ISO 4217 alphabetic code. Known: CNY, USD, EUR, GBP, HKD with two minor digits, JPY with none, KWD with three.
struct Currency {
  std::array<char, 3> code{'C', 'N', 'Y'};

  constexpr auto operator<=>(const Currency&) const = default;
  std::string_view text() const { return {code.data(), code.size()}; }
  static std::optional<Currency> parse(std::string_view text);
};

struct Money {
  std::int64_t minor = 0;
  Currency currency{};

  constexpr bool operator==(const Money&) const = default;

  // The largest amount of one document: 100,000,000.00 CNY, far below overflow of any sum made here.
  static constexpr std::int64_t kMaxMinor = 10'000'000'000;

  Money operator+(Money other) const;
  Money operator-(Money other) const;
  Money operator-() const;
  Money operator*(std::int64_t times) const;
  Money& operator+=(Money other) { return *this = *this + other; }
  Money& operator-=(Money other) { return *this = *this - other; }
  bool is_positive() const { return minor > 0; }
  bool is_payable() const { return minor > 0 && minor <= kMaxMinor; }
  // What something costs: nothing, or what can be paid.
  bool is_price() const { return minor == 0 || is_payable(); }

  // "12.34 CNY", "12 JPY", "12.345 KWD". parse accepts just these, with all decimals or none, and no sign but '-'.
  std::string text() const;
  static std::optional<Money> parse(std::string_view text);
};

// Splits total by weights so that the parts add up to total exactly and each part is within one minor unit of
// its ideal (largest remainder, ties to the earlier part; I-22). Weights are >= 0 with a positive sum; total
// may be negative.
std::vector<Money> allocate(Money total, std::span<const std::int64_t> weights);

// floor(amount * num / den) for a fee or share; exact in 128 bits. num >= 0, den > 0.
Money portion(Money amount, std::int64_t num, std::int64_t den);

}  // namespace ordeal
