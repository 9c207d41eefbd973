// Why nothing goes on: who waits for what since when, and which hosts are not there. Bounded in length; evidence
// for findings of liveness.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ordeal::sim {

class Simulation;

inline constexpr std::size_t kMostWaiters = 12;

// Hosts that are down or frozen, then the tasks that wait for something other than work, those that wait
// longest first.
std::vector<std::pair<std::string, std::string>> who_waits(Simulation& simulation);

}  // namespace ordeal::sim
