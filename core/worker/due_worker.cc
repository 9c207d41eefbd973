#include "core/worker/due_worker.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace ordeal::worker {
namespace {

// A row that stays due because of a mistake must not stop the world's clock.
constexpr Duration kShortestNap = {1'000'000};
constexpr Duration kAfterError = {1'000'000'000};
constexpr Duration kOverslept = {3'000'000'000};

// What one run stems from. Workers run a hundred times a trial, so the text is made in one piece.
std::string job_name(std::string_view worker, Instant now) {
  std::array<char, 20> digits;  // of any 64-bit number, with its sign
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), now.ns).ptr;
  std::string name;
  name.reserve(48);
  name.append("job:").append(worker).append("@");
  name.append(digits.data(), end);
  return name;
}

}  // namespace

DueWorker::DueWorker(env::Env& env, std::string name, RunDue run_due, Duration longest_nap)
    : env_(env),
      name_(std::move(name)),
      run_due_(std::move(run_due)),
      longest_nap_(longest_nap),
      signal_(env.tasks.make_signal()) {}

void DueWorker::start() {
  env_.tasks.spawn(name_, [this] { loop(); });
}

void DueWorker::wake(Instant due) {
  if (due >= next_) return;
  next_ = due;
  if (waiting_) signal_->notify();
}

void DueWorker::loop() {
  for (;;) {
    if (env_.points.unlucky("worker: a worker wakes late")) env_.tasks.sleep(kOverslept);
    // From here on every wake counts: the run may have read the table before the row was there.
    next_ = Instant::max();
    const auto due = run_once();
    if (next_ <= env_.clock.wall_now()) continue;
    next_ = std::min(next_, due.value_or(Instant::max()));
    nap();
  }
}

// Until next_, which wakes may bring forward, or until it is time to look at the clock.
void DueWorker::nap() {
  for (bool woken = false;; woken = true) {
    const Instant now = env_.clock.wall_now();
    if (woken && next_ <= now) return;
    bool told = true;
    waiting_ = true;
    if (next_ == Instant::max()) {
      signal_->wait();
    } else {
      // A wall clock that stands still would be asked every millisecond for as long as it does.
      const Duration least = woken || now > last_look_ ? kShortestNap : last_nap_ * 2;
      last_look_ = now;
      last_nap_ = std::clamp(next_ - now, std::min(least, longest_nap_), longest_nap_);
      told = signal_->wait_for(last_nap_);
    }
    waiting_ = false;
    if (!told) return;
  }
}

std::optional<Instant> DueWorker::run_once() {
  const Instant now = env_.clock.wall_now();
  const env::TraceScope scope(env_.tasks, env_.tasks.root(job_name(name_, now)));
  std::optional<Instant> next;
  if (attempt(env_, name_, [&] { next = run_due_(); })) return next;
  env_.tasks.sleep(kAfterError);
  return now;
}

bool attempt(env::Env& env, std::string_view name, const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const env::DatabaseError& error) {
    const std::string why = error.what();
    env.log.line([&] { return std::string(name) + " could not use its database (" + why + ")"; });
  }
  return false;
}

}  // namespace ordeal::worker
