// "cache_then_db": the cache counts stock in advance, the database decides. What it is for: of the thousand who come when all is
// sold, none opens a transaction; what it must not do: believe the cache, which may forget, go back to its past, or not answer.
//
//   stock:SKU            what may still be asked for. Lives kCountLife, then it is read from the database again.
//   stock-taken:ORDER    this order has been counted, so a repeat of its request counts nothing (F-03)
//   stock-building:SKU   somebody is reading the count from the database; the others do not wait (single flight, F-39)
//
//   the cache says  the gate does
//   yes             takes the stock by a conditional update, as without a cache (F-02). Does that fail the count was too high,
//                   and is thrown away.
//   no              looks into the database before it sends a buyer away: a read, and no lock. Is there enough the count was
//                   too low (it was taken for an order that never came, or a return was lost), and is thrown away (I-16).
//   no such count   makes one, and asks once more
//   nothing         goes to the database alone, and leaves the cache in peace for kPause
//
// So a count that is wrong costs a transaction or a read, never a unit. All lines of a basket are counted together or not at all.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/env/env.h"
#include "core/inventory/gate.h"

namespace ordeal::inventory {

inline constexpr Duration kCountLife{60'000'000'000};
inline constexpr Duration kTakenLife{600'000'000'000};  // longer than anybody repeats a request
inline constexpr Duration kBuildingLife{2'000'000'000};
inline constexpr Duration kPause{5'000'000'000};

std::string count_key(SkuId sku);
std::string taken_key(OrderId order);

class CacheGate final : public Gate {
 public:
  // `database` is the gate behind it.
  explicit CacheGate(std::unique_ptr<Gate> database) : database_(std::move(database)) {}

  void start(env::Env& env) override { env_ = &env; }
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override;
  void given_back(std::span<const api::Line> lines) override;

 private:
  enum class Word { yes, no, silence };
  Word ask(env::Database& db, OrderId order, std::span<const api::Line> lines);
  // What the script said (core/cache/scripts.h); nothing: the cache is silent.
  std::optional<std::int64_t> count(OrderId order, std::span<const api::Line> lines);
  // False when somebody else is at it, or the cache is silent.
  bool build(env::Database& db, std::span<const api::Line> lines);
  void throw_away(std::span<const api::Line> lines);
  bool in_peace() const;
  template <class T>
  bool heard(const Result<T, env::CacheError>& answer);

  std::unique_ptr<Gate> database_;
  env::Env* env_ = nullptr;
  Duration in_peace_until_{};  // by the monotonic clock
};

}  // namespace ordeal::inventory
