#include "faults/search/slight.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "faults/search/strength.h"
#include "sim/cause.h"

namespace ordeal::faults {
namespace {

using namespace ordeal::literals;
using sim::lane;

constexpr Duration kShort = 1_min;

}  // namespace

Plan everything_slightly(const sim::Choices& choices, const Menu& menu) {
  Plan plan;
  plan.heal_at = menu.storm;
  const auto add = [&](std::string id, Fault fault, Scope scope) {
    plan.windows.push_back({std::move(id), std::move(fault), std::move(scope), {}, kUntilHeal});
  };
  for (const KindInfo& row : kinds()) {
    if (!is_allowed(row.kind, menu)) continue;
    Fault fault = slight_strength(row.kind);
    if (row.subject == Subject::forks) {
      for (const ForkOnMenu& fork : menu.forks) {
        for (const std::string& way : fork.ways) {
          add("fork/" + fork.fork + "/" + way, ForkTaken{fork.fork, way, rate_of(fault)}, {});
        }
      }
      continue;
    }
    const std::vector<std::string>& hosts = hosts_for(row.kind, menu);
    if (hosts.empty() || row.dose == Dose::never_little) continue;
    const sim::Key key{sim::site_of_path("slight/" + std::string(row.name)), 0};
    const std::string& one = hosts[choices.below(key, lane("host"), hosts.size())];
    const bool brief = row.dose == Dose::brief;
    if (auto* partition = std::get_if<Partition>(&fault)) partition->side = {one};
    add(std::string(row.name), std::move(fault), brief ? Scope{{one}, {}, {}, {}} : Scope{hosts, {}, {}, {}});
    if (brief) {
      Window& window = plan.windows.back();
      const Duration last =
          std::max(Duration{}, (menu.busy_until > Duration{} ? menu.busy_until : menu.storm) - kShort);
      window.from = choices.between(key, lane("from"), Duration{}, last);
      window.until = window.from + kShort;
      if (row.aim == Aim::all_links) window.scope = {{}, hosts, hosts, {}};
    }
  }
  return plan;
}

Plan people_alone(const sim::Choices& choices, const Menu& menu) {
  constexpr std::array<Ratio, 3> kOften{{{1, 30}, {1, 8}, {1, 3}}};
  Plan plan;
  plan.heal_at = menu.storm;
  if (!is_allowed(FaultKind::fork, menu)) return plan;
  for (const ForkOnMenu& fork : menu.forks) {
    for (const std::string& way : fork.ways) {
      const std::string id = "fork/" + fork.fork + "/" + way;
      const sim::Key key{sim::site_of_path("people/" + id), 0};
      if (fork.is_point || !choices.chance(key, lane("at all"), {1, 4})) continue;
      const Ratio often = kOften[choices.below(key, lane("often"), kOften.size())];
      plan.windows.push_back({id, ForkTaken{fork.fork, way, often}, {}, {}, kUntilHeal});
    }
  }
  return plan;
}

Plan portfolio(const sim::Choices& choices, const Menu& menu) {
  const sim::Key key{sim::site_of_path("portfolio"), 0};
  if (choices.chance(key, lane("calm"), {1, 16})) {
    Plan calm;
    calm.heal_at = menu.storm;
    return calm;
  }
  if (choices.chance(key, lane("people"), {1, 4})) return people_alone(choices, menu);
  return choices.chance(key, lane("slight"), {1, 8}) ? everything_slightly(choices, menu)
                                                     : swarm(choices, menu);
}

}  // namespace ordeal::faults
