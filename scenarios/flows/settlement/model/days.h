// On which days banks of mainland China work, as the notices of the State Council for 2025 and 2026 say it: read from their words, once more and
// without a look at the core's calendar.
#pragma once

#include <cstdint>

namespace ordeal::settlement::model {

// Days since 1970-01-01 in Beijing.
bool banks_work(std::int64_t day, bool make_up_days_count);
std::int64_t next_working_day(std::int64_t day, bool make_up_days_count);
// Of nanoseconds since 1970-01-01 in UTC.
std::int64_t day_in_beijing(std::int64_t wall_ns);

}  // namespace ordeal::settlement::model
