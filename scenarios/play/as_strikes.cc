#include "scenarios/play/as_strikes.h"

#include <algorithm>
#include <optional>

namespace ordeal::play {
namespace {

constexpr std::size_t kWhileOpen = 6;
constexpr std::size_t kBefore = 2;

// How long the host is down; nothing for what is no crash by the clock.
std::optional<Duration> downtime(const faults::Window& window) {
  if (std::holds_alternative<faults::HostOutage>(window.fault)) {
    const bool ends = window.until != faults::kNever && window.until != faults::kUntilHeal;
    return ends ? window.until - window.from : faults::kNever;
  }
  if (const auto* loop = std::get_if<faults::CrashLoop>(&window.fault)) return loop->restart_after;
  if (const auto* kill = std::get_if<faults::HostKill>(&window.fault)) return kill->restart_after_min;
  return std::nullopt;
}

bool may_crash_there(const faults::SiteAsked& site, sim::HostId host) {
  return site.host == host && site.question == faults::Question::stepping;
}

}  // namespace

std::vector<faults::Plan> as_strikes(Stage& stage, const PlayOptions& options, std::size_t window) {
  const faults::Window& gone = options.plan.windows[window];
  const auto down = downtime(gone);
  if (!down || gone.scope.hosts.size() != 1) return {};
  PlayOptions listing = options;
  listing.plan.windows.erase(listing.plan.windows.begin() + static_cast<std::ptrdiff_t>(window));
  listing.list_sites = true;
  const Played listed = stage.play(listing);
  const auto& names = listed.trial.host_names;
  const auto host = static_cast<sim::HostId>(std::find(names.begin(), names.end(), gone.scope.hosts.front()) -
                                             names.begin());

  std::vector<const faults::SiteAsked*> before;
  std::vector<const faults::SiteAsked*> chosen;
  for (const faults::SiteAsked& site : listed.sites) {
    if (!may_crash_there(site, host)) continue;
    if (site.at_ns < gone.from.ns) {
      before.push_back(&site);
    } else if (chosen.size() < kWhileOpen) {
      chosen.push_back(&site);
    }
  }
  const auto last = before.end() - static_cast<std::ptrdiff_t>(std::min(kBefore, before.size()));
  chosen.insert(chosen.end(), last, before.end());

  std::vector<faults::Plan> plans;
  for (const faults::SiteAsked* site : chosen) {
    plans.push_back(listing.plan);
    plans.back().strikes.push_back({site->site, site->occurrence, faults::act::Crash{*down}});
  }
  return plans;
}

}  // namespace ordeal::play
