#include "scenarios/play/scenario.h"

#include <algorithm>

#include "scenarios/play/flow.h"

namespace ordeal::play {
namespace {

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

template <class Is>
const HostSpec* first_of(const std::vector<HostSpec>& hosts, Is&& is) {
  const auto found = std::find_if(hosts.begin(), hosts.end(), is);
  return found == hosts.end() ? nullptr : &*found;
}

}  // namespace

std::uint32_t Part::actors() const { return static_cast<const WorkloadRow*>(row)->count(*this); }

std::size_t Scenario::instances_of(std::string_view service) const {
  return static_cast<std::size_t>(std::count_if(
      hosts.begin(), hosts.end(), [&](const HostSpec& host) { return has(host.services, service); }));
}

const HostSpec* Scenario::cache_host() const {
  return first_of(hosts, [](const HostSpec& host) { return host.cache.has_value(); });
}

const HostSpec* Scenario::broker_host() const {
  return first_of(hosts, [](const HostSpec& host) { return host.broker.has_value(); });
}

const HostSpec* Scenario::database_host_of(std::string_view service) const {
  return first_of(hosts, [&](const HostSpec& host) { return has(host.databases, service); });
}

}  // namespace ordeal::play
