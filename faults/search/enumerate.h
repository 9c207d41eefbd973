// Every single fault that a trial offers, in one canonical order: by question, in the order of asking, then by
// action. What `explore` plays, and what its certificate counts.
//
// A crash comes in two sorts: all that was not synced is lost, or all of it survives. Between the two lies one
// choice a sector; those are strikes of their own and belong to pairs (a crash and a sector).
#pragma once

#include <cstddef>
#include <vector>

#include "faults/plan/plan.h"
#include "faults/search/site_list.h"

namespace ordeal::faults {

// What may strike. Messages and forks may go wrong everywhere, parties included.
struct Limits {
  std::vector<bool> hosts;  // by HostId: may crash, freeze, or have a bad disk
  std::vector<FaultKind>
      allowed;  // empty: every kind but those that are KindInfo::by_name_only, as for the swarm
};

bool may_strike(const SiteAsked& site, const Action& action, const Limits& limits);

struct Single {
  std::size_t question = 0;  // index into the list it came from
  std::size_t action = 0;    // index into that question's applicable actions
  auto operator<=>(const Single&) const = default;
};

std::vector<Single> singles(const std::vector<SiteAsked>& asked, const Limits& limits);

Strike strike_of(const std::vector<SiteAsked>& asked, const Single& single);

bool is_crash(const Action& action);

// Makes all that is unsynced at a crash survive. Without a crash it changes nothing; and if nothing was unsynced
// it strikes nowhere, and the trial is the one without it.
Window all_unsynced_survives();

}  // namespace ordeal::faults
