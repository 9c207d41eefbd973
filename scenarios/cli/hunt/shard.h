// A shard of a hunt: every n-th seed of its range, beginning with the k-th. So shards cost about the same, need not speak
// to each other, and a longer range leaves each seed in its shard.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/cli/arguments.h"

namespace ordeal::cli {

struct Shard {
  std::uint64_t k = 1;  // from 1
  std::uint64_t n = 1;
  bool whole() const { return n == 1; }
  std::string text() const { return std::to_string(k) + "/" + std::to_string(n); }
  bool operator==(const Shard&) const = default;
};

// "3/8". Throws BadInput (usage); `flag` is what the text was given to.
Shard parse_shard(std::string_view flag, std::string_view text);

// Whether a seed is one of the shard's.
bool has(const SeedRange& seeds, const Shard& shard, std::uint64_t seed);

// The seeds of a shard that are not done, in order, each by its place in the row.
class SeedsLeft {
 public:
  // `done` is sorted, and all of them are the shard's.
  SeedsLeft(const SeedRange& seeds, const Shard& shard, const std::vector<std::uint64_t>& done);

  std::uint64_t count() const { return gaps_.size() + tail_count_; }
  std::uint64_t at(std::uint64_t place) const;

 private:
  std::vector<std::uint64_t> gaps_;  // before the last one that is done
  std::uint64_t tail_ = 0;           // the first after it
  std::uint64_t step_;
  std::uint64_t tail_count_ = 0;
};

}  // namespace ordeal::cli
