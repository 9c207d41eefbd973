#include "core/sharding/feed.h"

#include <algorithm>
#include <vector>

#include "core/api/ack.h"
#include "core/api/marketplace.h"
#include "core/sharding/sales.h"

namespace ordeal::sharding {
namespace {

constexpr std::int64_t kBatch = 16;
constexpr std::int64_t kOlder = 8;  // how far back a feed starts that lost its newest position
constexpr Duration kDeadline = {2'000'000'000};
constexpr Duration kAgain = {1'000'000'000};
constexpr Duration kBehind = {5'000'000'000};

}  // namespace

Feed::Feed(env::Env& env, env::Database& db, std::int64_t shard)
    : env_(env), db_(db), shard_(shard), worker_(env, "change-feed", [this] { return pass(); }) {}

std::optional<Instant> Feed::pass() {
  if (env_.points.unlucky("feed: it falls behind")) env_.tasks.sleep(kBehind);
  const bool from_older = first_pass_ || env_.points.unlucky("feed: it starts again from an older position");
  first_pass_ = false;
  for (bool older = from_older;; older = false) {
    api::Changes batch;
    batch.shard = shard_;
    db_.read("feed.changes", [&](env::Connection& from) {
      const std::int64_t acknowledged = feed_position(from);
      const std::int64_t start = older ? std::max<std::int64_t>(0, acknowledged - kOlder) : acknowledged;
      batch.position = start;
      batch.rows = changes_after(from, start, kBatch, batch.position);
    });
    if (batch.rows.empty()) return std::nullopt;
    const std::int64_t position = batch.position;
    const auto ack = env_.rpc.call<api::Ack>("seller-index", "on_changes", std::move(batch), kDeadline);
    if (!ack || !ack->done) {
      env_.log.sometimes("change feed waited for the index");
      return env_.clock.wall_now() + kAgain;
    }
    env::in_transaction(db_, "feed.position", [&](env::Tx& tx) { set_feed_position(tx, position); });
  }
}

}  // namespace ordeal::sharding
