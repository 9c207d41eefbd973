#include "sim/scheduler.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/digest.h"
#include "sim/host.h"

namespace ordeal::sim {

Scheduler::~Scheduler() { kill_all(); }

// ---- the queue ----

void Scheduler::heap_push(Entry entry) {
  heap_.push_back(entry);
  rise(heap_.size() - 1, entry);
}

void Scheduler::heap_pop() {
  const Entry last = heap_.back();
  heap_.pop_back();
  const std::size_t size = heap_.size();
  if (size == 0) return;
  // The hole sinks to a leaf, where `last` came from, and rises from there if it must: mostly it need not.
  Entry* const heap = heap_.data();
  std::size_t hole = 0;
  for (std::size_t first = 1; first < size; first = 4 * hole + 1) {
    const Entry* best = heap + first;
    const Entry* const end = heap + std::min(first + 4, size);
    for (const Entry* child = best + 1; child < end; ++child) {
      if (child->before(*best)) best = child;
    }
    heap[hole] = *best;
    hole = static_cast<std::size_t>(best - heap);
  }
  rise(hole, last);
}

void Scheduler::rise(std::size_t hole, Entry entry) {
  while (hole > 0) {
    const std::size_t parent = (hole - 1) / 4;
    if (!entry.before(heap_[parent])) break;
    heap_[hole] = heap_[parent];
    hole = parent;
  }
  heap_[hole] = entry;
}

void Scheduler::push(std::int64_t time_ns, Priority priority, std::uint32_t target,
                     std::uint32_t generation) {
  if (ordering_ != Ordering::fifo) [[unlikely]]
    return push_otherwise(time_ns, priority, target, generation);
  const Entry entry{std::max(time_ns, now_ns_), order(priority), target, generation};
  if (entry.time_ns == now_ns_ && priority == Priority::normal) {
    due_now_.push_back(entry);
  } else {
    heap_push(entry);
  }
}

// A fiber has many turns under one cause.
std::uint64_t Scheduler::task_of(Fiber* fiber) const {
  if (fiber == nullptr) return Digest(seed_).add(0).add("").value();
  if (fiber->task == 0 || fiber->task_cause != fiber->cause.id) {
    fiber->task_cause = fiber->cause.id;
    fiber->task = Digest(seed_).add(static_cast<std::uint64_t>(fiber->cause.id)).add(fiber->name).value();
  }
  return fiber->task;
}

// All through the heap: what is due now is no longer in order. A callback counts as its scheduler's.
void Scheduler::push_otherwise(std::int64_t time_ns, Priority priority, std::uint32_t target,
                               std::uint32_t generation) {
  const bool callback = (target & kCallback) != 0;
  Turn turn;
  if (priority == Priority::normal)
    turn = turn_of(ordering_, task_of(callback ? current_ : &fibers_[target]), std::max(time_ns, now_ns_));
  constexpr std::uint64_t kLow = 0xffff'ffff;
  const std::uint64_t order =
      (static_cast<std::uint64_t>(priority) << 56) | (std::uint64_t{turn.rank} << 32) | (sequence_++ & kLow);
  heap_push({std::max(time_ns, now_ns_) + (callback ? 0 : turn.late_ns), order, target, generation});
}

bool Scheduler::is_stale(const Entry& entry) const {
  if ((entry.target & kCallback) != 0)
    return callbacks_[entry.target & ~kCallback].generation != entry.generation;
  return fibers_[entry.target].generation != entry.generation;
}

// The next event that is not stale, or null. Stale ones are dropped here, before the clock could move to
// them.
const Scheduler::Entry* Scheduler::next() {
  while (!due_now_.empty() && is_stale(due_now_.front())) due_now_.pop_front();
  while (!heap_.empty() && is_stale(heap_.front())) heap_pop();
  if (heap_.empty()) return due_now_.empty() ? nullptr : &due_now_.front();
  if (due_now_.empty()) return &heap_.front();
  return heap_.front().before(due_now_.front()) ? &heap_.front() : &due_now_.front();
}

bool Scheduler::run_until(std::int64_t until_ns) {
  stopped_ = false;
  while (const Entry* entry = next()) {
    if (entry->time_ns > until_ns) return true;
    const Entry event = *entry;
    if (!heap_.empty() && entry == heap_.data()) {
      heap_pop();
    } else {
      due_now_.pop_front();
    }
    now_ns_ = event.time_ns;
    ++events_run_;
    dispatch(event);
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    if (stopped_) return true;
  }
  return false;
}

void Scheduler::advance_to(std::int64_t time_ns) {
  const Entry* entry = next();
  ORDEAL_CHECK(entry == nullptr || entry->time_ns >= time_ns, "events would be skipped");
  now_ns_ = std::max(now_ns_, time_ns);
}

void Scheduler::dispatch(Entry event) {
  if ((event.target & kCallback) != 0) {
    const std::uint32_t slot = event.target & ~kCallback;
    const auto run = std::exchange(callbacks_[slot].run, nullptr);
    ++callbacks_[slot].generation;
    free_callbacks_.push_back(slot);
    run();
    return;
  }
  Fiber& fiber = fibers_[event.target];
  if (fiber.host != nullptr && fiber.host->is_frozen() && !fiber.killed) {
    fiber.host->defer({event.target, event.generation});
    return;
  }
  resume(fiber);
}

TimerId Scheduler::at(std::int64_t time_ns, std::function<void()> callback, Priority priority) {
  std::uint32_t slot = 0;
  if (free_callbacks_.empty()) {
    slot = static_cast<std::uint32_t>(callbacks_.size());
    callbacks_.emplace_back();
  } else {
    slot = free_callbacks_.back();
    free_callbacks_.pop_back();
  }
  callbacks_[slot].run = std::move(callback);
  push(time_ns, priority, slot | kCallback, callbacks_[slot].generation);
  return {slot, callbacks_[slot].generation};
}

void Scheduler::cancel(TimerId timer) {
  if (timer.slot >= callbacks_.size() || callbacks_[timer.slot].generation != timer.generation) return;
  callbacks_[timer.slot].run = nullptr;
  ++callbacks_[timer.slot].generation;
  free_callbacks_.push_back(timer.slot);
}

// ---- fibers ----

Fiber& Scheduler::spawn(Host* host, std::string name, env::TraceContext cause, std::function<void()> work) {
  std::uint32_t index = 0;
  if (free_fibers_.empty()) {
    index = static_cast<std::uint32_t>(fibers_.size());
    fibers_.emplace_back().index = index;
  } else {
    index = free_fibers_.back();
    free_fibers_.pop_back();
  }
  Fiber& fiber = fibers_[index];
  fiber.state = Fiber::State::ready;
  fiber.killed = fiber.recalled = fiber.started = fiber.idle_wait = false;
  fiber.lent_to = nullptr;
  fiber.host = host;
  fiber.cause = cause;
  fiber.name = std::move(name);
  fiber.task = 0;
  fiber.work = std::move(work);
  fiber.waits_for = "its first turn";
  fiber.waits_since_ns = fiber.begun_ns = now_ns_;
  ++alive_;
  if (host != nullptr) host->fiber_started(fiber);
  note(EventKind::fiber_started, fiber, digest_of(fiber.name), fiber.name);
  push(now_ns_, Priority::normal, index, fiber.generation);
  return fiber;
}

void Scheduler::note(EventKind kind, const Fiber& fiber, std::uint64_t payload, std::string_view what) {
  if (trace_ == nullptr) return;
  const std::uint32_t host = fiber.host == nullptr ? UINT32_MAX : fiber.host->id();
  trace_->add(kind, now_ns_, host, {static_cast<std::uint64_t>(fiber.cause.id)}, payload, [&] {
    return std::string(kind == EventKind::slept ? "sleeps for " : "starts ") + std::string(what);
  });
}

void Scheduler::run_fiber(void* argument) {
  auto& [self, fiber] = *static_cast<std::pair<Scheduler*, Fiber*>*>(argument);
  Scheduler& scheduler = *self;
  Fiber& mine = *fiber;
  try {
    mine.work();
  } catch (const Killed&) {
  } catch (...) {
    scheduler.fail(std::current_exception());
  }
  mine.work = nullptr;
  mine.state = Fiber::State::idle;
}

Scheduler::Loan::Loan(Scheduler& scheduler, Fiber& lender)
    : lender_(lender), borrower_(*scheduler.current()) {
  ORDEAL_CHECK(lender.lent_to == nullptr && &lender_ != &borrower_, "a fiber lends its frames to one other");
  lender.lent_to = &borrower_;
}

Scheduler::Loan::~Loan() {
  lender_.lent_to = nullptr;
  borrower_.recalled = false;
}

// From the scheduler's own stack.
void Scheduler::end_loan(Fiber& lender) {
  Fiber& borrower = *lender.lent_to;
  borrower.recalled = true;
  resume(borrower);
  ORDEAL_CHECK(lender.lent_to == nullptr, borrower.name + " does not give back what it borrowed");
}

void Scheduler::recall() {
  Fiber& me = *current_;
  if (me.lent_to == nullptr) return;
  const WakeToken token = next_token();
  at(
      now_ns_,
      [this, token] {
        Fiber* const lender = waiting_fiber(token);
        if (lender != nullptr && lender->lent_to != nullptr) end_loan(*lender);
        wake(token);
      },
      Priority::kill);
  wait("what it lent");
}

void Scheduler::resume(Fiber& fiber) {
  if (fiber.killed && fiber.lent_to != nullptr) end_loan(fiber);
  if (!fiber.started && !fiber.killed) fiber.context = pool_.take();  // may throw: nothing has changed yet
  ++fiber.generation;
  fiber.state = Fiber::State::running;
  Fiber* const before = std::exchange(current_, &fiber);
  if (!fiber.started) {
    fiber.started = true;
    if (fiber.killed) {
      fiber.work = nullptr;
      fiber.state = Fiber::State::idle;
    } else {
      std::pair<Scheduler*, Fiber*> argument{this, &fiber};
      switch_into(*fiber.context, &run_fiber, &argument);
    }
  } else {
    switch_into(*fiber.context);
  }
  current_ = before;
  if (fiber.state == Fiber::State::idle) finish(fiber);
}

void Scheduler::finish(Fiber& fiber) {
  if (fiber.context != nullptr) pool_.give_back(std::exchange(fiber.context, nullptr));
  ++fiber.generation;
  --alive_;
  Host* host = std::exchange(fiber.host, nullptr);
  if (host != nullptr) host->fiber_ended(fiber);
  free_fibers_.push_back(fiber.index);
}

void Scheduler::suspend(std::string_view for_what, bool idle) {
  Fiber& fiber = *current_;
  if (const char* why = exception_in_flight()) check_failed(__FILE__, __LINE__, "may suspend", why);
  fiber.state = Fiber::State::waiting;
  fiber.idle_wait = idle;
  fiber.waits_for = for_what;
  fiber.waits_since_ns = now_ns_;
  switch_out(*fiber.context);
}

void Scheduler::wait(std::string_view for_what, bool idle) {
  check_not_killed();
  ORDEAL_CHECK(current_ != nullptr, "only a fiber can wait");
  ORDEAL_CHECK(current_->no_suspend == 0,
               "waiting for " + std::string(for_what) + " where waiting is forbidden");
  suspend(for_what, idle);
  check_not_killed();
}

bool Scheduler::wait_for(std::string_view for_what, std::int64_t ns) {
  check_not_killed();
  ORDEAL_CHECK(current_ != nullptr, "only a fiber can wait");
  const std::int64_t until = now_ns_ + std::max<std::int64_t>(ns, 0);
  note(EventKind::slept, *current_, static_cast<std::uint64_t>(until), for_what);
  push(until, Priority::normal, current_->index, current_->generation);
  current_->woken_by_timer = true;
  wait(for_what);
  return !current_->woken_by_timer;
}

void Scheduler::sleep(std::int64_t ns, std::string_view for_what) { wait_for(for_what, ns); }

bool Scheduler::park(std::string_view for_what, std::int64_t ns) {
  push(now_ns_ + std::max<std::int64_t>(ns, 0), Priority::normal, current_->index, current_->generation);
  return park(for_what);
}

bool Scheduler::park(std::string_view for_what) {
  if (current_->killed || current_->recalled) return false;
  suspend(for_what, false);
  return !current_->killed && !current_->recalled;
}

void Scheduler::wake(WakeToken token) {
  if (Fiber* fiber = waiting_fiber(token)) {
    fiber->woken_by_timer = false;
    push(now_ns_, Priority::normal, token.fiber, token.generation);
  }
}

Fiber* Scheduler::waiting_fiber(WakeToken token) {
  Fiber& fiber = fibers_[token.fiber];
  const bool waits =
      fiber.generation == token.generation && fiber.state == Fiber::State::waiting && !fiber.killed;
  return waits ? &fiber : nullptr;
}

void Scheduler::requeue(WakeToken token) { push(now_ns_, Priority::normal, token.fiber, token.generation); }

void Scheduler::kill(Fiber& fiber) {
  if (fiber.killed || fiber.state == Fiber::State::idle) return;
  fiber.killed = true;
  if (&fiber == current_ || fiber.state == Fiber::State::running) return;  // learns it at its next suspension
  ++fiber.generation;
  push(now_ns_, Priority::kill, fiber.index, fiber.generation);
}

void Scheduler::kill_all() {
  for (std::size_t i = 0; i < fibers_.size(); ++i) {
    Fiber& fiber = fibers_[i];
    if (fiber.state == Fiber::State::idle) continue;
    fiber.killed = true;
    // Unwinding may pass through several suspension points below C frames; each returns at once.
    while (fiber.state != Fiber::State::idle) resume(fiber);
  }
  failure_ = nullptr;
}

std::vector<Waiter> Scheduler::stuck() const {
  std::vector<Waiter> waiters;
  for (const Fiber& fiber : fibers_) {
    if (fiber.state != Fiber::State::waiting || fiber.idle_wait) continue;
    waiters.push_back({fiber.host == nullptr ? std::string() : fiber.host->name(), fiber.name,
                       std::string(fiber.waits_for), fiber.waits_since_ns, fiber.begun_ns, fiber.cause});
  }
  return waiters;
}

}  // namespace ordeal::sim
