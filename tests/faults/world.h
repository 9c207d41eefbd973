// A client that calls an echo server once a second, a third host beside them, and a fault plan over it: the
// smallest world in which every kind of fault can strike. Each call is a root of its own ("call-7").
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "faults/inject/plan_hooks.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::faults {

using namespace ordeal::literals;

struct Outcome {
  std::optional<env::RpcError> error;
  Duration took{};
};

class World {
 public:
  explicit World(Plan plan, std::uint64_t seed = 1, int calls = 50, Duration deadline = 900_ms,
                 std::vector<std::string> open_paths = {})
      : hooks(std::move(plan)), deadline_(deadline), calls_(calls) {
    sim::Options options;
    options.seed = seed;
    options.trace = sim::Trace::Mode::full;
    options.open_paths = open_paths;
    sim.emplace(pool, options, &hooks);
    sim::Host& server = sim->add_host("server");
    sim::Host& client = sim->add_host("client");
    sim::Host& other = sim->add_host("other");
    server.install([this](sim::Process& p) {
      p.env().http.serve("/echo", [this](const std::string& body) {
        int number = -1;  // of a damaged text
        const auto read = std::from_chars(body.data(), body.data() + body.size(), number);
        served.push_back(read.ec == std::errc{} && read.ptr == body.data() + body.size() ? number : -1);
        return env::HttpResponse{200, body};
      });
    });
    client.install([this](sim::Process& p) { p.env().tasks.spawn("calls", [this, &p] { call(p.env()); }); });
    other.install([](sim::Process&) {});
    for (sim::HostId id = 0; id < sim->host_count(); ++id) sim->host(id).boot();
    hooks.attach(*sim);
  }

  // Storm until the plan's heal_at, then heal, then `settle` more.
  World& run(Duration settle = 10_min) {
    storm();
    hooks.heal(*sim);
    sim->scheduler().run_until((hooks.plan().heal_at + settle).ns);
    return *this;
  }
  World& storm() {
    const std::int64_t end = hooks.plan().heal_at.ns;
    sim->scheduler().run_until(end);
    sim->scheduler().advance_to(end);
    return *this;
  }

  sim::Host& host(std::string_view name) { return *sim->find_host(name); }
  sim::Moment moment(std::string_view what, std::string_view on = "server") {
    return sim->moment(sim::TraceContext{}, sim->intern(what), host(on).id());
  }
  std::size_t failed() const {
    std::size_t n = 0;
    for (const Outcome& outcome : outcomes) n += outcome.error ? 1 : 0;
    return n;
  }
  bool traced(sim::EventKind kind, std::string_view words) const {
    for (const sim::TraceRecord& record : sim->trace().records()) {
      if (record.kind == kind && record.text.find(words) != std::string::npos) return true;
    }
    return false;
  }
  FaultReach reach_of(std::string_view name) const {
    for (const FaultReach& row : hooks.reach()) {
      if (row.name == name) return row;
    }
    return {};
  }

  sim::FiberPool pool;
  PlanHooks hooks;
  mutable std::optional<sim::Simulation> sim;
  std::vector<Outcome> outcomes;
  std::vector<int> served;  // the number of the call, each time the server handles it

 private:
  void call(env::Env& env) {
    while (next_ < calls_) {
      const int number = next_++;
      {
        const env::TraceScope scope(env.tasks, env.tasks.root("call-" + std::to_string(number)));
        const std::int64_t start = sim->now_ns();
        auto answer = env.http.post("https://server/echo", std::to_string(number), deadline_);
        outcomes.push_back({answer ? std::nullopt : std::optional(answer.error()), {sim->now_ns() - start}});
      }
      env.tasks.sleep(1_s);
    }
  }

  Duration deadline_;
  int calls_;
  int next_ = 0;
};

inline Plan plan_of(std::vector<Window> windows, Duration heal_at = 2_min) {
  return {std::move(windows), {}, heal_at, {}};
}

}  // namespace ordeal::faults
