// DueWorker: runs work that is due at wall-clock instants kept in a table. The table is the truth, and the worker is woken
// by the transactions that write to it (Tx::wake): a wake that is lost with a crash costs nothing, since the worker runs
// once at start.
//
// `run_due` handles everything that is due now and returns the instant of the next due row, or nothing when
// none is pending. The worker then sleeps until that instant or an earlier wake; with nothing pending it
// waits idle, without ticks. While something is pending it looks at the clock at least every ten minutes (or
// `longest_nap`), so a wall clock that steps cannot put work off for ever (F-72). A DatabaseError ends a run,
// never the worker: it backs off one second and runs again.
//
// Several processes may each run one over the same table (instances of a service that share a database), so a run must be
// right beside another: what it does outside may be done twice, and what it writes says what it had seen.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/env/env.h"
#include "core/env/wakes.h"

namespace ordeal::worker {

// While something is pending a worker looks at the clock at least this often, unless it says otherwise.
inline constexpr Duration kLongestNap{600'000'000'000};

// Runs work that has a backstop, once: true when it came through, false when a DatabaseError ended it, which is logged.
bool attempt(env::Env& env, std::string_view name, const std::function<void()>& work);

class DueWorker final : public env::Wakeable {
 public:
  using RunDue = std::function<std::optional<Instant>()>;

  // `name` is part of the trace root of every run: "job:NAME@<wall ns>".
  DueWorker(env::Env& env, std::string name, RunDue run_due, Duration longest_nap = kLongestNap);

  void start();
  // Interrupts no sleep that ends before `due` anyway.
  void wake(Instant due) override;
  // One run, without sleeping; for tests that drive the work by hand.
  std::optional<Instant> run_due() { return run_due_(); }

 private:
  void loop();
  void nap();
  std::optional<Instant> run_once();

  env::Env& env_;
  std::string name_;
  RunDue run_due_;
  Duration longest_nap_;
  std::unique_ptr<env::Signal> signal_;
  Instant last_look_{INT64_MIN};  // at the wall clock, before the last nap
  Duration last_nap_{};
  Instant next_ = Instant::max();  // when it will run at the latest
  bool waiting_ = false;
};

}  // namespace ordeal::worker
