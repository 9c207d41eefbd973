// The business-day calendar of mainland China: weekends, public holidays, and weekend days that are worked to make up for them (调休).
//
// Days are counted from 1970-01-01 and are whole days in UTC+8. What is known is what the State Council has announced: 2025
// (www.gov.cn/zhengce/content/202411/content_6986382.htm) and 2026 (…/202511/content_7047090.htm). A year's notice comes out in the November
// before; a day of a year that is not known has no answer, and nobody guesses one from the lunar calendar.
//
// T+1 by working day, make-up days among them: UnionPay Merchant Services announced for Qingming 2018 that what came from 04-04 to 04-07 is
// paid on 04-08, a make-up Sunday (www.chinaums.com/qinghaiums/xwzx/gsgg/201804/t20180403_26063.shtml). Other banks are said to differ, so
// whether make-up days count is the caller's to say.
#pragma once

#include <cstdint>
#include <optional>

namespace ordeal::clearing {

enum class MakeUpDays : std::uint8_t { are_worked, are_off };

// Days of 2025 and 2026.
bool is_known_day(std::int64_t day);
// Nothing of a day that is not known.
std::optional<bool> is_working_day(std::int64_t day, MakeUpDays make_up);
// The first working day after `day`; nothing when a day that is not known comes before it.
std::optional<std::int64_t> next_working_day(std::int64_t day, MakeUpDays make_up);

// Days since 1970-01-01 in Beijing, and when one begins.
std::int64_t business_day(std::int64_t wall_ns);
std::int64_t begin_of_day(std::int64_t day);

}  // namespace ordeal::clearing
