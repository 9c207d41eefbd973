#include "core/sharding/shard.h"

#include "core/sharding/buckets.h"
#include "core/sharding/sales.h"

namespace ordeal::sharding {

using api::KeyedSale;
using api::Sale;
using api::SaleReply;
using api::SaleState;
using api::SaleStatus;

Shard::Shard(env::Env& env, env::Database& db, std::int64_t number, bool feeds)
    : env_(env), db_(db), number_(number), feeds_(feeds), feed_(env, db, number) {}

void Shard::start() {
  env_.rpc.on<api::ShardPlace>("place", [this](const api::ShardPlace& request) { return place(request); });
  env_.rpc.on<api::ShardMove>("move", [this](const api::ShardMove& request) { return move(request); });
  env_.rpc.on<api::SalesOf>("sales_of", [this](const api::SalesOf& request) { return sales_of(request); });
  env_.rpc.on<api::GiveUp>("give_up", [this](const api::GiveUp& request) { return give_up(request); });
  env_.rpc.on<api::TakeOver>("take_over",
                             [this](const api::TakeOver& request) { return take_over(request); });
  env_.rpc.on<api::Forget>("forget", [this](const api::Forget& request) { return forget(request); });
  if (feeds_) feed_.start();
}

bool Shard::serves(env::Connection& from, std::int64_t bucket, std::int64_t map_version) {
  if (map_version == 0) return true;
  const auto row = find_bucket(from, bucket);
  return row && row->home == Home::here;
}

void Shard::changed(env::Tx& tx, const Sale& sale) {
  add_change(tx, sale);
  if (feeds_) feed_.changed(tx);
}

SaleReply Shard::place(const api::ShardPlace& request) {
  return env::in_transaction(db_, "shard.place", [&](env::Tx& tx) -> SaleReply {
    if (!serves(tx, bucket_of(request.buyer), request.map_version)) return {SaleStatus::moved, {}};
    if (const auto known = find_sale(tx, request.buyer, request.key)) {
      const bool same = known->sale.seller == request.seller && known->sale.amount == request.amount;
      if (same) return {SaleStatus::done, known->sale};
      return {SaleStatus::conflict, {}};
    }
    const KeyedSale keyed{{request.sale, request.buyer, request.seller, request.amount, SaleState::placed, 1},
                          request.key};
    if (!add_sale(tx, keyed)) return {SaleStatus::taken, {}};
    changed(tx, keyed.sale);
    tx.fact(env::Message::of(api::facts::SalePlaced{keyed.sale, keyed.key, number_}));
    return {SaleStatus::done, keyed.sale};
  });
}

SaleReply Shard::move(const api::ShardMove& request) {
  return env::in_transaction(db_, "shard.move", [&](env::Tx& tx) -> SaleReply {
    if (!serves(tx, bucket_of(request.buyer), request.map_version)) return {SaleStatus::moved, {}};
    const auto known = find_sale(tx, request.sale);
    if (!known || known->sale.buyer != request.buyer) return {SaleStatus::not_so, {}};
    Sale sale = known->sale;
    const bool ships = request.to == SaleState::shipped;
    if (request.seller != (ships ? sale.seller : MerchantId{})) return {SaleStatus::not_so, {}};
    if (sale.state == request.to) return {SaleStatus::done, sale};
    if (!may_follow(sale.state, request.to)) return {SaleStatus::not_so, sale};
    const SaleState from = sale.state;
    sale.state = request.to;
    ++sale.version;
    write_state(tx, sale);
    changed(tx, sale);
    tx.fact(env::Message::of(api::facts::SaleMoved{sale, from}));
    return {SaleStatus::done, sale};
  });
}

api::ShardSales Shard::sales_of(const api::SalesOf& request) {
  return env::in_read(db_, "shard.sales_of", [&](env::Connection& from) {
    api::ShardSales reply;
    reply.owned = buckets_here(from);
    if (request.seller) reply.sales = sharding::sales_of(from, request.seller);
    for (const api::SaleId id : request.sales) {
      const auto known = find_sale(from, id);
      if (known && (reply.owned & as_set(bucket_of(known->sale.buyer))) != 0)
        reply.sales.push_back(known->sale);
    }
    return reply;
  });
}

api::GivenUp Shard::give_up(const api::GiveUp& request) {
  return env::in_transaction(db_, "shard.give_up", [&](env::Tx& tx) {
    const auto row = find_bucket(tx, request.bucket);
    if (!row || row->version < request.version)
      put_bucket(tx, request.bucket, Home::leaving, request.version);
    return api::GivenUp{sales_in(tx, request.bucket)};
  });
}

api::Ack Shard::take_over(const api::TakeOver& request) {
  env::in_transaction(db_, "shard.take_over", [&](env::Tx& tx) {
    const auto row = find_bucket(tx, request.bucket);
    if (row && row->version >= request.version) return;
    for (const KeyedSale& sale : request.sales) add_sale(tx, sale);
    put_bucket(tx, request.bucket, Home::here, request.version);
    tx.fact(env::Message::of(api::facts::BucketTaken{request.bucket, number_, request.version}));
  });
  return {true};
}

api::Ack Shard::forget(const api::Forget& request) {
  env::in_transaction(db_, "shard.forget", [&](env::Tx& tx) {
    const auto row = find_bucket(tx, request.bucket);
    if (!row || row->version != request.version || row->home != Home::leaving) return;
    drop_bucket(tx, request.bucket);
    put_bucket(tx, request.bucket, Home::gone, request.version);
  });
  return {true};
}

}  // namespace ordeal::sharding
