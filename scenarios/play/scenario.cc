#include "scenarios/play/scenario.h"

#include <algorithm>

#include "scenarios/play/flow.h"

namespace ordeal::play {
namespace {

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::uint32_t Part::actors() const { return static_cast<const WorkloadRow*>(row)->count(*this); }

std::size_t Scenario::instances_of(std::string_view service) const {
  return static_cast<std::size_t>(std::count_if(
      hosts.begin(), hosts.end(), [&](const HostSpec& host) { return has(host.services, service); }));
}

const HostSpec* Scenario::database_host_of(std::string_view service) const {
  const auto found = std::find_if(hosts.begin(), hosts.end(),
                                  [&](const HostSpec& host) { return has(host.databases, service); });
  return found == hosts.end() ? nullptr : &*found;
}

}  // namespace ordeal::play
