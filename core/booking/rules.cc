#include "core/booking/rules.h"

namespace ordeal::booking {

using api::BookProblem;

bool good_key(const std::string& key) { return !key.empty() && key.size() <= kKeyMost; }

BookProblem problem_of(const Venue& venue, Instant from, Instant until, Instant now) {
  // Far from where instants cannot be subtracted any more.
  if (from < Instant{} || from > now + kFurthest)
    return from < Instant{} ? BookProblem::too_soon : BookProblem::too_far;
  if (until <= from) return BookProblem::not_a_stretch;
  const Instant midnight = day_of(from);
  if (until > midnight + kDay) return BookProblem::out_of_hours;
  const Duration begins = from - midnight;
  const Duration ends = until - midnight;
  if ((begins - venue.opens).ns % venue.slot.ns != 0 || (ends - venue.opens).ns % venue.slot.ns != 0)
    return BookProblem::off_the_slots;
  if (begins < venue.opens || ends > venue.closes) return BookProblem::out_of_hours;
  return from <= now ? BookProblem::too_soon : BookProblem::none;
}

}  // namespace ordeal::booking
