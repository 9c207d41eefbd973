// The library: lends umbrellas and sees each loan end. The counter: the door for borrowers; it keeps nothing.
//
// A loan that is due is extended while it rains, so says the weather, but not for ever; then it is written off. What
// comes back after that is found again. A weather that does not answer is dry: a loan ends also without it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/env/env.h"
#include "core/worker/due_worker.h"
#include "tests/flows/lending/library/hand_out.h"

namespace ordeal::lending {

struct Config {
  Duration loan{};                           // from lending to due
  Duration extension = {1'200'000'000'000};  // of a loan that is due in the rain
  std::int64_t extensions_max = 3;
  std::string weather_url{};  // empty: nobody knows the weather
  Duration weather_deadline = {1'000'000'000};
};

class Library {
 public:
  Library(env::Env& env, env::Database& db, HandOut& hand_out, Config config);

  void start();

 private:
  BorrowReply borrow(const Borrow& request);
  GiveBackReply give_back(const GiveBack& request);
  // Ends or extends every loan that is due; returns when the next one will be.
  std::optional<Instant> look_after_due();
  void look_after(const Loan& loan, bool rains, Instant now);
  bool rains();

  env::Env& env_;
  env::Database& db_;
  HandOut& hand_out_;
  Config config_;
  worker::DueWorker overdue_;
};

class Counter {
 public:
  explicit Counter(env::Env& env) : env_(env) {}

  void start();

 private:
  env::Env& env_;
};

}  // namespace ordeal::lending
