#include "core/inventory/cache_gate.h"

#include <algorithm>

#include "core/cache/scripts.h"

namespace ordeal::inventory {
namespace {

using api::ReserveStatus;
using Lines = std::span<const api::Line>;

std::string building_key(SkuId sku) { return "stock-building:" + std::to_string(sku.value); }

bool has_enough(env::Connection& connection, Lines lines) {
  return std::all_of(lines.begin(), lines.end(), [&](const api::Line& line) {
    return available(connection, line.sku).value_or(0) >= line.qty;
  });
}

}  // namespace

std::string count_key(SkuId sku) { return "stock:" + std::to_string(sku.value); }
std::string taken_key(OrderId order) { return "stock-taken:" + order.text(); }

ReserveStatus CacheGate::reserve(env::Database& db, OrderId order, Lines lines) {
  const Word word = ask(db, order, lines);
  if (word == Word::no) {
    // An order that holds its goods already has been counted; its own units are none of the free ones.
    const auto refusal = env::in_read(db, "inventory.check", [&](env::Connection& connection) {
      return reservation(connection, order) || has_enough(connection, lines) ? std::optional<ReserveStatus>()
                                                                             : ReserveStatus::out_of_stock;
    });
    if (refusal) {
      env_->log.sometimes("the cache turned a buyer away");
      return *refusal;
    }
    throw_away(lines);
  }
  const ReserveStatus status = database_->reserve(db, order, lines);
  if (status == ReserveStatus::out_of_stock && word == Word::yes) {
    env_->log.sometimes("the cache counted more than there was");
    throw_away(lines);
  }
  return status;
}

void CacheGate::given_back(Lines lines) {
  for (const api::Line& line : lines) {
    if (in_peace()) return;
    heard(env_->cache().script("restore_stock", {count_key(line.sku)}, {std::to_string(line.qty)}));
  }
}

CacheGate::Word CacheGate::ask(env::Database& db, OrderId order, Lines lines) {
  auto said = count(order, lines);
  if (said == cache::kNotThere && build(db, lines)) said = count(order, lines);
  if (!said || *said == cache::kNotThere) return Word::silence;
  return *said == cache::kNotEnough ? Word::no : Word::yes;
}

std::optional<std::int64_t> CacheGate::count(OrderId order, Lines lines) {
  if (in_peace()) return std::nullopt;
  env::CacheWords keys{taken_key(order)};
  env::CacheWords args{std::to_string(kTakenLife.ns / 1'000'000)};
  for (const api::Line& line : lines) {
    keys.push_back(count_key(line.sku));
    args.push_back(std::to_string(line.qty));
  }
  const auto reply = env_->cache().script("take_stock", keys, args);
  if (!heard(reply)) return std::nullopt;
  return reply->integer;
}

bool CacheGate::build(env::Database& db, Lines lines) {
  env_->log.sometimes("a stock count was made anew");
  for (const api::Line& line : lines) {
    if (in_peace()) return false;
    const auto mine = env_->cache().set(building_key(line.sku), "1",
                                        {.when = env::SetIf::absent, .expire_after = kBuildingLife});
    if (!heard(mine) || !*mine) return false;
    const auto left = env::in_read(db, "inventory.count", [&](env::Connection& connection) {
      return available(connection, line.sku).value_or(0);
    });
    const env::SetOptions unless_there{.when = env::SetIf::absent, .expire_after = kCountLife};
    if (!heard(env_->cache().set(count_key(line.sku), std::to_string(left), unless_there))) return false;
    if (!heard(env_->cache().remove(building_key(line.sku)))) return false;
  }
  return true;
}

void CacheGate::throw_away(Lines lines) {
  for (const api::Line& line : lines) {
    if (in_peace()) return;
    heard(env_->cache().remove(count_key(line.sku)));
  }
}

bool CacheGate::in_peace() const { return env_->clock.monotonic_now() < in_peace_until_; }

template <class T>
bool CacheGate::heard(const Result<T, env::CacheError>& answer) {
  if (answer) return true;
  env_->log.sometimes("the cache was silent");
  in_peace_until_ = env_->clock.monotonic_now() + kPause;
  return false;
}

}  // namespace ordeal::inventory
