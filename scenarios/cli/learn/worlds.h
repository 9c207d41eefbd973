// Plays worlds with one implementation at a lesson's seam: the planted flaw, or a plug-in in its place. Plug-ins are other
// people's code, so whatever plays one is a worker in a cage: what it throws, where it crashes, what it should not ask of
// the system and that it never ends are results here, not accidents.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "scenarios/cli/arguments.h"
#include "scenarios/cli/learn/bad_day.h"
#include "scenarios/cli/repertoire.h"

namespace ordeal::cli {

// Who stands at the seam of `flaw`.
struct AtTheSeam {
  std::string flaw;               // empty: everything as designed
  std::filesystem::path library;  // empty: the flaw as it is planted
};

// A day, and what went wrong with the code that played it: "crashed: Segmentation fault". Empty: nothing.
struct DayOutcome {
  DayTold told;
  std::string mishap;
};
// `calm`: without its strikes.
DayOutcome play_day(const Repertoire& repertoire, const AtTheSeam& who, const std::filesystem::path& repro,
                    const reports::Page& page, bool calm = false);

// One seed of a scenario, told as a day is.
DayOutcome play_seed(const Repertoire& repertoire, const AtTheSeam& who, const std::string& scenario,
                     std::uint64_t seed, const reports::Page& page);

struct SeedsOrder {
  std::string scenario;
  SeedRange seeds;
  unsigned jobs = 1;
  // Called now and then with what has been played. False: stop.
  std::function<bool(std::uint64_t played)> on_way{};
};
struct Tally {
  std::uint64_t played = 0;
  std::uint64_t broken = 0;                           // trials that did not pass
  std::map<std::string, std::uint64_t> by_invariant;  // first findings
  std::optional<std::uint64_t> first_broken;          // the lowest seed
  std::string first_breach;                           // of that seed: the invariant and what happened
  std::string mishap;
  std::int64_t wall_ns = 0;

  bool held() const { return broken == 0 && mishap.empty() && played > 0; }
};
Tally play_seeds(const Repertoire& repertoire, const AtTheSeam& who, const SeedsOrder& order);

}  // namespace ordeal::cli
