#include "scenarios/play/menu.h"

#include <algorithm>
#include <map>
#include <set>

#include "faults/kinds/menu.h"
#include "sim/process.h"

namespace ordeal::play {
namespace {

using namespace ordeal::literals;

// How wrong a clock may be set, and how long a host may be away: within what the settle bound of a day and the patience
// of the services allow to judge.
constexpr Duration kClockErrorMax = 10_min;
constexpr Duration kDowntimeMax = 10_min;
constexpr Duration kDelayMax = 30_s;
// The last of a crowd have begun; what they began goes on for a while.
constexpr Duration kAfterTheCrowd = 25_min;

void add_forks(faults::Menu& menu, const std::vector<ForkRow>& forks, const Designer& designer) {
  for (const ForkRow& fork : forks) {
    if (!designer.meets(fork.needs)) continue;
    faults::ForkOnMenu item{std::string(fork.name), {}};
    for (const std::string_view way : fork.ways.subspan(1)) item.ways.emplace_back(way);
    menu.forks.push_back(std::move(item));
  }
}

faults::HostRole role_of(const Flows& flows, const Scenario& scenario, const HostSpec& host) {
  if (host.cache) return faults::HostRole::cache;
  if (host.broker) return faults::HostRole::broker;
  if (host.services.empty()) return faults::HostRole::database;
  const bool own_tables =
      std::any_of(host.services.begin(), host.services.end(), [&](const std::string& service) {
        return flows.service(service)->schema != nullptr && scenario.database_host_of(service) == nullptr;
      });
  const bool tables = own_tables || !host.databases.empty();
  return tables ? faults::HostRole::service : faults::HostRole::stateless;
}

void add_hosts(faults::Menu& menu, const Flows& flows, const Scenario& scenario) {
  std::vector<std::string> hosts = scenario.faults.hosts;
  if (hosts.empty()) {
    for (const HostSpec& host : scenario.hosts) hosts.push_back(host.name);
  }
  for (const std::string& name : hosts) {
    for (const HostSpec& spec : scenario.hosts) {
      if (spec.name == name) add_host(menu, name, role_of(flows, scenario, spec));
    }
  }
  std::map<std::string, std::vector<std::string>> groups;  // by service, then by database
  for (const HostSpec& spec : scenario.hosts) {
    if (std::find(hosts.begin(), hosts.end(), spec.name) == hosts.end()) continue;
    const bool keeps_nothing =
        spec.databases.empty() &&
        std::all_of(spec.services.begin(), spec.services.end(),
                    [&](const auto& service) { return flows.service(service)->schema == nullptr; });
    if (keeps_nothing) menu.may_stay_down.push_back(spec.name);
    for (const std::string& service : spec.services) groups[service].push_back(spec.name);
    if (!spec.databases.empty()) groups[spec.databases.front() + ".db"].push_back(spec.name);
  }
  for (const auto& [name, group] : groups) menu.groups.push_back(group);
}

void add_parties(faults::Menu& menu, const Scenario& scenario, const Designer& designer) {
  std::set<const PartRow*> seen;
  std::set<Duration> midnights;
  for (const Part& part : scenario.parties) {
    const auto& row = *static_cast<const PartyRow*>(part.row);
    add_host(menu, part.name, faults::HostRole::party);
    // Whoever keeps no books of ours may stay away for good: everything must come to rest without them.
    menu.may_stay_down.push_back(part.name);
    // Whoever cuts a day by his own clock may have it wrong.
    menu.clock_hosts.push_back(part.name);
    if (row.midnights != nullptr) {
      for (const Instant at : row.midnights(part, scenario.start, scenario.start + scenario.storm))
        midnights.insert(at - scenario.start);
    }
    if (seen.insert(part.row).second) add_forks(menu, row.forks, designer);
  }
  menu.midnights.assign(midnights.begin(), midnights.end());
}

void add_workloads(faults::Menu& menu, const Scenario& scenario, const Designer& designer) {
  std::set<const PartRow*> seen;
  for (const Part& part : scenario.workloads) {
    const auto& row = *static_cast<const WorkloadRow*>(part.row);
    add_host(menu, part.name, faults::HostRole::party);
    menu.busy_until = std::max(menu.busy_until, row.busy_until(part) + kAfterTheCrowd);
    if (seen.insert(part.row).second) add_forks(menu, row.forks, designer);
  }
}

void add_points_and_knobs(faults::Menu& menu, const Flows& flows, const Scenario& scenario) {
  for (const PointRow* point : flows.points()) {
    if (point->service.empty() || scenario.has_service(point->service))
      menu.forks.push_back({std::string(point->name), {std::string(sim::Process::kPointWays[1])}, true});
  }
  for (const KnobRow* knob : flows.knobs()) {
    if (knob->service.empty() || scenario.has_service(knob->service))
      menu.knobs.push_back({std::string(knob->name), {knob->values.begin(), knob->values.end()}});
  }
}

}  // namespace

faults::Menu menu_of(const Flows& flows, const Scenario& scenario, const Designer& designer) {
  faults::Menu menu;
  add_hosts(menu, flows, scenario);
  add_parties(menu, scenario, designer);
  add_workloads(menu, scenario, designer);
  add_points_and_knobs(menu, flows, scenario);
  for (const std::string& kind : scenario.faults.kinds) menu.allowed.push_back(*faults::kind_named(kind));
  for (const faults::ForkOnMenu& fork : menu.forks) {
    for (const std::string& way : fork.ways) {
      if (std::find(scenario.faults.focus.begin(), scenario.faults.focus.end(), fork.fork + ": " + way) !=
          scenario.faults.focus.end())
        menu.focus.emplace_back(fork.fork, way);
    }
  }
  menu.storm = scenario.storm;
  menu.max_windows = static_cast<std::size_t>(scenario.faults.windows_max);
  menu.max_delay = kDelayMax;
  menu.max_downtime = kDowntimeMax;
  menu.max_clock_error = kClockErrorMax;
  return menu;
}

}  // namespace ordeal::play
