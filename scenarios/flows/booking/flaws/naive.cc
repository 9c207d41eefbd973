#include "scenarios/flows/booking/flaws/flaws.h"

namespace ordeal::booking::planted {
namespace {

constexpr env::Sql kOverlapping{
    "select 1 from booking where venue = ? and state <> 2 and starts < ? and ends > ? limit 1"};
constexpr env::Sql kFillIn{"insert or replace into venue_slot(venue, starts, booking) values(?, ?, ?)"};

}  // namespace

bool looks_free(env::Database& db, const Wanted& wanted) {
  return env::in_read(db, "booking.check", [&](env::Connection& from) {
    const Booking& b = wanted.booking;
    return !from.query(kOverlapping, b.venue, b.until, b.from).next();
  });
}

api::BookReply write_down(env::Database& db, const Wanted& wanted, const std::vector<lock::Fence>& under) {
  return env::in_transaction(db, "booking.book", [&](env::Tx& tx) -> api::BookReply {
    const Booking& b = wanted.booking;
    if (const auto known = known_answer(tx, b)) return *known;
    for (const Instant slot : slots_of(wanted.venue, b.from, b.until)) tx.exec(kFillIn, b.venue, slot, b.id);
    write_booking(tx, b, under, wanted.overdue);
    return answer_of(b, b);
  });
}

}  // namespace ordeal::booking::planted
