#include "core/payment/statements.h"

#include <algorithm>
#include <utility>

namespace ordeal::payment {

using channel::Day;
using channel::LineKind;
using channel::StatementLine;

struct Statements::Import {
  std::int64_t by_verdict[names_of(LineVerdict{}).size()] = {};
  std::int64_t missing = 0;

  std::int64_t& operator[](LineVerdict verdict) { return by_verdict[static_cast<std::size_t>(verdict)]; }
};

// What one download came to.
struct Statements::Look {
  Reading reading;
  Import import;
  std::optional<Instant> again;
};

namespace {

// No file says later how a refund ended that was in process on its day: its own answers do (node-tenpay #50).
LineVerdict judge_refund(const StatementLine& line, Money asked) {
  if (line.amount != asked) return LineVerdict::amount_differs;
  return line.in_process ? LineVerdict::in_process : LineVerdict::matched;
}

}  // namespace

Statements::Statements(env::Env& env, env::Database& db, Attempts& attempts,
                       const channel::Accounts& accounts, StatementCheck& check, Duration deadline)
    : env_(env),
      db_(db),
      attempts_(attempts),
      accounts_(accounts),
      check_(check),
      deadline_(deadline),
      worker_(
          env, "payment-statements", [this] { return pass(); }, kLongestNap) {}

const channel::Account& Statements::account(std::string_view channel) const {
  const channel::Account* account = channel::find_account(accounts_, channel);
  ORDEAL_CHECK(account != nullptr, std::string(channel));
  return *account;
}

void Statements::expect_payment(env::Tx& tx, const AttemptRow& attempt) {
  const channel::Account& with = account(attempt.channel);
  const channel::Zone zone = with.profile->statement.zone;
  const Day last = channel::day_at(attempt.expires_at + kClocksDiffer, zone);
  for (Day day = channel::day_at(env_.clock.wall_now() - kClocksDiffer, zone); day <= last;
       day = day.next()) {
    note(tx, with, day);
    statement_rows::expect(tx, with.name, day, attempt.id);
  }
}

void Statements::expect_refund(env::Tx& tx, std::string_view channel) {
  const channel::Account& with = account(channel);
  const channel::Zone zone = with.profile->statement.zone;
  const Instant now = env_.clock.wall_now();
  const Day last = channel::day_at(now + kClocksDiffer, zone);
  for (Day day = channel::day_at(now - kClocksDiffer, zone); day <= last; day = day.next())
    note(tx, with, day);
}

void Statements::note(env::Tx& tx, const channel::Account& account, Day day) {
  const channel::StatementRules& rules = account.profile->statement;
  const Instant ready = channel::begin_of(day.next(), rules.zone) + rules.ready;
  statement_rows::note(tx, account.name, day, ready);
  tx.wake(worker_, ready);
}

std::optional<Instant> Statements::pass() {
  const Instant now = env_.clock.wall_now();
  const auto rows = env::in_read(db_, "statement.due", [&](env::Connection& connection) {
    return statement_rows::by_due(connection, now);
  });
  std::optional<Instant> next;
  for (const DueStatement& due : rows) {
    std::optional<Instant> again = due.next_at;
    if (due.next_at <= now) {
      const env::TraceScope scope(env_.tasks,
                                  env_.tasks.root("job:statement/" + due.channel + "/" + due.day.text()));
      again = look_at(due);
    }
    if (again) next = std::min(next.value_or(*again), *again);
  }
  return next;
}

std::optional<Instant> Statements::look_at(const DueStatement& seen) {
  const channel::Account& from = account(seen.channel);
  const auto answer = channel::Client(env_.http, from, deadline_).statement(seen.day);
  std::optional<Look> look;
  db_.transact("payment.statement", [&](env::Tx& tx) {
    const auto due = statement_rows::still_due(tx, seen);
    if (!due) return;
    const bool awaits = statement_rows::awaits_lines(tx, due->channel, due->day);
    const KnownOfDay known{due->day, awaits, due->empty_since, env_.clock.wall_now()};
    look.emplace(Look{check_.read(answer, *from.profile, known), {}, {}});
    if (look->reading.belief == Belief::believed) {
      look->import = import(tx, *due, look->reading.statement);
    } else if (due->tries != seen.tries) {
      look->again = due->next_at;  // somebody has asked in the meantime, and counted it
    } else {
      const bool answered = answer.kind != channel::StatementAnswer::Kind::unknown;
      look->again = try_again(tx, *due, look->reading.belief == Belief::said_empty, answered);
    }
  });
  attempts_.after_commit();
  if (!look) return std::nullopt;
  tell(seen, *look);
  return look->again;
}

void Statements::tell(const DueStatement& due, Look& look) {
  const bool believed = look.reading.belief == Belief::believed;
  const bool given_up = !believed && !look.again;
  const std::int64_t repaired = look.import[LineVerdict::repaired];
  env_.log.sometimes(look.reading.why);
  if (repaired != 0) env_.log.sometimes("capture found by statement");
  if (look.import[LineVerdict::unknown_here] != 0) env_.log.sometimes("statement line unknown here");
  if (look.import[LineVerdict::amount_differs] != 0) env_.log.sometimes("statement line of another amount");
  if (look.import[LineVerdict::in_process] != 0) env_.log.sometimes("statement line of a refund in process");
  if (look.import.missing != 0) env_.log.sometimes("payment missing at the channel");
  if (given_up) env_.log.sometimes("statement given up");
  env_.log.line([&] {
    std::string text =
        "statement of " + due.channel + " for " + due.day.text() + ": " + std::string(look.reading.why);
    if (given_up) text += "; somebody must look at it";
    if (believed) text += ", " + std::to_string(look.reading.statement.lines.size()) + " lines";
    if (repaired != 0) text += ", " + std::to_string(repaired) + " repaired";
    if (look.import.missing != 0)
      text += ", " + std::to_string(look.import.missing) + " of ours are not on it";
    return text;
  });
}

std::optional<Instant> Statements::try_again(env::Tx& tx, const DueStatement& due, bool said_empty,
                                             bool answered) {
  if (due.tries + 1 >= kTries) {
    statement_rows::give_up(tx, due);
    return std::nullopt;
  }
  const Instant now = env_.clock.wall_now();
  std::optional<Instant> empty_since;
  // No answer takes nothing back of what was said before.
  if (said_empty || !answered) empty_since = due.empty_since;
  if (said_empty && !empty_since) empty_since = now;
  statement_rows::put_off(tx, due, now + kAgain, empty_since);
  return now + kAgain;
}

Statements::Import Statements::import(env::Tx& tx, const DueStatement& due,
                                      const channel::Statement& statement) {
  Import done;
  for (const StatementLine& line : statement.lines) {
    std::optional<std::int64_t> ours;
    LineVerdict verdict = LineVerdict::unknown_here;
    if (line.kind == LineKind::payment) {
      const auto id = attempt_of(line.out_trade_no);
      auto attempt = id ? attempts_.find(tx, *id) : std::nullopt;
      // A number that we gave to another channel is as unknown to this one as a made-up one.
      if (attempt && attempt->channel != due.channel) attempt.reset();
      if (attempt) ours = attempt->id.value;
      verdict = settle_payment(tx, line, attempt);
    } else if (const auto refund = statement_rows::refund_of(tx, line)) {
      ours = refund->id;
      verdict = judge_refund(line, refund->amount);
    }
    if (statement_rows::write_line(tx, due, line, ours, verdict)) ++done[verdict];
  }
  statement_rows::accept(tx, due, statement.totals);
  done.missing = statement_rows::note_missing(tx, due);
  return done;
}

LineVerdict Statements::settle_payment(env::Tx& tx, const StatementLine& line,
                                       const std::optional<AttemptRow>& attempt) {
  if (!attempt) return LineVerdict::unknown_here;
  if (attempt->amount != line.amount) return LineVerdict::amount_differs;
  const bool first = attempts_.capture(tx, *attempt, line.trade_no, api::facts::CapturedVia::statement);
  return first ? LineVerdict::repaired : LineVerdict::matched;
}

}  // namespace ordeal::payment
