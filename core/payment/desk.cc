#include "core/payment/desk.h"

#include "core/payment/refusal.h"

namespace ordeal::payment {

using api::StartStatus;
using api::facts::CapturedVia;
using channel::Code;
using channel::Outcome;
using channel::TradeStatus;

namespace {

// Asked twice before: the third query comes three minutes after the attempt was opened (service.cc).
constexpr std::int64_t kQueriesBeforeAbsent = 2;

}  // namespace

StartStatus told_of(Standing standing) {
  if (standing == Standing::captured) return StartStatus::captured;
  return standing == Standing::closed ? StartStatus::declined : StartStatus::pending;
}

channel::Client Desk::client(const AttemptRow& attempt) const {
  const channel::Account* account = channel::find_account(accounts_, attempt.channel);
  ORDEAL_CHECK(account != nullptr, attempt.channel);
  return {env_.http, *account, limits_.deadline};
}

Charge Desk::send(const AttemptRow& attempt) {
  const bool page = attempt.mode == api::PayMode::page;
  const auto number = attempt.out_trade_no();
  const auto ask = [&] {
    return page ? client(attempt).precreate(number, attempt.amount, attempt.expires_at)
                : client(attempt).pay(number, attempt.amount, attempt.user.text(), attempt.expires_at);
  };
  auto result = ask();
  if (env_.points.unlucky("payment: a charge is sent again")) result = ask();
  env_.log.line([&] {
    return "asked " + attempt.channel + (page ? " for a pay code of " : " to debit ") +
           attempt.amount.text() + " for " + attempt.order.text() + " under " + number +
           (result.outcome == Outcome::ok        ? ": done"
            : result.outcome == Outcome::refused ? ": refused"
                                                 : ": no answer");
  });
  Charge charge{StartStatus::pending, attempt.id, {}};
  if (result.outcome == Outcome::unknown) return charge;
  const channel::TradeReply& reply = result.reply;
  // An answer without a code is no code: it may be about another question.
  const bool has_code = page && reply.status == TradeStatus::wait_buyer_pay && !reply.pay_code.empty();
  if (result.outcome == Outcome::ok && has_code) {
    charge.status = StartStatus::pay_at_channel;
    charge.pay_code = reply.pay_code;
    return charge;
  }
  if (result.outcome == Outcome::ok) {
    charge.status = told_of(learned(attempt, reply, CapturedVia::answer));
    return charge;
  }
  // Only what surely left no trade behind ends the attempt; any other refusal is settled by a query.
  if (reply.code == Code::trade_has_close) charge.status = told_of(end(attempt, AttemptState::closed));
  if (reply.code == Code::declined) charge.status = told_of(refusal_.end(*this, attempt));
  return charge;
}

Standing Desk::inquire(const AttemptRow& attempt, CapturedVia via) {
  const auto result = client(attempt).query(attempt.out_trade_no());
  if (result.outcome == Outcome::ok) return learned(attempt, result.reply, via);
  const bool missing_there = result.outcome == Outcome::refused && result.reply.code == Code::trade_not_exist;
  return missing_there ? missing(attempt) : Standing::unknown;
}

Standing Desk::close(const AttemptRow& attempt, AttemptState as) {
  const auto result = client(attempt).close(attempt.out_trade_no());
  if (result.outcome == Outcome::unknown) return Standing::unknown;
  if (result.outcome == Outcome::ok || result.reply.code == Code::trade_has_close) return end(attempt, as);
  if (result.reply.code == Code::trade_has_success) {
    env_.log.sometimes("close found it paid");
    return inquire(attempt, CapturedVia::close);
  }
  return result.reply.code == Code::trade_not_exist ? missing(attempt) : Standing::unknown;
}

AttemptRow Desk::open_another(const AttemptRow& like) {
  return env::in_transaction(db_, "payment.open_another",
                             [&](env::Tx& tx) { return attempts_.insert(tx, like); });
}

Standing Desk::learned(const AttemptRow& attempt, const channel::TradeReply& reply, CapturedVia via) {
  // Whatever it says then, it does not say it of this trade.
  if (reply.amount != attempt.amount) {
    env_.log.sometimes("channel answered with another amount");
    return Standing::unknown;
  }
  switch (reply.status) {
    case TradeStatus::wait_buyer_pay:
      return Standing::open;
    case TradeStatus::closed:
      return end(attempt, AttemptState::closed);
    case TradeStatus::success:
    case TradeStatus::finished:
      break;
  }
  const bool first = env::in_transaction(db_, "payment.captured", [&](env::Tx& tx) {
    return attempts_.capture(tx, attempt, reply.trade_no, via);
  });
  if (first) {
    attempts_.after_commit();
    if (via == CapturedVia::query) env_.log.sometimes("capture found by query");
    env_.log.line([&] {
      return attempt.amount.text() + " for " + attempt.order.text() + " is here, found by " +
             std::string(wire::name_of(via));
    });
  }
  return Standing::captured;
}

// Expired is by the clock of the order's host, and the channel judges by one of its own: when both stand still, a trade
// that has just been sent looks long expired here. So absence is final only for one that was asked about for minutes.
// Of an order that was closed it does not matter: no other number follows.
Standing Desk::missing(const AttemptRow& attempt) {
  const bool expired = env_.clock.wall_now() >= attempt.expires_at + limits_.absence_is_final;
  const bool asked_often = attempt.closing || attempt.queries >= kQueriesBeforeAbsent;
  if (!expired || !asked_often) return Standing::absent;
  return end(attempt, AttemptState::closed);
}

// A trade that was paid and went back in full reads as closed, too (domain 2.1): what is here by now tells the two apart.
Standing Desk::end(const AttemptRow& attempt, AttemptState to) {
  return env::in_transaction(db_, "payment.ended", [&](env::Tx& tx) {
    if (attempts_.end(tx, attempt, to)) return Standing::closed;
    const auto now = attempts_.find(tx, attempt.id);
    return now && now->state == AttemptState::succeeded ? Standing::captured : Standing::closed;
  });
}

}  // namespace ordeal::payment
