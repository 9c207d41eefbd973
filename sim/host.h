// A simulated machine: its clocks, its life (up, down, frozen), the process that runs on it and the devices
// whose contents outlive the process. Parties outside the trade system are hosts too: they have clocks and a
// place in the network.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "sim/hooks.h"
#include "sim/scheduler.h"

namespace ordeal::sim {

class Process;
class Simulation;

// What a clock fault sets. Wall time = true time + offset + drift; the monotonic clock only drifts.
struct ClockSetting {
  Duration offset{};
  std::int64_t drift_ppb = 0;  // parts per billion; 50'000 is a poor quartz
  bool frozen = false;         // the wall clock stands still
};

// A device notices when its host loses power. `moment` names the crash for choices about what survives.
class Device {
 public:
  virtual ~Device() = default;
  virtual void power_lost(const Moment& moment) = 0;
  // After a power loss: somebody took the storage out and put another in.
  virtual void replaced(Storage /*by*/) {}
};

class Host {
 public:
  // Runs on a fiber at each boot: builds services, opens databases, serves. When it returns, the host is up.
  using Program = std::function<void(Process&)>;
  // A process that cannot go on (its storage failed) dies, and its supervisor starts it again after this long.
  static constexpr Duration kSupervisorDelay{1'000'000'000};

  Host(Simulation& simulation, HostId id, std::string name);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  HostId id() const { return id_; }
  const std::string& name() const { return name_; }
  Simulation& simulation() { return simulation_; }

  void install(Program program) { program_ = std::move(program); }
  void attach(std::shared_ptr<Device> device) { devices_.push_back(std::move(device)); }

  bool is_up() const { return up_; }
  bool is_frozen() const { return frozen_; }
  // Grows with every boot: handles of an older life are dead.
  std::uint32_t life() const { return life_; }
  Process* process() { return process_.get(); }

  void boot();
  // Power loss: memory is gone, devices decide what survives, every fiber is unwound. The caller, if it runs
  // here, is killed at its next suspension point. Restarts after `restart_after` of true time unless that is
  // Duration::max().
  void crash(const Moment& moment, Duration restart_after, Storage storage = Storage::same);
  void freeze(const Moment& moment, Duration how_long);
  void thaw();
  // The end of the trial: the process goes without touching anything durable.
  void abandon();

  // --- clocks ---
  Instant wall_now() const;
  Duration monotonic_now() const;
  // How much true time passes while this host's monotonic clock counts `local`.
  std::int64_t true_ns(Duration local) const;
  const ClockSetting& clock() const { return clock_; }
  void set_clock(ClockSetting setting);

  // --- used by the scheduler and the process ---
  void defer(WakeToken token) { deferred_.push_back(token); }
  void fiber_started(Fiber& fiber);
  void fiber_ended(Fiber& fiber);
  std::uint64_t boots() const { return boots_; }

 private:
  void run_program();
  void bury();  // the last fiber of a dead process is gone
  std::int64_t drifted(std::int64_t true_ns) const;

  Simulation& simulation_;
  HostId id_;
  std::string name_;
  Program program_;
  std::vector<std::shared_ptr<Device>> devices_;
  std::unique_ptr<Process> process_;

  bool up_ = false;
  bool frozen_ = false;
  bool dying_ = false;
  bool restart_wanted_ = false;
  std::uint32_t life_ = 0;
  std::uint64_t boots_ = 0;
  Duration boot_delay_{};  // after the last boot that failed
  std::vector<Fiber*> fibers_;
  std::vector<WakeToken> deferred_;

  ClockSetting clock_;
  std::int64_t clock_set_at_ns_ = 0;  // true time of the last set_clock
  std::int64_t wall_base_ns_ = 0;     // wall time then
  std::int64_t mono_base_ns_ = 0;     // monotonic time then
};

}  // namespace ordeal::sim
