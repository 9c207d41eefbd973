// One shard: a database with the orders of some buckets, and the service in front of it. It answers for the buckets that are at home
// here and for no other: whoever has an old map is told `moved`, in the same transaction that would have written. So a bucket has
// one writer at any time, whatever maps the routers have (I-60).
//
// A bucket moves in three steps, each idempotent and each named by the map version that it leads to: the old shard gives it up (from
// then on nobody writes, and what is there is handed out as often as it is asked for), the new shard takes it over, the old one
// forgets. Between the first and the second its orders are nowhere to be read, and ShardSales::owned says so.
#pragma once

#include <cstdint>

#include "core/api/ack.h"
#include "core/api/marketplace.h"
#include "core/env/env.h"
#include "core/sharding/feed.h"

namespace ordeal::sharding {

class Shard {
 public:
  // `feeds`: is there a search copy that wants its changes?
  Shard(env::Env& env, env::Database& db, std::int64_t number, bool feeds);

  void start();

  api::SaleReply place(const api::ShardPlace& request);
  api::SaleReply move(const api::ShardMove& request);
  api::ShardSales sales_of(const api::SalesOf& request);
  api::GivenUp give_up(const api::GiveUp& request);
  api::Ack take_over(const api::TakeOver& request);
  api::Ack forget(const api::Forget& request);

 private:
  // Does it serve this bucket to a router with that version of the map?
  static bool serves(env::Connection& from, std::int64_t bucket, std::int64_t map_version);
  void changed(env::Tx& tx, const api::Sale& sale);

  env::Env& env_;
  env::Database& db_;
  std::int64_t number_;
  bool feeds_;
  Feed feed_;
};

}  // namespace ordeal::sharding
