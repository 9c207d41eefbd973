#include "sim/cache/commands.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace ordeal::sim::cache {
namespace {

using env::CacheReply;
using env::CacheWords;

// Redis's active expiry looks at this many keys a round; here a round comes before each command, so that an idle cache costs
// nothing.
constexpr std::size_t kExpireAtOnce = 20;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

CacheReply unknown_command(const CacheWords& words) {
  std::string out = "ERR unknown command '" + words[0] + "', with args beginning with: ";
  for (std::size_t i = 1; i < words.size(); ++i) out += "'" + words[i] + "' ";
  return CacheReply::fault(std::move(out));
}

bool fits(const Command& command, std::size_t words) {
  const auto count = static_cast<int>(words);
  return command.arity < 0 ? count >= -command.arity : count == command.arity;
}

// True when there is room. Evicts for it if the policy allows.
bool make_room(Keyspace& keys, const Memory& memory) {
  if (memory.max_bytes == 0) return true;
  while (keys.bytes() > memory.max_bytes) {
    const auto victim = keys.victim(memory.eviction);
    if (!victim) return false;
    keys.remove(*victim);
    keys.expire_some(0);
  }
  return true;
}

// Commands inside a script: memory was looked at before it began.
class Calls final : public env::CacheCalls {
 public:
  explicit Calls(Run& run) : run_(run) {}
  CacheReply call(CacheWords words) override {
    const Command* command = find_command(words[0]);
    if (command == nullptr || command->name == "FCALL" || !fits(*command, words.size()))
      return CacheReply::fault("ERR Unknown Redis command called from script");
    Run inner{run_.keys, words, run_.scripts};
    return command->run(inner);
  }

 private:
  Run& run_;
};

CacheReply fcall(Run& run) {
  const auto script = std::find_if(run.scripts.begin(), run.scripts.end(),
                                   [&](const env::CacheScript& s) { return s.name == run.words[1]; });
  if (script == run.scripts.end()) return CacheReply::fault("ERR Function not found");
  const auto count = parse_integer(run.words[2]);
  if (!count) return CacheReply::fault("ERR Bad number of keys provided");
  if (*count < 0) return CacheReply::fault("ERR Number of keys can't be negative");
  if (*count > static_cast<std::int64_t>(run.size()) - 3)
    return CacheReply::fault("ERR Number of keys can't be greater than number of args");
  const auto first_arg = run.words.begin() + 3 + *count;
  Calls calls(run);
  return script->run(calls, {run.words.begin() + 3, first_arg}, {first_arg, run.words.end()});
}

constexpr Command kFcall{"FCALL", -3, true, true, false, fcall};

}  // namespace

CacheReply wrong_type() {
  return CacheReply::fault("WRONGTYPE Operation against a key holding the wrong kind of value");
}
CacheReply not_an_integer() { return CacheReply::fault("ERR value is not an integer or out of range"); }
CacheReply syntax_error() { return CacheReply::fault("ERR syntax error"); }

std::optional<std::int64_t> parse_integer(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || (digits[0] == '0' && text.size() > 1)) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool same_word(std::string_view text, std::string_view upper) {
  return std::equal(text.begin(), text.end(), upper.begin(), upper.end(), [](char a, char b) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(a))) == b;
  });
}

const Command* find_command(std::string_view name) {
  if (same_word(name, kFcall.name)) return &kFcall;
  for (const auto table : {string_commands(), key_commands(), collection_commands()}) {
    for (const Command& command : table) {
      if (same_word(name, command.name)) return &command;
    }
  }
  return nullptr;
}

CacheReply run_command(Keyspace& keys, const CacheWords& words, std::span<const env::CacheScript> scripts,
                       const Memory& memory) {
  if (words.empty()) return syntax_error();
  const Command* command = find_command(words[0]);
  if (command == nullptr) return unknown_command(words);
  if (!fits(*command, words.size()))
    return CacheReply::fault("ERR wrong number of arguments for '" + lower(words[0]) + "' command");
  keys.expire_some(kExpireAtOnce);
  if (!make_room(keys, memory) && command->grows)
    return CacheReply::fault("OOM command not allowed when used memory > 'maxmemory'.");
  Run run{keys, words, scripts};
  return command->run(run);
}

}  // namespace ordeal::sim::cache
