// Hashes, sorted sets, lists and sets.
#include <algorithm>
#include <array>

#include "sim/cache/commands.h"

namespace ordeal::sim::cache {
namespace {

using env::CacheReply;

// Reads: the value of this type under the key; null when there is none; `wrong` when it is of another type.
template <class T>
const T* read(Run& run, bool& wrong) {
  const Entry* entry = run.keys.find(run.key());
  const T* value = entry == nullptr ? nullptr : std::get_if<T>(&entry->value);
  wrong = entry != nullptr && value == nullptr;
  return value;
}
// Writes: the same, made if it was not there. Null only when it is of another type.
template <class T>
T* write(Run& run) {
  Entry* entry = run.keys.change(run.key());
  if (entry == nullptr) entry = &run.keys.put(run.key(), T{});
  return std::get_if<T>(&entry->value);
}

// A read command in which a missing key is `missing`.
template <class T, class Answer>
CacheReply reading(Run& run, CacheReply missing, Answer&& answer) {
  bool wrong = false;
  const T* value = read<T>(run, wrong);
  if (wrong) return wrong_type();
  return value == nullptr ? std::move(missing) : answer(*value);
}

// A write command that removes; it changes nothing when the key is missing.
template <class T, class Answer>
CacheReply removing(Run& run, CacheReply missing, Answer&& answer) {
  bool wrong = false;
  if (read<T>(run, wrong) == nullptr) return wrong ? wrong_type() : std::move(missing);
  return answer(std::get<T>(run.keys.change(run.key())->value));
}

CacheReply count(std::size_t n) { return CacheReply::number(static_cast<std::int64_t>(n)); }
CacheReply zero() { return CacheReply::number(0); }
CacheReply nothing() { return CacheReply::many({}); }

// ---- hashes ----

CacheReply hset(Run& run) {
  if (run.size() % 2 != 0) return CacheReply::fault("ERR wrong number of arguments for 'hset' command");
  Hash* hash = write<Hash>(run);
  if (hash == nullptr) return wrong_type();
  std::int64_t added = 0;
  for (std::size_t i = 2; i < run.size(); i += 2)
    added += hash->insert_or_assign(run.words[i], run.words[i + 1]).second ? 1 : 0;
  return CacheReply::number(added);
}

CacheReply hsetnx(Run& run) {
  Hash* hash = write<Hash>(run);
  if (hash == nullptr) return wrong_type();
  return CacheReply::number(hash->emplace(run.words[2], run.words[3]).second ? 1 : 0);
}

CacheReply hget(Run& run) {
  return reading<Hash>(run, {}, [&](const Hash& hash) {
    const auto found = hash.find(run.words[2]);
    return found == hash.end() ? CacheReply{} : CacheReply::bulk(found->second);
  });
}

CacheReply hexists(Run& run) {
  return reading<Hash>(run, zero(),
                       [&](const Hash& hash) { return count(hash.contains(run.words[2]) ? 1 : 0); });
}

CacheReply hlen(Run& run) {
  return reading<Hash>(run, zero(), [](const Hash& hash) { return count(hash.size()); });
}

// By field; Redis promises no order.
CacheReply hgetall(Run& run) {
  return reading<Hash>(run, nothing(), [](const Hash& hash) {
    std::vector<CacheReply> out;
    for (const auto& [field, value] : hash) {
      out.push_back(CacheReply::bulk(field));
      out.push_back(CacheReply::bulk(value));
    }
    return CacheReply::many(std::move(out));
  });
}

CacheReply hdel(Run& run) {
  return removing<Hash>(run, zero(), [&](Hash& hash) {
    std::size_t gone = 0;
    for (std::size_t i = 2; i < run.size(); ++i) gone += hash.erase(run.words[i]);
    return count(gone);
  });
}

CacheReply hincrby(Run& run) {
  const auto delta = parse_integer(run.words[3]);
  if (!delta) return not_an_integer();
  Hash* hash = write<Hash>(run);
  if (hash == nullptr) return wrong_type();
  std::int64_t value = 0;
  if (const auto found = hash->find(run.words[2]); found != hash->end()) {
    const auto number = parse_integer(found->second);
    if (!number) return CacheReply::fault("ERR hash value is not an integer");
    value = *number;
  }
  if (__builtin_add_overflow(value, *delta, &value))
    return CacheReply::fault("ERR increment or decrement would overflow");
  hash->insert_or_assign(run.words[2], std::to_string(value));
  return CacheReply::number(value);
}

// ---- sorted sets ----

constexpr std::int64_t kLargestScore = std::int64_t{1} << 53;

std::optional<std::int64_t> parse_score(std::string_view text) {
  const auto score = parse_integer(text);
  if (!score || *score > kLargestScore || *score < -kLargestScore) return std::nullopt;
  return score;
}

CacheReply zadd(Run& run) {
  bool absent = false;
  bool present = false;
  bool changed_too = false;
  std::size_t at = 2;
  for (; at < run.size(); ++at) {
    const std::string& word = run.words[at];
    if (same_word(word, "NX")) {
      absent = true;
    } else if (same_word(word, "XX")) {
      present = true;
    } else if (same_word(word, "CH")) {
      changed_too = true;
    } else {
      break;
    }
  }
  if (at == run.size() || (run.size() - at) % 2 != 0) return syntax_error();
  if (absent && present)
    return CacheReply::fault("ERR XX and NX options at the same time are not compatible");
  std::vector<std::int64_t> scores;
  for (std::size_t i = at; i < run.size(); i += 2) {
    const auto score = parse_score(run.words[i]);
    if (!score) return CacheReply::fault("ERR value is not a valid float");
    scores.push_back(*score);
  }
  auto* set = write<SortedSet>(run);
  if (set == nullptr) return wrong_type();
  std::int64_t added = 0;
  std::int64_t changed = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const std::string& member = run.words[at + 2 * i + 1];
    const std::int64_t* old = set->score(member);
    if ((absent && old != nullptr) || (present && old == nullptr)) continue;
    if (old == nullptr) {
      ++added;
    } else if (*old != scores[i]) {
      ++changed;
    }
    set->put(member, scores[i]);
  }
  return CacheReply::number(changed_too ? added + changed : added);
}

CacheReply zrem(Run& run) {
  return removing<SortedSet>(run, zero(), [&](SortedSet& set) {
    std::size_t gone = 0;
    for (std::size_t i = 2; i < run.size(); ++i) gone += set.remove(run.words[i]) ? 1 : 0;
    return count(gone);
  });
}

CacheReply zscore(Run& run) {
  return reading<SortedSet>(run, {}, [&](const SortedSet& set) {
    const std::int64_t* score = set.score(run.words[2]);
    return score == nullptr ? CacheReply{} : CacheReply::bulk(std::to_string(*score));
  });
}

CacheReply zcard(Run& run) {
  return reading<SortedSet>(run, zero(), [](const SortedSet& set) { return count(set.order().size()); });
}

// An end of a range: "5", "(5", "-inf", "+inf".
struct Bound {
  std::int64_t score = 0;
  bool open = false;
};
std::optional<Bound> parse_bound(std::string_view text) {
  Bound bound;
  if (text.starts_with('(')) {
    bound.open = true;
    text.remove_prefix(1);
  }
  if (same_word(text, "-INF")) return Bound{INT64_MIN, bound.open};
  if (same_word(text, "+INF") || same_word(text, "INF")) return Bound{INT64_MAX, bound.open};
  const auto score = parse_score(text);
  if (!score) return std::nullopt;
  bound.score = *score;
  return bound;
}

CacheReply zrangebyscore(Run& run) {
  bool with_scores = false;
  std::int64_t offset = 0;
  std::int64_t limit = -1;
  for (std::size_t i = 4; i < run.size(); ++i) {
    if (same_word(run.words[i], "WITHSCORES")) {
      with_scores = true;
    } else if (same_word(run.words[i], "LIMIT") && i + 2 < run.size()) {
      const auto first = parse_integer(run.words[++i]);
      const auto most = parse_integer(run.words[++i]);
      if (!first || !most) return not_an_integer();
      offset = *first;
      limit = *most;
    } else {
      return syntax_error();
    }
  }
  const auto min = parse_bound(run.words[2]);
  const auto max = parse_bound(run.words[3]);
  if (!min || !max) return CacheReply::fault("ERR min or max is not a float");
  return reading<SortedSet>(run, nothing(), [&](const SortedSet& set) {
    std::vector<CacheReply> out;
    if (offset < 0) return CacheReply::many({});
    for (const auto& [score, member] : set.order()) {
      if (score < min->score || (min->open && score == min->score)) continue;
      if (score > max->score || (max->open && score == max->score)) break;
      if (offset-- > 0) continue;
      if (limit-- == 0) break;
      out.push_back(CacheReply::bulk(member));
      if (with_scores) out.push_back(CacheReply::bulk(std::to_string(score)));
    }
    return CacheReply::many(std::move(out));
  });
}

// ---- lists ----

template <bool kLeft>
CacheReply push(Run& run) {
  List* list = write<List>(run);
  if (list == nullptr) return wrong_type();
  for (std::size_t i = 2; i < run.size(); ++i)
    kLeft ? list->push_front(run.words[i]) : list->push_back(run.words[i]);
  return count(list->size());
}

template <bool kLeft>
CacheReply pop(Run& run) {
  return removing<List>(run, {}, [](List& list) {
    auto reply = CacheReply::bulk(kLeft ? list.front() : list.back());
    kLeft ? list.pop_front() : list.pop_back();
    return reply;
  });
}

CacheReply llen(Run& run) {
  return reading<List>(run, zero(), [](const List& list) { return count(list.size()); });
}

CacheReply lrange(Run& run) {
  const auto first = parse_integer(run.words[2]);
  const auto last = parse_integer(run.words[3]);
  if (!first || !last) return not_an_integer();
  return reading<List>(run, nothing(), [&](const List& list) {
    const auto size = static_cast<std::int64_t>(list.size());
    const std::int64_t from = std::max<std::int64_t>(0, *first < 0 ? *first + size : *first);
    const std::int64_t to = std::min(size - 1, *last < 0 ? *last + size : *last);
    std::vector<CacheReply> out;
    for (std::int64_t i = from; i <= to; ++i)
      out.push_back(CacheReply::bulk(list[static_cast<std::size_t>(i)]));
    return CacheReply::many(std::move(out));
  });
}

// ---- sets ----

CacheReply sadd(Run& run) {
  Set* set = write<Set>(run);
  if (set == nullptr) return wrong_type();
  std::int64_t added = 0;
  for (std::size_t i = 2; i < run.size(); ++i) added += set->insert(run.words[i]).second ? 1 : 0;
  return CacheReply::number(added);
}

CacheReply srem(Run& run) {
  return removing<Set>(run, zero(), [&](Set& set) {
    std::size_t gone = 0;
    for (std::size_t i = 2; i < run.size(); ++i) gone += set.erase(run.words[i]);
    return count(gone);
  });
}

CacheReply sismember(Run& run) {
  return reading<Set>(run, zero(), [&](const Set& set) { return count(set.contains(run.words[2]) ? 1 : 0); });
}

CacheReply scard(Run& run) {
  return reading<Set>(run, zero(), [](const Set& set) { return count(set.size()); });
}

// By name; Redis promises no order.
CacheReply smembers(Run& run) {
  return reading<Set>(run, nothing(), [](const Set& set) {
    std::vector<CacheReply> out;
    for (const std::string& member : set) out.push_back(CacheReply::bulk(member));
    return CacheReply::many(std::move(out));
  });
}

constexpr std::array<Command, 24> kCollections{{
    {"HSET", -4, true, true, true, hset},
    {"HSETNX", 4, true, true, true, hsetnx},
    {"HGET", 3, false, false, true, hget},
    {"HEXISTS", 3, false, false, true, hexists},
    {"HLEN", 2, false, false, true, hlen},
    {"HGETALL", 2, false, false, true, hgetall},
    {"HDEL", -3, true, false, true, hdel},
    {"HINCRBY", 4, true, true, true, hincrby},
    {"ZADD", -4, true, true, true, zadd},
    {"ZREM", -3, true, false, true, zrem},
    {"ZSCORE", 3, false, false, true, zscore},
    {"ZCARD", 2, false, false, true, zcard},
    {"ZRANGEBYSCORE", -4, false, false, true, zrangebyscore},
    {"LPUSH", -3, true, true, true, push<true>},
    {"RPUSH", -3, true, true, true, push<false>},
    {"LPOP", 2, true, false, true, pop<true>},
    {"RPOP", 2, true, false, true, pop<false>},
    {"LLEN", 2, false, false, true, llen},
    {"LRANGE", 4, false, false, true, lrange},
    {"SADD", -3, true, true, true, sadd},
    {"SREM", -3, true, false, true, srem},
    {"SISMEMBER", 3, false, false, true, sismember},
    {"SCARD", 2, false, false, true, scard},
    {"SMEMBERS", 2, false, false, true, smembers},
}};

}  // namespace

std::span<const Command> collection_commands() { return kCollections; }

}  // namespace ordeal::sim::cache
