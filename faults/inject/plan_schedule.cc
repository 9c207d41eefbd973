// What a plan does by the clock: getting ready, clock windows, outages, heal; and what it says about itself
// afterwards.
#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "faults/inject/plan_hooks.h"
#include "sim/host.h"

namespace ordeal::faults {
namespace {

bool is_clock(FaultKind kind) { return info(kind).subject == Subject::clocks; }

}  // namespace

PlanHooks::PlanHooks(Plan plan) : plan_(std::move(plan)) {
  armed_.resize(plan_.windows.size());
  strike_hits_.resize(plan_.strikes.size());
  std::vector<std::string_view> ids;
  for (const Window& window : plan_.windows) ids.push_back(window.id);
  std::sort(ids.begin(), ids.end());
  ORDEAL_CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end(),
               "two windows of one id draw the same chances");
  for (std::size_t i = 0; i < plan_.strikes.size(); ++i) {
    strikes_at_[sim::site_of_path(plan_.strikes[i].site).value].push_back(static_cast<std::uint32_t>(i));
  }
}

PlanHooks::HostSet PlanHooks::resolve(const std::vector<std::string>& names) {
  HostSet set{names.empty(), {}};
  for (const std::string& name : names) {
    const sim::Host* host = sim_->find_host(name);
    if (host == nullptr) {
      unknown_hosts_.push_back(name);
      continue;
    }
    if (set.in.size() <= host->id()) set.in.resize(host->id() + 1);
    set.in[host->id()] = true;
  }
  return set;
}

void PlanHooks::arm(std::size_t index) {
  const Window& window = plan_.windows[index];
  Armed& armed = armed_[index];
  armed.kind = kind_of(window.fault);
  armed.from_ns = window.from.ns;
  const bool to_heal = info(armed.kind).acts == Acts::until_heal && window.until != kNever;
  armed.until_ns = to_heal ? kUntilHeal.ns : window.until.ns;
  armed.lane = sim::lane(window.id);
  armed.rate = rate_of(window.fault);
  armed.hosts = resolve(window.scope.hosts);
  armed.from = resolve(window.scope.from);
  armed.to = resolve(window.scope.to);
  armed.anywhere = armed.hosts.everybody && armed.from.everybody && armed.to.everybody;
  if (const auto* partition = std::get_if<Partition>(&window.fault)) {
    armed.side = resolve(partition->side);
    armed.side.everybody = false;
  }
}

void PlanHooks::attach(sim::Simulation& simulation) {
  ORDEAL_CHECK(sim_ == nullptr, "one PlanHooks serves one trial");
  sim_ = &simulation;
  for (std::size_t i = 0; i < plan_.windows.size(); ++i) arm(i);
  never_returning_ = resolve(plan_.never_returning);
  never_returning_.everybody = false;
  std::sort(unknown_hosts_.begin(), unknown_hosts_.end());
  unknown_hosts_.erase(std::unique(unknown_hosts_.begin(), unknown_hosts_.end()), unknown_hosts_.end());
  open_desks();
  for (std::uint32_t i = 0; i < armed_.size(); ++i) {
    const Armed& armed = armed_[i];
    if (!acts_by_clock(armed.kind)) continue;
    schedule({armed.from_ns}, i, &PlanHooks::window_begins);
    const bool ends = info(armed.kind).acts != Acts::at_the_start;
    if (ends && armed.until_ns < kUntilHeal.ns) schedule({armed.until_ns}, i, &PlanHooks::window_ends);
  }
}

// Before anything else of that moment: a window holds from its first nanosecond.
void PlanHooks::schedule(Duration at, std::uint32_t window, void (PlanHooks::*what)(std::uint32_t)) {
  timers_.push_back(sim_->scheduler().at(
      at.ns, [this, window, what] { (this->*what)(window); }, sim::Priority::kill));
}

