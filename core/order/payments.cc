#include "core/order/payments.h"

#include <algorithm>

namespace ordeal::order {
namespace {

// Every lost move means that another writer won, and an order moves at most twice.
constexpr int kTries = 4;

}  // namespace

bool Payments::captured(const api::PaymentCaptured& money) {
  for (int i = 0; i < kTries; ++i) {
    const auto row = env::in_read(context_.db, "order.read", [&](env::Connection& connection) {
      return find_order(connection, money.order);
    });
    if (!row || row->state == OrderState::draft) return false;
    if (row->state == OrderState::unpaid) {
      const Had had = stock(*row);
      if (had == Had::nobody_knows) return false;
      const bool moved =
          had == Had::yes ? context_.designs.mark_paid.mark(context_, *row, money) : sold_out(*row, money);
      if (!moved) {
        context_.env.log.sometimes("payment lost a race");
        continue;
      }
      context_.outlet.after_commit();
      context_.env.log.line([&] {
        return had == Had::yes ? money.order.text() + " is PAID by " + money.attempt.text()
                               : money.order.text() + " is sold out: CLOSED, its money goes back";
      });
      return true;
    }
    if (row->state == OrderState::paid && row->paid_attempt == money.attempt) {
      context_.env.log.sometimes("capture told again");
      return true;
    }
    const bool surplus = row->state == OrderState::paid;
    const bool asked = env::in_transaction(context_.db, "order.late_payment", [&](env::Tx& tx) {
      return context_.designs.late_payment.take(
          tx, context_.outlet, *row, money,
          surplus ? api::RefundReason::surplus : api::RefundReason::late_payment);
    });
    if (asked) {
      context_.outlet.after_commit();
      context_.env.log.sometimes(surplus ? "surplus payment refunded" : "late payment refunded");
      context_.env.log.line([&] {
        return money.amount.text() + " came for " + money.order.text() + ", which is " +
               std::string(wire::name_of(row->state)) + ": it goes back";
      });
    }
    return true;
  }
  return false;
}

Had Payments::stock(const OrderRow& seen) {
  return context_.designs.deduction.when_paid([&] {
    const auto lines = env::in_read(context_.db, "order.lines", [&](env::Connection& connection) {
      return lines_of(connection, seen.id);
    });
    return context_.take_stock(seen.id, lines);
  });
}

bool Payments::sold_out(const OrderRow& seen, const api::PaymentCaptured& money) {
  const Move move{.to = OrderState::closed, .at = context_.env.clock.wall_now()};
  const bool moved = env::in_transaction(context_.db, "order.sold_out", [&](env::Tx& tx) {
    if (!context_.move(tx, seen, move)) return false;
    context_.designs.late_payment.take(tx, context_.outlet, seen, money, api::RefundReason::sold_out);
    return true;
  });
  if (moved) context_.env.log.sometimes("paid, and sold out");
  return moved;
}

api::CancelStatus Payments::cancel(OrderId order) {
  const auto read = [&] {
    return env::in_read(context_.db, "order.read",
                        [&](env::Connection& connection) { return find_order(connection, order); });
  };
  auto row = read();
  if (row && row->state == OrderState::draft) return api::CancelStatus::unavailable;
  if (row && row->state == OrderState::unpaid) {
    // Closed below; the closer looks after it in case that nobody can say yet, or that this process dies.
    const Instant now = context_.env.clock.wall_now();
    const Instant again = now + context_.config.settle_retry;
    const bool first = env::in_transaction(context_.db, "order.cancel", [&](env::Tx& tx) {
      context_.designs.closer.expect(tx, order, again);
      return context_.designs.giving_up.note(tx, *row, now, again);
    });
    context_.env.log.sometimes(first ? "order cancelled" : "order cancelled again");
    row->cancelled_at = now;
    bool silent = false;
    close_one(*row, true, silent);
  }
  const auto after = read();
  if (after && after->state == OrderState::closed) return api::CancelStatus::cancelled;
  if (after && after->state == OrderState::unpaid) return api::CancelStatus::pending;
  context_.env.log.sometimes("cancel refused");
  return api::CancelStatus::refused;
}

void Payments::close(OrderId order) {
  const auto row = env::in_read(context_.db, "order.read",
                                [&](env::Connection& connection) { return find_order(connection, order); });
  if (!row || row->state != OrderState::unpaid || *row->due_at > context_.env.clock.wall_now()) return;
  bool silent = false;
  close_one(*row, true, silent);
}

std::optional<Instant> Payments::close_due(Duration lag) {
  const Instant now = context_.env.clock.wall_now();
  const auto rows = env::in_read(context_.db, "order.due", [&](env::Connection& connection) {
    return by_due(connection, OrderState::unpaid, now - lag, context_.config.batch + 1);
  });
  std::optional<Instant> next;
  bool silent = false;
  for (const OrderRow& row : rows) {
    const Instant due = *row.due_at + lag;
    if (due > now || &row == rows.data() + context_.config.batch) {
      next = std::min(next.value_or(due), due);
      break;
    }
    const env::TraceScope scope(context_.env.tasks, row.trace);
    // One silence of payment is enough for a pass: each question would wait its whole deadline.
    const auto again = close_one(row, !silent, silent);
    if (again) next = std::min(next.value_or(*again + lag), *again + lag);
  }
  return next;
}

Instant Payments::put_off(const OrderRow& seen) {
  context_.env.log.sometimes("close put off");
  const Instant again = context_.env.clock.wall_now() + context_.config.settle_retry;
  env::in_transaction(context_.db, "order.postpone", [&](env::Tx& tx) { postpone(tx, seen, again); });
  return again;
}

std::optional<Instant> Payments::close_one(const OrderRow& seen, bool ask, bool& silent) {
  env::Env& env = context_.env;
  const Config& config = context_.config;
  api::SettleReply settled;
  if (ask) {
    const auto reply = env.rpc.call<api::SettleReply>("payment", "settle", api::SettlePayment{seen.id},
                                                      config.settle_deadline);
    silent = !reply.ok();
    if (reply) settled = *reply;
  }
  if (settled.status == api::SettleStatus::paid) {
    env.log.sometimes("closing found it paid");
    if (captured({seen.id, settled.attempt, settled.amount})) return std::nullopt;
    return put_off(seen);
  }
  const Instant now = env.clock.wall_now();
  if (settled.status == api::SettleStatus::unknown) {
    if (now < seen.over_at() + config.settle_grace) return put_off(seen);
    env.log.sometimes("closed without an answer from payment");
  }
  const Move move{.to = OrderState::closed, .at = now};
  const bool moved = context_.move("order.closed", seen, move);
  if (!moved) {
    env.log.sometimes("close lost a race");
    return std::nullopt;
  }
  context_.outlet.after_commit();
  env.log.line([&] {
    return seen.id.text() + (seen.cancelled_at ? " was given up: CLOSED" : " was not paid in time: CLOSED");
  });
  return std::nullopt;
}

}  // namespace ordeal::order
