// What a lock of one granularity costs against another (domain B36).
#include <map>
#include <string>
#include <utility>

#include "core/api/booking.h"
#include "scenarios/flows/booking/parties/books.h"
#include "scenarios/flows/booking/telling/telling.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::booking {
namespace {

using Samples = std::vector<std::int64_t>;

void bookings(const play::Finished& trial, Samples& samples) {
  std::int64_t count = 0;
  for (const play::KeptFact& fact : trial.facts)
    count += fact.body.get_if<api::facts::VenueBooked>() != nullptr;
  samples.push_back(count);
}

// By request: from the first asking to the first answer that ends it.
void booking_takes(const play::Finished& trial, Samples& samples) {
  const Book* book = trial.rest.books_if_any<Book>();
  if (book == nullptr) return;
  std::map<std::string, std::int64_t> since;
  for (const Asked& asked : book->asked) {
    const auto [begun, first] = since.try_emplace(asked.request.request_key, asked.asked_ns);
    if (begun->second < 0 || !asked.answered_ns) continue;
    if (asked.reply.status != api::BookStatus::booked && asked.reply.status != api::BookStatus::taken)
      continue;
    samples.push_back(*asked.answered_ns - begun->second);
    begun->second = -1;
  }
}

template <api::BookStatus Status>
void told(const play::Finished& trial, Samples& samples) {
  const Book* book = trial.rest.books_if_any<Book>();
  std::int64_t count = 0;
  if (book != nullptr) {
    for (const Asked& asked : book->asked) count += asked.answered_ns && asked.reply.status == Status;
  }
  samples.push_back(count);
}

}  // namespace

std::vector<play::MeasureRow> measure_rows() {
  using enum play::Better;
  using play::Told;
  using play::Unit;
  return {
      {"bookings", "Bookings that were written down.", Told::total, Unit::number, more, bookings, "booking"},
      {"booking a stretch",
       "From a guest's first asking to the first \"yours\" or \"taken\", asking again included.",
       Told::spread, Unit::time, less, booking_takes},
      {"told \"taken\"", "Answers that a part of the stretch is somebody else's.", Told::total, Unit::number,
       neither, told<api::BookStatus::taken>},
      {"told \"busy\"", "Answers that a lock could not be had in 5 s.", Told::total, Unit::number, less,
       told<api::BookStatus::busy>},
  };
}

}  // namespace ordeal::booking
