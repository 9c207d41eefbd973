// Seam seckill::SeatLimit: how a user gets one seat of an activity and no second (I-27).
//
// Contract: of all grabs of one user at one time at most one has a seat that is not given back, whoever asks beside it, on whatever
// device. F-34 counts first and writes later.
#pragma once

#include <memory>
#include <string_view>

#include "core/env/database.h"
#include "core/seckill/seats.h"

namespace ordeal::seckill {

class SeatLimit {
 public:
  virtual ~SeatLimit() = default;
  // The tables of the service, with what this design needs; a constant.
  virtual std::string_view schema() const = 0;
  // Before the cache and the transaction are troubled. True when nothing is known against it.
  virtual bool may_ask(env::Database& db, const Seat& seat) = 0;
  // The seat's row. False: the user has a seat; nothing is written.
  virtual bool write(env::Tx& tx, const Seat& seat) = 0;
};

// "unique_index"  an index over the seats that are not given back
// "in_transaction"  the transaction that writes looks first
// Null for an unknown name.
std::unique_ptr<SeatLimit> make_seat_limit(std::string_view name);

}  // namespace ordeal::seckill
