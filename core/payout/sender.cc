#include "core/payout/sender.h"

#include <algorithm>
#include <array>

namespace ordeal::payout {
namespace {

using api::PayoutState;
using What = Verdict::What;

constexpr Duration kSecond{1'000'000'000};
// After the first look, the second, …; then always the last.
constexpr std::array<Duration, 7> kLooks{kSecond * 10,  kSecond * 30,   kSecond * 60,  kSecond * 180,
                                         kSecond * 600, kSecond * 1800, kSecond * 3600};
// Who began a look and is not heard of any more is followed by the next one. Longer than two answers take.
constexpr Duration kAtWork{45'000'000'000};
// As long as another instance, or the next look, may need to do the same.
constexpr Duration kOvertaken = kSecond * 50;
// A second number only after the channel has said that the first has failed, and only so often.
constexpr std::int64_t kMostAttempts = 3;
// Statements are there at 10:00 (domain 2.1, 2.2).
constexpr Duration kStatementsAt{10LL * 3600 * 1'000'000'000};

}  // namespace

Sender::Sender(env::Env& env, env::Database& db, Parts parts, std::int64_t batch)
    : env_(env), db_(db), parts_(parts), batch_(batch), worker_(env, "payout-transfers", [this] {
        return send_due();
      }) {}

std::optional<Instant> Sender::send_due() {
  const Instant now = env_.clock.wall_now();
  const auto all =
      env::in_read(db_, "payout.due", [&](env::Connection& from) { return due(from, now, batch_); });
  for (const Payout& payout : all) step(payout);
  return env::in_read(db_, "payout.next_due", [](env::Connection& from) { return next_due(from); });
}

bool Sender::begin(Payout& payout, bool sends) {
  const Instant now = env_.clock.wall_now();
  const bool mine = env::in_transaction(db_, sends ? "payout.send" : "payout.ask", [&](env::Tx& tx) {
    tx.wake(worker_, now + kAtWork);
    return begin_look(tx, payout, sends, now, now + kAtWork);
  });
  if (!mine) {
    env_.log.sometimes("somebody else was at this transfer");
    return false;
  }
  ++payout.looks;
  if (sends) payout.last_sent = now;
  if (sends && !payout.first_sent) payout.first_sent = now;
  return true;
}

// One after the other are only begun: a channel that does not answer holds up its own transfer and no other.
void Sender::step(Payout payout) {
  const env::TraceScope scope(env_.tasks, payout.cause, "payout.transfer");
  const auto occupation = env::in_read(db_, "payout.occupation",
                                       [&](env::Connection& from) { return occupation_of(from, payout.id); });
  if (!occupation) return ask_later(payout);
  const bool first = !payout.first_sent;
  if (!begin(payout, first)) return;
  env_.tasks.spawn("ask", [this, payout, occupation = *occupation, first] {
    // Who dies here, or fails, is followed by the next look.
    worker::attempt(env_, "payout-transfers", [&] { ask(payout, occupation, first); });
  });
}

void Sender::ask(Payout payout, const Occupation& occupation, bool first) {
  if (!first && parts_.doubt.reads_statements() && paid_by_statement(payout, occupation)) return;
  const auto heard = [&](std::optional<api::TransferAnswer> answer) {
    return parts_.doubt.verdict({std::move(answer), env_.clock.wall_now() - *payout.last_sent});
  };
  if (first && env_.points.unlucky("payout: a transfer is sent twice"))
    static_cast<void>(parts_.channel.send(payout, occupation));
  Verdict verdict =
      heard(first ? parts_.channel.send(payout, occupation) : parts_.channel.query(payout, occupation));
  if (verdict.what == What::send_again) {
    env_.log.sometimes("a transfer was sent again under its number");
    if (!begin(payout, true)) return;
    verdict = heard(parts_.channel.send(payout, occupation));
  }
  settle(payout, verdict);
}

void Sender::settle(const Payout& payout, const Verdict& verdict) {
  if (env_.points.unlucky("payout: another may be faster")) env_.tasks.sleep(kOvertaken);
  switch (verdict.what) {
    case What::paid:
      return pay(payout);
    case What::failed:
      return fail_or_reroute(payout, verdict.fault);
    case What::ask_again:
    case What::send_again:
      env_.log.sometimes("a transfer is in doubt");
      return ask_later(payout);
  }
}

// Each day's once, from the day on which it was sent.
bool Sender::paid_by_statement(Payout& payout, const Occupation& occupation) {
  const Instant now = env_.clock.wall_now();
  const std::int64_t day =
      payout.statement_seen ? *payout.statement_seen + 1 : api::business_day(*payout.first_sent);
  if (now < api::begin_of(day + 1) + kStatementsAt) return false;
  const auto statement = parts_.channel.statement(payout.way, occupation.account, day);
  if (!statement) return false;
  const std::string number = number_of(payout.id, payout.attempt);
  for (const api::StatementLine& line : statement->lines) {
    if (line.number != number || line.amount != payout.amount) continue;
    env_.log.sometimes("a statement said that a transfer was paid");
    pay(payout);
    return true;
  }
  env::in_transaction(db_, "payout.statement", [&](env::Tx& tx) { note_statement(tx, payout, day); });
  payout.statement_seen = day;
  return false;
}

void Sender::pay(const Payout& payout) {
  env::in_transaction(db_, "payout.paid", [&](env::Tx& tx) {
    tx.wake(worker_);
    if (!end(tx, payout, PayoutState::paid)) return;
    if (const auto occupation = occupation_of(tx, payout.id)) use(tx, *occupation);
  });
}

void Sender::fail(const Payout& payout) {
  env::in_transaction(db_, "payout.failed", [&](env::Tx& tx) {
    tx.wake(worker_);
    if (!end(tx, payout, PayoutState::failed)) return;
    if (const auto occupation = occupation_of(tx, payout.id)) release(tx, *occupation);
  });
}

void Sender::fail_or_reroute(const Payout& payout, api::TransferFault fault) {
  // An Alipay payee is known to this one account.
  if (fault != api::TransferFault::of_account || payout.way == api::PayWay::alipay ||
      payout.attempt >= kMostAttempts)
    return fail(payout);
  const Instant now = env_.clock.wall_now();
  Wanted wanted;
  wanted.payout = payout.id;
  wanted.occupation = OccupationId::from_random(env_.random.bits("occupation id"));
  wanted.attempt = payout.attempt + 1;
  wanted.way = payout.way;
  wanted.app = payout.app;
  wanted.amount = payout.amount;
  wanted.day = api::business_day(now);
  wanted.not_these = env::in_read(db_, "payout.tried",
                                  [&](env::Connection& from) { return accounts_tried(from, payout.id); });
  Around around;
  around.still = [&](env::Tx& tx) {
    tx.wake(worker_, now);
    const auto there = find_payout(tx, payout.id);
    return there && there->state == PayoutState::paying && there->attempt == payout.attempt;
  };
  around.with = [&](env::Tx& tx, const Occupation&) {
    if (const auto old = occupation_of(tx, payout.id)) release(tx, *old);
    reroute(tx, payout, now);
  };
  const Taken taken = parts_.keeper.occupy(db_, wanted, around);
  if (taken.how == Taken::How::no_room) return fail(payout);
  if (taken.how == Taken::How::busy) return ask_later(payout);
  if (taken.how == Taken::How::occupied) env_.log.sometimes("another account took over a payout");
}

void Sender::ask_later(const Payout& payout) {
  const auto nth = static_cast<std::size_t>(
      std::clamp<std::int64_t>(payout.looks - 1, 0, static_cast<std::int64_t>(kLooks.size()) - 1));
  const Instant next = env_.clock.wall_now() + kLooks[nth];
  env::in_transaction(db_, "payout.later", [&](env::Tx& tx) {
    look_again(tx, payout, next);
    tx.wake(worker_, next);
  });
}

void Sender::hear_of(const std::string& number) {
  const std::size_t dash = number.rfind('-');
  if (dash == std::string::npos) return;
  const auto id = PayoutId::parse(number.substr(0, dash));
  if (!id) return;
  const Instant now = env_.clock.wall_now();
  env::in_transaction(db_, "payout.told", [&](env::Tx& tx) {
    const auto payout = find_payout(tx, *id);
    if (!payout || payout->state != PayoutState::paying) return;
    look_again(tx, *payout, now);
    tx.wake(worker_, now);
  });
}

}  // namespace ordeal::payout
