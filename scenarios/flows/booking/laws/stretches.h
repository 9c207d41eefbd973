// When which stretch of a venue was whose, from the facts: kept once for the laws that ask.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/api/booking.h"
#include "scenarios/play/laws/dispatcher.h"

namespace ordeal::booking {

class Stretches {
 public:
  struct One {
    api::facts::VenueBooked booked;
    std::int64_t from_ns = 0;           // true time
    std::int64_t until_ns = INT64_MAX;  // cancelled
    std::int64_t paid_ns = INT64_MAX;
  };

  void on(const api::facts::VenueBooked& booked, const sim::Fact& fact, play::Findings& findings);
  void on(const api::facts::BookingPaid& paid, const sim::Fact& fact, play::Findings& findings);
  void on(const api::facts::BookingCancelled& cancelled, const sim::Fact& fact, play::Findings& findings);

  // One of the venue that has a part of [from, until) and was there at some time of [since_ns, to_ns]; null when there was none.
  const One* met(VenueId venue, Instant from, Instant until, std::int64_t since_ns, std::int64_t to_ns) const;
  const std::map<BookingId, One>& all() const { return all_; }
  const One* find(BookingId booking) const;

 private:
  std::map<BookingId, One> all_;
  std::map<VenueId, std::vector<BookingId>> of_venue_;
};

}  // namespace ordeal::booking
