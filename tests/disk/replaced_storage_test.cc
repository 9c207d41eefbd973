// A host that comes back with another disk: an empty one, or the one of the first day.
#include <array>
#include <set>

#include <gtest/gtest.h>

#include "sim/disk/disk.h"
#include "sim/host.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

// The host has a file from before its first boot; it writes another one, durably, and crashes.
std::set<std::string> names_after(Storage storage) {
  FiberPool pool;
  Simulation sim(pool, {});
  Host& host = sim.add_host("server");
  Disk& disk = Disk::attach_to(host);
  disk.put("image.db", FileImage{});
  host.install([](Process&) {});
  host.boot();
  sim.scheduler().run_until(0);
  sim.scheduler().spawn(&host, "work", {}, [&] {
    Disk::Handle handle;
    EXPECT_EQ(disk.open("own.db", Disk::Open::journal, handle), IoStatus::ok);
    const std::array<std::byte, 4> four{};
    EXPECT_EQ(disk.write(handle, 0, four), IoStatus::ok);
    EXPECT_EQ(disk.sync(handle), IoStatus::ok);
    host.crash(sim.moment("power", host.id()), {1'000'000'000}, storage);
    EXPECT_FALSE(disk.usable(handle)) << "a handle of the old life";
  });
  sim.scheduler().run_until(10'000'000'000);
  EXPECT_TRUE(host.is_up());
  EXPECT_EQ(host.boots(), 2u);
  std::set<std::string> names;
  for (const auto& [name, file] : disk.directory().files()) names.insert(name);
  return names;
}

TEST(ReplacedStorage, ItsOwn) {
  EXPECT_EQ(names_after(Storage::same), (std::set<std::string>{"image.db", "own.db"}));
}

TEST(ReplacedStorage, WipedNothingIsLeft) { EXPECT_EQ(names_after(Storage::wiped), std::set<std::string>{}); }

TEST(ReplacedStorage, SwappedTheFirstDayIsBack) {
  EXPECT_EQ(names_after(Storage::swapped), std::set<std::string>{"image.db"});
}

}  // namespace
}  // namespace ordeal::sim
