// The door of a process to a cache that lives on another host: env::Cache over calls. Each command is one request with one
// deadline and is never tried again here: a caller that wants to try again knows what a repetition means for it.
#pragma once

#include <string>

#include "core/env/cache.h"
#include "core/env/rpc.h"
#include "sim/cache/wire.h"

namespace ordeal::sim {
class Process;
}

namespace ordeal::sim::cache {

class Client final : public env::Cache {
 public:
  // Redisson waits this long for a reply.
  static constexpr Duration kDeadline{3'000'000'000};

  Client(env::Rpc& rpc, std::string service, Duration deadline)
      : rpc_(rpc), service_(std::move(service)), deadline_(deadline) {}

  // Makes a client that lives as long as the process and opens the cache door of every service there.
  static void connect(Process& process, std::string_view service = kService, Duration deadline = kDeadline);

  env::Cache::Answer<env::CacheReply> run(env::CacheWords words) override;

 private:
  env::Rpc& rpc_;
  std::string service_;
  Duration deadline_;
};

}  // namespace ordeal::sim::cache
