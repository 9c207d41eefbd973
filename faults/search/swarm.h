// Swarm testing (Groce et al., "Swarm Testing", ISSTA 2012): each trial gets a random subset of the kinds of
// faults, each with a strength of its own over orders of magnitude, over the whole storm or a part of it. A
// trial in which everything is slightly on hides what a single strong fault would show.
//
// Beside the faults a trial may get knobs, each by itself with chance 1/4, and fault points, each armed with chance 1/4.
//
// Every draw is keyed by its kind ("swarm/message_loss"), so a menu with one kind less gives the same plan
// without that kind (as long as the cap on windows does not bite). Integers only.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "faults/plan/plan.h"
#include "sim/choice.h"

namespace ordeal::faults {

// A fork that a party or the code under test offers; the ways are those that are not the ordinary one.
struct ForkOnMenu {
  std::string fork;
  std::vector<std::string> ways;
  bool is_point = false;  // a fault point of the program: armed by itself, whatever else the trial has
};

// A setting that a trial may have otherwise than usual.
struct KnobOnMenu {
  std::string name;
  std::vector<std::string> values;
};

// What may go wrong in a scenario. An empty list of hosts means that no host may suffer that.
struct Menu {
  std::vector<std::string> crash_hosts;  // crashes, outages
  std::vector<std::string> freeze_hosts;
  std::vector<std::string> clock_hosts;
  std::vector<std::string> disk_hosts;
  std::vector<std::string> linked_hosts;         // ends of links: losses, delays, partitions
  std::vector<std::vector<std::string>> groups;  // hosts of one service: they are cut off and killed together
  std::vector<std::string> cache_hosts;          // empty: the scenario has no cache
  std::vector<std::string> broker_hosts;
  std::vector<std::string>
      may_stay_down;  // one of them, now and then, never returns: the rest has to live with it
  std::vector<ForkOnMenu> forks;
  std::vector<KnobOnMenu> knobs;
  std::vector<FaultKind> allowed;  // empty: every kind but those that are KindInfo::by_name_only

  Duration storm{};
  // Most of the work happens before this; half of the partial windows fall into it. Zero: the whole storm.
  Duration busy_until{};

  std::size_t max_windows = 12;
  // Nothing is stronger than this. KindInfo::strongest caps each kind on top of it.
  Ratio max_rate{1, 3};
  Duration max_delay{60'000'000'000};                 // of messages and disk operations
  Duration max_downtime{30LL * 60'000'000'000};       // restarts, freezes, outages
  Duration max_clock_error{2LL * 3'600'000'000'000};  // offsets and steps, either way
  // True times, since the trial began, at which a day ends at those who cut their days there.
  std::vector<Duration> midnights;
  std::int64_t max_drift_ppb = 500'000;  // a bad quartz drifts 50 ppm; a broken virtual one ten times that
};

// May this kind appear, and which hosts may suffer it (for messages: whose links)?
bool is_allowed(FaultKind kind, const Menu& menu);
const std::vector<std::string>& hosts_for(FaultKind kind, const Menu& menu);
// Takes parts of the world away: a window of it is short, or nothing would be left to disturb.
bool is_brief(FaultKind kind);

Plan swarm(const sim::Choices& choices, const Menu& menu);

}  // namespace ordeal::faults
