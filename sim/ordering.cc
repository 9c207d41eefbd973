#include "sim/ordering.h"

#include <array>

#include "core/base/digest.h"

namespace ordeal::sim {
namespace {

constexpr std::array<std::string_view, 3> kNames{"fifo", "permuted", "pct"};

constexpr std::uint32_t kLast = 0x00ff'ffff;
// One turn in so many is a change point. PCT has d - 1 of them for a bug of depth d in a whole run; a trial has
// some thousand turns, its bugs a handful of steps.
constexpr std::uint64_t kTurnsPerChange = 512;
// The quarter with the lowest priorities is late by less than a sync takes, a change point by more than several.
constexpr std::uint64_t kSlowNs = 1'000'000;
constexpr std::uint64_t kChangeNs = 20'000'000;

}  // namespace

std::span<const std::string_view> ordering_names() { return kNames; }
std::string_view name_of(Ordering ordering) { return kNames[static_cast<std::size_t>(ordering)]; }

std::optional<Ordering> ordering_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Ordering>(i);
  }
  return std::nullopt;
}

Ordering drawn_ordering(std::uint64_t seed) {
  switch (Digest(seed).add("ordering").value() % 4) {
    case 0:
      return Ordering::permuted;
    case 1:
      return Ordering::pct;
    default:
      return Ordering::fifo;
  }
}

Turn turn_of(Ordering ordering, std::uint64_t task, std::int64_t time_ns) {
  const std::uint64_t turn = Digest(task).add(static_cast<std::uint64_t>(time_ns)).value();
  if (ordering == Ordering::permuted) return {static_cast<std::uint32_t>(turn & kLast), 0};
  if (ordering == Ordering::fifo) return {};
  if (turn % kTurnsPerChange == 0) return {kLast, static_cast<std::int64_t>(mix64(turn) % kChangeNs)};
  const auto rank = static_cast<std::uint32_t>(mix64(task) & kLast);
  if (rank < kLast / 4 * 3) return {rank, 0};
  return {rank, static_cast<std::int64_t>(mix64(turn) % kSlowNs)};
}

}  // namespace ordeal::sim
