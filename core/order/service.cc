#include "core/order/service.h"

#include <algorithm>
#include <utility>

#include "core/order/cart_lines.h"

namespace ordeal::order {
namespace {

using api::PayStatus;
using api::PlaceStatus;

constexpr std::size_t kMaxLines = 100;
constexpr std::size_t kMaxKey = 64;
constexpr std::size_t kMaxCoupons = 20;
constexpr std::int64_t kMaxQty = 1'000'000;
// Longer than the gateway waits for the answer.
constexpr Duration kSlowAnswer{6'000'000'000};
// While who closes it may still be at it (context.cc).
constexpr Duration kAfterItsTime{500'000'000};

bool are_valid(const std::vector<api::Line>& lines) {
  const auto fits = [](const api::Line& line) { return line.sku && line.qty > 0 && line.qty <= kMaxQty; };
  return !lines.empty() && lines.size() <= kMaxLines && std::all_of(lines.begin(), lines.end(), fits);
}

bool are_valid(api::Discounts discounts) {
  auto& coupons = discounts.coupons;
  std::sort(coupons.begin(), coupons.end());
  const bool twice = std::adjacent_find(coupons.begin(), coupons.end()) != coupons.end();
  return coupons.size() <= kMaxCoupons && !twice && discounts.points >= 0 &&
         discounts.points <= pricing::kMaxPoints;
}

bool is_valid(const api::PlaceOrder& request) {
  return request.user && !request.request_key.empty() && request.request_key.size() <= kMaxKey &&
         are_valid(request.lines) && are_valid(request.discounts.value_or(api::Discounts{}));
}

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
      pricer_(env, context_.config.promotions),
      drafts_(context_),
      payments_(context_) {}

void Service::start() {
  env_.rpc.on<api::QuoteOrder>("quote", [this](const api::QuoteOrder& request) { return quote(request); });
  env_.rpc.on<api::PlaceOrder>("place", [this](const api::PlaceOrder& request) { return place(request); });
  env_.rpc.on<api::PayOrder>("pay", [this](const api::PayOrder& request) { return pay(request); });
  env_.rpc.on<api::CancelOrder>("cancel",
                                [this](const api::CancelOrder& request) { return cancel(request); });
  env_.rpc.on<api::OrderQuery>("status", [this](const api::OrderQuery& query) { return status(query); });
  env_.rpc.on<api::PaymentCaptured>("on_captured",
                                    [this](const api::PaymentCaptured& event) { return on_captured(event); });
  context_.designs.submit_guard.start(env_);
  relay_.start();
  drafts_.start();
  context_.designs.closer.start(env_, payments_);
}

api::QuoteReply Service::quote(const api::QuoteOrder& request) {
  using api::QuoteStatus;
  if (!request.user || !are_valid(request.lines) || !are_valid(request.discounts))
    return {QuoteStatus::invalid, {}, {}};
  const auto offers = pricer_.look(request.user, request.discounts);
  if (!offers) return {QuoteStatus::unavailable, {}, {}};
  const auto priced = env::in_read(db_, "order.quote", [&](env::Connection& connection) {
    return pricer_.price(connection, api::merged(request.lines), request.discounts, *offers);
  });
  if (!priced) return {QuoteStatus::invalid, {}, {}};
  api::QuoteReply reply{QuoteStatus::quoted, priced->total, {}};
  if (!priced->quote) return reply;
  reply.used.points = priced->quote->points;
  for (const pricing::Applied& applied : priced->quote->applied) {
    if (applied.coupon) reply.used.coupons.push_back(applied.coupon);
  }
  return reply;
}

api::PlaceReply Service::place(const api::PlaceOrder& request) {
  if (!is_valid(request) || (request.discounts && !pricer_.has_promotions()))
    return {PlaceStatus::invalid, {}, {}, {}};
  const auto lines = context_.designs.basket_lines.taken(request.lines);
  if (request.cart && !(context_.config.carts && makes_up(*request.cart, api::merged(request.lines))))
    return {PlaceStatus::invalid, {}, {}, {}};
  std::optional<api::Offers> offers{std::in_place};
  if (pricer_.has_promotions() && !was_placed(request)) {
    offers = pricer_.look(request.user, request.discounts.value_or(api::Discounts{}));
  }
  const Submitted submitted = submit(request, lines, offers);
  if (submitted.refusal != PlaceStatus::placed) return {submitted.refusal, {}, {}, submitted.total};
  const OrderRow& order = submitted.order;
  if (order.state != OrderState::draft) return reply_for(order, order.state);
  const bool later = env_.points.unlucky("order: a draft is left to its worker");
  const OrderState state = later ? OrderState::draft : drafts_.advance(order, lines);
  if (env_.points.unlucky("order: an answer waits after the commit")) env_.tasks.sleep(kSlowAnswer);
  return reply_for(order, state);
}

// Whoever asks again is told what came of it, also when nobody can say what is left now.
bool Service::was_placed(const api::PlaceOrder& request) {
  const std::uint64_t fingerprint = api::PlaceOrder::type().digest(&request);
  return env::in_read(db_, "order.request", [&](env::Connection& connection) {
    return find_submission(connection, request, fingerprint).has_value();
  });
}

Service::Submitted Service::submit(const api::PlaceOrder& request, const std::vector<api::Line>& lines,
                                   const std::optional<api::Offers>& offers) {
  const std::uint64_t fingerprint = api::PlaceOrder::type().digest(&request);
  const auto id = context_.designs.beginning.before(context_, request, lines);
  const Instant now = env_.clock.wall_now();
  Submitted submitted;
  const auto enter = [&](env::Tx& tx, const std::optional<Submission>& earlier) {
    if (earlier)
      submitted = known(tx, *earlier, now + context_.config.draft_retry);
    else if (!offers)
      submitted = {PlaceStatus::unavailable, {}, {}};
    else
      submitted = written(tx, request, lines, *offers, fingerprint, now, id);
  };
  context_.designs.submit_guard.submit(db_, request, fingerprint, enter);
  return submitted;
}

Service::Submitted Service::known(env::Tx& tx, const Submission& earlier, Instant due) {
  if (earlier.conflict) return {PlaceStatus::conflict, {}, {}};
  env_.log.sometimes("request key used again");
  const auto order = find_order(tx, earlier.order);
  ORDEAL_CHECK(order.has_value());
  if (order->state == OrderState::draft) drafts_.expect(tx, due);
  return {PlaceStatus::placed, order->total, *order};
}

Service::Submitted Service::written(env::Tx& tx, const api::PlaceOrder& request,
                                    const std::vector<api::Line>& lines, const api::Offers& offers,
                                    std::uint64_t fingerprint, Instant now, std::optional<OrderId> id) {
  const auto priced =
      pricer_.price(tx, api::merged(request.lines), request.discounts.value_or(api::Discounts{}), offers);
  if (!priced) return {PlaceStatus::invalid, {}, {}};
  const auto total = context_.designs.price_check.agreed(priced->total, request.expected_total);
  if (!total) return {PlaceStatus::price_changed, priced->total, {}};
  if (request.cart && is_ordered(tx, request.user, *request.cart)) {
    env_.log.sometimes("a line of a cart was ordered before");
    return {PlaceStatus::already_ordered, {}, {}};
  }
  OrderRow order;
  order.id = id ? *id : OrderId::from_random(env_.random.bits("order id"));
  order.user = request.user;
  order.version = 1;
  order.total = *total;
  order.merchant = priced->merchant;
  order.created_at = now;
  order.due_at = now + context_.config.draft_retry;
  order.trace = env_.tasks.current();
  if (request.cart) insert_cart_lines(tx, order.id, order.user, *request.cart);
  context_.designs.submit_guard.record(tx, request, fingerprint, order.id);
  insert_order(tx, order, lines, priced->unit);
  if (priced->quote) insert_price(tx, order.id, *priced->quote);
  drafts_.expect(tx, *order.due_at);
  tx.fact(env::Message::of(
      api::facts::OrderPlaced{order.id, order.user, request.request_key, order.total, lines}));
  return {PlaceStatus::placed, order.total, std::move(order)};
}

api::PlaceReply Service::reply_for(const OrderRow& order, OrderState state) {
  PlaceStatus status = PlaceStatus::placed;
  if (state == OrderState::draft) status = PlaceStatus::pending;
  if (state == OrderState::rejected) status = PlaceStatus::out_of_stock;
  if (state == OrderState::rejected && pricer_.has_promotions()) {
    const bool gone = env::in_read(
        db_, "order.refusal", [&](env::Connection& connection) { return was_gone(connection, order.id); });
    if (gone) status = PlaceStatus::discount_gone;
  }
  return {status, order.id, state, order.total};
}

std::optional<OrderRow> Service::asked_for(OrderId order, const std::optional<UserId>& asker) {
  auto row = env::in_read(db_, "order.read",
                          [&](env::Connection& connection) { return find_order(connection, order); });
  if (!row || context_.designs.owner_check.may_ask(asker, row->user)) return row;
  env_.log.sometimes("another's order was asked for");
  return std::nullopt;
}

api::PayReply Service::pay(const api::PayOrder& request) {
  const auto order = asked_for(request.order, request.asker);
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
  if (request.asker && !asked_for(request.order, request.asker)) return {api::CancelStatus::refused};
  return {payments_.cancel(request.order)};
}

api::OrderView Service::status(const api::OrderQuery& query) {
  const auto order = asked_for(query.order, query.asker);
  if (!order) return {true, false, {}, 0, {}};
  return {true, true, order->state, order->version, order->total};
}

api::Ack Service::on_captured(const api::PaymentCaptured& event) { return {payments_.captured(event)}; }

}  // namespace ordeal::order
