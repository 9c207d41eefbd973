// Figures as files write them: amounts with a point, counts, times. None passes through floating point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/money.h"

namespace ordeal::reconciliation {

// How many decimals a currency has (ISO 4217; JPY 0, KWD 3, most 2).
int decimals_of(Currency currency);

// "12.34" of a currency with two decimals is 1234; fewer decimals may be written, not more; no sign, no other marks.
std::optional<std::int64_t> parse_decimal(std::string_view text, int decimals);
// All digits, or all digits behind a minus: of a value that files write in minor units.
std::optional<std::int64_t> parse_whole(std::string_view text);

// "12.34", "-0.07"; decimals as the currency has.
std::string decimal_text(std::int64_t minor, int decimals);
// A fee of the currency, without needless zeros below its minor unit: "0.60", "0.00612".
std::string fee_text(std::int64_t fee, int decimals);

// "2026-01-02 23:59:59", or with a T between, as seconds since 1970 by the same clock; "2026-01-02" as its midnight.
std::optional<std::int64_t> parse_at(std::string_view text);
std::optional<std::int64_t> parse_date(std::string_view text);
std::string at_text(std::int64_t at, bool only_day = false);
std::string date_text(std::int64_t day);
// "2026-01-02", or "2026-01-02 to 2026-01-04".
std::string dates_text(std::int64_t first, std::int64_t last);

}  // namespace ordeal::reconciliation
