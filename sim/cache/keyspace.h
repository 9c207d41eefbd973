// What a cache holds: keys with a value of one of five types, each with an optional moment of expiry, and how much memory they
// take. A plain value without clock or host: whoever uses it says what time it is.
//
// Promises: a key past its expiry is never seen (removed when somebody asks for it, as Redis does lazily; `expire_some` removes
// those nobody asks for); an empty hash, list, set or sorted set does not exist; the images in `changes` put back in reverse order
// give the keyspace as it was.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace ordeal::sim::cache {

using Hash = std::map<std::string, std::string, std::less<>>;
using List = std::deque<std::string>;
using Set = std::set<std::string, std::less<>>;

// Scores are whole numbers; Redis has doubles, which agree with these up to 2^53.
class SortedSet {
 public:
  using Order = std::set<std::pair<std::int64_t, std::string>>;  // by score, then by name

  const Order& order() const { return order_; }
  bool empty() const { return scores_.empty(); }
  const std::int64_t* score(std::string_view member) const {
    const auto found = scores_.find(member);
    return found == scores_.end() ? nullptr : &found->second;
  }
  void put(const std::string& member, std::int64_t score) {
    remove(member);
    scores_.emplace(member, score);
    order_.emplace(score, member);
  }
  bool remove(const std::string& member) {
    const auto found = scores_.find(member);
    if (found == scores_.end()) return false;
    order_.erase({found->second, member});
    scores_.erase(found);
    return true;
  }

 private:
  std::map<std::string, std::int64_t, std::less<>> scores_;
  Order order_;
};

using Value = std::variant<std::string, Hash, SortedSet, List, Set>;

struct Entry {
  Value value;
  std::optional<std::int64_t> expires_ms;
  std::uint64_t used = 0;  // grows with every use of any key
  std::int64_t bytes = 0;
};

enum class Eviction : std::uint8_t { none, all_lru, volatile_ttl };

class Keyspace {
 public:
  // A key as it was before a change; without an entry: it was not there.
  struct Before {
    std::string key;
    std::int64_t bytes = 0;
    std::optional<Entry> entry;  // only if images are kept
  };

  // Without images `undo` is impossible and changes cost less.
  explicit Keyspace(bool keep_images) : keep_images_(keep_images) {}

  void set_now(std::int64_t now_ms) { now_ms_ = now_ms; }
  std::int64_t now_ms() const { return now_ms_; }

  // The live entry, or null. Counts as a use.
  const Entry* find(const std::string& key);
  // The same, about to be changed.
  Entry* change(const std::string& key);
  // A new entry in place of whatever was there, without expiry.
  Entry& put(const std::string& key, Value value);
  bool remove(const std::string& key);
  void clear();
  bool is_live(const std::string& key) const;
  // Reads without a trace: no use, no removal.
  const Entry* peek(const std::string& key) const;

  // Removes up to `most` keys past their expiry, soonest first.
  void expire_some(std::size_t most);

  // --- memory ---
  std::int64_t bytes() const { return bytes_; }
  bool may_evict(const std::string& key, Eviction policy) const;
  // The key that the policy lets go first, exactly; Redis samples five keys and takes the best of them.
  std::optional<std::string> victim(Eviction policy) const;

  // --- changes since the last call ---
  std::vector<Before> take_changes();
  void undo(std::vector<Before> changes);

 private:
  void remember(const std::string& key);
  void use(Entry& entry) { entry.used = ++uses_; }
  bool is_expired(const Entry& entry) const { return entry.expires_ms && now_ms_ > *entry.expires_ms; }
  void settle();  // drops what became empty, brings `bytes_` up to date

  bool keep_images_;
  std::int64_t now_ms_ = 0;
  std::uint64_t uses_ = 0;
  std::int64_t bytes_ = 0;
  std::map<std::string, Entry> entries_;
  std::set<std::pair<std::int64_t, std::string>> expiries_;  // of settled entries
  std::vector<Before> changes_;
  std::map<std::string, std::optional<std::int64_t>> open_;  // changed and not settled; the expiry it had
};

}  // namespace ordeal::sim::cache
