// Cache: a store beside the database, in the manner of Redis: fast, shared by all who know a key, atomic for each command and
// each script, and allowed to forget. Whoever makes it the only gate of something loses that gate at the first failover:
// "Redis does not guarantee strong consistency: acknowledged writes can be lost" (redis.io, scaling).
//
// A command is a list of words, as on Redis's wire ("SET", "stock:7", "100", "NX"), a reply one of Redis's reply types. The typed
// calls below only build words and read replies. A script is a named, atomic piece of several commands (a function of Redis 7,
// FCALL); which scripts there are is known to both sides beforehand.
//
// How it fails:
//   unreachable    nothing was listening: it surely did not happen                                     (fail)
//   out_of_memory  maxmemory is reached and nothing may be evicted: it did not happen                  (fail)
//   rejected       wrong type of value, not a number, no such script: it did not happen                (fail)
//   timeout        no answer in time: it may have happened, and may be undone by a failover all the same (info)
// Expiry runs by the wall clock of the cache's host, as it does on Redis.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"

namespace ordeal::env {

using CacheWords = std::vector<std::string>;

struct CacheReply {
  enum class Kind : std::uint8_t { nil, integer, status, text, list, error };
  Kind kind = Kind::nil;
  std::int64_t integer = 0;
  std::string text;  // status, text, or the words of an error: "WRONGTYPE Operation against …"
  std::vector<CacheReply> list;

  static CacheReply number(std::int64_t value) { return {Kind::integer, value, {}, {}}; }
  static CacheReply ok() { return {Kind::status, 0, "OK", {}}; }
  static CacheReply bulk(std::string value) { return {Kind::text, 0, std::move(value), {}}; }
  static CacheReply many(std::vector<CacheReply> values) { return {Kind::list, 0, {}, std::move(values)}; }
  static CacheReply fault(std::string words) { return {Kind::error, 0, std::move(words), {}}; }

  bool is_nil() const { return kind == Kind::nil; }
  bool is_error() const { return kind == Kind::error; }
  bool operator==(const CacheReply&) const = default;
};

// What a script may do: run commands, one after the other, with nobody between.
class CacheCalls {
 public:
  virtual ~CacheCalls() = default;
  virtual CacheReply call(CacheWords words) = 0;
};

// A script in both of its forms, which must do the same: `lua` is the body of a Redis function with `keys` and `args`, `run` its
// twin for a simulated cache. As in Redis, an error inside ends the script and what it wrote before stays.
struct CacheScript {
  std::string_view name;
  std::string_view lua;
  CacheReply (*run)(CacheCalls& calls, const CacheWords& keys, const CacheWords& args);
};

enum class CacheError { unreachable, timeout, out_of_memory, rejected };
constexpr bool may_have_happened(CacheError error) { return error == CacheError::timeout; }

// When `set` writes.
enum class SetIf { always, absent, present };

struct SetOptions {
  SetIf when = SetIf::always;
  Duration expire_after{};  // zero: never; whole milliseconds, at least one
  bool keep_expiry = false;
};

// What `expires_in` says of a key.
struct CacheExpiry {
  enum class State : std::uint8_t { no_key, never, later };
  State state = State::no_key;
  Duration left{};
  bool operator==(const CacheExpiry&) const = default;
};

struct CacheMember {
  std::string name;
  std::int64_t score = 0;
  bool operator==(const CacheMember&) const = default;
};

class Cache {
 public:
  template <class T>
  using Answer = Result<T, CacheError>;

  virtual ~Cache() = default;

  // Runs any command. The reply is never an error: those come as CacheError.
  virtual Answer<CacheReply> run(CacheWords words) = 0;

  // --- strings ---
  Answer<std::optional<std::string>> get(std::string_view key) { return text(run(words("GET", key))); }
  // False when `when` kept it from writing.
  Answer<bool> set(std::string_view key, std::string_view value, const SetOptions& options = {}) {
    CacheWords all = words("SET", key, value);
    if (options.when != SetIf::always) all.emplace_back(options.when == SetIf::absent ? "NX" : "XX");
    if (options.expire_after.ns != 0) {
      all.emplace_back("PX");
      all.push_back(milliseconds(options.expire_after));
    }
    if (options.keep_expiry) all.emplace_back("KEEPTTL");
    return map(run(std::move(all)), [](const CacheReply& reply) { return !reply.is_nil(); });
  }
  // The new value. A key that is not there counts as 0.
  Answer<std::int64_t> add(std::string_view key, std::int64_t delta) {
    return integer(run(words("INCRBY", key, std::to_string(delta))));
  }

