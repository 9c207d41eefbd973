// Seam booking::SlotKeeper: how a stretch of time of a venue gets one booking and no second one.
//
// Contract: the active bookings of a venue do not overlap (I-17), whoever asks beside whom, on how many instances, however long
// somebody holds a lock or believes that he does. A request (user, key) is written once (I-01). Nobody waits for a lock for more
// than 5 s (I-65), and no lock is held after the answer, whatever the answer is.
//
// The lock keeps people from working for nothing. What carries safety stands behind it: the slots' unique key and the token (B20).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/booking/bookings.h"
#include "core/env/env.h"

namespace ordeal::booking {

struct Wanted {
  Booking booking;  // as it would be
  Venue venue;
  env::Wakeable& overdue;  // who looks after what is due
};

// booked, also of a booking that was there before; conflict when the key stands for another request.
api::BookReply answer_of(const Booking& known, const Booking& wanted);
// What an earlier request of the same user and key came to.
std::optional<api::BookReply> known_answer(env::Connection& from, const Booking& wanted);

class SlotKeeper {
 public:
  virtual ~SlotKeeper() = default;
  // At each boot.
  virtual void start(env::Env& env) { env_ = &env; }
  virtual api::BookReply keep(env::Database& db, const Wanted& wanted) = 0;

 protected:
  // Work that takes its time while others wait, or stop waiting: a pause of the process, a slow host.
  void work_under_the_lock() const;

  env::Env* env_ = nullptr;
};

// What one lock is for (B36).
std::vector<std::string> venue_day(const Wanted& wanted);
std::vector<std::string> each_slot(const Wanted& wanted);  // in their order
std::vector<std::string> whole_venue(const Wanted& wanted);

// "venue_day"        a lock for the venue and its day, as long as the work lasts
// "slot"             a lock for each slot, in their order
// "venue"            one for the venue
// "venue_day_lease"  the first with a lease of 3 s instead of a watchdog: who is late is refused by his token (B5)
// "none"             no lock: the slots' key alone decides
// Null for an unknown name.
std::unique_ptr<SlotKeeper> make_keeper(std::string_view name);

}  // namespace ordeal::booking
