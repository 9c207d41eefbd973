// Seam placing::Consistency: how is an order, with its stock and its points, made atomic over three databases (A8, C11, C34)?
//
// Contract, under every fault: an order becomes PLACED or REJECTED once (I-04); in the end each branch of a PLACED order is used, and nothing of
// a REJECTED one is frozen, taken or used (I-12, I-55), within a bound after the faults (I-13). A request (user, key) is one order (I-01).
#pragma once

#include <memory>
#include <string_view>

#include "core/api/ack.h"
#include "core/env/env.h"
#include "core/placing/orders.h"

namespace ordeal::placing {

class Consistency {
 public:
  virtual ~Consistency() = default;
  // At each boot.
  virtual void start(env::Env& env, env::Database& db) = 0;
  // Writes what is wanted, unless it is known, and sees to it that it is decided. May answer PENDING: ask again.
  virtual api::PlacingReply place(const Order& wanted) = 0;
  // An event that a participant wrote. Never of a design that asks its participants itself.
  virtual api::Ack on_answered(const api::Answered&) { return {true}; }
};

// "tcc"     try, confirm, cancel, by a coordinator with a log of its own (tcc.h)
// "outbox"  a saga: the wish is an event, what was taken of a wish that failed is given back (saga.h)
// "half_message"  the same by a broker: a half message is there before the order is, and seen when it is (half_message.h)
// "reconcile"  asks, decides, and gives nothing back: what does not agree is found and repaired by comparing (comparing.h)
// Null for an unknown name.
std::unique_ptr<Consistency> make_consistency(std::string_view name);

}  // namespace ordeal::placing
