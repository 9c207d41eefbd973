#include "scenarios/play/actor.h"

#include <algorithm>
#include <charconv>

#include "scenarios/play/flow.h"
#include "scenarios/play/scenario.h"

namespace ordeal::play {
namespace {

// Ids of one crowd lie in a block of their own, so that another crowd's size does not move them.
constexpr std::int64_t kBlock = 1'000'000;

std::string singular(std::string_view crowd) {
  if (crowd.size() > 1 && crowd.ends_with('s')) crowd.remove_suffix(1);
  return std::string(crowd);
}

}  // namespace

std::string actor_name(const Scenario& scenario, Actor actor) {
  return singular(scenario.workloads[actor.workload].name) + "-" + std::to_string(actor.number);
}

std::optional<Actor> actor_named(const Scenario& scenario, std::string_view name) {
  const auto dash = name.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view digits = name.substr(dash + 1);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  for (std::uint32_t i = 0; i < scenario.workloads.size(); ++i) {
    const Actor actor{i, number};
    if (number < scenario.workloads[i].actors() && actor_name(scenario, actor) == name) return actor;
  }
  return std::nullopt;
}

std::optional<Actor> actor_with_id(const Scenario& scenario, std::int64_t id) {
  if (id < 1) return std::nullopt;
  const auto workload = static_cast<std::size_t>((id - 1) / kBlock);
  const auto number = static_cast<std::uint32_t>((id - 1) % kBlock);
  if (workload >= scenario.workloads.size() || number >= scenario.workloads[workload].actors())
    return std::nullopt;
  return Actor{static_cast<std::uint32_t>(workload), number};
}

std::vector<Actor> all_actors(const Scenario& scenario) {
  std::vector<Actor> all;
  for (std::uint32_t i = 0; i < scenario.workloads.size(); ++i) {
    const std::uint32_t count = scenario.workloads[i].actors();
    for (std::uint32_t number = 0; number < count; ++number) all.push_back({i, number});
  }
  return all;
}

const Part& Crowd::part() const { return scenario_.workloads[workload_]; }

std::int64_t Crowd::id_of(Actor actor) const {
  return std::int64_t{actor.workload} * kBlock + actor.number + 1;
}

bool Crowd::does_without(Actor actor, std::uint32_t part) const {
  return std::binary_search(omitted_.begin(), omitted_.end(), Omission{actor, part});
}

}  // namespace ordeal::play
