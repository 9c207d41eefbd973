// When do two faults have nothing to do with each other? The footprint of a fault is where and when its own trial
// goes otherwise than the trial without faults: every event that one of the two has and the other has not, the
// strike itself with its disk's stall, and all the time a host is down or frozen. Two faults whose footprints never
// meet on a host are independent: with both of them happens what happens with each of them, and nothing else.
// `explore` does not play such a pair.
//
// Footprints meet when they come within a second of each other on one host. What a fault leaves in the memory of
// a host between two of its events shows nowhere; so events of one host less than ten seconds apart are one span
// (longer than any call waits for its answer). And because a restart reads what was left behind long ago, a fault
// that restarts a host must lie wholly before or behind the other's whole footprint there.
//
// What this cannot see: state that both leave behind and that only together reach some limit (a write-ahead log
// that is folded into its file a commit earlier). That is why a share of such pairs is played all the same, and must
// add up (`tally`).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "faults/search/site_list.h"
#include "sim/trace.h"

namespace ordeal::faults {

struct Footprint {
  struct Span {
    sim::HostId host = 0;
    std::int64_t from_ns = 0;
    std::int64_t to_ns = 0;
    bool operator==(const Span&) const = default;
  };
  std::vector<Span> spans;            // by host, then by time; those of one host are apart
  std::vector<sim::HostId> restarts;  // hosts that the fault restarts, ascending
  // Somebody took another way, and may remember it: never independent of what comes later.
  bool lasting = false;
  bool operator==(const Footprint&) const = default;
};

// `clean` and `struck` are full traces, without faults and with just this one.
Footprint footprint(const std::vector<sim::TraceRecord>& clean, const std::vector<sim::TraceRecord>& struck,
                    const SiteAsked& site, const Action& action);

bool independent(const Footprint& a, const Footprint& b);

// For pipes between workers; nothing for a text that is none.
std::string to_text(const Footprint& footprint);
std::optional<Footprint> footprint_from(std::string_view text);

// What happened, without when and in which order: a sum over the events of a full trace, by kind, host and site.
// Events of disks are left out: how many sectors a log has grown by depends on where it stood. Sums of independent
// faults add up: tally(both) - tally(none) = tally(one) - tally(none) + tally(other) - tally(none).
std::uint64_t tally(const std::vector<sim::TraceRecord>& records);

}  // namespace ordeal::faults
