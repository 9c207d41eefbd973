// A shop that sends, two hosts that consume, a broker between them, and a fault plan over all.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "faults/inject/plan_hooks.h"
#include "sim/broker/client.h"
#include "sim/broker/server.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::test {

using namespace ordeal::literals;

struct Note {
  std::string text;
  static const env::MessageType& type() {
    static const env::MessageType kType{
        "note", [](const void* v) { return digest_of(static_cast<const Note*>(v)->text); },
        [](const void* v) { return static_cast<const Note*>(v)->text; }, nullptr};
    return kType;
  }
};

inline env::Outgoing note(std::string key, std::string order = {}, Duration after = {}) {
  return {"paid", std::move(key), std::move(order), env::Message::of(Note{"paid"}), after};
}

class BrokerWorld {
 public:
  using Story = std::function<void(env::Env&)>;
  using Handler = std::function<env::Consumed(const env::Incoming&)>;

  struct Got {
    std::string consumer;
    std::string key;
    std::string id;
    std::string order;
    std::int64_t tries;
    std::int64_t at_ns;
  };

  explicit BrokerWorld(sim::broker::Flush flush = sim::broker::Flush::sync, faults::Plan plan = {},
                       std::uint64_t seed = 1)
      : hooks(std::move(plan)) {
    sim::Options world;
    world.seed = seed;
    sim.emplace(pool, world, &hooks);
    sim::broker::Options options;
    options.flush = flush;
    server = &sim::broker::Server::attach_to(sim->add_host("broker"), options);
    sim->add_host("shop").install([this](sim::Process& process) { boot_shop(process); });
    for (const char* name : {"points-1", "points-2"}) {
      sim->add_host(name).install([this, name](sim::Process& process) { boot_consumer(process, name); });
    }
  }

  // Told once, on the shop's first life.
  void play(Story all) {
    story = std::move(all);
    for (sim::HostId id = 0; id < sim->host_count(); ++id) sim->host(id).boot();
    hooks.attach(*sim);
    sim->scheduler().run_until(hooks.plan().heal_at.ns);
    hooks.heal(*sim);
    sim->scheduler().run_until(INT64_MAX);
  }

  std::size_t times(const std::string& key) const {
    std::size_t n = 0;
    for (const Got& one : got) n += one.key == key ? 1 : 0;
    return n;
  }
  std::vector<std::string> keys() const {
    std::vector<std::string> out;
    for (const Got& one : got) out.push_back(one.key);
    return out;
  }
  sim::Host& host(std::string_view name) { return *sim->find_host(name); }
  void crash(std::string_view name, Duration down_for) {
    host(name).crash(sim->moment("pulled plug", host(name).id()), down_for);
  }

  sim::FiberPool pool;
  faults::PlanHooks hooks;
  std::optional<sim::Simulation> sim;
  sim::broker::Server* server = nullptr;
  Story story;
  env::Subscription subscription{"points", "paid", false, false};
  Handler handler = [](const env::Incoming&) { return env::Consumed::done; };
  std::function<env::HalfOutcome(const env::Incoming&)> on_check = [](const env::Incoming&) {
    return env::HalfOutcome::unknown;
  };
  std::vector<Got> got;
  std::size_t checks = 0;
  bool told = false;
  bool finished = false;

 private:
  void boot_shop(sim::Process& process) {
    sim::broker::Client::connect(process, *server);
    process.env().broker().on_check("shop", [this](const env::Incoming& message) {
      ++checks;
      return on_check(message);
    });
    if (std::exchange(told, true)) return;
    process.env().tasks.spawn("story", [this, &process] {
      const env::TraceScope scope(process.env().tasks, process.env().tasks.root("story"));
      process.env().tasks.sleep(10_ms);  // by then everybody is up
      story(process.env_of("order"));
      finished = true;
    });
  }
  void boot_consumer(sim::Process& process, const char* name) {
    sim::broker::Client::connect(process, *server);
    process.env().broker().subscribe(subscription, [this, name](const env::Incoming& message) {
      got.push_back({name, message.key, message.id, message.order, message.tries, sim->now_ns()});
      return handler(message);
    });
  }
};

inline faults::Plan struck(std::vector<faults::Strike> strikes, Duration heal_at = 1_h) {
  return {{}, std::move(strikes), heal_at, {}};
}
inline faults::Plan windows(std::vector<faults::Window> all, Duration heal_at = 1_h) {
  return {std::move(all), {}, heal_at, {}};
}

}  // namespace ordeal::test
