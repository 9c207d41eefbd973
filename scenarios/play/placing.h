// The part of the loader that places services and databases on hosts, and says what cannot work: a service without what
// it calls, two instances without a database to share, a database of nobody, a monolith of what cannot share.
#pragma once

#include "scenarios/play/flows.h"
#include "scenarios/play/strict_json.h"

namespace ordeal::play {

// One host of a file may stand for several: {"name": "order", "instances": 2, …} is order-1 and order-2.
inline constexpr std::int64_t kMostInstances = 16;

std::vector<HostSpec> read_hosts(const Flows& flows, const ObjectReader& in);
// Once parties, workloads, designs and the kind of deployment are known.
void check_placing(const Flows& flows, const Scenario& scenario, const Place& place);
void hosts_schema(const Flows& flows, Json& schema);

}  // namespace ordeal::play
