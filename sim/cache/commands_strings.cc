// Strings and whole keys.
#include <array>

#include "sim/cache/commands.h"

namespace ordeal::sim::cache {
namespace {

using env::CacheReply;

constexpr std::int64_t kMax = INT64_MAX;
constexpr std::int64_t kMin = INT64_MIN;

CacheReply bad_expiry(std::string_view command) {
  return CacheReply::fault("ERR invalid expire time in '" + std::string(command) + "' command");
}

// ---- strings ----

CacheReply get(Run& run) {
  const Entry* entry = run.keys.find(run.key());
  if (entry == nullptr) return {};
  const auto* text = std::get_if<std::string>(&entry->value);
  return text == nullptr ? wrong_type() : CacheReply::bulk(*text);
}

CacheReply getdel(Run& run) {
  CacheReply reply = get(run);
  if (reply.kind == CacheReply::Kind::text) run.keys.remove(run.key());
  return reply;
}

CacheReply mget(Run& run) {
  std::vector<CacheReply> out;
  for (std::size_t i = 1; i < run.size(); ++i) {
    const Entry* entry = run.keys.find(run.words[i]);
    const auto* text = entry == nullptr ? nullptr : std::get_if<std::string>(&entry->value);
    out.push_back(text == nullptr ? CacheReply{} : CacheReply::bulk(*text));
  }
  return CacheReply::many(std::move(out));
}

// What stands after the value of SET.
struct SetFlags {
  bool absent = false;
  bool present = false;
  bool keep = false;
  const std::string* expiry = nullptr;
  bool seconds = false;
  bool absolute = false;
  std::string_view unit;  // EX, PX, EXAT, PXAT
};

bool read_flags(const Run& run, SetFlags& flags) {
  struct Unit {
    std::string_view name;
    bool seconds, absolute;
  };
  constexpr std::array<Unit, 4> kUnits{
      {{"EX", true, false}, {"PX", false, false}, {"EXAT", true, true}, {"PXAT", false, true}}};
  for (std::size_t i = 3; i < run.size(); ++i) {
    const std::string& word = run.words[i];
    if (same_word(word, "NX") && !flags.present) {
      flags.absent = true;
    } else if (same_word(word, "XX") && !flags.absent) {
      flags.present = true;
    } else if (same_word(word, "KEEPTTL") && flags.expiry == nullptr) {
      flags.keep = true;
    } else {
      bool known = false;
      for (const Unit& unit : kUnits) {
        if (!same_word(word, unit.name) || flags.keep || i + 1 == run.size()) continue;
        if (!flags.unit.empty() && flags.unit != unit.name)
          continue;  // the same unit again: the last one counts
        flags.unit = unit.name;
        flags.expiry = &run.words[++i];
        flags.seconds = unit.seconds;
        flags.absolute = unit.absolute;
        known = true;
        break;
      }
      if (!known) return false;
    }
  }
  return true;
}

CacheReply set(Run& run) {
  SetFlags flags;
  if (!read_flags(run, flags)) return syntax_error();
  std::optional<std::int64_t> expires_ms;
  if (flags.expiry != nullptr) {
    const auto number = parse_integer(*flags.expiry);
    if (!number) return not_an_integer();
    std::int64_t at_ms = *number;
    if (at_ms <= 0 || (flags.seconds && at_ms > kMax / 1000)) return bad_expiry("set");
    if (flags.seconds) at_ms *= 1000;
    if (!flags.absolute && at_ms > kMax - run.keys.now_ms()) return bad_expiry("set");
    expires_ms = flags.absolute ? at_ms : at_ms + run.keys.now_ms();
  }
  const Entry* old = run.keys.find(run.key());
  if ((flags.absent && old != nullptr) || (flags.present && old == nullptr)) return {};
  if (flags.keep && old != nullptr) expires_ms = old->expires_ms;
  run.keys.put(run.key(), run.words[2]).expires_ms = expires_ms;
  return CacheReply::ok();
}

CacheReply setnx(Run& run) {
  if (run.keys.find(run.key()) != nullptr) return CacheReply::number(0);
  run.keys.put(run.key(), run.words[2]);
  return CacheReply::number(1);
}

CacheReply add(Run& run, std::int64_t delta) {
  const Entry* entry = run.keys.find(run.key());
  std::int64_t value = 0;
  if (entry != nullptr) {
    const auto* text = std::get_if<std::string>(&entry->value);
    if (text == nullptr) return wrong_type();
    const auto number = parse_integer(*text);
    if (!number) return not_an_integer();
    value = *number;
  }
  if (__builtin_add_overflow(value, delta, &value))
    return CacheReply::fault("ERR increment or decrement would overflow");
  if (Entry* old = run.keys.change(run.key())) {
    old->value = std::to_string(value);  // keeps its expiry
  } else {
    run.keys.put(run.key(), std::to_string(value));
  }
  return CacheReply::number(value);
}

CacheReply incr(Run& run) { return add(run, 1); }
CacheReply decr(Run& run) { return add(run, -1); }
CacheReply incrby(Run& run) {
  const auto delta = parse_integer(run.words[2]);
  return delta ? add(run, *delta) : not_an_integer();
}
CacheReply decrby(Run& run) {
  const auto delta = parse_integer(run.words[2]);
  if (!delta) return not_an_integer();
  if (*delta == kMin) return CacheReply::fault("ERR decrement would overflow");
  return add(run, -*delta);
}

// ---- keys ----

CacheReply del(Run& run) {
  std::int64_t gone = 0;
  for (std::size_t i = 1; i < run.size(); ++i) gone += run.keys.remove(run.words[i]) ? 1 : 0;
  return CacheReply::number(gone);
}

CacheReply exists(Run& run) {
  std::int64_t there = 0;
  for (std::size_t i = 1; i < run.size(); ++i) there += run.keys.find(run.words[i]) != nullptr ? 1 : 0;
  return CacheReply::number(there);
}

CacheReply type(Run& run) {
  constexpr std::array<std::string_view, 5> kNames{"string", "hash", "zset", "list", "set"};
  const Entry* entry = run.keys.find(run.key());
  const std::string_view name = entry == nullptr ? "none" : kNames[entry->value.index()];
  return {CacheReply::Kind::status, 0, std::string(name), {}};
}

CacheReply expire_with(Run& run, std::string_view name, bool seconds, bool absolute) {
  if (run.size() != 3) return CacheReply::fault("ERR Unsupported option " + run.words[3]);
  const auto number = parse_integer(run.words[2]);
  if (!number) return not_an_integer();
  std::int64_t at_ms = *number;
  if (seconds && (at_ms > kMax / 1000 || at_ms < kMin / 1000)) return bad_expiry(name);
  if (seconds) at_ms *= 1000;
  const std::int64_t base = absolute ? 0 : run.keys.now_ms();
  if (at_ms > kMax - base) return bad_expiry(name);
  at_ms += base;
  Entry* entry = run.keys.change(run.key());
  if (entry == nullptr) return CacheReply::number(0);
  entry->expires_ms = at_ms;
  if (at_ms <= run.keys.now_ms()) run.keys.remove(run.key());
  return CacheReply::number(1);
}

CacheReply expire(Run& run) { return expire_with(run, "expire", true, false); }
CacheReply pexpire(Run& run) { return expire_with(run, "pexpire", false, false); }
CacheReply expireat(Run& run) { return expire_with(run, "expireat", true, true); }
CacheReply pexpireat(Run& run) { return expire_with(run, "pexpireat", false, true); }

CacheReply persist(Run& run) {
  const Entry* entry = run.keys.find(run.key());
  if (entry == nullptr || !entry->expires_ms) return CacheReply::number(0);
  run.keys.change(run.key())->expires_ms.reset();
  return CacheReply::number(1);
}

// -2: no key, -1: it never expires.
template <class Read>
CacheReply of_expiry(Run& run, Read&& read) {
  const Entry* entry = run.keys.find(run.key());
  if (entry == nullptr) return CacheReply::number(-2);
  return CacheReply::number(entry->expires_ms ? read(*entry->expires_ms) : -1);
}
CacheReply pttl(Run& run) {
  return of_expiry(run, [&](std::int64_t at_ms) { return at_ms - run.keys.now_ms(); });
}
CacheReply ttl(Run& run) {
  return of_expiry(run, [&](std::int64_t at_ms) { return (at_ms - run.keys.now_ms() + 500) / 1000; });
}
CacheReply pexpiretime(Run& run) {
  return of_expiry(run, [](std::int64_t at_ms) { return at_ms; });
}

CacheReply flushall(Run& run) {
  run.keys.clear();
  return CacheReply::ok();
}

constexpr std::array<Command, 9> kStrings{{
    {"GET", 2, false, false, true, get},
    {"GETDEL", 2, true, false, true, getdel},
    {"MGET", -2, false, false, true, mget},
    {"SET", -3, true, true, true, set},
    {"SETNX", 3, true, true, true, setnx},
    {"INCR", 2, true, true, true, incr},
    {"DECR", 2, true, true, true, decr},
    {"INCRBY", 3, true, true, true, incrby},
    {"DECRBY", 3, true, true, true, decrby},
}};

constexpr std::array<Command, 12> kKeys{{
    {"DEL", -2, true, false, true, del},
    {"EXISTS", -2, false, false, true, exists},
    {"TYPE", 2, false, false, true, type},
    {"EXPIRE", -3, true, false, true, expire},
    {"PEXPIRE", -3, true, false, true, pexpire},
    {"EXPIREAT", -3, true, false, true, expireat},
    {"PEXPIREAT", -3, true, false, true, pexpireat},
    {"PERSIST", 2, true, false, true, persist},
    {"TTL", 2, false, false, true, ttl},
    {"PTTL", 2, false, false, true, pttl},
    {"PEXPIRETIME", 2, false, false, true, pexpiretime},
    {"FLUSHALL", 1, true, false, false, flushall},
}};

}  // namespace

std::span<const Command> string_commands() { return kStrings; }
std::span<const Command> key_commands() { return kKeys; }

}  // namespace ordeal::sim::cache
