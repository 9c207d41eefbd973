#include "core/settlement/settler.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ordeal::settlement {
namespace {

constexpr Duration kSecond{1'000'000'000};
constexpr Duration kDay = kSecond * 86'400;
// After the first look at the custodian, the second, …; then always the last.
constexpr std::array<Duration, 6> kLooks{kSecond * 10,  kSecond * 60,   kSecond * 300,
                                         kSecond * 900, kSecond * 1800, kSecond * 3600};
// Who began a look and is not heard of any more is followed by the next one. Longer than the orders of a slip take.
constexpr Duration kAtWork = kSecond * 120;
constexpr Duration kPatience = kSecond * 10;
// Between two hours of a day nothing is due: it is enough to look at the clock every hour.
constexpr Duration kNap = kSecond * 3600;

Instant at(std::int64_t day, Duration hour) { return Instant{clearing::begin_of_day(day)} + hour; }

}  // namespace

Settler::Settler(env::Env& env, env::Database& db, const BelowZero& below_zero, const Route& route,
                 Config config)
    : env_(env),
      db_(db),
      below_zero_(below_zero),
      route_(route),
      config_(std::move(config)),
      worker_(
          env, "settlement", [this] { return settle_due(); }, kNap) {}

std::optional<Instant> Settler::settle_due() {
  const Instant now = env_.clock.wall_now();
  draft_all(now);
  fix_all(now);
  pay_all(now);
  return next(now);
}

// A day of a year that nobody has announced is none on which working days are settled.
RunDay Settler::run_day(std::int64_t day) const {
  return {day, clearing::is_working_day(day, config_.make_up).value_or(false)};
}

void Settler::draft_all(Instant now) {
  const RunDay today = run_day(clearing::business_day(now.ns));
  if (now < at(today.day, config_.draft_at)) return;
  const auto all = env::in_read(db_, "settlement.collect",
                                [&](env::Connection& from) { return parties_due(from, today); });
  for (const FundPartyId party : all) {
    const SlipId id = SlipId::from_random(env_.random.bits("slip id"));
    db_.transact("settlement.draft", [&](env::Tx& tx) {
      tx.wake(worker_, at(today.day, config_.pay_at));
      const Slip slip{id, party, today.day, api::SlipState::draft, 0, 0, env_.tasks.current()};
      if (!draft(tx, slip, today)) env_.log.sometimes("a party had its slip of the day");
    });
  }
}

void Settler::fix_all(Instant now) {
  const std::int64_t today = clearing::business_day(now.ns);
  const std::int64_t until = now < at(today, config_.pay_at) ? today - 1 : today;
  const auto all = env::in_read(db_, "settlement.drafts",
                                [&](env::Connection& from) { return drafts_until(from, until); });
  for (const Slip& slip : all) {
    db_.transact("settlement.fix", [&](env::Tx& tx) {
      tx.wake(worker_, now);
      const auto state = fix(tx, slip, run_day(slip.day), below_zero_, route_, now);
      if (!state) return env_.log.sometimes("a slip was fixed by somebody else");
      if (*state == api::SlipState::carried) env_.log.sometimes("a slip was carried forward");
    });
  }
}

void Settler::pay_all(Instant now) {
  const auto all = env::in_read(db_, "settlement.paying",
                                [&](env::Connection& from) { return paying(from, now, config_.batch); });
  for (Slip slip : all) {
    const env::TraceScope scope(env_.tasks, slip.cause, "settlement.pay");
    const bool mine = env::in_transaction(db_, "settlement.begin", [&](env::Tx& tx) {
      tx.wake(worker_, now + kAtWork);
      return begin_look(tx, slip, now + kAtWork);
    });
    if (!mine) {
      env_.log.sometimes("somebody else was at this slip");
      continue;
    }
    ++slip.looks;
    // A custodian that does not answer holds up this slip and no other.
    env_.tasks.spawn("pay", [this, slip] { worker::attempt(env_, "settlement", [&] { ask(slip); }); });
  }
}

void Settler::ask(Slip slip) {
  for (;;) {
    const auto open = env::in_read(db_, "settlement.order",
                                   [&](env::Connection& from) { return open_order(from, slip.id); });
    const Instant now = env_.clock.wall_now();
    if (!open) return db_.transact("settlement.paid", [&](env::Tx& tx) { pay(tx, slip, now); });
    if (!carried_out(open->order)) {
      const auto nth = static_cast<std::size_t>(std::max<std::int64_t>(slip.looks, 1) - 1);
      const Instant again = env_.clock.wall_now() + kLooks[std::min(nth, kLooks.size() - 1)];
      return db_.transact("settlement.later", [&](env::Tx& tx) {
        tx.wake(worker_, again);
        look_again(tx, slip, again);
      });
    }
    db_.transact("settlement.done", [&](env::Tx& tx) {
      tx.wake(worker_, now + kAtWork);
      order_done(tx, slip.id, open->nth);
    });
  }
}

bool Settler::carried_out(const api::FundOrder& order) {
  const auto answer =
      env_.http.post(config_.custodian + "/order", env::Message::of(order).to_json(), kPatience);
  if (!answer || answer->status != 200) {
    env_.log.sometimes("a fund order is in doubt");
    return false;
  }
  const auto read = env::Message::from_json(api::FundOrderAnswer::type(), answer->body);
  if (!read || read->as<api::FundOrderAnswer>().number != order.number) return false;
  return read->as<api::FundOrderAnswer>().state == api::FundOrderState::done;
}

std::optional<Instant> Settler::next(Instant now) {
  return env::in_read(db_, "settlement.next", [&](env::Connection& from) -> std::optional<Instant> {
    std::optional<Instant> first = next_look(from);
    const auto sooner = [&](Instant one) { first = first ? std::min(*first, one) : one; };
    if (const auto day = first_draft(from)) sooner(at(*day, config_.pay_at));
    if (anything_open(from)) {
      const Instant today = at(clearing::business_day(now.ns), config_.draft_at);
      sooner(today > now ? today : today + kDay);
    }
    return first;
  });
}

}  // namespace ordeal::settlement
