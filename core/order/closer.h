// Seam order::Closer: what notices that an unpaid order's time is over.
//
// Contract: every UNPAID order is brought to Closing soon after its due_at, also when the process died in
// between and when a timer was lost (I-41, F-28). A closer only finds orders; Closing decides and writes, so
// finding one twice does no harm. A closer belongs to one start of the service: make a new one at each boot.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/env/env.h"

namespace ordeal::order {

class Closing {
 public:
  virtual ~Closing() = default;
  virtual void close(OrderId order) = 0;
  // Closes every order that is due since `lag` or longer; returns when the next one will be.
  virtual std::optional<Instant> close_due(Duration lag) = 0;
};

class Closer {
 public:
  virtual ~Closer() = default;
  virtual void start(env::Env& env, Closing& closing) = 0;
  // In the transaction that makes the order UNPAID; an order that is not UNPAID in the end is left alone.
  virtual void expect(env::Tx& tx, OrderId order, Instant close_at) = 0;
};

// "scan"           a worker on the index over due_at
// "delayed_timer"  a sleeping task for each order, lost with the process; the scan follows a minute behind as a backstop
// "delayed_message"  a message that the broker delivers when the time is over; sent when the order is durable, so it may be lost
//                  with the process, as the broker may lose it: the scan follows a minute behind (F-28)
// Null for an unknown name.
std::unique_ptr<Closer> make_closer(std::string_view name);

// The group that consumes delayed messages, all instances together, and their topic.
inline constexpr std::string_view kCloseGroup = "order-close";
inline constexpr std::string_view kCloseTopic = "order.close";

}  // namespace ordeal::order
