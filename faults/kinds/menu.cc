#include "faults/kinds/menu.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"

namespace ordeal::faults {
namespace {

using Hosts = std::vector<std::string> Menu::*;

struct RoleRow {
  HostRole role;
  std::vector<Hosts> lists;
};

const std::vector<RoleRow>& roles() {
  static const std::vector<RoleRow> kRoles{
      {HostRole::service,
       {&Menu::crash_hosts, &Menu::freeze_hosts, &Menu::clock_hosts, &Menu::disk_hosts, &Menu::linked_hosts}},
      {HostRole::stateless,
       {&Menu::crash_hosts, &Menu::freeze_hosts, &Menu::clock_hosts, &Menu::linked_hosts}},
      {HostRole::database,
       {&Menu::crash_hosts, &Menu::freeze_hosts, &Menu::clock_hosts, &Menu::disk_hosts, &Menu::linked_hosts}},
      {HostRole::cache,
       {&Menu::crash_hosts, &Menu::freeze_hosts, &Menu::clock_hosts, &Menu::linked_hosts,
        &Menu::cache_hosts}},
      {HostRole::broker,
       {&Menu::crash_hosts, &Menu::freeze_hosts, &Menu::clock_hosts, &Menu::linked_hosts,
        &Menu::broker_hosts}},
      {HostRole::party, {&Menu::linked_hosts}},
  };
  return kRoles;
}

std::string_view what_lacks(Subject subject) {
  switch (subject) {
    case Subject::messages:
      return "no host of this scenario has links that may suffer";
    case Subject::hosts:
      return "no host of this scenario may suffer it";
    case Subject::clocks:
      return "no clock of this scenario may be wrong";
    case Subject::disks:
      return "no disk in this scenario";
    case Subject::forks:
      return "no fork in this scenario";
    case Subject::caches:
      return "no cache in this scenario";
    case Subject::brokers:
      return "no broker in this scenario";
  }
  return "";
}

}  // namespace

void add_host(Menu& menu, const std::string& name, HostRole role) {
  for (const RoleRow& row : roles()) {
    if (row.role != role) continue;
    for (const Hosts list : row.lists) {
      std::vector<std::string>& names = menu.*list;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
}

bool is_allowed(FaultKind kind, const Menu& menu) {
  if (menu.allowed.empty()) return !info(kind).by_name_only;
  return std::find(menu.allowed.begin(), menu.allowed.end(), kind) != menu.allowed.end();
}

const std::vector<std::string>& hosts_for(FaultKind kind, const Menu& menu) { return menu.*info(kind).hosts; }

std::string why_it_cannot_bite(FaultKind kind, const Menu& menu, const Capabilities& can) {
  const KindInfo& row = info(kind);
  const auto has_way = [](const ForkOnMenu& fork) { return !fork.ways.empty(); };
  const bool missing = row.subject == Subject::forks
                           ? std::none_of(menu.forks.begin(), menu.forks.end(), has_way)
                           : hosts_for(kind, menu).empty();
  if (missing) return std::string(what_lacks(row.subject));
  if (row.subject != Subject::forks && hosts_for(kind, menu).size() < row.hosts_least)
    return "it takes at least " + std::to_string(row.hosts_least) + " hosts";
  if (row.need == Need::replica && !can.cache_replica) return "no cache of this scenario has a replica";
  if (row.need == Need::eviction && !can.cache_eviction)
    return "no cache of this scenario evicts what it keeps";
  if (row.need == Need::asynchronous_flush && !can.asynchronous_flush)
    return "every broker of this scenario flushes before it acknowledges";
  return {};
}

}  // namespace ordeal::faults
