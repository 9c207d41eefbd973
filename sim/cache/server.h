// A cache as a host of its own: commands come over the simulated network, one at a time is run, and what is left of the data after
// a power loss depends on how the cache is set up.
//
//   nothing set           memory only: it comes back empty
//   append_every_second   it comes back with what it had at the last full second (Redis: appendfsync everysec)
//   replica               the replica takes over: all but what was written within its lag. Replication is asynchronous, so a
//                         client can hold an acknowledgement for a write that is gone
//
// A replica is modelled as the primary's own past, not as a second host: after a failover the same host answers again. A script is
// replicated and persisted as a whole. Nothing older than a minute is ever lost to a lag.
//
// Expiry runs by the host's wall clock, as on Redis: a clock that jumps lets go of locks early or late. Two clocks disagree.
//
// Each command asks Hooks::cache first, at the site "cache SET KEY" (or "cache SCRIPT KEY") under the request's cause.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/env/cache.h"
#include "sim/cache/commands.h"
#include "sim/cache/wire.h"
#include "sim/served_device.h"

namespace ordeal::sim::cache {

enum class Persistence : std::uint8_t { none, append_every_second };

struct Options {
  Persistence persistence = Persistence::none;
  bool replica = false;
  Duration replica_lag{1'000'000};  // what an ordinary crash of the primary loses
  Memory memory;
  std::vector<env::CacheScript> scripts;
};

class Server final : public ServedDevice {
 public:
  Server(Host& host, Options options);
  // The usual way: the host becomes a cache and answers to `service`.
  static Server& attach_to(Host& host, Options options, std::string_view service = kService);

  // For audits and tests: what a key holds now, without touching it; null when it is not there.
  const Entry* peek(const std::string& key);
  std::int64_t bytes() const { return keys_.bytes(); }

 private:
  struct Written {
    std::int64_t at_ns;
    std::vector<Keyspace::Before> before;
  };

  void start(Process& process, std::string_view service) override;
  void forget() override;
  env::CacheReply handle(const env::CacheWords& words);
  CacheOp question_of(const env::CacheWords& words) const;
  void remember();
  void forget_since(std::int64_t at_ns);
  std::int64_t wall_ms() const;

  Options options_;
  Keyspace keys_;
  std::deque<Written> written_;  // oldest first
  // How the next power loss goes, if a fault said so.
  std::optional<Duration> next_lag_;
  bool next_is_empty_ = false;
};

}  // namespace ordeal::sim::cache
