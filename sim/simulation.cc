#include "sim/simulation.h"

#include <algorithm>

#include "core/base/check.h"
#include "sim/process.h"

namespace ordeal::sim {
namespace {

std::string_view name_of(Stepping::Where where) {
  switch (where) {
    case Stepping::Where::before_commit:
      return "before commit ";
    case Stepping::Where::after_commit:
      return "after commit ";
    case Stepping::Where::before_send:
      return "before send ";
    case Stepping::Where::after_send:
      return "after send ";
    case Stepping::Where::before_handle:
      return "before handling ";
  }
  return "";
}

}  // namespace

Simulation::Simulation(FiberPool& pool, const Options& options, Hooks* hooks)
    : options_(options),
      hooks_(hooks),
      scheduler_(pool, options.ordering, options.seed),
      choices_(options.seed),
      trace_(options.trace),
      network_(*this) {
  scheduler_.record_in(trace_);
  trace_.ask_for_causes([this] { return causes_.path(cause()); });
}

Simulation::~Simulation() {
  for (const auto& host : hosts_) host->abandon();
  scheduler_.kill_all();
}

Host& Simulation::add_host(std::string name) {
  const auto id = static_cast<HostId>(hosts_.size());
  ORDEAL_CHECK(find_host(name) == nullptr, "two hosts named " + name);
  host_names_.emplace(name, id);
  hosts_.push_back(std::make_unique<Host>(*this, id, std::move(name)));
  return *hosts_.back();
}

Host* Simulation::find_host(std::string_view name) {
  const auto found = host_names_.find(name);
  return found == host_names_.end() ? nullptr : hosts_[found->second].get();
}

void Simulation::publish_service(std::string name, HostId host) {
  auto& instances = services_[std::move(name)];
  if (std::find(instances.begin(), instances.end(), host) == instances.end()) instances.push_back(host);
}

std::span<const HostId> Simulation::instances_of(std::string_view name) const {
  if (const auto service = services_.find(name); service != services_.end()) return service->second;
  if (const auto host = host_names_.find(name); host != host_names_.end()) return {&host->second, 1};
  return {};
}

const HostId* Simulation::find_service(std::string_view name) const {
  const auto instances = instances_of(name);
  return instances.empty() ? nullptr : &instances.front();
}

std::string_view Simulation::intern(std::string_view name) {
  if (const auto found = known_names_.find(name); found != known_names_.end()) return found->second;
  const std::string_view kept = names_.emplace_back(name);
  known_names_.emplace(kept, kept);
  return kept;
}

void Simulation::step(Host& host, Stepping::Where where, std::string_view what) {
  if (hooks_ == nullptr || !hooks_->hears_step(now_ns(), where)) return;
  const Words site(name_of(where), what);
  const Moment here = moment(site, host.id());
  const StepVerdict verdict = hooks_->stepping(here, {where});
  if (verdict.act == StepVerdict::Act::crash) {
    host.crash(here, verdict.for_how_long, verdict.storage);
    scheduler_.check_not_killed();
  } else if (verdict.act == StepVerdict::Act::slow) {
    const Fiber* self = scheduler_.current();
    if (self != nullptr && self->no_suspend == 0)
      scheduler_.sleep(verdict.for_how_long.ns, "a slow processor");
  } else if (verdict.act == StepVerdict::Act::freeze) {
    host.freeze(here, verdict.for_how_long);
    const Fiber* self = scheduler_.current();
    if (self != nullptr && self->host == &host && self->no_suspend == 0)
      scheduler_.sleep(0, "the end of a freeze");
  }
}

std::size_t Simulation::fork(Host& host, std::string_view what, std::span<const std::string_view> ways) {
  if (hooks_ == nullptr || !hooks_->hears_fork(now_ns(), what)) return 0;
  const std::size_t way = hooks_->fork(moment(what, host.id()), {ways});
  ORDEAL_CHECK(way < ways.size());
  return way;
}

void Simulation::emit(const env::Message& fact, HostId host, TraceContext cause) {
  trace_.add(EventKind::fact, now_ns(), host, site_of(cause, fact.type().name), fact.digest(),
             [&] { return std::string(fact.type().name) + " " + fact.to_json(); });
  for (const auto& watcher : watchers_) watcher({fact, now_ns(), host, cause});
}

void Simulation::keep(HostId host, TraceContext cause, Told line) {
  line.at_ns = now_ns();
  line.host = host;
  line.root = causes_.root_name(cause);
  tale_.tell(std::move(line));
}

void Simulation::mark(std::string_view name) {
  auto found = marks_.find(name);
  if (found == marks_.end()) found = marks_.emplace(std::string(name), 0).first;
  ++found->second;
  trace_.add(EventKind::mark, now_ns(), 0, {digest_of(name)}, found->second,
             [&] { return std::string(name); });
}

}  // namespace ordeal::sim
