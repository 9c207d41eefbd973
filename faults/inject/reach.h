// Did the faults happen? Per fault of one trial: armed (it was in the plan), reached (asked while active),
// effective (it fired). Over a campaign: the same by kind, and tries and hits for each asked rate, so that
// achieved rates can be held against asked ones. All integers; merging is commutative and associative, so
// shards merge to the same bytes in any order.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ratio.h"
#include "faults/kinds/fault.h"

namespace ordeal::faults {

// One window or strike of one trial.
struct FaultReach {
  std::string name;  // a window's id, a strike's site
  FaultKind kind{};
  bool is_strike = false;
  Ratio asked{};            // zero: no rate of its own
  std::uint64_t tries = 0;  // asked while active and in scope
  std::uint64_t hits = 0;
  bool reached() const { return tries > 0; }
  bool effective() const { return hits > 0; }
};

struct Tally {
  std::uint64_t armed = 0;
  std::uint64_t reached = 0;
  std::uint64_t effective = 0;
  std::uint64_t tries = 0;
  std::uint64_t hits = 0;
  void add(const Tally& other);
  bool operator==(const Tally&) const = default;
};

struct RateRow {
  FaultKind kind{};
  Ratio asked{};
  std::uint64_t tries = 0;
  std::uint64_t hits = 0;
};

class Reach {
 public:
  void add(const std::vector<FaultReach>& trial);
  void merge(const Reach& other);

  Tally total() const;
  const Tally& of(FaultKind kind) const { return by_kind_[static_cast<std::size_t>(kind)]; }
  // Every (kind, rate) that was tried, by kind, then weakest first.
  std::vector<RateRow> rates() const;
  // Those with enough tries to be judged whose achieved rate is more than three sigma off.
  std::vector<RateRow> off_rates() const;
  // Kinds that were armed and never fired: a green run must say so.
  std::vector<FaultKind> never_effective() const;

  bool operator==(const Reach&) const = default;

 private:
  struct Tried {
    std::uint64_t tries = 0;
    std::uint64_t hits = 0;
    bool operator==(const Tried&) const = default;
  };
  struct RateKey {
    FaultKind kind;
    Ratio asked;
    bool operator==(const RateKey&) const = default;
    bool operator<(const RateKey& other) const;
  };
  std::array<Tally, kFaultKinds> by_kind_{};
  std::map<RateKey, Tried> rates_;
};

// At least ten hits and ten misses are expected: below that three sigma of a normal distribution mean
// nothing.
bool enough_tries(std::uint64_t tries, Ratio asked);
// |hits - tries·p| <= 3·sqrt(tries·p·(1-p)), exactly, in 128-bit integers.
bool within_three_sigma(std::uint64_t tries, std::uint64_t hits, Ratio asked);

}  // namespace ordeal::faults
