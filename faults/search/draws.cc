#include "faults/search/draws.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ordeal::faults {
namespace {

using sim::lane;
using sim::Lane;

// About log-uniform: four steps in each decade.
constexpr std::array<Ratio, 8> kRates{
    {{1, 1000}, {1, 300}, {1, 100}, {1, 60}, {1, 30}, {1, 20}, {1, 10}, {1, 3}}};

// The rates of wide trials: from 1/100 to 1/20.
constexpr std::size_t kMiddling = 2;
constexpr std::size_t kMiddlings = 4;

bool at_most(Ratio a, Ratio b) { return a.num * b.den <= b.num * a.den; }

}  // namespace

Duration Draws::magnitude(std::string_view what, Duration min, Duration max) const {
  if (max <= min) return max;
  std::uint64_t doublings = 1;
  while (doublings < 62 && (min.ns << doublings) > 0 && (min.ns << doublings) < max.ns) ++doublings;
  const Duration low{min.ns << below(what, doublings)};
  const Duration high = std::min(max, low * 2);
  const Duration drawn = choices_.between(key_, lane(what) + 1, low, high);
  std::int64_t unit = 1;
  while (drawn.ns / unit >= 1000) unit *= 10;
  return {drawn.ns / unit * unit};
}

Ratio Draws::rate(FaultKind kind, Ratio cap) const {
  const Ratio strongest = info(kind).strongest;
  const Ratio most = at_most(cap, strongest) ? cap : strongest;
  std::size_t count = 0;
  while (count < kRates.size() && at_most(kRates[count], most)) ++count;
  if (count == 0) return most;
  if (!wide_) return kRates[below("rate", count)];
  const std::size_t low = std::min<std::size_t>(kMiddling, count - 1);
  return kRates[low + below("rate", std::min<std::size_t>(kMiddlings, count - low))];
}

Names Draws::part_of(std::string_view what, const Names& names) const {
  if (names.size() < 2) return names;
  const std::uint64_t sure = below(what, names.size());
  const std::uint64_t never =
      (sure + 1 + choices_.below(key_, lane(what) + 1, names.size() - 1)) % names.size();
  Names out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool taken =
        i == sure || (i != never && choices_.below(key_, lane(what) + 2 + static_cast<Lane>(i), 2) == 1);
    if (taken) out.push_back(names[i]);
  }
  return out;
}

Names Draws::half_of(std::string_view what, const Names& names) const {
  std::vector<std::pair<std::uint64_t, std::size_t>> ranks;
  for (std::size_t i = 0; i < names.size(); ++i)
    ranks.emplace_back(choices_.bits(key_, lane(what) + 2 + static_cast<Lane>(i)), i);
  std::sort(ranks.begin(), ranks.end());
  Names out;
  for (std::size_t n = 0; n < ranks.size() / 2; ++n) out.push_back(names[ranks[n].second]);
  std::sort(out.begin(), out.end());
  return out;
}

Names Draws::some_of(std::string_view what, const Names& names) const {
  if (wide_) return names;
  switch (below("how many", 4)) {
    case 0:
      return {one_of(what, names)};
    case 1:
      return part_of(what, names);
    default:
      return names;
  }
}

}  // namespace ordeal::faults
