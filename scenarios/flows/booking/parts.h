// What a scenario may say about booking: the venues, and the guests who want them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/booking.h"
#include "core/base/ratio.h"
#include "core/booking/rules.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"

namespace ordeal::booking {

struct VenueSpec {
  std::string name;
  Duration opens{};
  Duration closes{};
  Duration slot{3'600'000'000'000};
};

// The setting "venues".
struct Venues {
  std::vector<VenueSpec> venues;
};

struct GuestArrival {
  Duration from{};
  Duration until{};
};

struct GuestHabits {
  Ratio never_pays = Ratio::zero();
  Ratio pays_late = Ratio::zero();
  Ratio double_click = Ratio::zero();
  Duration think_min{};
  Duration think_max{};
  Duration late_min{};
  Duration late_max{};
  std::int64_t slots_max = 1;  // of one booking
  std::int64_t days = 1;       // that people ask for
  std::int64_t wishes = 1;     // stretches that one asks for until one is free
};

struct BookingSpec {
  std::uint32_t guests = 0;
  GuestArrival arrive;
  GuestHabits habits;
};

VenueId venue_id(std::size_t index);
Venue venue_of(const VenueSpec& spec, std::size_t index);
// "court"; the id of what is none of the scenario.
std::string venue_text(const play::Scenario& scenario, VenueId venue);
// "guest-3"; the id of nobody there.
std::string guest_text(const play::Scenario& scenario, UserId user);
// "18:00-20:00 of day 3"; the day on which the trial begins is day 1.
std::string stretch_text(const play::Scenario& scenario, Instant from, Instant until);
// The ids of all guests of the scenario.
std::vector<UserId> members_of(const play::Scenario& scenario);

const play::Shape<Venues>& venues_shape();
const play::Shape<BookingSpec>& booking_shape();

// What only the whole scenario shows.
void check_booking(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

}  // namespace ordeal::booking
