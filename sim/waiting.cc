#include "sim/waiting.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

// "+00:15:03.250", as stories have it.
std::string moment_text(std::int64_t ns) {
  const std::int64_t ms = ns / 1'000'000;
  return fmt::format("+{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1'000 % 60,
                     ms % 1'000);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> who_waits(Simulation& simulation) {
  std::vector<std::pair<std::string, std::string>> out;
  for (HostId id = 0; id < simulation.host_count(); ++id) {
    const Host& host = simulation.host(id);
    if (!host.is_up()) out.emplace_back(host.name(), fmt::format("is down, after {} boots", host.boots()));
    if (host.is_frozen()) out.emplace_back(host.name(), "is frozen");
  }
  std::vector<Waiter> waiters = simulation.scheduler().stuck();
  std::stable_sort(waiters.begin(), waiters.end(),
                   [](const Waiter& a, const Waiter& b) { return a.since_ns < b.since_ns; });
  for (std::size_t i = 0; i < waiters.size() && i < kMostWaiters; ++i) {
    const Waiter& waiter = waiters[i];
    std::string text = "waits for " + waiter.waits_for + " since " + moment_text(waiter.since_ns);
    if (waiter.begun_ns != waiter.since_ns) text += ", at work since " + moment_text(waiter.begun_ns);
    if (waiter.cause.id != 0) text += ", for " + simulation.causes().path(waiter.cause);
    out.emplace_back(waiter.host + "/" + waiter.fiber, std::move(text));
  }
  if (waiters.size() > kMostWaiters)
    out.emplace_back("and", fmt::format("{} more wait", waiters.size() - kMostWaiters));
  return out;
}

}  // namespace ordeal::sim
