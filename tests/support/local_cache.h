// LocalCache: the cache's model without a host or a network, for unit tests of who uses it. Everything can be taken from it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/cache/lock_scripts.h"
#include "core/cache/scripts.h"
#include "core/cart/scripts.h"
#include "core/env/cache.h"
#include "sim/cache/commands.h"
#include "sim/cache/keyspace.h"

namespace ordeal::support {

class LocalCache final : public env::Cache {
 public:
  Answer<env::CacheReply> run(env::CacheWords words) override {
    ++asked;
    if (before) before(words);
    if (fails) return Err{*fails};
    const env::CacheReply reply = sim::cache::run_command(keys, words, scripts_, {});
    if (reply.is_error()) return Err{env::CacheError::rejected};
    return reply;
  }
  // What a key holds; "-" when it is not there.
  std::string at(const std::string& key) {
    const auto* entry = keys.peek(key);
    return entry == nullptr ? "-" : std::get<std::string>(entry->value);
  }

  sim::cache::Keyspace keys{false};
  std::optional<env::CacheError> fails;
  std::function<void(const env::CacheWords&)> before;  // somebody else's turn
  int asked = 0;

 private:
  static std::vector<env::CacheScript> known_scripts() {
    auto all = cache::all_scripts();
    for (const env::CacheScript& script : cache::lock_scripts()) all.push_back(script);
    all.push_back(cart::put_newer());
    return all;
  }
  std::vector<env::CacheScript> scripts_ = known_scripts();
};

}  // namespace ordeal::support
