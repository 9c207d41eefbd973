// Locks: a distributed lock in the manner of Redisson, on the cache (core/cache/lock_scripts.h). It keeps others waiting, no more:
// a lease that ends during a pause (F-10) and a failover that forgets the lock (F-77) make two holders. So whoever writes under one
// has a gate behind it: a key that is unique, or the token, which the store compares with the highest it has seen (I-06).
//
// Numbers: a lock without a lease of its own is taken for 30 s and renewed every 10 s by a watchdog as long as its process lives
// (Redisson's lockWatchdogTimeout and a third of it); a caller waits 5 s (domain B3) and asks every 100 ms, where Redisson would be
// told by a channel.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/env/env.h"

namespace ordeal::lock {

struct Terms {
  Duration wait{5'000'000'000};
  Duration lease{};  // zero: the watchdog's
};
inline constexpr Duration kWatchdogLease{30'000'000'000};
inline constexpr Duration kRenewEvery{10'000'000'000};
inline constexpr Duration kAskEvery{100'000'000};

// busy: somebody else had it for as long as the caller waits. silent: the cache does not answer, or refuses.
enum class Refusal { busy, silent };

// A resource that is held, and the token that came with it: higher than those of all holders before, as far as the cache remembers.
struct Fence {
  std::string resource;
  std::int64_t token = 0;
};

std::string lock_key(std::string_view resource);
std::string token_key(std::string_view resource);

// Some resources of one owner. Ends with release(); or, when an exception destroys it first, by a task of its own (B4: on every
// path). It lets go of what is its owner's, never of somebody else's.
class Hold {
 public:
  struct State;
  explicit Hold(std::shared_ptr<State> state);
  ~Hold();
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

  const std::vector<Fence>& fences() const;
  void release();

 private:
  std::shared_ptr<State> state_;
};

class Locks {
 public:
  explicit Locks(env::Env& env) : env_(env) {}

  // Different from every other owner's, in whatever process.
  std::string new_owner();

  // All of the resources or none. Everybody names them in one order, so that no two wait for each other.
  using Taken = Result<std::unique_ptr<Hold>, Refusal>;
  Taken try_lock(const std::vector<std::string>& resources, const Terms& terms) {
    return try_lock(resources, terms, new_owner());
  }
  Taken try_lock(const std::vector<std::string>& resources, const Terms& terms, const std::string& owner);

  // The store has seen a higher token than this hold's: the cache has forgotten some. The next token will be above `seen`.
  void catch_up(const Fence& fence, std::int64_t seen);

 private:
  env::Env& env_;
};

}  // namespace ordeal::lock
