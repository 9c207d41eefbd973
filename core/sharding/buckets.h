// Buckets: every buyer is in one of sixteen for good, and a shard has some buckets. How many shards there are may change, what a
// buyer's bucket is may not: so moving to more shards moves whole buckets and nothing else, and a number that carries the bucket
// (core/ids, the gene) stays right for ever (F-59).
#pragma once

#include <cstdint>

#include "core/base/ids.h"

namespace ordeal::sharding {

inline constexpr std::int64_t kBuckets = 16;
inline constexpr std::int64_t kEveryBucket = (std::int64_t{1} << kBuckets) - 1;  // as a set of bits

// Buyers' ids are dealt out in order, so they are mixed first (the finalizer of MurmurHash3).
constexpr std::int64_t bucket_of(UserId buyer) {
  auto bits = static_cast<std::uint64_t>(buyer.value);
  bits = (bits ^ (bits >> 33)) * 0xff51afd7ed558ccdULL;
  bits = (bits ^ (bits >> 33)) * 0xc4ceb9fe1a85ec53ULL;
  return static_cast<std::int64_t>((bits ^ (bits >> 33)) % static_cast<std::uint64_t>(kBuckets));
}

constexpr std::int64_t as_set(std::int64_t bucket) { return std::int64_t{1} << bucket; }

// Shards are numbered from 1. Where buckets lie when there are n of them from the start.
constexpr std::int64_t first_shard_of(std::int64_t bucket, std::int64_t shards) {
  return 1 + bucket % shards;
}
// Where a bucket should lie when n shards become `then`: the new shards get their share, the others keep what they have.
constexpr std::int64_t shard_after(std::int64_t bucket, std::int64_t shards, std::int64_t then) {
  const std::int64_t spread = 1 + bucket % then;
  return spread > shards ? spread : first_shard_of(bucket, shards);
}

}  // namespace ordeal::sharding
