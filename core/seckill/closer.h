// Seam seckill::Closer: who notices that a deadline of a seat is over (E14, E21, E22).
//
// Contract: every seat with a deadline is closed at it or a little later, also if whoever registered it is dead and every message is
// lost. So a scan of the table stands behind whatever is faster; it alone is complete. F-75 lets every node close for itself.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/env/env.h"
#include "core/seckill/seats.h"

namespace ordeal::seckill {

inline constexpr std::string_view kDueTopic = "seckill-seat-due";
inline constexpr std::string_view kDueGroup = "seckill-closers";

class Closing {
 public:
  // Closes every seat whose deadline is over since `lag`; when the next will be.
  virtual std::optional<Instant> close_due(Duration lag) = 0;
  // Closes this one if its deadline is over.
  virtual void close(GrabId grab) = 0;
  // What is left to do when a unit came back and the course had this version.
  virtual void unit_is_back(const Seat& seat, std::int64_t version) = 0;
  virtual env::Database& database() = 0;

 protected:
  ~Closing() = default;
};

class Closer {
 public:
  virtual ~Closer() = default;
  virtual void start(env::Env& env, Closing& closing) = 0;
  // In the transaction that gives the seat this deadline.
  virtual void expect(env::Tx& tx, GrabId grab, Instant due) = 0;
};

// "scan"             a worker over the table
// "delayed_message"  a delayed message for each deadline, sent after the commit; the scan follows behind
// Null for an unknown name.
std::unique_ptr<Closer> make_closer(std::string_view name);

// Sends the message about a deadline; true when the broker has it.
bool send_due(env::Env& env, GrabId grab, Instant due);

}  // namespace ordeal::seckill
