// Booking a venue for a stretch of time, and the facts that laws read. RPC methods of service "booking":
//
//   book   BookVenue → BookReply               again with the same user and key: the same booking
//   pay    PayBooking → PayBookingReply        again with the same key: the same answer
//
// A day is one of UTC; a stretch [from, until) lies within the open hours of one day, on the venue's slots.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/wire/fields.h"

namespace ordeal {

struct VenueTag {
  static constexpr std::string_view prefix = "ven";
};
struct BookingTag {
  static constexpr std::string_view prefix = "bkg";
};
using VenueId = Id<VenueTag>;
using BookingId = Id<BookingTag>;

namespace api {

// UNPAID becomes PAID, or CANCELLED when its time to be paid is over.
enum class BookingState : std::uint8_t { unpaid, paid, cancelled };
constexpr auto names_of(BookingState) {
  return std::to_array<std::string_view>({"UNPAID", "PAID", "CANCELLED"});
}

// booked: the stretch is the user's; `state` says how the booking stands now. taken: a part of it is somebody else's. busy: surely
// nothing happened, ask again later. refused: no booking can be made of this, `problem` says why. conflict: the key stands for
// another request (F-89). unknown: it may have happened, ask again with the same key.
enum class BookStatus : std::uint8_t { unknown, busy, taken, refused, conflict, booked };
constexpr auto names_of(BookStatus) {
  return std::to_array<std::string_view>({"unknown", "busy", "taken", "refused", "conflict", "booked"});
}

// Why no booking can be made of a request.
enum class BookProblem : std::uint8_t {
  none,
  bad_key,  // 1 to 64 bytes
  no_such_user,
  no_such_venue,
  bad_note,       // 1 to 255 bytes (domain B38)
  not_a_stretch,  // it ends before it begins, or at once (domain B7)
  off_the_slots,
  out_of_hours,
  too_soon,  // it has begun
  too_far,   // more than 60 days ahead
};
constexpr auto names_of(BookProblem) {
  return std::to_array<std::string_view>({"none", "bad_key", "no_such_user", "no_such_venue", "bad_note",
                                          "not_a_stretch", "off_the_slots", "out_of_hours", "too_soon",
                                          "too_far"});
}

struct BookVenue {
  UserId user{};
  VenueId venue{};
  Instant from{};
  Instant until{};
  std::string note{};  // what it is for
  std::string request_key{};
  ORDEAL_MESSAGE(BookVenue, "booking.BookVenue", user, venue, from, until, note, request_key);
};

struct BookReply {
  BookStatus status = BookStatus::unknown;
  BookProblem problem = BookProblem::none;
  BookingId booking{};
  BookingState state = BookingState::unpaid;
  Instant pay_until{};
  ORDEAL_MESSAGE(BookReply, "booking.BookReply", status, problem, booking, state, pay_until);
};

// The money itself is outside of this: whoever has it says so once, under a key of his own.
struct PayBooking {
  UserId user{};
  BookingId booking{};
  std::string payment_key{};
  ORDEAL_MESSAGE(PayBooking, "booking.PayBooking", user, booking, payment_key);
};

// paid: by this payment. paid_already: by another one. too_late: it is cancelled, and this pays nothing. no_such_booking: the user
// has none of this number. bad_key: as in BookProblem.
enum class PayBookingStatus : std::uint8_t {
  unknown,
  bad_key,
  no_such_booking,
  too_late,
  paid_already,
  paid
};
constexpr auto names_of(PayBookingStatus) {
  return std::to_array<std::string_view>(
      {"unknown", "bad_key", "no_such_booking", "too_late", "paid_already", "paid"});
}

struct PayBookingReply {
  PayBookingStatus status = PayBookingStatus::unknown;
  ORDEAL_MESSAGE(PayBookingReply, "booking.PayBookingReply", status);
};

namespace facts {

// Which lock a booking was written under, and with which token.
struct WrittenUnder {
  std::string resource{};
  std::int64_t token = 0;
  ORDEAL_FIELDS(resource, token);
};

// UNPAID from here on. `under` is empty where no lock was held, or none that gives tokens.
struct VenueBooked {
  BookingId booking{};
  UserId user{};
  VenueId venue{};
  Instant from{};
  Instant until{};
  Instant pay_until{};
  std::vector<WrittenUnder> under{};
  ORDEAL_MESSAGE(VenueBooked, "booking.VenueBooked", booking, user, venue, from, until, pay_until, under);
};

struct BookingPaid {
  BookingId booking{};
  ORDEAL_MESSAGE(BookingPaid, "booking.BookingPaid", booking);
};

struct BookingCancelled {
  BookingId booking{};
  Instant at_wall{};  // by the clock of who cancelled it
  ORDEAL_MESSAGE(BookingCancelled, "booking.BookingCancelled", booking, at_wall);
};

}  // namespace facts
}  // namespace api
}  // namespace ordeal
