#include "sim/cache/keyspace.h"

#include "core/base/check.h"

namespace ordeal::sim::cache {
namespace {

// About what Redis spends on a key and its dictionary entry.
constexpr std::int64_t kBytesPerKey = 64;
constexpr std::int64_t kBytesPerPart = 16;

std::int64_t size_of(const std::string& text) { return static_cast<std::int64_t>(text.size()); }

struct Size {
  std::int64_t operator()(const std::string& text) const { return size_of(text); }
  std::int64_t operator()(const Hash& hash) const {
    std::int64_t sum = 0;
    for (const auto& [field, value] : hash) sum += kBytesPerPart + size_of(field) + size_of(value);
    return sum;
  }
  std::int64_t operator()(const SortedSet& set) const {
    std::int64_t sum = 0;
    for (const auto& [score, member] : set.order()) sum += 2 * kBytesPerPart + size_of(member);
    return sum;
  }
  template <class Many>
  std::int64_t operator()(const Many& many) const {
    std::int64_t sum = 0;
    for (const auto& item : many) sum += kBytesPerPart + size_of(item);
    return sum;
  }
};

bool is_empty(const Value& value) {
  return !std::holds_alternative<std::string>(value) &&
         std::visit([](const auto& held) { return held.empty(); }, value);
}

}  // namespace

void Keyspace::remember(const std::string& key) {
  if (open_.contains(key)) return;
  const auto found = entries_.find(key);
  const bool there = found != entries_.end();
  open_.emplace(key, there ? found->second.expires_ms : std::nullopt);
  Before before{key, there ? found->second.bytes : 0, std::nullopt};
  if (there && keep_images_) before.entry = found->second;
  changes_.push_back(std::move(before));
}

const Entry* Keyspace::find(const std::string& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return nullptr;
  if (is_expired(found->second)) {
    remove(key);
    return nullptr;
  }
  use(found->second);
  return &found->second;
}

Entry* Keyspace::change(const std::string& key) {
  if (find(key) == nullptr) return nullptr;
  remember(key);
  return &entries_.find(key)->second;
}

Entry& Keyspace::put(const std::string& key, Value value) {
  remember(key);
  Entry& entry = entries_[key];
  entry = {std::move(value), std::nullopt, 0, 0};
  use(entry);
  return entry;
}

bool Keyspace::remove(const std::string& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return false;
  const bool was_live = !is_expired(found->second);
  remember(key);
  entries_.erase(found);
  return was_live;
}

void Keyspace::clear() {
  while (!entries_.empty()) {
    remember(entries_.begin()->first);
    entries_.erase(entries_.begin());
  }
}

const Entry* Keyspace::peek(const std::string& key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() || is_expired(found->second) ? nullptr : &found->second;
}

bool Keyspace::is_live(const std::string& key) const { return peek(key) != nullptr; }

void Keyspace::expire_some(std::size_t most) {
  settle();
  std::vector<std::string> gone;
  for (const auto& [at_ms, key] : expiries_) {
    if (at_ms >= now_ms_ || gone.size() == most) break;
    gone.push_back(key);
  }
  for (const std::string& key : gone) remove(key);
}

bool Keyspace::may_evict(const std::string& key, Eviction policy) const {
  const Entry* entry = peek(key);
  if (entry == nullptr || policy == Eviction::none) return false;
  return policy == Eviction::all_lru || entry->expires_ms.has_value();
}

std::optional<std::string> Keyspace::victim(Eviction policy) const {
  const std::string* best = nullptr;
  std::pair<std::int64_t, std::uint64_t> rank;
  for (const auto& [key, entry] : entries_) {
    if (policy == Eviction::none || (policy == Eviction::volatile_ttl && !entry.expires_ms)) continue;
    const std::pair own{policy == Eviction::volatile_ttl ? *entry.expires_ms : 0, entry.used};
    if (best != nullptr && rank <= own) continue;
    best = &key;
    rank = own;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

void Keyspace::settle() {
  for (const auto& [key, expiry_before] : open_) {
    auto found = entries_.find(key);
    if (found != entries_.end() && is_empty(found->second.value)) {
      entries_.erase(found);
      found = entries_.end();
    }
    const std::optional<std::int64_t> expiry =
        found == entries_.end() ? std::nullopt : found->second.expires_ms;
    if (expiry != expiry_before) {
      if (expiry_before) expiries_.erase({*expiry_before, key});
      if (expiry) expiries_.emplace(*expiry, key);
    }
    auto before = changes_.rbegin();
    while (before != changes_.rend() && before->key != key) ++before;
    ORDEAL_CHECK(before != changes_.rend());
    bytes_ -= before->bytes;
    if (found == entries_.end()) continue;
    found->second.bytes = kBytesPerKey + size_of(key) + std::visit(Size{}, found->second.value);
    bytes_ += found->second.bytes;
  }
  open_.clear();
}

std::vector<Keyspace::Before> Keyspace::take_changes() {
  settle();
  return std::exchange(changes_, {});
}

void Keyspace::undo(std::vector<Before> changes) {
  ORDEAL_CHECK(keep_images_ && open_.empty());
  for (auto before = changes.rbegin(); before != changes.rend(); ++before) {
    remember(before->key);
    if (before->entry) {
      entries_.insert_or_assign(before->key, std::move(*before->entry));
    } else {
      entries_.erase(before->key);
    }
  }
  take_changes();
}

}  // namespace ordeal::sim::cache
