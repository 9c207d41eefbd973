// Who runs first among equals. A bug that needs two tasks in the unusual order hides as long as equal times are
// always served in the order of scheduling.
//
//   fifo      first come, first served: the ordinary engine, and the fastest
//   permuted  events of one instant run in an order drawn by key
//   pct       after Burckhardt et al., "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs",
//             ASPLOS 2010: every task has a random priority that decides among equals for as long as it lives,
//             but for a few change points, at which it falls behind all others. Virtual time knows few equals, so
//             a task of low priority is also late by up to a few milliseconds, as on a busy machine: what it
//             would have met at the same moment overtakes it.
//
// Keyed as everything else: a task is its cause and name, a turn is its task and moment; another task more or
// less changes nothing. Priorities other than normal are left alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace ordeal::sim {

enum class Ordering : std::uint8_t { fifo, permuted, pct };

std::span<const std::string_view> ordering_names();
std::string_view name_of(Ordering ordering);
std::optional<Ordering> ordering_named(std::string_view name);
// Half of all seeds fifo, a quarter each of the others.
Ordering drawn_ordering(std::uint64_t seed);

struct Turn {
  std::uint32_t rank = 0;  // 24 bits; lower runs first among equals
  std::int64_t late_ns = 0;
};
// `task`: a hash of the seed and the task's stable name.
Turn turn_of(Ordering ordering, std::uint64_t task, std::int64_t time_ns);

}  // namespace ordeal::sim
