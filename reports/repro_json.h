// A repro file: everything that replays one finding, schema "ordeal/repro/2" (design section 9). The same
// engine plays `plan` and must come to the same verdict, invariant and trace hash. Another engine plays
// `strikes`, which name places by what causes them, and says how many it met.
//
// Reading is strict: an unknown key, a missing key, a wrong type is an error that says where, what was
// expected and what stood there. The embedded scenario is handed on as it is; scenarios/play/loader.h checks it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/result.h"
#include "faults/plan/plan.h"
#include "faults/plan/plan_json.h"
#include "sim/ordering.h"

namespace ordeal::reports {

inline constexpr std::string_view kReproSchema = "ordeal/repro/2";

struct Repro {
  std::string engine;
  std::string scenario;  // the whole file, as JSON
  std::uint64_t seed = 0;
  std::map<std::string, std::string> designs;  // overrides
  std::vector<std::string> flaws;
  std::optional<std::vector<std::string>> only;  // the actors that are left, by name; nothing: all of them
  // Parts of what they do that actors do without; the workloads of the flows name them.
  std::vector<std::pair<std::string, std::string>> omitted;
  // Settings that are otherwise than in the embedded scenario: where, and the JSON that stands there instead; a row
  // that is gone has none. Files without any are from before there was a choice.
  std::vector<std::pair<std::string, std::string>> adjusted;
  std::optional<faults::Plan> plan;           // nothing: it was played without faults
  std::vector<faults::Strike> strikes;        // what struck, in time
  sim::Ordering order = sim::Ordering::fifo;  // files without "order" are from before there was a choice
  struct Expects {
    std::string verdict;
    // Of the first finding; empty for a verdict without one. With verdict "pass": what was broken once.
    std::string invariant;
    std::string trace_hash;
  } expects;
};

nlohmann::ordered_json repro_json(const Repro& repro);
Result<Repro, faults::PlanError> read_repro(const nlohmann::ordered_json& json);
// The file as it is kept: repro_json for people.
std::string json_text(const Repro& repro);
// The name of the embedded scenario; empty if it has none.
std::string scenario_name(const Repro& repro);

// The plan for another engine: the strikes, and of the windows those that strike by the clock and leave no
// strikes behind (clock faults, outages).
faults::Plan plan_of_strikes(const Repro& repro);

}  // namespace ordeal::reports
