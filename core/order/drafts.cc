#include "core/order/drafts.h"

#include <algorithm>

#include "core/order/prices.h"

namespace ordeal::order {
Drafts::Drafts(Context& context)
    : context_(context), worker_(context.env, "drafts", [this] { return pass(); }) {}

OrderState Drafts::advance(const OrderRow& draft, const std::vector<api::Line>& lines) {
  const Had has_stock = stock(draft, lines);
  if (has_stock == Had::no) return settle(draft, OrderState::rejected);
  const Had has_all = has_stock == Had::yes ? discounts(draft) : has_stock;
  if (has_all == Had::no) return settle(draft, OrderState::rejected, true);
  if (has_all == Had::nobody_knows) return OrderState::draft;
  // An order of nothing is paid for: no channel takes nothing.
  return settle(draft, draft.total.is_positive() ? OrderState::unpaid : OrderState::paid);
}

// For an order of nothing both times are one.
Had Drafts::stock(const OrderRow& draft, const std::vector<api::Line>& lines) {
  Deduction& deduction = context_.designs.deduction;
  const auto take = [&] { return context_.take_stock(draft.id, lines); };
  const Had has_stock = deduction.when_ordered(take);
  return has_stock == Had::yes && !draft.total.is_positive() ? deduction.when_paid(take) : has_stock;
}

Had Drafts::discounts(const OrderRow& draft) {
  const auto& promotions = context_.config.promotions;
  if (!promotions) return Had::yes;
  const auto wanted = env::in_read(context_.db, "order.discounts", [&](env::Connection& connection) {
    return to_hold(connection, draft.id, draft.user);
  });
  if (wanted.coupons.empty() && wanted.points == 0 && wanted.units.empty()) return Had::yes;
  const auto reply =
      context_.env.rpc.call<api::HoldReply>("promotion", "hold", wanted, promotions->hold_deadline);
  if (!reply) {
    context_.env.log.line(
        [&] { return "nobody knows yet whether " + draft.id.text() + " has its discounts"; });
    context_.env.log.sometimes("no answer from promotion");
    return Had::nobody_knows;
  }
  return reply->status == api::HoldStatus::held ? Had::yes : Had::no;
}

bool Drafts::move(const OrderRow& draft, const Move& move, bool discount_gone) {
  if (!discount_gone) return context_.move("order.reserved", draft, move);
  return env::in_transaction(context_.db, "order.discount_gone", [&](env::Tx& tx) {
    const bool moved = context_.move(tx, draft, move);
    if (moved) note_gone(tx, draft.id);
    return moved;
  });
}

OrderState Drafts::settle(const OrderRow& draft, OrderState to, bool discount_gone) {
  const Instant now = context_.env.clock.wall_now();
  Move step{.to = to, .at = now};
  if (to == OrderState::unpaid) step.close_at = now + context_.config.pay_window;
  const bool moved = move(draft, step, discount_gone);
  if (!moved) {
    context_.env.log.sometimes("draft settled by another");
    const auto row = env::in_read(context_.db, "order.read", [&](env::Connection& connection) {
      return find_order(connection, draft.id);
    });
    return row ? row->state : OrderState::draft;
  }
  context_.env.log.line([&] { return draft.id.text() + " is " + std::string(wire::name_of(to)); });
  context_.outlet.after_commit();
  return to;
}

std::optional<Instant> Drafts::pass() {
  const Config& config = context_.config;
  const Instant begin = context_.env.clock.wall_now();
  const auto drafts = env::in_read(context_.db, "order.drafts", [&](env::Connection& connection) {
    return by_due(connection, OrderState::draft, begin, config.batch + 1);
  });
  std::optional<Instant> next;
  bool silent = false;
  for (const OrderRow& draft : drafts) {
    const Instant now = context_.env.clock.wall_now();
    if (*draft.due_at > begin || &draft == drafts.data() + config.batch) {
      next = std::min(next.value_or(*draft.due_at), *draft.due_at);
      break;
    }
    const env::TraceScope scope(context_.env.tasks, draft.trace);
    if (now >= draft.created_at + config.draft_life) {
      context_.env.log.sometimes("draft given up");
      settle(draft, OrderState::rejected);
      continue;
    }
    if (!silent) {
      context_.env.log.sometimes("reserve retried after timeout");
      const auto lines = env::in_read(context_.db, "order.lines", [&](env::Connection& connection) {
        return lines_of(connection, draft.id);
      });
      if (advance(draft, lines) != OrderState::draft) continue;
      silent = true;
    }
    const Instant again = context_.env.clock.wall_now() + config.draft_retry;
    env::in_transaction(context_.db, "order.postpone", [&](env::Tx& tx) { postpone(tx, draft, again); });
    next = std::min(next.value_or(again), again);
  }
  return next;
}

}  // namespace ordeal::order
