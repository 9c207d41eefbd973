#include "core/payment/service.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ordeal::payment {
namespace {

using api::StartStatus;
using Verdict = Opening::Verdict;

// Queries at 20 s, 1 m, 3 m and 10 m after the start, then every 30 min; the first is set with the attempt.
constexpr std::array<Duration, 4> kQueryGaps{
    {{40'000'000'000}, {120'000'000'000}, {420'000'000'000}, {1'800'000'000'000}}};

constexpr Duration kOvertaken{5'000'000'000};

}  // namespace

outbox::Routes Config::default_routes() {
  return {{&api::PaymentCaptured::type(), {{"order", "on_captured"}}},
          {&api::RefundSucceeded::type(), {{"ledger", "on_refund_succeeded"}}}};
}

Service::Service(env::Env& env, env::Database& db, Designs designs, Config config)
    : env_(env),
      db_(db),
      designs_(designs),
      config_(std::move(config)),
      relay_(env, db, config_.routes, config_.relay),
      outlet_(designs_.publisher, relay_),
      queries_(env, "payment-queries", [this] { return query_pass(); }),
      attempts_(env, outlet_, queries_),
      refunds_(env, db, outlet_, config_.accounts, config_.refund,
               [this](env::Tx& tx, std::string_view channel) {
                 if (statements_) statements_->expect_refund(tx, channel);
               }),
      desk_(env, db, attempts_, designs_.refusal, config_.accounts,
            {config_.channel_deadline, config_.absence_is_final}),
      settle_desk_(env, db, attempts_, designs_.refusal, config_.accounts,
                   {config_.settle_deadline, config_.absence_is_final}) {
  if (designs_.statement_check == nullptr) return;
  statements_.emplace(env, db, attempts_, config_.accounts, *designs_.statement_check,
                      config_.statement_deadline);
}

void Service::start() {
  env_.rpc.on<api::StartPayment>("start", [this](const api::StartPayment& r) { return start_payment(r); });
  env_.rpc.on<api::SettlePayment>("settle", [this](const api::SettlePayment& r) { return settle(r); });
  env_.rpc.on<api::ChannelNotify>("channel_notify",
                                  [this](const api::ChannelNotify& r) { return channel_notify(r); });
  env_.rpc.on<api::OrderClosed>("on_order_closed",
                                [this](const api::OrderClosed& e) { return on_order_closed(e); });
  env_.rpc.on<api::RefundRequest>("on_refund_requested",
                                  [this](const api::RefundRequest& r) { return on_refund_requested(r); });
  relay_.start();
  refunds_.start();
  queries_.start();
  if (statements_) statements_->start();
}

api::StartReply Service::start_payment(const api::StartPayment& request) {
  if (channel::find_account(config_.accounts, request.channel) == nullptr || !request.amount.is_payable()) {
    return {StartStatus::unknown_channel, {}, {}};
  }
  const auto open = [&] {
    return env::in_transaction(db_, "payment.start", [&](env::Tx& tx) {
      Opening opening = attempts_.open(tx, request);
      if (opening.verdict == Verdict::open && statements_) statements_->expect_payment(tx, *opening.attempt);
      return opening;
    });
  };
  Opening opening = open();
  if (opening.verdict == Verdict::occupied) {
    env_.log.sometimes("pay way changed");
    opening = designs_.way_change.change(desk_, opening, request, open);
  }
  switch (opening.verdict) {
    case Verdict::open:
      break;
    case Verdict::captured:
      return {StartStatus::captured, opening.attempt->out_trade_no(), {}};
    case Verdict::occupied:
      return {StartStatus::pending, opening.attempt->out_trade_no(), {}};
    case Verdict::cancelled:
      env_.log.sometimes("late start refused");
      return {StartStatus::cancelled, {}, {}};
    case Verdict::amount_differs:
      return {StartStatus::cancelled, {}, {}};
  }
  Charge charge = designs_.attempt_policy.charge(desk_, *opening.attempt);
  return {charge.status, charge.attempt.text(), std::move(charge.pay_code)};
}

api::SettleReply Service::settle(const api::SettlePayment& request) {
  const auto rows = env::in_read(db_, "payment.settle", [&](env::Connection& connection) {
    return attempts_.of_order(connection, request.order);
  });
  api::SettleReply reply{api::SettleStatus::closed, {}, {}};
  for (const AttemptRow& attempt : rows) {
    Standing standing = Standing::closed;
    if (attempt.state == AttemptState::succeeded) standing = Standing::captured;
    if (attempt.state == AttemptState::pending) standing = designs_.trade_closer.close(settle_desk_, attempt);
    if (standing == Standing::captured) return {api::SettleStatus::paid, attempt.id, attempt.amount};
    // An absent trade has taken no money, and once the order is closed a late one is cancelled.
    if (standing == Standing::open || standing == Standing::unknown)
      reply.status = api::SettleStatus::unknown;
  }
  return reply;
}

api::NotifyReply Service::channel_notify(const api::ChannelNotify& notify) {
  const channel::Account* account = channel::find_account(config_.accounts, notify.channel);
  if (account == nullptr) return {404, {}};
  const Noticed noticed = designs_.callback_handler.handle(db_, attempts_, *account, notify.body);
  if (noticed == Noticed::repeated) env_.log.sometimes("callback duplicate acknowledged");
  if (!acknowledged(noticed)) env_.log.sometimes("callback refused");
  env_.log.line([&] { return "callback of " + account->name + ": " + std::string(wire::name_of(noticed)); });
  auto answer = acknowledged(noticed) ? channel::acknowledgement(*account->profile)
                                      : channel::refusal(*account->profile);
  return {answer.status, std::move(answer.body)};
}

api::Ack Service::on_order_closed(const api::OrderClosed& event) {
  const Instant now = env_.clock.wall_now();
  env::in_transaction(db_, "payment.cancel", [&](env::Tx& tx) { attempts_.cancel(tx, event, now); });
  return {true};
}

api::Ack Service::on_refund_requested(const api::RefundRequest& request) {
  const bool known = env::in_transaction(db_, "refund.request", [&](env::Tx& tx) {
    const auto attempt = attempts_.find(tx, request.attempt);
    if (!attempt || attempt->state != AttemptState::succeeded) return false;
    const auto requested = refunds_.request(tx, request, attempt->channel, attempt->amount);
    if (requested == refund::Requested::repeated) env_.log.sometimes("refund request repeated");
    if (requested == refund::Requested::exceeds) env_.log.sometimes("refund exceeds its capture");
    return true;
  });
  return {known};
}

std::optional<Instant> Service::query_pass() {
  const Instant now = env_.clock.wall_now();
  auto rows = env::in_read(db_, "payment.due", [&](env::Connection& connection) {
    return attempts_.by_due(connection, now, config_.batch + 1);
  });
  std::optional<Instant> next;
  if (rows.size() > config_.batch) {
    next = rows.back().next_at;
    rows.pop_back();
  }
  // A channel that did not answer is left alone for the rest of the pass: one dead channel must not starve
  // the others.
  std::vector<std::string> silent;
  for (const AttemptRow& attempt : rows) {
    if (*attempt.next_at > now) {
      next = std::min(next.value_or(*attempt.next_at), *attempt.next_at);
      break;
    }
    const env::TraceScope scope(env_.tasks, attempt.trace);
    if (std::find(silent.begin(), silent.end(), attempt.channel) == silent.end()) {
      const Standing standing = look_after(attempt);
      if (standing == Standing::captured || standing == Standing::closed) continue;
      if (standing == Standing::unknown) silent.push_back(attempt.channel);
    }
    const auto step = std::min(static_cast<std::size_t>(attempt.queries), kQueryGaps.size() - 1);
    if (env_.points.unlucky("payment: another may be faster")) env_.tasks.sleep(kOvertaken);
    const Instant again = env_.clock.wall_now() + kQueryGaps[step];
    env::in_transaction(db_, "payment.postpone",
                        [&](env::Tx& tx) { attempts_.postpone(tx, attempt, again); });
    next = std::min(next.value_or(again), again);
  }
  return next;
}

Standing Service::look_after(const AttemptRow& attempt) {
  if (!attempt.closing) return designs_.result_query.look(desk_, attempt);
  const Standing standing = designs_.trade_closer.close(desk_, attempt);
  if (standing == Standing::closed) env_.log.sometimes("trade closed after its order");
  return standing;
}

}  // namespace ordeal::payment
