// One simulated world: scheduler, choices, causes, network, hosts, trace. Everything is passed in; two
// simulations can live in one process. Resources that are costly to make (fiber stacks) come from outside and
// outlive it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tsl/robin_map.h>

#include "core/base/digest.h"
#include "core/env/message.h"
#include "sim/cause.h"
#include "sim/choice.h"
#include "sim/counters.h"
#include "sim/finding.h"
#include "sim/hooks.h"
#include "sim/host.h"
#include "sim/network.h"
#include "sim/routing.h"
#include "sim/scheduler.h"
#include "sim/tale.h"
#include "sim/trace.h"
#include "sim/words.h"

namespace ordeal::sim {

struct Options {
  std::uint64_t seed = 1;
  Instant start{1'767'225'600'000'000'000};  // true time at the beginning: 2026-01-01T00:00:00Z
  Trace::Mode trace = Trace::Mode::hash_only;
  // A link inside one data centre: 0.1 to 1 ms, one packet in a hundred up to 20 ms.
  DelayModel link{{100'000}, {1'000'000}, {1, 100}, {20'000'000}};
  // The share of messages that go through JSON and back on their way, to prove that every wire type survives
  // it.
  Ratio through_json = {1, 64};
  // Beginnings of Http paths whose text travels bare between a border proxy, where its encryption ends, and the
  // application: damage there is not found by any transport.
  std::vector<std::string> open_paths{};
  Ordering ordering = Ordering::fifo;
  // How callers choose among the instances of a service.
  Routing route = Routing::keyed;
};

// What a monitor sees: a durable business event, or an event of the outside world.
struct Fact {
  const env::Message& body;
  std::int64_t at_ns;
  HostId host;
  TraceContext cause;
};

class Simulation {
 public:
  Simulation(FiberPool& pool, const Options& options, Hooks* hooks = nullptr);
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  const Options& options() const { return options_; }
  Scheduler& scheduler() { return scheduler_; }
  Choices& choices() { return choices_; }
  Causes& causes() { return causes_; }
  Trace& trace() { return trace_; }
  Network& network() { return network_; }
  Tale& tale() { return tale_; }
  Counters& counters() { return counters_; }

  std::int64_t now_ns() const { return scheduler_.now_ns(); }
  Instant true_now() const { return options_.start + Duration{now_ns()}; }

  // --- hosts and names ---
  Host& add_host(std::string name);
  Host& host(HostId id) { return *hosts_[id]; }
  std::size_t host_count() const { return hosts_.size(); }
  Host* find_host(std::string_view name);
  // `host` runs an instance of service `name`; several hosts may. A host's own name is known without it, unless a
  // service is called the same.
  void publish_service(std::string name, HostId host);
  // Who runs the service, in the order of publishing; empty when nobody does.
  std::span<const HostId> instances_of(std::string_view name) const;
  // The first instance, or null.
  const HostId* find_service(std::string_view name) const;
  // A name that lives as long as the simulation.
  std::string_view intern(std::string_view name);

  // --- asking the hooks ---
  // Null means no faults at all: nothing is asked.
  Hooks* hooks() { return hooks_; }
  // The cause of whatever runs now.
  TraceContext cause() const {
    const Fiber* fiber = scheduler_.current();
    return fiber == nullptr ? TraceContext{} : fiber->cause;
  }
  Moment moment(std::string_view what, HostId host) { return moment(cause(), what, host); }
  Moment moment(TraceContext cause, std::string_view what, HostId host) {
    return {choices_.next(site_of(cause, what)), cause, what, host, now_ns()};
  }
  // `host` takes a step at which it may crash or freeze; its site is the name of `where` before `what`
  // ("before commit order.place"). Throws Killed when that killed the running fiber.
  void step(Host& host, Stepping::Where where, std::string_view what);
  // The way taken at a fork with named ways; way 0 unless a fault says otherwise.
  std::size_t fork(Host& host, std::string_view what, std::span<const std::string_view> ways);

  // --- what happens ---
  void emit(const env::Message& fact, HostId host, TraceContext cause);
  void on_fact(std::function<void(const Fact&)> watcher) { watchers_.push_back(std::move(watcher)); }
  void mark(std::string_view name);
  // Somebody on `host` did or saw something that is no fact, and people should hear of it. `words()` returns a Told with
  // its text and what it is about; it runs only for a full trace.
  template <class Words>
  void tell(HostId host, Words&& words) {
    if (trace_.full()) keep(host, cause(), words());
  }
  // The same for a fact, under the fact's cause.
  void tell(const Fact& fact, Told words) { keep(fact.host, fact.cause, std::move(words)); }
  const std::map<std::string, std::uint64_t, std::less<>>& marks() const { return marks_; }
  void report(Finding finding) { findings_.push_back(std::move(finding)); }
  const std::vector<Finding>& findings() const { return findings_; }

 private:
  // Looked up for every call.
  struct OfText {
    std::size_t operator()(std::string_view text) const { return digest_of(text); }
  };
  struct SameText {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const { return a == b; }
  };

  void keep(HostId host, TraceContext cause, Told line);

  Options options_;
  Hooks* hooks_;
  Scheduler scheduler_;
  Choices choices_;
  Causes causes_;
  Trace trace_;
  Network network_;
  std::vector<std::unique_ptr<Host>> hosts_;
  std::map<std::string, HostId, std::less<>> host_names_;
  tsl::robin_map<std::string, std::vector<HostId>, OfText, SameText> services_;
  std::map<std::string, std::uint64_t, std::less<>> marks_;
  std::deque<std::string> names_;
  tsl::robin_map<std::string_view, std::string_view, OfText, SameText> known_names_;
  std::vector<std::function<void(const Fact&)>> watchers_;
  std::vector<Finding> findings_;
  Tale tale_;
  Counters counters_;
};

}  // namespace ordeal::sim
