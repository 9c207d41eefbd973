// What may go wrong in a scenario: its hosts by what may befall them, its forks and knobs, and how far a swarm goes.
// Whoever builds a world fills it in; the swarm draws from it, plans are checked against it (plan/check_plan.h), and
// why_it_cannot_bite says which kinds have nothing to strike there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "faults/kinds/fault.h"

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

// An empty list of hosts means that no host may suffer that.
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
  std::vector<std::pair<std::string, std::string>>
      focus;  // fork and way: what is mostly insisted on; empty: any
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

// What a host is for, and so what may befall it.
enum class HostRole : std::uint8_t {
  service,    // runs services, with their databases on its own disk
  stateless,  // runs services whose databases live elsewhere
  database,   // a database that others reach over the network
  cache,
  broker,
  party,  // outside the trade system: only its links may suffer
};
// Puts the host on every list of its role, once.
void add_host(Menu& menu, const std::string& name, HostRole role);

// May this kind appear, and which hosts may suffer it (for messages: whose links)?
bool is_allowed(FaultKind kind, const Menu& menu);
const std::vector<std::string>& hosts_for(FaultKind kind, const Menu& menu);

// What a world has beyond the names on its menu.
struct Capabilities {
  bool cache_replica = true;       // some cache has a replica that can take over
  bool cache_eviction = true;      // some cache lets go of keys when its memory is short
  bool asynchronous_flush = true;  // some broker acknowledges before it has flushed
};

// Why a fault of this kind can never happen there, to be read after "… cannot bite: "; empty when it can.
std::string why_it_cannot_bite(FaultKind kind, const Menu& menu, const Capabilities& can = {});

}  // namespace ordeal::faults
