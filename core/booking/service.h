// The booking service: takes bookings, hears of payments, and cancels what is not paid in time. Several instances may share a
// database; whoever is late with a look writes only what it had seen.
#pragma once

#include <cstdint>
#include <optional>

#include "core/booking/keeper.h"
#include "core/env/env.h"
#include "core/worker/due_worker.h"

namespace ordeal::booking {

struct Config {
  Duration pay_window{900'000'000'000};  // 15 min, as the orders of a shop (domain section 2)
  std::int64_t batch = 16;               // bookings that are cancelled in one pass
};

class Service {
 public:
  Service(env::Env& env, env::Database& db, SlotKeeper& keeper, Config config);

  void start();
  api::BookReply book(const api::BookVenue& request);
  api::PayBookingReply pay(const api::PayBooking& request);
  // Cancels what is over; returns when the next one will be.
  std::optional<Instant> cancel_overdue();

 private:
  struct Looked {
    std::optional<api::BookReply> answer;  // nothing more to do
    Venue venue{};
  };
  // What can be said without a lock (B37: nobody holds one for what is refused anyway).
  Looked look(env::Connection& from, const api::BookVenue& request, const Booking& wanted) const;

  env::Env& env_;
  env::Database& db_;
  SlotKeeper& keeper_;
  Config config_;
  worker::DueWorker overdue_;
};

}  // namespace ordeal::booking
