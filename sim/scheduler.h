// The scheduler: one queue of events ordered by (time, priority, sequence), one running fiber at a time, no
// ticks. Idle time costs nothing. True time is int64 nanoseconds since the trial began.
//
// An event resumes a fiber or runs a callback. Equal times are decided by priority, then by the order of
// scheduling, never by the heap; sim/ordering.h knows other orders. A wake-up names the suspension it is meant for (the fiber's generation); a
// stale one is skipped without moving the clock, which is how timers are cancelled.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "sim/fiber.h"
#include "sim/ordering.h"
#include "sim/trace.h"

namespace ordeal::sim {

// Lower runs first among equal times.
enum class Priority : std::uint8_t { kill = 10, normal = 100, late = 200 };

// Names one suspension of one fiber; waking it twice, or too late, does nothing.
struct WakeToken {
  std::uint32_t fiber = 0;
  std::uint32_t generation = 0;
};

struct TimerId {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
};

struct Waiter {
  std::string host;
  std::string fiber;
  std::string waits_for;
  std::int64_t since_ns = 0;
  std::int64_t begun_ns = 0;  // when its task began
  env::TraceContext cause{};
};

class Scheduler {
 public:
  explicit Scheduler(FiberPool& pool, Ordering ordering = Ordering::fifo, std::uint64_t seed = 0)
      : pool_(pool), ordering_(ordering), seed_(seed) {}
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  std::int64_t now_ns() const { return now_ns_; }
  Fiber* current() const { return current_; }

  TimerId at(std::int64_t time_ns, std::function<void()> callback, Priority priority = Priority::normal);
  void cancel(TimerId timer);

  // Starts and sleeps of fibers become events of the trace, so that an order among fibers that do nothing else is seen.
  void record_in(Trace& trace) { trace_ = &trace; }

  // Starts `work` as soon as the events before it are done. `host` may be null (the stage itself).
  Fiber& spawn(Host* host, std::string name, env::TraceContext cause, std::function<void()> work);

  // --- for the running fiber ---
  // The token of the suspension that comes next.
  WakeToken next_token() const { return {current_->index, current_->generation}; }
  // Suspends until woken. Throws Killed when the fiber was killed meanwhile.
  void wait(std::string_view for_what, bool idle = false);
  // Suspends until woken or for `ns` of true time; true when woken before.
  bool wait_for(std::string_view for_what, std::int64_t ns);
  void sleep(std::int64_t ns, std::string_view for_what = "time to pass");
  // The same for callers below C frames: never throws; false when the fiber was killed.
  bool park(std::string_view for_what, std::int64_t ns);
  bool park(std::string_view for_what);
  void check_not_killed() const {
    if (current_ == nullptr) return;
    if (current_->killed) throw Killed{};
    if (current_->recalled) throw Recalled{};
  }

  // For its scope the running fiber runs code that refers to frames of another one, the lender, which waits meanwhile.
  // Whenever the lender is killed, the borrower is resumed before it, even on a frozen host: its suspension below C
  // frames ends (park returns false), and Recalled unwinds it to where the loan began. So the lender's frames outlive
  // whatever refers to them. While it is recalled the borrower cannot suspend.
  class Loan {
   public:
    Loan(Scheduler& scheduler, Fiber& lender);
    ~Loan();
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

   private:
    Fiber& lender_;
    Fiber& borrower_;
  };
  // The running fiber wants back what it lent, if it did: returns when nothing refers to its frames any more.
  void recall();

  void wake(WakeToken token);
  // The fiber this token still waits for, or null.
  Fiber* waiting_fiber(WakeToken token);
  bool is_waiting(WakeToken token) { return waiting_fiber(token) != nullptr; }
  void kill(Fiber& fiber);
  // Puts an event that a frozen host could not take back into the queue.
  void requeue(WakeToken token);

  // Runs events up to and including `until_ns`. False when the queue ran dry before.
  bool run_until(std::int64_t until_ns);
  // Moves the clock over a stretch in which nothing happens.
  void advance_to(std::int64_t time_ns);
  void kill_all();
  void stop() { stopped_ = true; }

  // Fibers that wait for something other than work; asked for when the queue is empty, it is the deadlock
  // report.
  std::vector<Waiter> stuck() const;
  std::uint64_t events_run() const { return events_run_; }
  std::size_t fibers_alive() const { return alive_; }

  // An exception that left a fiber's work: a programmer error of the trial. Rethrown by run_until.
  void fail(std::exception_ptr failure) {
    if (!failure_) failure_ = std::move(failure);
  }

 private:
  static constexpr std::uint32_t kCallback = 0x8000'0000u;
  struct Entry {
    std::int64_t time_ns;
    std::uint64_t order;  // priority in the top byte, sequence below
    std::uint32_t target;
    std::uint32_t generation;
    bool before(const Entry& other) const {
      return time_ns != other.time_ns ? time_ns < other.time_ns : order < other.order;
    }
  };
  struct Callback {
    std::function<void()> run;
    std::uint32_t generation = 0;
  };

  std::uint64_t order(Priority priority) {
    return (static_cast<std::uint64_t>(priority) << 56) | sequence_++;
  }
  void push(std::int64_t time_ns, Priority priority, std::uint32_t target, std::uint32_t generation);
  void push_otherwise(std::int64_t time_ns, Priority priority, std::uint32_t target,
                      std::uint32_t generation);
  std::uint64_t task_of(Fiber* fiber) const;
  void heap_push(Entry entry);
  void heap_pop();
  void rise(std::size_t hole, Entry entry);
  bool is_stale(const Entry& entry) const;
  const Entry* next();
  void dispatch(Entry entry);
  void resume(Fiber& fiber);
  void end_loan(Fiber& lender);
  void suspend(std::string_view for_what, bool idle);
  void note(EventKind kind, const Fiber& fiber, std::uint64_t payload, std::string_view what);
  void finish(Fiber& fiber);
  static void run_fiber(void* argument);

  FiberPool& pool_;
  const Ordering ordering_;
  const std::uint64_t seed_;
  std::int64_t now_ns_ = 0;
  std::uint64_t sequence_ = 0;
  std::uint64_t events_run_ = 0;
  std::size_t alive_ = 0;
  bool stopped_ = false;
  Fiber* current_ = nullptr;
  Trace* trace_ = nullptr;
  std::exception_ptr failure_;

  std::vector<Entry> heap_;    // four children a node
  std::deque<Entry> due_now_;  // normal events for this very moment: already in order
  std::deque<Fiber> fibers_;
  std::vector<std::uint32_t> free_fibers_;
  std::vector<Callback> callbacks_;
  std::vector<std::uint32_t> free_callbacks_;
};

}  // namespace ordeal::sim
