// SaleCache: the cache's model with the scripts of limits and of flash sales, without a host or a network.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/limits/scripts.h"
#include "core/seckill/scripts.h"
#include "sim/cache/commands.h"
#include "sim/cache/keyspace.h"

namespace ordeal::test {

class SaleCache final : public env::Cache {
 public:
  SaleCache() {
    for (const env::CacheScript& script : seckill::all_scripts()) scripts_.push_back(script);
  }
  Answer<env::CacheReply> run(env::CacheWords words) override {
    if (fails) return Err{*fails};
    keys.set_now(now.ns / 1'000'000);
    const env::CacheReply reply = sim::cache::run_command(keys, words, scripts_, {});
    if (reply.is_error()) return Err{env::CacheError::rejected};
    return reply;
  }
  // What a key holds; "-" when it is not there.
  std::string at(const std::string& key) {
    const auto found = get(key);
    return found && *found ? **found : "-";
  }

  sim::cache::Keyspace keys{false};
  Instant now{1'000'000'000};  // of the cache's host
  std::optional<env::CacheError> fails;

 private:
  std::vector<env::CacheScript> scripts_ = limits::all_scripts();
};

}  // namespace ordeal::test
