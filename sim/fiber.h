// Fibers: plain blocking code on stacks of its own, one thread. This file and fiber.cc alone know
// Boost.Context, the guard pages and the sanitizers' fiber protocol.
//
// Rules, checked at every suspension (the check stays on):
//   - never suspend inside a catch block or while an exception unwinds the stack: exception state belongs to
//   the thread, not
//     to the fiber, and would be mixed up with another fiber's;
//   - never suspend under a NoSuspend guard. Put one into a noexcept function or a destructor that calls
//   anything foreign.
// A killed fiber learns it by the Killed exception at its suspension point. Killed does not derive from
// std::exception: catch handlers for errors let it pass; `catch (...)` must rethrow. C frames are left first
// (Scheduler::park returns false).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/env/tasks.h"

namespace ordeal::sim {

class Host;

struct Killed {};

// Thrown like Killed through code that runs on frames lent by another fiber (Scheduler::Loan), when the lender wants
// them back.
struct Recalled {};

// A stack with its guard page and the context that runs on it; kept by a FiberPool and used again.
class FiberContext;

// Contexts outlive trials: making one costs two system calls and page faults. One pool serves one thread.
class FiberPool {
 public:
  // SQLite, OpenSSL and JSON on one stack need about 24 KiB; sanitizers blow frames up.
  static constexpr std::size_t kStackBytes = 256 * 1024;
  // A trial that wants more has run away: it ends broken, saying so. Linux grants a process 65,530 mappings by default
  // (vm.max_map_count), and a stack with its guard page takes two.
  static constexpr std::size_t kMostContexts = 16'000;

  FiberPool();
  ~FiberPool();
  FiberPool(const FiberPool&) = delete;
  FiberPool& operator=(const FiberPool&) = delete;

  FiberContext* take();
  void give_back(FiberContext* context);
  std::size_t made() const { return all_.size(); }

 private:
  std::vector<std::unique_ptr<FiberContext>> all_;
  std::vector<FiberContext*> free_;
};

// Runs `entry(argument)` on the context until it switches back or returns. Called from the scheduler's own
// stack only.
void switch_into(FiberContext& context, void (*entry)(void*), void* argument);
// Goes on with a context that switched out.
void switch_into(FiberContext& context);
// Back to the scheduler's stack, from inside the context.
void switch_out(FiberContext& context);

// Why suspending is forbidden right now, or nullptr. Looks at the thread's exception state only.
const char* exception_in_flight();

struct Fiber {
  enum class State : std::uint8_t { idle, ready, running, waiting };

  std::uint32_t index = 0;
  std::uint32_t generation = 0;  // grows with each suspension and each end: older wake-ups are stale
  State state = State::idle;
  bool killed = false;
  bool recalled = false;  // what it borrowed is wanted back: it may do nothing but unwind
  bool started = false;
  bool idle_wait = false;  // waits for work: not a sign of being stuck
  bool woken_by_timer = false;
  std::uint16_t no_suspend = 0;
  std::uint32_t host_slot = 0;  // its place in the host's list
  Host* host = nullptr;
  Fiber* lent_to = nullptr;  // who runs code that refers to frames of this fiber
  env::TraceContext cause{};
  std::string_view waits_for;  // static text
  std::int64_t waits_since_ns = 0;
  std::int64_t begun_ns = 0;
  FiberContext* context = nullptr;
  std::string name;
  // Whose turn it is (sim/ordering.h) under that cause; zero until it is asked for.
  std::uint64_t task = 0;
  std::int64_t task_cause = 0;
  std::function<void()> work;
};

// Forbids suspension of `fiber` for a scope.
class NoSuspend {
 public:
  explicit NoSuspend(Fiber* fiber) : fiber_(fiber) {
    if (fiber_ != nullptr) ++fiber_->no_suspend;
  }
  ~NoSuspend() {
    if (fiber_ != nullptr) --fiber_->no_suspend;
  }
  NoSuspend(const NoSuspend&) = delete;
  NoSuspend& operator=(const NoSuspend&) = delete;

 private:
  Fiber* fiber_;
};

}  // namespace ordeal::sim