  // --- keys ---
  // Whether there was something to remove.
  Answer<bool> remove(std::string_view key) { return flag(run(words("DEL", key))); }
  Answer<bool> exists(std::string_view key) { return flag(run(words("EXISTS", key))); }
  // False when there is no such key.
  Answer<bool> expire(std::string_view key, Duration after) {
    return flag(run(words("PEXPIRE", key, milliseconds(after))));
  }
  Answer<CacheExpiry> expires_in(std::string_view key) {
    return map(run(words("PTTL", key)), [](const CacheReply& reply) {
      if (reply.integer == -2) return CacheExpiry{};
      if (reply.integer == -1) return CacheExpiry{CacheExpiry::State::never, {}};
      return CacheExpiry{CacheExpiry::State::later, {reply.integer * kMillisecond}};
    });
  }

  // --- hashes ---
  // True when the field is new.
  Answer<bool> set_field(std::string_view key, std::string_view field, std::string_view value) {
    return flag(run(words("HSET", key, field, value)));
  }
  Answer<std::optional<std::string>> get_field(std::string_view key, std::string_view field) {
    return text(run(words("HGET", key, field)));
  }
  Answer<std::int64_t> add_to_field(std::string_view key, std::string_view field, std::int64_t delta) {
    return integer(run(words("HINCRBY", key, field, std::to_string(delta))));
  }
  Answer<bool> remove_field(std::string_view key, std::string_view field) {
    return flag(run(words("HDEL", key, field)));
  }

  // --- sorted sets; scores are whole numbers of at most 2^53 ---
  // True when the member is new.
  Answer<bool> put_member(std::string_view key, std::string_view member, std::int64_t score) {
    return flag(run(words("ZADD", key, std::to_string(score), member)));
  }
  Answer<bool> remove_member(std::string_view key, std::string_view member) {
    return flag(run(words("ZREM", key, member)));
  }
  // Members with min <= score <= max by score, then by name; at most `limit`.
  Answer<std::vector<CacheMember>> members(std::string_view key, std::int64_t min, std::int64_t max,
                                           std::int64_t limit) {
    auto reply = run({"ZRANGEBYSCORE", std::string(key), std::to_string(min), std::to_string(max),
                      "WITHSCORES", "LIMIT", "0", std::to_string(limit)});
    return map(std::move(reply), [](const CacheReply& all) {
      std::vector<CacheMember> out;
      for (std::size_t i = 0; i + 1 < all.list.size(); i += 2)
        out.push_back({all.list[i].text, std::stoll(all.list[i + 1].text)});
      return out;
    });
  }

  // Runs a script by its name. What it answers is between the script and its caller.
  Answer<CacheReply> script(std::string_view name, const CacheWords& keys, const CacheWords& args) {
    CacheWords all = words("FCALL", name, std::to_string(keys.size()));
    all.insert(all.end(), keys.begin(), keys.end());
    all.insert(all.end(), args.begin(), args.end());
    return run(std::move(all));
  }

 private:
  static constexpr std::int64_t kMillisecond = 1'000'000;

  template <class... Parts>
  static CacheWords words(const Parts&... parts) {
    return {std::string(parts)...};
  }
  static std::string milliseconds(Duration duration) { return std::to_string(duration.ns / kMillisecond); }

  template <class Read>
  static auto map(Answer<CacheReply> reply, Read&& read) -> Answer<decltype(read(*reply))> {
    if (!reply) return Err{reply.error()};
    return read(*reply);
  }
  static Answer<std::int64_t> integer(Answer<CacheReply> reply) {
    return map(std::move(reply), [](const CacheReply& r) { return r.integer; });
  }
  static Answer<bool> flag(Answer<CacheReply> reply) {
    return map(std::move(reply), [](const CacheReply& r) { return r.integer != 0; });
  }
  static Answer<std::optional<std::string>> text(Answer<CacheReply> reply) {
    return map(std::move(reply), [](const CacheReply& r) {
      return r.is_nil() ? std::nullopt : std::optional<std::string>(r.text);
    });
  }
};

}  // namespace ordeal::env
