// What no booking can be made of. The app checks most of it, too; who goes around the app must not get further (domain B7, B38).
#pragma once

#include <cstdint>

#include "core/api/booking.h"

namespace ordeal::booking {

struct Venue {
  VenueId id{};
  Duration opens{};  // since midnight
  Duration closes{};
  Duration slot{};  // stretches begin and end on a multiple of this after opening
};

inline constexpr Duration kDay{86'400'000'000'000};
inline constexpr Duration kFurthest = kDay * 60;
inline constexpr std::size_t kNoteMost = 255;
inline constexpr std::size_t kKeyMost = 64;

// The midnight before it.
constexpr Instant day_of(Instant at) { return {at.ns - ((at.ns % kDay.ns) + kDay.ns) % kDay.ns}; }

bool good_key(const std::string& key);
// Of the stretch alone; none when it can be had.
api::BookProblem problem_of(const Venue& venue, Instant from, Instant until, Instant now);

}  // namespace ordeal::booking
