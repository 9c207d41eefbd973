// Questions to several shards at once, and what their answers together are worth.
//
// A reply is complete if every bucket that was asked for was at home on the shard that was asked for it (ShardSales::owned). A bucket on its way, a
// shard that does not answer, or an old map each leave a bucket out, and the reply says that it is not whole. A bucket that moved
// between two answers may be in both: of an order that is there twice the newer row counts.
#pragma once

#include <map>
#include <vector>

#include "core/api/marketplace.h"
#include "core/env/env.h"
#include "core/ids/order_ids.h"
#include "core/sharding/router.h"

namespace ordeal::marketplace {

class Shards {
 public:
  Shards(env::Env& env, env::Database& db, const sharding::Plan& plan, sharding::Router& router)
      : env_(env), routing_{env, db, plan}, router_(router) {}

  // One question to the shard of `bucket`. Busy when the bucket is on its way.
  template <class Request>
  api::SaleReply ask(std::int64_t bucket, std::string_view method, Request request);

  // To every shard there is.
  api::Sales ask_all(const api::SalesOf& request);
  // For these numbers by their buckets, each to the one shard that has it.
  api::Sales ask_some(const std::vector<api::RelatedSale>& sales);

 private:
  static constexpr Duration kDeadline = {2'000'000'000};
  // expected: the buckets whose orders are asked for here, of an old map perhaps; that another shard has one of them is no answer.
  struct Question {
    api::SalesOf request;
    std::int64_t expected = 0;
  };
  api::Sales ask_each(const std::map<std::int64_t, Question>& questions, std::int64_t wanted);

  env::Env& env_;
  sharding::Routing routing_;
  sharding::Router& router_;
};

template <class Request>
api::SaleReply Shards::ask(std::int64_t bucket, std::string_view method, Request request) {
  for (int i = 0; i < 2; ++i) {
    const sharding::Place place = router_.place_of(routing_, bucket);
    request.map_version = place.version;
    const auto reply =
        env_.rpc.call<api::SaleReply>(sharding::service_of(place.shard), method, request, kDeadline);
    if (!reply) {
      const bool perhaps = env::may_have_happened(reply.error());
      return {perhaps ? api::SaleStatus::unknown : api::SaleStatus::unavailable, {}};
    }
    if (reply->status != api::SaleStatus::moved) return *reply;
    env_.log.sometimes("router had an old map");
    router_.moved();
  }
  return {api::SaleStatus::busy, {}};
}

}  // namespace ordeal::marketplace
