// Statements: reads the statements of the channels, day by day, and repairs what callbacks and queries have lost.
//
// A day is noted in the transaction that opens an attempt, or before a refund is tried: each day on which the money may move
// by the channel's clock. From the next morning on it is asked for, every hour, until it is ACCEPTED; one that still is not
// after kTries is UNRESOLVED. Whether a file is believed is the StatementCheck's to say.
//
// What it promises: an accepted statement is here with all its lines or not at all, once however often it is read (I-78,
// I-91); money that it tells of is captured on the same way as by a callback, once whoever comes first (F-74, I-31). A
// number nobody here knows, another amount, money of ours that the channel does not have, a refund in process: written down,
// never acted on.
#pragma once

#include <optional>

#include "core/payment/attempts.h"
#include "core/payment/statement_check.h"
#include "core/payment/statement_rows.h"
#include "core/worker/due_worker.h"

namespace ordeal::payment {

class Statements {
 public:
  // Two days, then it is a matter for people. One would not do: whether a day was empty may be known only when the
  // statement of the next has come.
  static constexpr std::int64_t kTries = 48;
  static constexpr Duration kAgain{3'600'000'000'000};
  // Before the first is due there are hours to wait; a clock that stepped meanwhile is noticed soon enough.
  static constexpr Duration kLongestNap{10'800'000'000'000};
  // Between the clocks of a channel and of its merchants, each wrong by minutes.
  static constexpr Duration kClocksDiffer{1'800'000'000'000};

  // `deadline` is of one download.
  Statements(env::Env& env, env::Database& db, Attempts& attempts, const channel::Accounts& accounts,
             StatementCheck& check, Duration deadline);

  void start() { worker_.start(); }
  std::optional<Instant> run_due() { return worker_.run_due(); }

  // In the transaction that opens the attempt; again for one that is open already.
  void expect_payment(env::Tx& tx, const AttemptRow& attempt);
  // In a transaction before a refund is tried.
  void expect_refund(env::Tx& tx, std::string_view channel);

 private:
  struct Import;
  struct Look;

  const channel::Account& account(std::string_view channel) const;
  void note(env::Tx& tx, const channel::Account& account, channel::Day day);
  std::optional<Instant> pass();
  // When it is to be asked for again, if at all.
  std::optional<Instant> look_at(const DueStatement& seen);
  void tell(const DueStatement& due, Look& look);
  std::optional<Instant> try_again(env::Tx& tx, const DueStatement& due, bool said_empty, bool answered);
  Import import(env::Tx& tx, const DueStatement& due, const channel::Statement& statement);
  LineVerdict settle_payment(env::Tx& tx, const channel::StatementLine& line,
                             const std::optional<AttemptRow>& attempt);

  env::Env& env_;
  env::Database& db_;
  Attempts& attempts_;
  const channel::Accounts& accounts_;
  StatementCheck& check_;
  Duration deadline_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::payment