void PlanHooks::window_begins(std::uint32_t window) {
  Armed& armed = armed_[window];
  if (!active(armed, sim_->now_ns())) return;
  sim_->trace().say(sim_->now_ns(), 0, [&] { return "begins: " + readable(plan_.windows[window]); });
  if (is_clock(armed.kind)) {
    for (sim::HostId id = 0; id < sim_->host_count(); ++id) {
      if (!armed.hosts.has(id)) continue;
      ++armed.tries;
      ++armed.hits;
    }
    set_clocks(armed.hosts);
    return;
  }
  if (info(armed.kind).acts == Acts::at_the_start) return kill(window);
  for (sim::HostId id = 0; id < sim_->host_count(); ++id) {
    if (!armed.hosts.has(id)) continue;
    sim::Host& host = sim_->host(id);
    ++armed.tries;
    if (host.process() != nullptr) ++armed.hits;
    host.crash(sim_->moment(sim::TraceContext{}, "outage of " + host.name(), id), Duration::max());
  }
}

void PlanHooks::kill(std::uint32_t window) {
  Armed& armed = armed_[window];
  const Fault& fault = plan_.windows[window].fault;
  for (sim::HostId id = 0; id < sim_->host_count(); ++id) {
    if (!armed.hosts.has(id)) continue;
    if (std::holds_alternative<CrashLoop>(fault)) {
      crash_again(window, id, 1);
      continue;
    }
    sim::Host& host = sim_->host(id);
    const auto& together = std::get<HostKill>(fault);
    const sim::Moment moment = sim_->moment(sim::TraceContext{}, "kill of " + host.name(), id);
    ++armed.tries;
    if (host.process() != nullptr) ++armed.hits;
    const Duration after =
        draw(armed, moment, sim::lane("restart"), together.restart_after_min, together.restart_after_max);
    host.crash(moment, restart_for(id, after));
  }
}

// The nth crash of a loop, and a timer for the next. Every crash counts from the one before, so that a host that
// boots slowly, or not at all, cannot keep the loop from its end.
void PlanHooks::crash_again(std::uint32_t window, sim::HostId id, std::int64_t nth) {
  Armed& armed = armed_[window];
  if (!active(armed, sim_->now_ns())) return;
  const auto& loop = std::get<CrashLoop>(plan_.windows[window].fault);
  sim::Host& host = sim_->host(id);
  const sim::Moment moment = sim_->moment(sim::TraceContext{}, "crash loop of " + host.name(), id);
  ++armed.tries;
  if (host.process() != nullptr) ++armed.hits;
  host.crash(moment, restart_for(id, loop.restart_after));
  if (nth >= loop.times) return;
  const Duration up_for = draw(armed, moment, sim::lane("up for"), {1}, loop.up_for_max);
  const Duration next = Duration{sim_->now_ns()} + loop.restart_after + up_for;
  timers_.push_back(sim_->scheduler().at(
      next.ns, [this, window, id, nth] { crash_again(window, id, nth + 1); }, sim::Priority::kill));
}

void PlanHooks::window_ends(std::uint32_t window) {
  const Armed& armed = armed_[window];
  if (is_clock(armed.kind)) return set_clocks(armed.hosts);
  for (sim::HostId id = 0; id < sim_->host_count(); ++id) {
    if (!armed.hosts.has(id)) continue;
    sim::Host& host = sim_->host(id);
    // Another outage may go on.
    if (host.boots() > 0 && restart_for(id, {}) == Duration{}) host.boot();
  }
}

// What all active clock windows together make of these hosts' clocks.
void PlanHooks::set_clocks(const HostSet& hosts) {
  const std::int64_t now = sim_->now_ns();
  for (sim::HostId id = 0; id < sim_->host_count(); ++id) {
    if (!hosts.has(id)) continue;
    sim::ClockSetting setting;
    for (std::size_t i = 0; i < armed_.size(); ++i) {
      const Armed& armed = armed_[i];
      if (!is_clock(armed.kind) || !active(armed, now) || !armed.hosts.has(id)) continue;
      const Fault& fault = plan_.windows[i].fault;
      if (const auto* offset = std::get_if<ClockOffset>(&fault)) setting.offset += offset->by;
      if (const auto* step = std::get_if<ClockStep>(&fault)) setting.offset += step->by;
      if (const auto* drift = std::get_if<ClockDrift>(&fault)) setting.drift_ppb += drift->ppb;
      setting.frozen |= armed.kind == FaultKind::clock_freeze;
    }
    sim_->host(id).set_clock(setting);
  }
}

