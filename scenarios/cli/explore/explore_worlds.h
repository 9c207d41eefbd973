// The worlds of an exploration: which seeds, which way of writing the journals, and how many act. What a database makes of a
// fault of its disk hangs on its journal mode, and which places a trial comes to at all hangs on its seed. Where many act,
// somebody else mostly does soon what a fault made one of them forget: so there are worlds in which the first is alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tsl/robin_map.h>

#include "faults/plan/plan.h"
#include "faults/search/site_list.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/play/actor.h"

namespace ordeal::cli {

struct ExploredWorld {
  std::uint64_t seed = 1;
  std::string journal_mode;
  bool as_written = true;    // the scenario's own journal mode
  std::uint64_t actors = 0;  // the first so many

  // The plan without faults.
  faults::Plan plan() const;
};

std::string own_journal_mode(const play::Scenario& scenario);
// "all", "own" or a name of play::journal_mode_names(); of all the scenario's own comes first. Throws BadInput (usage).
std::vector<std::string> parse_journal_modes(const play::Scenario& scenario, std::string_view flag,
                                             std::string_view text);

// The first seed, and then, as long as there is one, the seed whose trial without faults comes to most places that
// those before did not come to.
std::vector<std::uint64_t> seeds_that_differ(Production& production, std::uint64_t actors, std::size_t most);

// Every seed in the own mode first, then mode by mode.
std::vector<ExploredWorld> worlds_of(const std::vector<std::uint64_t>& seeds,
                                     const std::vector<std::string>& modes, std::string_view own,
                                     std::uint64_t actors);

// The first `count` who act; none when that is everybody.
std::optional<std::vector<play::Actor>> first_actors(const play::Scenario& scenario, std::uint64_t count);

// Which faults there have been: at which place, what was done to it, and in which journal mode if it was done to a
// disk. A place is a site without its numbers, the same for every actor.
class PlacesStruck {
 public:
  static constexpr std::uint32_t kOften = 4;

  static std::uint64_t place_of(const faults::SiteAsked& site);

  // Counts one more. How many there were before it.
  std::uint32_t add(const faults::SiteAsked& site, const faults::Action& action, std::string_view mode);

 private:
  tsl::robin_map<std::uint64_t, std::uint32_t> times_;
};

}  // namespace ordeal::cli
