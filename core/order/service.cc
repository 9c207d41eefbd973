#include "core/order/service.h"

#include <algorithm>
#include <utility>

namespace ordeal::order {
namespace {

using api::PayStatus;
using api::PlaceStatus;

constexpr std::size_t kMaxLines = 100;
constexpr std::size_t kMaxKey = 64;
constexpr std::int64_t kMaxQty = 1'000'000;
// Longer than the gateway waits for the answer.
constexpr Duration kSlowAnswer{6'000'000'000};
// While who closes it may still be at it (context.cc).
constexpr Duration kAfterItsTime{500'000'000};

bool is_valid(const api::PlaceOrder& request) {
  const auto fits = [](const api::Line& line) { return line.sku && line.qty > 0 && line.qty <= kMaxQty; };
  return request.user && !request.request_key.empty() && request.request_key.size() <= kMaxKey &&
         !request.lines.empty() && request.lines.size() <= kMaxLines &&
         std::all_of(request.lines.begin(), request.lines.end(), fits);
}

// What one transaction found or made of a request: a refusal, or the order that stands for it.
struct Submitted {
  PlaceStatus refusal = PlaceStatus::placed;
  Money total;
  OrderRow order;
};

Submitted refused(PlaceStatus why, Money total = {}) { return {why, total, {}}; }

PayStatus pay_status(api::StartStatus status) {
  switch (status) {
    case api::StartStatus::pay_at_channel:
      return PayStatus::pay_at_channel;
    case api::StartStatus::captured:
      return PayStatus::captured;
    case api::StartStatus::pending:
      return PayStatus::pending;
    case api::StartStatus::cancelled:
      return PayStatus::not_payable;
    case api::StartStatus::declined:
    case api::StartStatus::unknown_channel:
      return PayStatus::declined;
  }
  return PayStatus::unknown;
}

}  // namespace

Service::Service(env::Env& env, env::Database& db, Designs designs, Config config)
    : env_(env),
      db_(db),
      relay_(env, db, config.routes, config.relay),
      context_{env, db, designs, std::move(config), outbox::Outlet(designs.publisher, relay_)},
      drafts_(context_),
      payments_(context_) {}

void Service::start() {
  env_.rpc.on<api::PlaceOrder>("place", [this](const api::PlaceOrder& request) { return place(request); });
  env_.rpc.on<api::PayOrder>("pay", [this](const api::PayOrder& request) { return pay(request); });
  env_.rpc.on<api::CancelOrder>("cancel",
                                [this](const api::CancelOrder& request) { return cancel(request); });
  env_.rpc.on<api::OrderQuery>("status", [this](const api::OrderQuery& query) { return status(query); });
  env_.rpc.on<api::PaymentCaptured>("on_captured",
                                    [this](const api::PaymentCaptured& event) { return on_captured(event); });
  relay_.start();
  drafts_.start();
  context_.designs.closer.start(env_, payments_);
}

api::PlaceReply Service::place(const api::PlaceOrder& request) {
  if (!is_valid(request)) return {PlaceStatus::invalid, {}, {}, {}};
  const auto lines = api::merged(request.lines);
  const std::uint64_t fingerprint = api::PlaceOrder::type().digest(&request);
  const Instant now = env_.clock.wall_now();
  const Instant due = now + context_.config.draft_retry;
  SubmitGuard& guard = context_.designs.submit_guard;
  const auto enter = [&](env::Tx& tx, const std::optional<Submission>& earlier) -> Submitted {
    if (earlier) {
      if (earlier->conflict) return refused(PlaceStatus::conflict);
      env_.log.sometimes("request key used again");
      const auto order = find_order(tx, earlier->order);
      ORDEAL_CHECK(order.has_value());
      if (order->state == OrderState::draft) drafts_.expect(tx, due);
      return {PlaceStatus::placed, order->total, *order};
    }
    const auto quote = catalog::quote(tx, lines);
    if (!quote) return refused(PlaceStatus::invalid);
    if (quote->total != request.expected_total) return refused(PlaceStatus::price_changed, quote->total);
    OrderRow order;
    order.id = OrderId::from_random(env_.random.bits("order id"));
    order.user = request.user;
    order.version = 1;
    order.total = quote->total;
    order.merchant = quote->merchant;
    order.created_at = now;
    order.due_at = due;
    order.trace = env_.tasks.current();
    guard.record(tx, request, fingerprint, order.id);
    insert_order(tx, order, lines, quote->unit);
    drafts_.expect(tx, due);
    tx.fact(env::Message::of(
        api::facts::OrderPlaced{order.id, order.user, request.request_key, order.total, lines}));
    return {PlaceStatus::placed, order.total, std::move(order)};
  };
  Submitted submitted;
  guard.submit(db_, request, fingerprint, [&](env::Tx& tx, const std::optional<Submission>& earlier) {
    submitted = enter(tx, earlier);
  });
  if (submitted.refusal != PlaceStatus::placed) return {submitted.refusal, {}, {}, submitted.total};
  const OrderRow& order = submitted.order;
  if (order.state != OrderState::draft) return reply_for(order, order.state);
  const bool later = env_.points.unlucky("order: a draft is left to its worker");
  const OrderState state = later ? OrderState::draft : drafts_.advance(order, lines);
  if (env_.points.unlucky("order: an answer waits after the commit")) env_.tasks.sleep(kSlowAnswer);
  return reply_for(order, state);
}

api::PlaceReply Service::reply_for(const OrderRow& order, OrderState state) const {
  PlaceStatus status = PlaceStatus::placed;
  if (state == OrderState::draft) status = PlaceStatus::pending;
  if (state == OrderState::rejected) status = PlaceStatus::out_of_stock;
  return {status, order.id, state, order.total};
}

api::PayReply Service::pay(const api::PayOrder& request) {
  const auto order = env::in_read(
      db_, "order.read", [&](env::Connection& connection) { return find_order(connection, request.order); });
  if (!order) return {PayStatus::not_payable, {}, {}};
  if (order->state == OrderState::paid)
    return {PayStatus::captured, order->paid_attempt ? order->paid_attempt.text() : std::string(), {}};
  if (order->state == OrderState::draft) return {PayStatus::pending, {}, {}};
  if (order->state != OrderState::unpaid || env_.clock.wall_now() >= order->over_at()) {
    return {PayStatus::not_payable, {}, {}};
  }
  if (env_.points.unlucky("order: a payment begins when its order's time is over"))
    env_.tasks.sleep(*order->close_at + kAfterItsTime - env_.clock.wall_now());
  auto reply = env_.rpc.call<api::StartReply>(
      "payment", "start",
      api::StartPayment{.order = order->id,
                        .user = order->user,
                        .amount = order->total,
                        .channel = request.channel,
                        .mode = request.mode,
                        .expires_at = *order->close_at + context_.config.trade_slack},
      context_.config.start_deadline);
  if (!reply) {
    return {env::may_have_happened(reply.error()) ? PayStatus::unknown : PayStatus::unavailable, {}, {}};
  }
  return {pay_status(reply->status), reply->out_trade_no, reply->pay_code};
}

api::CancelReply Service::cancel(const api::CancelOrder& request) {
  return {payments_.cancel(request.order)};
}

api::OrderView Service::status(const api::OrderQuery& query) {
  const auto order = env::in_read(
      db_, "order.read", [&](env::Connection& connection) { return find_order(connection, query.order); });
  if (!order) return {true, false, {}, 0, {}};
  return {true, true, order->state, order->version, order->total};
}

api::Ack Service::on_captured(const api::PaymentCaptured& event) { return {payments_.captured(event)}; }

}  // namespace ordeal::order