void PlanHooks::heal(sim::Simulation& simulation) {
  ORDEAL_CHECK(sim_ == &simulation, "heal the simulation that was attached");
  if (healed_) return;
  healed_ = true;
  // A timer left behind would keep a world at rest from being found at rest.
  for (const sim::TimerId timer : timers_) sim_->scheduler().cancel(timer);
  timers_.clear();
  const std::int64_t now = sim_->now_ns();
  HostSet wrong_clocks{false, std::vector<bool>(sim_->host_count())};
  for (std::size_t i = 0; i < armed_.size(); ++i) {
    Armed& armed = armed_[i];
    if (is_clock(armed.kind) && armed.from_ns <= now) {
      for (sim::HostId id = 0; id < sim_->host_count(); ++id)
        wrong_clocks.in[id] = wrong_clocks.in[id] || armed.hosts.has(id);
    }
    if (plan_.windows[i].until != kNever || armed.from_ns > now)
      armed.until_ns = std::min(armed.until_ns, now);
  }
  open_desks();
  set_clocks(wrong_clocks);
  sim_->trace().say(now, 0, [] { return std::string("heal: no fault starts any more"); });
  for (sim::HostId id = 0; id < sim_->host_count(); ++id) {
    if (restart_for(id, {}) == kNever) continue;
    sim::Host& host = sim_->host(id);
    host.thaw();
    if (host.boots() > 0) host.boot();
  }
}

// How long after now a crashed host may come back at the earliest, if it wants to after `after`.
Duration PlanHooks::restart_for(sim::HostId host, Duration after) const {
  if (never_returning_.has(host) || after == kNever) return kNever;
  const std::int64_t now = sim_->now_ns();
  if (after.ns > INT64_MAX - now) return kNever;
  std::int64_t back = now + after.ns;
  for (bool moved = true; moved;) {
    moved = false;
    for (const Armed& armed : armed_) {
      if (armed.kind != FaultKind::host_outage || !armed.hosts.has(host) || !active(armed, back)) continue;
      if (armed.until_ns >= kUntilHeal.ns) return kNever;
      back = armed.until_ns;
      moved = true;
    }
  }
  return {back - now};
}

std::vector<FiredStrike> PlanHooks::fired() const {
  std::vector<FiredStrike> out;
  out.reserve(fired_.size());
  for (const Fired& fired : fired_) {
    const std::string_view what = std::string_view(whats_).substr(fired.what_at, fired.what_size);
    out.push_back({{sim_->causes().site_path(fired.cause, what), fired.key.occurrence, fired.action},
                   fired.window == kNoWindow ? std::string() : plan_.windows[fired.window].id});
  }
  return out;
}

std::vector<FaultReach> PlanHooks::reach() const {
  std::vector<FaultReach> out;
  for (std::size_t i = 0; i < armed_.size(); ++i) {
    const Fault& fault = plan_.windows[i].fault;
    out.push_back(
        {plan_.windows[i].id, kind_of(fault), false, rate_of(fault), armed_[i].tries, armed_[i].hits});
  }
  for (std::size_t i = 0; i < plan_.strikes.size(); ++i) {
    const Strike& strike = plan_.strikes[i];
    out.push_back({strike.site, info(strike.action).like, true, {}, strike_hits_[i], strike_hits_[i]});
  }
  return out;
}

std::vector<Strike> PlanHooks::unmatched() const {
  std::vector<Strike> out;
  for (std::size_t i = 0; i < plan_.strikes.size(); ++i) {
    if (strike_hits_[i] == 0) out.push_back(plan_.strikes[i]);
  }
  return out;
}

}  // namespace ordeal::faults
