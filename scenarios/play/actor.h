// Actors: who acts in a trial. A workload sends a crowd of them; a trial may leave some at home, and may leave out parts
// of what the others do. Both are what a shrinker takes away.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ordeal::play {

struct Part;
struct Scenario;

struct Actor {
  std::uint32_t workload = 0;  // which of the scenario's
  std::uint32_t number = 0;    // from 0
  auto operator<=>(const Actor&) const = default;
};

struct Omission {
  Actor actor;
  std::uint32_t part = 0;  // which of the workload's omissions
  auto operator<=>(const Omission&) const = default;
};

// "shopper-12" of the workload "shoppers"; of one whose name is no plural "evening-12".
std::string actor_name(const Scenario& scenario, Actor actor);
std::optional<Actor> actor_named(const Scenario& scenario, std::string_view name);
// Crowd::id_of the other way round; nothing for an id that nobody of the scenario has.
std::optional<Actor> actor_with_id(const Scenario& scenario, std::int64_t id);
std::vector<Actor> all_actors(const Scenario& scenario);

// Those of one workload that take part in a trial, as its program sees them.
class Crowd {
 public:
  // The spans outlive the crowd; both are sorted.
  Crowd(const Scenario& scenario, std::uint32_t workload, std::span<const Actor> actors,
        std::span<const Omission> omitted)
      : scenario_(scenario), workload_(workload), actors_(actors), omitted_(omitted) {}

  const Scenario& scenario() const { return scenario_; }
  const Part& part() const;
  std::span<const Actor> actors() const { return actors_; }
  std::string name_of(Actor actor) const { return actor_name(scenario_, actor); }
  // Different for every actor of the trial, from 1, and the same whoever else takes part.
  std::int64_t id_of(Actor actor) const;
  // Does this actor do without that part of its work?
  bool does_without(Actor actor, std::uint32_t part) const;

 private:
  const Scenario& scenario_;
  std::uint32_t workload_;
  std::span<const Actor> actors_;
  std::span<const Omission> omitted_;
};

}  // namespace ordeal::play
