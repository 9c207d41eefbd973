// Mutex, Condition and Channel for fibers of one simulation. First come, first served. A fiber killed while
// it waits leaves the queue by itself: its token goes stale.
#pragma once

#include <deque>
#include <optional>
#include <string_view>
#include <utility>

#include "sim/scheduler.h"

namespace ordeal::sim {

// Fibers waiting in a row.
class WaitQueue {
 public:
  explicit WaitQueue(Scheduler& scheduler) : scheduler_(scheduler) {}

  void wait(std::string_view for_what, bool idle = false) {
    waiting_.push_back(scheduler_.next_token());
    scheduler_.wait(for_what, idle);
  }
  bool wait_for(std::string_view for_what, std::int64_t ns) {
    waiting_.push_back(scheduler_.next_token());
    return scheduler_.wait_for(for_what, ns);
  }
  // Wakes the first that still waits. False when nobody does.
  bool wake_one() {
    while (!waiting_.empty()) {
      const WakeToken token = waiting_.front();
      waiting_.pop_front();
      if (scheduler_.is_waiting(token)) return scheduler_.wake(token), true;
    }
    return false;
  }
  void wake_all() {
    while (wake_one()) {
    }
  }
  Scheduler& scheduler() { return scheduler_; }

 private:
  Scheduler& scheduler_;
  std::deque<WakeToken> waiting_;
};

class Mutex {
 public:
  explicit Mutex(Scheduler& scheduler) : scheduler_(scheduler) {}

  void lock(std::string_view for_what) {
    scheduler_.check_not_killed();
    if (owner_ == nullptr) {
      owner_ = scheduler_.current();
      return;
    }
    waiting_.push_back(scheduler_.next_token());
    if (!scheduler_.park(for_what)) {
      if (owner_ == scheduler_.current()) unlock();  // it was handed over just before the kill
      throw Killed{};
    }
  }
  // The next in the row owns it at once, so nobody can slip in between.
  void unlock() {
    owner_ = nullptr;
    while (!waiting_.empty() && owner_ == nullptr) {
      const WakeToken token = waiting_.front();
      waiting_.pop_front();
      if (Fiber* fiber = scheduler_.waiting_fiber(token)) {
        owner_ = fiber;
        scheduler_.wake(token);
      }
    }
  }
  bool held() const { return owner_ != nullptr; }

 private:
  Scheduler& scheduler_;
  Fiber* owner_ = nullptr;
  std::deque<WakeToken> waiting_;
};

class MutexLock {
 public:
  MutexLock(Mutex& mutex, std::string_view for_what) : mutex_(mutex) { mutex_.lock(for_what); }
  ~MutexLock() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Like std::condition_variable, without a mutex: between a check and the wait nothing else runs.
class Condition {
 public:
  explicit Condition(Scheduler& scheduler) : queue_(scheduler) {}
  template <class Predicate>
  void wait_until(std::string_view for_what, Predicate&& holds) {
    while (!holds()) queue_.wait(for_what);
  }
  void notify_all() { queue_.wake_all(); }

 private:
  WaitQueue queue_;
};

// An unbounded first-in, first-out queue between fibers.
template <class T>
class Channel {
 public:
  explicit Channel(Scheduler& scheduler) : queue_(scheduler) {}
  void send(T value) {
    values_.push_back(std::move(value));
    queue_.wake_one();
  }
  T receive(std::string_view for_what = "a value from a channel") {
    while (values_.empty()) queue_.wait(for_what, /*idle=*/true);
    T value = std::move(values_.front());
    values_.pop_front();
    return value;
  }
  bool empty() const { return values_.empty(); }

 private:
  WaitQueue queue_;
  std::deque<T> values_;
};

}  // namespace ordeal::sim
