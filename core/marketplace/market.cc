#include "core/marketplace/market.h"

#include <utility>

#include "core/sharding/buckets.h"

namespace ordeal::marketplace {
namespace {

using api::SaleReply;
using api::SaleState;
using api::SaleStatus;

constexpr int kNumbers = 3;  // that are tried when the shard has one already

// What is wrong with a request; done: nothing is.
SaleStatus fault_of(const api::PlaceSale& request) {
  if (request.buyer.value <= 0) return SaleStatus::bad_buyer;
  if (request.key.empty() || request.key.size() > kLongestKey) return SaleStatus::bad_key;
  if (request.seller.value <= 0) return SaleStatus::bad_seller;
  if (request.amount <= 0 || request.amount > kMostAmount) return SaleStatus::bad_amount;
  return SaleStatus::done;
}

SaleStatus fault_of(const api::MoveSale& request) {
  if (request.buyer.value <= 0) return SaleStatus::bad_buyer;
  if (request.seller.value < 0) return SaleStatus::bad_seller;
  if (request.to == SaleState::placed) return SaleStatus::bad_state;
  return SaleStatus::done;
}

}  // namespace

Market::Market(env::Env& env, env::Database& db, const Designs& designs, Config config)
    : env_(env),
      db_(db),
      designs_(designs),
      config_(std::move(config)),
      shards_(env, db, config_.plan, designs_.router),
      mover_(env, db, config_.plan) {}

void Market::start() {
  env_.rpc.on<api::PlaceSale>("place", [this](const api::PlaceSale& request) { return place(request); });
  env_.rpc.on<api::MoveSale>("move", [this](const api::MoveSale& request) { return move(request); });
  env_.rpc.on<api::LookForSales>("look", [this](const api::LookForSales& request) { return look(request); });
  env_.rpc.on<api::FindSale>("find", [this](const api::FindSale& request) { return find(request); });
  if (config_.plan.then != 0) mover_.start();
}

SaleReply Market::place(const api::PlaceSale& request) {
  if (const SaleStatus fault = fault_of(request); fault != SaleStatus::done) return {fault, {}};
  const std::int64_t bucket = sharding::bucket_of(request.buyer);
  for (int i = 0; i < kNumbers; ++i) {
    const auto number = designs_.ids.next({env_, db_, config_.pod}, bucket);
    if (!number) {
      env_.log.sometimes("no order number could be made");
      return {SaleStatus::busy, {}};
    }
    const api::SaleId sale{*number};
    if (!designs_.lookup.expect({env_, shards_, designs_.ids}, {request.seller, sale, bucket}))
      return {SaleStatus::unavailable, {}};
    const SaleReply reply =
        shards_.ask(bucket, "place",
                    api::ShardPlace{sale, request.buyer, request.key, request.seller, request.amount, 0});
    if (reply.status != SaleStatus::taken) return reply;
    env_.log.sometimes("order number was used already");
  }
  return {SaleStatus::busy, {}};
}

SaleReply Market::move(const api::MoveSale& request) {
  if (const SaleStatus fault = fault_of(request); fault != SaleStatus::done) return {fault, {}};
  return shards_.ask(sharding::bucket_of(request.buyer), "move",
                     api::ShardMove{request.sale, request.buyer, request.seller, request.to, 0});
}

api::Sales Market::look(const api::LookForSales& request) {
  return designs_.lookup.look({env_, shards_, designs_.ids}, request.seller);
}

api::Sales Market::find(const api::FindSale& request) {
  if (const auto gene = designs_.ids.gene_of(request.sale.value))
    return shards_.ask_some({{request.sale, *gene}});
  api::Sales all = shards_.ask_all({{}, {request.sale}});
  all.broadcast = true;
  return all;
}

}  // namespace ordeal::marketplace
