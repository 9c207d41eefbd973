// Seam order::StatusWriter: how an order changes its state.
//
// Contract: of several writers that saw the same row at most one succeeds (I-04); the version grows by
// exactly one for each change (I-05); a false return means nothing was written and the row has to be read
// again. F-17 breaks it: it updates without a condition, and a close overwrites a payment. The caller asks
// only for edges of order/state.h; anything else is a programmer error.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/order/orders.h"

namespace ordeal::order {

struct Move {
  OrderState to;
  Instant at;                               // the order host's wall clock
  std::optional<Instant> close_at{};        // → UNPAID: when it will be closed
  std::optional<AttemptId> paid_attempt{};  // → PAID: which attempt paid
};

class StatusWriter {
 public:
  virtual ~StatusWriter() = default;
  // Emits OrderMoved when it returns true.
  virtual bool move(env::Tx& tx, const OrderRow& seen, const Move& move) = 0;
};

// "conditional"  where state = the state that was seen
// "version"      where version = the version that was seen
// Null for an unknown name.
std::unique_ptr<StatusWriter> make_status_writer(std::string_view name);

}  // namespace ordeal::order
