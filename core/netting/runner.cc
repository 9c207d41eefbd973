#include "core/netting/runner.h"

#include <algorithm>

namespace ordeal::netting {
namespace {

using api::CycleState;

constexpr std::string_view kJob = "netting";
constexpr std::int64_t kPartitions = api::kMostSessions * 10;
constexpr Duration kMinute{60'000'000'000};
// A bank that lacks cover is asked again, and one that was not reached is told again.
constexpr Duration kAgain = kMinute * 5;
// For so long after the cut-off. Whoever was not reached by then asks himself.
constexpr Duration kConfirmFor = kMinute * 60 * 24;
constexpr Duration kPatience{20'000'000'000};

std::string named(std::string_view step, std::int64_t number) {
  return std::string(step) + "-" + std::to_string(number);
}

}  // namespace

jobs::Key job_of(CycleId cycle) {
  return {std::string(kJob), cycle.value / kPartitions, cycle.value % kPartitions};
}
CycleId cycle_of(const jobs::Key& job) { return {job.day * kPartitions + job.partition}; }

Runner::Runner(env::Env& env, env::Database& db, Parts parts, const Terms& terms)
    : env_(env), db_(db), parts_(parts), terms_(terms), worker_(env, "netting-cycles", [this] {
        return run_due();
      }) {
  parts_.once.start(env);
  parts_.cover.start(env);
}

// Each run is a task of its own: a bank that does not answer holds up its own cycle and no other.
std::optional<Instant> Runner::run_due() {
  const Instant now = env_.clock.wall_now();
  const auto all = env::in_read(db_, "jobs.due",
                                [&](env::Connection& from) { return jobs::due(from, now, terms_.batch); });
  for (const jobs::Key& job : all) {
    if (!running_.insert(cycle_of(job)).second) continue;
    env_.tasks.spawn("run", [this, job] {
      struct Leave {
        Runner& runner;
        CycleId cycle;
        ~Leave() { runner.running_.erase(cycle); }
      } leave{*this, cycle_of(job)};
      // Who dies here, or fails, is followed when the lease is over.
      worker::attempt(env_, "netting-cycles", [&] { run(job); });
    });
  }
  if (!all.empty()) return now + jobs::kLease;
  return env::in_read(db_, "jobs.next_due", [](env::Connection& from) { return jobs::next_due(from); });
}

void Runner::run(const jobs::Key& job) {
  const auto lock = parts_.once.hold(db_, job);
  if (!lock) return;
  const Instant now = env_.clock.wall_now();
  const auto run = env::in_transaction(db_, "jobs.begin", [&](env::Tx& tx) {
    tx.wake(worker_, now + jobs::kLease);
    return jobs::claim(tx, job, now, now + jobs::kLease);
  });
  if (!run) {
    env_.log.sometimes("another node was first");
    return;
  }
  if (run->token > 1) env_.log.sometimes("a run was taken over");
  see_through(*run);
}

void Runner::see_through(const jobs::Run& run) {
  for (Then then = Then::go_on; then == Then::go_on;) {
    const auto cycle = env::in_read(
        db_, "netting.cycle", [&](env::Connection& from) { return find_cycle(from, cycle_of(run.key)); });
    ORDEAL_CHECK(cycle.has_value(), "a job of no cycle");
    switch (cycle->state) {
      case CycleState::open:
        then = close(run, *cycle);
        break;
      case CycleState::closed:
        then = net(run, *cycle);
        break;
      case CycleState::netted:
        then = pay(run, *cycle);
        break;
      case CycleState::settled:
        then = confirm(run, *cycle);
    }
  }
}

template <class Work>
Runner::Then Runner::step(const jobs::Run& run, std::string_view name, const std::string& what, Work work) {
  const Instant now = env_.clock.wall_now();
  return env::in_transaction(db_, name, [&](env::Tx& tx) {
    tx.wake(worker_, now + jobs::kLease);
    if (!parts_.once.may(tx, run, what)) return Then::leave;
    work(tx);
    parts_.once.did(tx, run, what, now);
    return Then::go_on;
  });
}

Runner::Then Runner::close(const jobs::Run& run, const Cycle& cycle) {
  return step(run, "netting.close", "close", [&](env::Tx& tx) { netting::close(tx, cycle.id); });
}

Runner::Then Runner::net(const jobs::Run& run, const Cycle& cycle) {
  return step(run, "netting.net", named("net", cycle.round), [&](env::Tx& tx) {
    const Currency currency = api::key_of(cycle.id).currency;
    std::vector<Owed> all;
    Money gross{0, currency};
    for (const Obligation& one : taken_in(tx, cycle.id)) {
      all.push_back({one.id, one.debtor, one.creditor, one.amount});
      gross += one.amount.minor < 0 ? -one.amount : one.amount;
    }
    netting::net(tx, cycle, parts_.scheme.net(all, currency), gross);
  });
}

Paid Runner::pay(const jobs::Run& run, const Transfer& transfer, const Move& move, TransferState then) {
  const std::string what = named("pay", transfer.id.value);
  const Instant now = env_.clock.wall_now();
  Around around;
  around.still = [&](env::Tx& tx) {
    tx.wake(worker_, now + jobs::kLease);
    return parts_.once.may(tx, run, what);
  };
  around.with = [&](env::Tx& tx) {
    mark(tx, transfer, then);
    parts_.once.did(tx, run, what, now);
  };
  return parts_.cover.pay(db_, "netting.pay", move, around);
}

Runner::Then Runner::pay(const jobs::Run& run, const Cycle& cycle) {
  const auto positions = env::in_read(db_, "netting.positions",
                                      [&](env::Connection& from) { return positions_of(from, cycle); });
  std::optional<Transfer> lacking;
  for (const std::int64_t phase : {1, 2}) {
    const auto due = env::in_read(db_, "netting.transfers",
                                  [&](env::Connection& from) { return due_of(from, cycle, phase); });
    for (const Transfer& transfer : due) {
      for (const Position& position : positions) {
        if (phase == 1 && position.what.bank.value == transfer.from) tell(cycle, position.what, false);
      }
      const Paid paid = pay(run, transfer, transfer.move(), TransferState::done);
      if (paid == Paid::not_wanted) return Then::leave;
      if (paid == Paid::moved) continue;
      env_.log.sometimes("a bank lacked cover at the cut-off");
      if (!lacking) lacking = transfer;
    }
    if (lacking) break;
  }
  if (!lacking)
    return step(run, "netting.settle", named("settle", cycle.round), [&](env::Tx& tx) { settle(tx, cycle); });
  const Instant last = api::cutoff_of(cycle.id, terms_.session) + terms_.grace;
  const Instant now = env_.clock.wall_now();
  if (now >= last) return give_up(run, cycle, *lacking);
  later(run, std::min(now + kAgain, last));
  return Then::leave;
}

Runner::Then Runner::give_up(const jobs::Run& run, const Cycle& cycle, const Transfer& unpaid) {
  const std::string what = named("fail", unpaid.id.value);
  switch (parts_.scheme.when_unpaid()) {
    case WhenUnpaid::take_out_pair:
      env_.log.sometimes("a pair of banks was taken out of its cycle");
      return step(run, "netting.take_out", what, [&](env::Tx& tx) { take_out_pair(tx, unpaid); });
    case WhenUnpaid::fund_bears: {
      Move move = unpaid.move();
      move.kind = api::NetEntryKind::borne;
      move.from = api::kFund;
      const Paid paid = pay(run, unpaid, move, TransferState::borne);
      if (paid == Paid::not_wanted) return Then::leave;
      if (paid == Paid::moved) {
        env_.log.sometimes("the fund bore what a bank could not pay");
        return Then::go_on;
      }
      env_.log.sometimes("the fund had not as much");
      break;
    }
    case WhenUnpaid::unwind:
      break;
  }
  env_.log.sometimes("a cycle was unwound");
  return step(run, "netting.unwind", what, [&](env::Tx& tx) { unwind(tx, cycle, unpaid); });
}

Runner::Then Runner::confirm(const jobs::Run& run, const Cycle& cycle) {
  const auto positions = env::in_read(db_, "netting.positions",
                                      [&](env::Connection& from) { return positions_of(from, cycle); });
  bool all = true;
  for (const Position& position : positions) {
    if (position.told) continue;
    if (!tell(cycle, position.what, true)) {
      all = false;
      continue;
    }
    env::in_transaction(db_, "netting.told", [&](env::Tx& tx) { note_told(tx, cycle, position.what.bank); });
  }
  const Instant now = env_.clock.wall_now();
  if (!all && now < api::cutoff_of(cycle.id, terms_.session) + kConfirmFor) {
    env_.log.sometimes("a bank was not reached");
    later(run, now + kAgain);
    return Then::leave;
  }
  env::in_transaction(db_, "jobs.end", [&](env::Tx& tx) {
    tx.wake(worker_, now + jobs::kLease);
    jobs::end(tx, run);
  });
  return Then::leave;
}

bool Runner::tell(const Cycle& cycle, const api::NetPosition& position, bool settled) {
  const auto url = terms_.banks.find(position.bank);
  if (url == terms_.banks.end()) return true;
  const api::PositionAdvice advice{cycle.id, cycle.round, position.bank, position.net, settled};
  const auto answer =
      env_.http.post(url->second + "/position", env::Message::of(advice).to_json(), kPatience);
  return answer && answer->status == 200;
}

void Runner::later(const jobs::Run& run, Instant due) {
  env::in_transaction(db_, "jobs.put_off", [&](env::Tx& tx) {
    tx.wake(worker_, due);
    jobs::put_off(tx, run, due);
  });
}

}  // namespace ordeal::netting
