// Devices on hosts of their own, as scenarios have them: what a file may say of one, what it becomes in a world, and
// which designs cannot do without one.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "faults/kinds/menu.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/flows.h"
#include "scenarios/play/shape.h"
#include "sim/broker/server.h"
#include "sim/cache/server.h"

namespace ordeal::play {

const Shape<CacheSpec>& cache_shape();
const Shape<BrokerSpec>& broker_shape();
sim::cache::Options cache_options(const Flows& flows, const CacheSpec& spec);
sim::broker::Options broker_options(const BrokerSpec& spec);
// Which faults of devices have something to strike.
faults::Capabilities capabilities_of(const Scenario& scenario);

// "cache" or "broker": what a design needs and the scenario has not; empty when nothing is missing.
std::string_view lacking_device(const Flows& flows, const Scenario& scenario, std::string_view seam,
                                std::string_view design);
// The same with the line to add.
std::string missing_device(const Flows& flows, const Scenario& scenario, std::string_view seam,
                           std::string_view design);

}  // namespace ordeal::play
