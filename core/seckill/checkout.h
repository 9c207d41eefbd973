// Checkout: what becomes of a won seat: confirmed, paid, or closed at its deadline and given back, to the database in the same
// transaction and to the cache after it.
//
// The till settles the race of paying and closing: a seat is closed only when the till has closed its number, and paid when it says so.
#pragma once

#include <optional>
#include <string>

#include "core/env/env.h"
#include "core/seckill/announcer.h"
#include "core/seckill/closer.h"
#include "core/seckill/counts.h"
#include "core/seckill/sold_out.h"
#include "core/seckill/till.h"

namespace ordeal::seckill {

class Checkout final : public Closing {
 public:
  struct Designs {
    Closer& closer;
    Announcer& announcer;
    SoldOut& sold_out;
  };
  Checkout(env::Env& env, env::Database& db, Designs designs, Counts& counts, std::string till_url,
           Duration pay_within);

  void start();
  PageReply page(const PageQuery& query);
  ConfirmReply confirm(const Confirm& request);
  PayForSeatReply pay(const PayForSeat& request);

  std::optional<Instant> close_due(Duration lag) override;
  void close(GrabId grab) override;
  void unit_is_back(const Seat& seat, std::int64_t version) override;
  env::Database& database() override { return db_; }

 private:
  // Nothing when there is no such seat, or it is another's.
  std::optional<Seat> seat_of(GrabId grab, UserId user);
  Money price_of(const Seat& seat);
  ConfirmStatus claim_and_confirm(const Seat& seat, const std::string& token, Instant now);
  void mark_paid(const Seat& seat, const Prepared& prepared);
  void close(const Seat& seat);
  void give_back_unit(const Seat& seat);
  void try_again_later(const Seat& seat);

  env::Env& env_;
  env::Database& db_;
  Designs designs_;
  Counts& counts_;
  Till till_;
  Duration pay_within_;
};

}  // namespace ordeal::seckill
