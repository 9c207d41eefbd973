// Adjusting: a scenario with some of its settings made smaller, for a repro that says no more than its failure needs: one
// row, one unit, nobody who dawdles. What may get smaller the shapes of the flows say (Shape::may_get_smaller); everything
// else of a scenario stays as it is written.
//
// Promises: an adjustment names its place in the scenario as it is embedded, so it means the same whatever other
// adjustments stand beside it. What comes out is read by the strict loader, as any scenario is.
#pragma once

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "scenarios/play/flows.h"
#include "scenarios/play/shape.h"

namespace ordeal::play {

struct Adjustment {
  std::string at;  // "$.catalogue[0].stock"
  std::string to;  // the JSON that stands there instead, "1"; empty: the row is gone

  auto operator<=>(const Adjustment&) const = default;
  bool is_gone() const { return to.empty(); }
};

// All places of a scenario's JSON at which something may be adjusted, in the order of the file: settings, parties,
// workloads. Nothing for a scenario that came from no file.
std::vector<Description::Adjustable> adjustables(const Flows& flows, const Scenario& scenario);

// The scenario with these adjustments, no two of one place. Throws BadInput for a place that cannot be adjusted, for one
// in a row that is gone, and for what the loader refuses; `place` is that of the list of adjustments.
Scenario adjusted(const Flows& flows, const Scenario& scenario, std::span<const Adjustment> adjustments,
                  const Place& place);
// The same for a caller who tries: nothing where the loader refuses.
std::optional<Scenario> try_adjusted(const Flows& flows, const Scenario& scenario,
                                     std::span<const Adjustment> adjustments);

}  // namespace ordeal::play
