// What carts hold (core/api/cart_stock.h): reservations with a deadline. They are taken by the gate as any other; the deadline is written
// down before anything is taken, so nothing is held without one, whoever dies in between. What a line held becomes its order's, or another
// line's, within one transaction: nobody can be served in between, and no counter moves.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/api/ack.h"
#include "core/api/cart_stock.h"
#include "core/env/env.h"
#include "core/inventory/gate.h"
#include "core/worker/due_worker.h"

namespace ordeal::inventory {

inline constexpr std::string_view kHoldTable = R"sql(
create table hold_until(
  hold integer primary key,
  until integer not null);
create index hold_until_due on hold_until(until);
)sql";

class CartHolds {
 public:
  CartHolds(env::Env& env, env::Database& db, Gate& gate);

  void start();

  api::ReserveReply hold(const api::HoldForCart& request);
  api::ReserveReply reserve(const api::ReserveOfCart& request);
  api::Ack let_go(std::span<const OrderId> holds);

  std::optional<Instant> run_due() { return worker_.run_due(); }

 private:
  // None: they do not hold just these lines.
  std::optional<api::ReserveStatus> take_over(OrderId by, const std::vector<api::Line>& lines,
                                              std::span<const OrderId> holds);
  std::optional<Instant> pass();

  env::Env& env_;
  env::Database& db_;
  Gate& gate_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::inventory
