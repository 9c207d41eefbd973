// Tasks: concurrent work inside one process, waiting, and the trace context that says what a piece of work
// stems from.
//
// A TraceContext is opaque, as a traceparent is: it travels with every call and message by itself; code that
// parks work in a table (an outbox row, an order with a deadline) stores `current()` and takes it up again
// with a TraceScope.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace ordeal::env {

struct TraceContext {
  std::int64_t id = 0;
  constexpr bool operator==(const TraceContext&) const = default;
};

// A wake-up call between tasks of one process. A notify while nobody waits is remembered once.
class Signal {
 public:
  virtual ~Signal() = default;
  virtual void notify() = 0;
  // Waits for a notify for as long as it takes. An idle wait: it does not count as being stuck.
  virtual void wait() = 0;
  // The same, but gives up after `timeout` (monotonic clock). True when notified.
  virtual bool wait_for(Duration timeout) = 0;
};

class Tasks {
 public:
  virtual ~Tasks() = default;

  // Monotonic clock of this host. A duration <= 0 still lets others run.
  virtual void sleep(Duration duration) = 0;
  // Runs `work` beside the caller until it returns or the process dies; `name` becomes a hop of the trace
  // context.
  virtual void spawn(std::string_view name, std::function<void()> work) = 0;
  virtual std::unique_ptr<Signal> make_signal() = 0;

  virtual TraceContext current() const = 0;
  virtual void set_current(TraceContext context) = 0;
  // A context of its own for work that nobody outside asked for: "job:close-orders@2026-01-03T00:05".
  virtual TraceContext root(std::string_view name) = 0;
  virtual TraceContext hop(TraceContext from, std::string_view name) = 0;
};

// Works under `context` until the end of the scope.
class TraceScope {
 public:
  TraceScope(Tasks& tasks, TraceContext context) : tasks_(tasks), before_(tasks.current()) {
    tasks_.set_current(context);
  }
  TraceScope(Tasks& tasks, TraceContext context, std::string_view hop)
      : TraceScope(tasks, tasks.hop(context, hop)) {}
  ~TraceScope() { tasks_.set_current(before_); }
  TraceScope(const TraceScope&) = delete;
  TraceScope& operator=(const TraceScope&) = delete;

 private:
  Tasks& tasks_;
  TraceContext before_;
};

}  // namespace ordeal::env
