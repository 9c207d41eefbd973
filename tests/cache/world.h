// A shop and a cache on two hosts, and a fault plan over them; a story runs on a fiber of the shop.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "core/cache/lock_scripts.h"
#include "core/cache/scripts.h"
#include "faults/inject/plan_hooks.h"
#include "sim/cache/client.h"
#include "sim/cache/server.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::test {

using namespace ordeal::literals;

class CacheWorld {
 public:
  using Story = std::function<void(env::Env&)>;

  explicit CacheWorld(sim::cache::Options options = {}, faults::Plan plan = {}, std::uint64_t seed = 1)
      : hooks(std::move(plan)) {
    sim::Options world;
    world.seed = seed;
    sim.emplace(pool, world, &hooks);
    options.scripts = cache::all_scripts();
    for (const env::CacheScript& script : cache::lock_scripts()) options.scripts.push_back(script);
    server = &sim::cache::Server::attach_to(sim->add_host("cache"), std::move(options));
    sim->add_host("shop").install([this](sim::Process& process) {
      sim::cache::Client::connect(process);
      for (std::size_t i = 0; i < stories.size(); ++i) {
        process.env().tasks.spawn("story", [this, &process, i] {
          const auto root = process.env().tasks.root("story-" + std::to_string(i + 1));
          const env::TraceScope scope(process.env().tasks, root);
          stories[i](process.env_of("order"));
          ++finished;
        });
      }
    });
  }

  // Plays all stories beside each other, heals at the plan's end and lets the world come to rest.
  void play(std::vector<Story> all) {
    stories = std::move(all);
    sim->find_host("cache")->boot();
    sim->find_host("shop")->boot();
    hooks.attach(*sim);
    sim->scheduler().run_until(hooks.plan().heal_at.ns);
    hooks.heal(*sim);
    sim->scheduler().run_until(INT64_MAX);
  }
  void play(Story story) { play(std::vector<Story>{std::move(story)}); }

  sim::Host& cache_host() { return *sim->find_host("cache"); }
  // Pulls the plug now, for `down_for`.
  void crash(Duration down_for = 1_s) {
    cache_host().crash(sim->moment("pulled plug", cache_host().id()), down_for);
  }

  sim::FiberPool pool;
  faults::PlanHooks hooks;
  std::optional<sim::Simulation> sim;
  sim::cache::Server* server = nullptr;
  std::vector<Story> stories;
  std::size_t finished = 0;
};

inline faults::Plan struck(std::vector<faults::Strike> strikes, Duration heal_at = 1_h) {
  return {{}, std::move(strikes), heal_at, {}};
}
inline faults::Plan windows(std::vector<faults::Window> all, Duration heal_at = 1_h) {
  return {std::move(all), {}, heal_at, {}};
}

}  // namespace ordeal::test
