// The commands of Redis 7.0 that trade systems use, on a Keyspace: replies and error texts are Redis's own, which the
// differential test in tests/cache holds against a real redis-server. Left out: options no trade system here needs (GET of SET,
// GT, LT and INCR of ZADD, flags of EXPIRE), scores that are not whole numbers, and everything that blocks.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/env/cache.h"
#include "sim/cache/keyspace.h"

namespace ordeal::sim::cache {

// One command while it runs.
struct Run {
  Keyspace& keys;
  const env::CacheWords& words;  // words[0] is the command's name
  std::span<const env::CacheScript> scripts;

  std::size_t size() const { return words.size(); }
  const std::string& key() const { return words[1]; }
};

struct Command {
  std::string_view name;  // upper case
  int arity;              // words with the name; negative: at least so many
  bool writes;
  bool grows;      // refused when memory is short
  bool first_key;  // words[1] is a key
  env::CacheReply (*run)(Run& run);
};

std::span<const Command> string_commands();
std::span<const Command> key_commands();
std::span<const Command> collection_commands();

// Null if there is none. Case does not matter.
const Command* find_command(std::string_view name);

// Memory: when a command that grows comes and more is used, keys are evicted as the policy says, or the command is refused.
struct Memory {
  std::int64_t max_bytes = 0;  // zero: no limit
  Eviction eviction = Eviction::none;
};

// Runs one command at keys.now_ms(), with everything that Redis does around it: names, arity, expiry, memory.
env::CacheReply run_command(Keyspace& keys, const env::CacheWords& words,
                            std::span<const env::CacheScript> scripts, const Memory& memory);

// --- shared by the files of commands ---
env::CacheReply wrong_type();
env::CacheReply not_an_integer();
env::CacheReply syntax_error();
// As strict as Redis: no blanks, no leading zeros or plus.
std::optional<std::int64_t> parse_integer(std::string_view text);
bool same_word(std::string_view text, std::string_view upper);

}  // namespace ordeal::sim::cache
