// A small world for disk tests: one host with a disk, and a fact type to watch. Tests state only what matters
// to them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/env/message.h"
#include "sim/disk/database.h"
#include "sim/disk/database_image.h"
#include "sim/disk/disk.h"
#include "sim/host.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::sim {

// "Transaction number so-and-so is durable."
struct Noted {
  std::int64_t number = 0;
  static const env::MessageType& type() {
    static const env::MessageType kType{
        "test.Noted",
        [](const void* v) { return static_cast<std::uint64_t>(static_cast<const Noted*>(v)->number); },
        [](const void* v) { return std::to_string(static_cast<const Noted*>(v)->number); }, nullptr};
    return kType;
  }
};

// Is told by transactions, and remembers when.
struct Looker final : env::Wakeable {
  void wake(Instant due) override { wakes.push_back(due.ns); }
  std::vector<std::int64_t> wakes;
};

struct World {
  explicit World(FiberPool& pool, Options options = {}, Hooks* hooks = nullptr, DiskOptions disk_options = {})
      : sim(pool, options, hooks), host(sim.add_host("shop")), disk(Disk::attach_to(host, disk_options)) {
    sim.on_fact([this](const Fact& fact) {
      if (const auto* noted = fact.body.get_if<Noted>()) facts.push_back(noted->number);
    });
  }

  // Boots the host with `program` and runs until nothing moves.
  void run(Host::Program program) {
    host.install(std::move(program));
    host.boot();
    sim.scheduler().run_until(INT64_MAX);
  }

  Simulation sim;
  Host& host;
  Disk& disk;
  std::vector<std::int64_t> facts;
};

}  // namespace ordeal::sim
