// A trial in words: one line a step, from a full trace. What is said by services and parties, what struck
// (marked ⚡), what happened to hosts and clocks, and each finding at its time (marked ✗). Events without
// words are left out: the full trace has them.
//
//   +00:15:03.250    order-1      closes ord-00000007KQ: not paid in time
//   +00:15:03.250  ⚡ payment-1    the host crashes and restarts after 30s
#pragma once

#include <string>
#include <vector>

#include "sim/finding.h"
#include "sim/trace.h"

namespace ordeal::reports {

// `host_names` by host id; `findings` by time. Each line ends with a line feed.
std::string story(const std::vector<sim::TraceRecord>& records, const std::vector<std::string>& host_names,
                  const std::vector<sim::Finding>& findings, bool color);

}  // namespace ordeal::reports
