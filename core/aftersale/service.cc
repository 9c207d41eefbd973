#include "core/aftersale/service.h"

#include <utility>

#include "core/wire/names.h"

namespace ordeal::aftersale {

using api::AskProblem;
using api::AskStatus;
using api::DepositStatus;
using api::DisputeState;
using api::RefundReply;

namespace {

AskProblem problem_of(const api::AskRefund& request) {
  if (request.request_key.empty() || request.request_key.size() > kKeyMost) return AskProblem::bad_key;
  if (request.amount.currency != kCurrency || !request.amount.is_positive()) return AskProblem::bad_amount;
  return AskProblem::none;
}

RefundReply answer_of(const Back& known, const Back& wanted) {
  if (known.amount != wanted.amount) return {AskStatus::conflict};
  return {AskStatus::accepted, AskProblem::none, known.id, known.state};
}

}  // namespace

Service::Service(env::Env& env, env::Database& db, Designs designs, Config config)
    : env_(env),
      db_(db),
      designs_(designs),
      config_(std::move(config)),
      channel_(env, config_.channels),
      sender_(env, db, {designs.router, designs.numbering, channel_}, config_.batch) {}

void Service::start() {
  env_.rpc.on<api::AskRefund>("ask", [this](const api::AskRefund& request) { return ask(request); });
  env_.rpc.on<api::LookAtRefund>("look", [this](const api::LookAtRefund& request) { return look(request); });
  env_.rpc.on<api::Deposit>("deposit", [this](const api::Deposit& request) { return deposit(request); });
  env_.http.serve("/back-told", [this](const std::string& number) -> env::HttpResponse {
    sender_.hear_of(number);
    return {200, "success"};
  });
  env_.http.serve("/dispute", [this](const std::string& body) { return told_of_dispute(body); });
  env_.http.serve("/reversal", [this](const std::string& body) { return told_of_reversal(body); });
  sender_.start();
}

RefundReply Service::ask(const api::AskRefund& request) {
  const Instant now = env_.clock.wall_now();
  Back back;
  back.id = RefundId::from_random(env_.random.bits("refund id"));
  back.payment = request.payment;
  back.request_key = request.request_key;
  back.amount = request.amount;
  back.asked_at = now;
  back.expires = now + config_.balance_wait;
  back.cause = env_.tasks.current();

  std::optional<Payment> payment;
  const auto said =
      env::in_read(db_, "aftersale.look", [&](env::Connection& from) -> std::optional<RefundReply> {
        const AskProblem problem = problem_of(request);
        if (problem != AskProblem::none) return RefundReply{AskStatus::refused, problem};
        payment = find_payment(from, request.payment);
        if (!payment || payment->buyer != request.buyer) return RefundReply{AskStatus::no_such_payment};
        const auto known = designs_.recognition.known(from, back);
        return known ? std::optional(answer_of(*known, back)) : std::nullopt;
      });
  const RefundReply reply = said ? *said : reserve(back, *payment);
  env_.log.line([&] {
    return request.amount.text() + " of " + request.payment.text() +
           " back: " + std::string(wire::name_of(reply.status));
  });
  return reply;
}

RefundReply Service::reserve(Back back, const Payment& payment) {
  back.merchant = payment.merchant;
  back.route = designs_.router.first(payment, back.asked_at);
  RefundReply reply;
  Around around;
  around.still = [&](env::Tx& tx) {
    const auto known = designs_.recognition.known(tx, back);
    if (known) reply = answer_of(*known, back);
    return !known;
  };
  around.with = [&](env::Tx& tx, Reserved how) {
    if (how == Reserved::exceeds) reply = {AskStatus::exceeds};
    if (how == Reserved::too_many) reply = {AskStatus::too_many};
    if (how != Reserved::yes) return;
    write_back(tx, back, payment.buyer);
    tx.wake(sender_.worker(), back.state == api::BackState::sending ? back.asked_at : back.expires);
    reply = answer_of(back, back);
  };
  designs_.reserver.reserve(db_, {back.payment, back.amount, false, config_.most_refunds}, around);
  if (reply.status == AskStatus::accepted && back.state == api::BackState::waiting)
    env_.log.sometimes("a refund waits for its merchant's money");
  return reply;
}

api::RefundLook Service::look(const api::LookAtRefund& request) {
  return env::in_read(db_, "aftersale.look", [&](env::Connection& from) -> api::RefundLook {
    const auto back = find_back(from, request.refund);
    if (!back) return {};
    const auto payment = find_payment(from, back->payment);
    if (!payment || payment->buyer != request.buyer) return {};
    return {true, back->state};
  });
}

api::DepositReply Service::deposit(const api::Deposit& request) {
  const bool good = request.amount.currency == kCurrency && request.amount.is_positive() &&
                    !request.request_key.empty() && request.request_key.size() <= kKeyMost;
  if (!good) return {DepositStatus::refused};
  const Instant now = env_.clock.wall_now();
  return env::in_transaction(db_, "aftersale.deposit", [&](env::Tx& tx) -> api::DepositReply {
    tx.wake(sender_.worker(), now);
    if (!has_merchant(tx, request.merchant)) return {DepositStatus::refused};
    return {pay_in(tx, request, now) ? DepositStatus::done : DepositStatus::refused};
  });
}

std::optional<api::DisputeAnswer> Service::dispute(const api::Dispute& dispute) {
  const auto payment = env::in_read(
      db_, "aftersale.look", [&](env::Connection& from) { return find_payment(from, dispute.payment); });
  const bool good = payment && dispute.amount.currency == kCurrency && dispute.amount.is_positive() &&
                    !dispute.case_number.empty() && dispute.case_number.size() <= kKeyMost;
  if (!good) return std::nullopt;
  DisputeRow row{dispute.case_number, payment->id, payment->merchant, dispute.amount, {}};
  Around around;
  around.still = [&](env::Tx& tx) {
    const auto known = find_dispute(tx, row.case_number);
    if (known) row.state = known->state;
    return !known;
  };
  around.with = [&](env::Tx& tx, Reserved how) {
    row.state = how == Reserved::yes ? DisputeState::held : DisputeState::contested;
    if (how == Reserved::yes) take_from(tx, row.merchant, row.amount);
    write_dispute(tx, row);
  };
  designs_.reserver.reserve(db_, {row.payment, row.amount, true, config_.most_refunds}, around);
  return api::DisputeAnswer{row.case_number, row.state};
}

bool Service::reversal(const api::Reversal& reversal) {
  const Instant now = env_.clock.wall_now();
  return env::in_transaction(db_, "aftersale.reversal", [&](env::Tx& tx) {
    tx.wake(sender_.worker(), now);
    const auto row = find_dispute(tx, reversal.case_number);
    if (!row) return false;
    reverse(tx, *row, now);
    return true;
  });
}

env::HttpResponse Service::told_of_dispute(const std::string& body) {
  const auto read = env::Message::from_json(api::Dispute::type(), body);
  if (!read) return {400, read.error()};
  const auto answer = dispute(read->as<api::Dispute>());
  if (!answer) return {404, "no such payment"};
  return {200, env::Message::of(*answer).to_json()};
}

env::HttpResponse Service::told_of_reversal(const std::string& body) {
  const auto read = env::Message::from_json(api::Reversal::type(), body);
  if (!read) return {400, read.error()};
  if (!reversal(read->as<api::Reversal>())) return {404, "no such case"};
  return {200, "success"};
}

}  // namespace ordeal::aftersale
