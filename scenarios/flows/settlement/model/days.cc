#include "scenarios/flows/settlement/model/days.h"

#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace ordeal::settlement::model {
namespace {

// One letter a day from the first of the month: '.' as the day of the week says, 'o' off, 'w' worked. Months not named are without any.
struct Month {
  int year;
  unsigned month;
  std::string_view days;
};
constexpr std::array kNotices{
    Month{2025, 1, "o........................w.oooo"},
    Month{2025, 2, "oooo...w"},
    Month{2025, 4, "...ooo....................w..."},
    Month{2025, 5, "ooooo.........................o"},
    Month{2025, 6, "oo"},
    Month{2025, 9, "...........................w"},
    Month{2025, 10, "oooooooo..w"},
    Month{2026, 1, "ooow"},
    Month{2026, 2, ".............wooooooooo....w"},
    Month{2026, 4, "...ooo"},
    Month{2026, 5, "ooooo...w"},
    Month{2026, 6, "..................ooo"},
    Month{2026, 9, "...................w....ooo"},
    Month{2026, 10, "ooooooo..w"},
};

char noticed(const std::chrono::year_month_day& date) {
  for (const Month& one : kNotices) {
    if (one.year != static_cast<int>(date.year()) || one.month != static_cast<unsigned>(date.month()))
      continue;
    const unsigned at = static_cast<unsigned>(date.day()) - 1;
    return at < one.days.size() ? one.days[at] : '.';
  }
  return '.';
}

}  // namespace

bool banks_work(std::int64_t day, bool make_up_days_count) {
  const std::chrono::sys_days at{std::chrono::days{static_cast<std::int32_t>(day)}};
  const char said = noticed(std::chrono::year_month_day{at});
  if (said == 'o') return false;
  const std::chrono::weekday weekday{at};
  const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
  return !weekend || (said == 'w' && make_up_days_count);
}

std::int64_t next_working_day(std::int64_t day, bool make_up_days_count) {
  do {
    ++day;
  } while (!banks_work(day, make_up_days_count));
  return day;
}

std::int64_t day_in_beijing(std::int64_t wall_ns) {
  using namespace std::chrono;
  return floor<days>(nanoseconds{wall_ns} + hours{8}).count();
}

}  // namespace ordeal::settlement::model
