#include "core/lock/locks.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/cache/lock_scripts.h"

namespace ordeal::lock {
namespace {

std::string milliseconds(Duration duration) { return std::to_string(duration.ns / 1'000'000); }

}  // namespace

struct Hold::State {
  env::Env& env;
  std::string owner;
  Terms terms;
  std::vector<Fence> fences{};
  std::unique_ptr<env::Signal> over{};
  bool let_go = false;  // by release()
  bool ended = false;   // nobody holds it any more

  bool has_watchdog() const { return terms.lease.ns == 0; }
  Duration lease() const { return has_watchdog() ? kWatchdogLease : terms.lease; }

  void release_all() {
    for (const Fence& fence : fences) {
      const auto times = env.cache().script("release_lock", {lock_key(fence.resource)}, {owner});
      if (times && times->integer == cache::kNotHeld)
        env.log.sometimes("a lock was gone before it was let go");
    }
  }
  void renew_all() {
    for (const Fence& fence : fences) {
      const auto kept =
          env.cache().script("renew_lock", {lock_key(fence.resource)}, {owner, milliseconds(lease())});
      env.log.sometimes(kept && kept->integer == 1 ? "a watchdog renewed a lock"
                                                   : "a watchdog found no lock");
    }
  }
};

namespace {

// Renews, and lets go where nobody else did.
void keep(const std::shared_ptr<Hold::State>& state) {
  while (!state->ended) {
    if (!state->has_watchdog()) {
      state->over->wait();
    } else if (!state->over->wait_for(kRenewEvery) && !state->ended) {
      state->renew_all();
    }
  }
  if (!state->let_go) state->release_all();
}

// Asks until the lock is there or `until` has come.
Result<std::int64_t, Refusal> wait_for(Hold::State& state, const std::string& resource, Duration until) {
  for (;;) {
    const auto answer = state.env.cache().script("acquire_lock", {lock_key(resource), token_key(resource)},
                                                 {state.owner, milliseconds(state.lease()), "1"});
    if (!answer) return Err{Refusal::silent};
    if (answer->integer > 0) return answer->integer;
    const Duration left = until - state.env.clock.monotonic_now();
    if (left.ns <= 0) return Err{Refusal::busy};
    state.env.log.sometimes("somebody waited for a lock");
    state.env.tasks.sleep(std::min({left, kAskEvery, Duration{-answer->integer * 1'000'000}}));
  }
}

}  // namespace

std::string lock_key(std::string_view resource) { return "lock:" + std::string(resource); }
std::string token_key(std::string_view resource) { return "lock-token:" + std::string(resource); }

Hold::Hold(std::shared_ptr<State> state) : state_(std::move(state)) {}

Hold::~Hold() {
  if (state_->ended) return;
  state_->ended = true;
  state_->over->notify();
}

const std::vector<Fence>& Hold::fences() const { return state_->fences; }

void Hold::release() {
  if (state_->ended) return;
  state_->ended = state_->let_go = true;
  state_->over->notify();
  state_->release_all();
}

std::string Locks::new_owner() { return std::to_string(env_.random.bits("lock owner")); }

Locks::Taken Locks::try_lock(const std::vector<std::string>& resources, const Terms& terms,
                             const std::string& owner) {
  auto state = std::make_shared<Hold::State>(Hold::State{env_, owner, terms});
  const Duration until = env_.clock.monotonic_now() + terms.wait;
  std::optional<Refusal> refused;
  for (const std::string& resource : resources) {
    const auto token = wait_for(*state, resource, until);
    // An answer that did not come may have been a yes; then it is let go of with the others.
    if (token || token.error() == Refusal::silent) state->fences.push_back({resource, token ? *token : 0});
    if (!token) {
      refused = token.error();
      break;
    }
  }
  if (refused) {
    state->release_all();
    return Err{*refused};
  }
  state->over = env_.tasks.make_signal();
  env_.tasks.spawn("lock keeper", [state] { keep(state); });
  return std::make_unique<Hold>(std::move(state));
}

void Locks::catch_up(const Fence& fence, std::int64_t seen) {
  if (seen > fence.token) static_cast<void>(env_.cache().add(token_key(fence.resource), seen - fence.token));
}

}  // namespace ordeal::lock
