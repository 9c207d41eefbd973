// A trial that passes, to hold a failing one against: where a flaw is planted the same bad day for the right design, else
// the same trial without the first fault, or the first who acts, that it cannot do without.
#pragma once

#include <optional>
#include <string>

#include "reports/repro_json.h"
#include "scenarios/cli/run/casting.h"

namespace ordeal::cli {

struct Passing {
  std::string title;
  play::Played played;
};
// Nothing when none of these passes before `until_ns` of wall time. `failing` as it was recalled from `repro`, and `played`
// what came of it.
std::optional<Passing> passing_beside(const play::Flows& flows, const reports::Repro& repro,
                                      const std::string& file, const Production& failing,
                                      const play::Played& played, std::int64_t until_ns);

}  // namespace ordeal::cli
