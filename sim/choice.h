// Keyed choices. Every random decision of a trial is a pure function of (seed, site, occurrence, lane): no
// stream, no order of drawing. Taking one shopper or one fault away therefore leaves every choice of the
// others as it was (design section 4).
//
// A site is the 64-bit name of a place where something can vary; its occurrence counts how often the trial
// came there. A Key pins one such moment; independent decisions at one moment differ in their lane. The
// generator is Philox4x32-10 of Random123 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
// SC11): counter-based, equal on every platform.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include <tsl/robin_map.h>

#include "core/base/digest.h"
#include "core/base/ratio.h"
#include "core/base/time.h"

namespace ordeal::sim {

struct SiteId {
  std::uint64_t value = 0;
  constexpr bool operator==(const SiteId&) const = default;
};

struct Key {
  SiteId site;
  std::uint32_t occurrence = 0;  // 0 for the first time
  constexpr bool operator==(const Key&) const = default;
};

// A lane names one of several independent decisions at one key: lane("delay"), lane("loss").
using Lane = std::uint32_t;
constexpr Lane lane(std::string_view name) {
  std::uint32_t hash = 2166136261u;  // FNV-1a, so that a lane is a compile-time constant
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619u;
  return hash;
}

// A delay with a tail, in integers: mostly uniform in [min, max]; with chance `tail` up to `tail_max`
// instead.
struct DelayModel {
  Duration min{};
  Duration max{};
  Ratio tail = Ratio::zero();
  Duration tail_max{};
};

class Choices {
 public:
  explicit Choices(std::uint64_t seed) : seed_(seed) {}

  std::uint64_t seed() const { return seed_; }

  // Counts this visit of the site.
  Key next(SiteId site) { return {site, counts_[site.value]++}; }

  // 64 uniform bits. Pure.
  std::uint64_t bits(Key key, Lane lane) const;
  // Uniform in [0, n), n > 0, by the widening multiplication of Lemire (bias below 2^-32 for every n used
  // here).
  std::uint64_t below(Key key, Lane lane, std::uint64_t n) const;
  bool chance(Key key, Lane lane, Ratio ratio) const;
  // Uniform in [min, max], both included.
  Duration between(Key key, Lane lane, Duration min, Duration max) const;
  Duration delay(Key key, const DelayModel& model) const;

 private:
  struct Same {
    std::size_t operator()(std::uint64_t value) const { return value; }  // site ids are hashes already
  };

  std::uint64_t seed_;
  // A trial comes to thousands of sites; growing fourfold, it moves each of them once instead of twice or three times.
  tsl::robin_map<std::uint64_t, std::uint32_t, Same, std::equal_to<std::uint64_t>,
                 std::allocator<std::pair<std::uint64_t, std::uint32_t>>, false,
                 tsl::rh::power_of_two_growth_policy<4>>
      counts_;
};

}  // namespace ordeal::sim
