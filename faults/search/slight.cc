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
  plan.knobs = turned_knobs(choices, menu);
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

Plan people_insist(const sim::Choices& choices, const Menu& menu) {
  constexpr Ratio kNearlyAlways{3, 4};
  constexpr Ratio kInFocus{3, 4};
  constexpr Ratio kUnlucky{1, 4};
  constexpr Ratio kPointInsists{1, 3};
  constexpr std::uint32_t kMost = 4;
  Plan plan;
  plan.heal_at = menu.storm;
  plan.knobs = turned_knobs(choices, menu);
  std::vector<std::pair<std::string, std::string>> ways;    // of parties
  std::vector<std::pair<std::string, std::string>> points;  // of the program
  for (const ForkOnMenu& fork : menu.forks) {
    for (const std::string& way : fork.ways) (fork.is_point ? points : ways).emplace_back(fork.fork, way);
  }
  if (ways.empty() || !is_allowed(FaultKind::fork, menu)) return plan;
  const sim::SiteId site = sim::site_of_path("people/insist");
  const std::uint64_t count = 2 + choices.below({site, 0}, lane("count"), kMost - 1);
  for (std::uint32_t n = 1; n <= count; ++n) {
    const bool focused = !menu.focus.empty() && choices.chance({site, n}, lane("in focus"), kInFocus);
    const auto& among = focused ? menu.focus : ways;
    const auto& [fork, way] = among[choices.below({site, n}, lane("which"), among.size())];
    const std::string id = "insist/" + fork + "/" + way;
    const bool twice = std::any_of(plan.windows.begin(), plan.windows.end(),
                                   [&](const Window& window) { return window.id == id; });
    if (!twice) plan.windows.push_back({id, ForkTaken{fork, way, kNearlyAlways}, {}, {}, kUntilHeal});
  }
  if (points.empty() || !choices.chance({site, 0}, lane("unlucky"), kUnlucky)) return plan;
  for (const auto& [fork, way] : points) {
    const std::string id = "insist/" + fork;
    const sim::Key key{sim::site_of_path(id), 0};
    if (choices.chance(key, lane("at all"), kPointInsists))
      plan.windows.push_back({id, ForkTaken{fork, way, kNearlyAlways}, {}, {}, kUntilHeal});
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
  const bool focused = !menu.focus.empty();
  if (choices.chance(key, lane("people"), focused ? Ratio{1, 2} : Ratio{1, 4}))
    return choices.chance(key, lane("insist"), focused ? Ratio{3, 4} : Ratio{1, 2})
               ? people_insist(choices, menu)
               : people_alone(choices, menu);
  if (choices.chance(key, lane("slight"), {1, 8})) return everything_slightly(choices, menu);
  Plan plan = swarm(choices, menu);
  if (choices.chance(key, lane("insist, too"), focused ? Ratio{1, 2} : Ratio{1, 8})) {
    for (Window& window : people_insist(choices, menu).windows) plan.windows.push_back(std::move(window));
  }
  return plan;
}

}  // namespace ordeal::faults
