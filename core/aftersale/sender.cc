#include "core/aftersale/sender.h"

#include <algorithm>
#include <array>

namespace ordeal::aftersale {
namespace {

using api::BackRoute;
using api::BackState;
using api::GivenBack;

constexpr Duration kSecond{1'000'000'000};
// After the first look, the second, …; then always the last. The first query waits 10 s (domain 2.1, refund query).
constexpr std::array<Duration, 7> kLooks{kSecond * 10,  kSecond * 30,   kSecond * 60,  kSecond * 180,
                                         kSecond * 600, kSecond * 1800, kSecond * 3600};
// Who began a look and is not heard of any more is followed by the next one. Longer than two answers take.
constexpr Duration kAtWork{45'000'000'000};
// What was not found is asked for again, under its number, when it had time to land.
constexpr Duration kTimeToLand{300'000'000'000};
// Beside what a channel wants between two refunds: how long the first may be on its way to it.
constexpr Duration kOnTheWay{15'000'000'000};

Duration apart(const Payment& payment, const Back& back) {
  const Duration wanted = profile_of(payment.paid_by).apart;
  return back.route == BackRoute::payout || wanted.ns == 0 ? Duration{} : wanted + kOnTheWay;
}

}  // namespace

Sender::Sender(env::Env& env, env::Database& db, Parts parts, std::int64_t batch)
    : env_(env), db_(db), parts_(parts), batch_(batch), worker_(env, "aftersale-refunds", [this] {
        return look_at_due();
      }) {}

std::optional<Instant> Sender::look_at_due() {
  const Instant now = env_.clock.wall_now();
  const auto all =
      env::in_read(db_, "aftersale.due", [&](env::Connection& from) { return due(from, now, batch_); });
  for (const Back& back : all) step(back);
  return env::in_read(db_, "aftersale.next_due", [](env::Connection& from) { return next_due(from); });
}

// Calls are only begun one after the other: a channel that does not answer holds up its own refund and no other.
void Sender::step(Back back) {
  const env::TraceScope scope(env_.tasks, back.cause, "aftersale.refund");
  if (back.state == BackState::waiting) return step_waiting(back);
  const auto payment = env::in_read(db_, "aftersale.payment",
                                    [&](env::Connection& from) { return find_payment(from, back.payment); });
  const bool sends = back.sends == 0;
  if (!begin(back, *payment, sends)) return;
  env_.tasks.spawn("ask", [this, back, payment = *payment, sends] {
    // Who dies here, or fails, is followed by the next look.
    worker::attempt(env_, "aftersale-refunds", [&] { ask(back, payment, sends); });
  });
}

void Sender::step_waiting(const Back& back) {
  const Instant now = env_.clock.wall_now();
  const char* became = env::in_transaction(db_, "aftersale.fund", [&](env::Tx& tx) {
    tx.wake(worker_, now);
    if (fund(tx, back, now)) return "a refund was paid for later";
    if (now < back.expires) {
      wait_on(tx, back);
      tx.wake(worker_, back.expires);
      return "";
    }
    return lapse(tx, back) ? "a refund lapsed" : "";
  });
  if (*became != 0) env_.log.sometimes(became);
}

bool Sender::begin(Back& back, const Payment& payment, bool sends) {
  enum class Begun { mine, too_soon, not_mine };
  const Instant now = env_.clock.wall_now();
  const Begun begun = env::in_transaction(db_, sends ? "aftersale.send" : "aftersale.ask", [&](env::Tx& tx) {
    tx.wake(worker_, now + kAtWork);
    if (const auto free = sends ? keep_apart(tx, back.payment, apart(payment, back), now) : std::nullopt) {
      look_again(tx, back, *free);
      tx.wake(worker_, *free);
      return Begun::too_soon;
    }
    return begin_look(tx, back, sends, now, now + kAtWork) ? Begun::mine : Begun::not_mine;
  });
  if (begun == Begun::too_soon) env_.log.sometimes("a refund waited for the one before it");
  if (begun == Begun::not_mine) env_.log.sometimes("somebody else was at this refund");
  if (begun != Begun::mine) return false;
  ++back.looks;
  if (!sends) return true;
  ++back.sends;
  back.last_sent = now;
  return true;
}

void Sender::ask(Back back, const Payment& payment, bool sends) {
  const auto number = [&] { return number_of(parts_.numbering, back); };
  auto heard = sends ? parts_.channel.send(payment.paid_by, back, number())
                     : parts_.channel.query(payment.paid_by, back, number());
  const bool lost = !sends && heard && heard->state == GivenBack::not_found &&
                    env_.clock.wall_now() - *back.last_sent >= kTimeToLand;
  if (lost && !gives_up(back, heard)) {
    env_.log.sometimes("a refund was asked for again under its number");
    if (!begin(back, payment, true)) return;
    heard = parts_.channel.send(payment.paid_by, back, number());
  }
  settle(back, heard);
}

bool Sender::gives_up(const Back& back, const std::optional<api::GiveBackAnswer>& heard) const {
  return back.route == BackRoute::refund && parts_.router.gives_up_the_api(heard);
}

void Sender::settle(const Back& back, const std::optional<api::GiveBackAnswer>& heard) {
  if (heard && heard->state == GivenBack::done) return finish(back, BackState::done);
  if (gives_up(back, heard)) return take_the_other_route(back);
  if (heard && heard->state == GivenBack::refused) return finish(back, BackState::failed);
  env_.log.sometimes("a refund is in doubt");
  ask_later(back);
}

void Sender::finish(const Back& back, BackState as) {
  const Instant now = env_.clock.wall_now();
  env::in_transaction(db_, as == BackState::done ? "aftersale.done" : "aftersale.failed", [&](env::Tx& tx) {
    tx.wake(worker_, now);
    aftersale::finish(tx, back, as, now);
  });
}

void Sender::take_the_other_route(const Back& back) {
  const Instant now = env_.clock.wall_now();
  const bool mine = env::in_transaction(db_, "aftersale.reroute", [&](env::Tx& tx) {
    tx.wake(worker_, now);
    return reroute(tx, back, now);
  });
  if (mine) env_.log.sometimes("a payout took the place of a refund");
}

void Sender::ask_later(const Back& back) {
  const auto nth = static_cast<std::size_t>(
      std::clamp<std::int64_t>(back.looks - 1, 0, static_cast<std::int64_t>(kLooks.size()) - 1));
  const Instant next = env_.clock.wall_now() + kLooks[nth];
  env::in_transaction(db_, "aftersale.later", [&](env::Tx& tx) {
    look_again(tx, back, next);
    tx.wake(worker_, next);
  });
}

void Sender::hear_of(const std::string& number) {
  const auto id = refund_of(number);
  if (!id) return;
  const Instant now = env_.clock.wall_now();
  env::in_transaction(db_, "aftersale.told", [&](env::Tx& tx) {
    const auto back = find_back(tx, *id);
    if (!back || back->state != BackState::sending) return;
    look_again(tx, *back, now);
    tx.wake(worker_, now);
  });
}

}  // namespace ordeal::aftersale
