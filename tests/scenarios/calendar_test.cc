// The calendar of channels and laws was written apart from the core's: both must cut time at the same places.
#include "scenarios/flows/purchase/parties/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace ordeal::test {
namespace {

using namespace literals;
using channel::Summer;
using channel::Zone;

RC_GTEST_PROP(Calendar, AgreesWithTheCores, ()) {
  const Zone zone =
      *rc::gen::element(Zone{8_h}, Zone{}, Zone{1_h, Summer::european}, Zone{-1_h, Summer::european},
                        Zone{-5_h, Summer::american}, Zone{-8_h, Summer::american});
  const Instant from = channel::begin_of(*channel::Day::parse("2001-01-01"), zone);
  const Instant at = from + 1_s * *rc::gen::inRange<std::int64_t>(0, 90LL * 365 * 86'400);
  RC_ASSERT(purchase::day_of(at, zone) == channel::day_at(at, zone));
  // The ends of its day, where a mistake would show.
  const channel::Day day = channel::day_at(at, zone);
  for (const Instant end : {channel::begin_of(day, zone), channel::begin_of(day.next(), zone)}) {
    RC_ASSERT(purchase::day_of(end, zone) == channel::day_at(end, zone));
    RC_ASSERT(purchase::day_of(end - 1_ns, zone) == channel::day_at(end - 1_ns, zone));
  }
}

// Days on which clocks change, each year.
TEST(Calendar, AgreesOnTheDaysOfAChange) {
  for (const Zone zone :
       {Zone{1_h, Summer::european}, Zone{-1_h, Summer::european}, Zone{-5_h, Summer::american}}) {
    for (channel::Day day = *channel::Day::parse("2001-01-01"); day < *channel::Day::parse("2091-01-01");
         day = day.next()) {
      const Instant begin = channel::begin_of(day, zone);
      ASSERT_EQ(purchase::day_of(begin, zone), day) << day.text();
      ASSERT_EQ(purchase::midnight_before(day, zone), begin) << day.text();
      ASSERT_EQ(purchase::day_of(begin - 1_ns, zone).next(), day) << day.text();
    }
  }
}

}  // namespace
}  // namespace ordeal::test
