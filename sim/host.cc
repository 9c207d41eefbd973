#include "sim/host.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/env/database.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

__extension__ using Wide = __int128;
constexpr std::int64_t kBillion = 1'000'000'000;

// A program whose storage fails at boot is started again after Host::kSupervisorDelay, and after twice as long each further time,
// up to the cap of Kubernetes' CrashLoopBackOff.
constexpr Duration kSupervisorDelayMax{300 * kBillion};

}  // namespace

Host::Host(Simulation& simulation, HostId id, std::string name)
    : simulation_(simulation),
      id_(id),
      name_(std::move(name)),
      wall_base_ns_(simulation.options().start.ns) {}

Host::~Host() = default;

void Host::boot() {
  if (dying_) {
    restart_wanted_ = true;
    return;
  }
  if (process_ != nullptr) return;
  process_ = std::make_unique<Process>(*this);
  ++boots_;
  const auto cause = simulation_.causes().root("boot " + name_ + " #" + std::to_string(boots_));
  simulation_.scheduler().spawn(this, "boot", cause, [this] { run_program(); });
}

void Host::run_program() {
  const std::uint32_t life = life_;
  bool storage_failed = false;
  bool damaged = false;
  try {
    if (program_) program_(*process_);
  } catch (const env::DatabaseError& error) {
    storage_failed = true;
    damaged = error.code() == env::DatabaseErrorCode::corrupt;
  }
  simulation_.scheduler().check_not_killed();
  ORDEAL_CHECK(life == life_);
  if (storage_failed) {
    boot_delay_ = std::clamp(boot_delay_ * 2, kSupervisorDelay, kSupervisorDelayMax);
    // Another boot does not mend a damaged database.
    crash(simulation_.moment("boot failed", id_), damaged ? Duration::max() : boot_delay_);
    simulation_.scheduler().check_not_killed();
  }
  boot_delay_ = {};
  up_ = true;
  simulation_.trace().add(EventKind::host_up, simulation_.now_ns(), id_, {}, boots_,
                          [&] { return boots_ == 1 ? name_ + " is up" : name_ + " is up again"; });
}

void Host::crash(const Moment& moment, Duration restart_after, Storage storage) {
  if (process_ == nullptr || dying_) return;
  dying_ = true;
  up_ = frozen_ = false;
  ++life_;
  deferred_.clear();
  simulation_.trace().add(EventKind::host_down, simulation_.now_ns(), id_, moment.key.site,
                          moment.key.occurrence, [&] { return name_ + " goes down"; });
  for (const auto& device : devices_) device->power_lost(moment);
  if (storage != Storage::same) {
    for (const auto& device : devices_) device->replaced(storage);
  }
  Scheduler& scheduler = simulation_.scheduler();
  for (Fiber* fiber : fibers_) scheduler.kill(*fiber);
  if (fibers_.empty())
    scheduler.at(
        scheduler.now_ns(), [this] { bury(); }, Priority::kill);
  if (restart_after != Duration::max()) {
    scheduler.at(
        scheduler.now_ns() + restart_after.ns, [this] { boot(); }, Priority::late);
  }
}

void Host::bury() {
  if (!dying_) return;
  process_.reset();
  dying_ = false;
  if (std::exchange(restart_wanted_, false)) boot();
}

void Host::abandon() {
  ++life_;
  up_ = false;
  dying_ = true;
  restart_wanted_ = false;
}

void Host::freeze(const Moment& moment, Duration how_long) {
  if (process_ == nullptr || dying_ || frozen_) return;
  frozen_ = true;
  Scheduler& scheduler = simulation_.scheduler();
  simulation_.trace().add(EventKind::host_frozen, scheduler.now_ns(), id_, moment.key.site,
                          moment.key.occurrence, [&] { return name_ + " freezes"; });
  if (how_long == Duration::max()) return;
  const std::uint32_t life = life_;
  scheduler.at(scheduler.now_ns() + how_long.ns, [this, life] {
    if (life == life_) thaw();
  });
}

void Host::thaw() {
  if (!frozen_) return;
  frozen_ = false;
  simulation_.trace().add(EventKind::host_thawed, simulation_.now_ns(), id_, {}, 0,
                          [&] { return name_ + " goes on"; });
  for (const WakeToken token : std::exchange(deferred_, {})) simulation_.scheduler().requeue(token);
}

std::int64_t Host::drifted(std::int64_t true_ns) const {
  if (clock_.drift_ppb == 0) return true_ns;
  return true_ns + static_cast<std::int64_t>(Wide{true_ns} * clock_.drift_ppb / kBillion);
}

Instant Host::wall_now() const {
  if (clock_.frozen) return {wall_base_ns_};
  return {wall_base_ns_ + drifted(simulation_.now_ns() - clock_set_at_ns_)};
}

Duration Host::monotonic_now() const {
  return {mono_base_ns_ + drifted(simulation_.now_ns() - clock_set_at_ns_)};
}

std::int64_t Host::true_ns(Duration local) const {
  if (clock_.drift_ppb == 0) return local.ns;
  return static_cast<std::int64_t>(Wide{local.ns} * kBillion / (kBillion + clock_.drift_ppb));
}

void Host::set_clock(ClockSetting setting) {
  mono_base_ns_ = monotonic_now().ns;
  wall_base_ns_ = (simulation_.true_now() + setting.offset).ns;
  clock_set_at_ns_ = simulation_.now_ns();
  clock_ = setting;
  simulation_.trace().add(EventKind::clock_set, simulation_.now_ns(), id_, {},
                          Digest(static_cast<std::uint64_t>(setting.offset.ns))
                              .add(static_cast<std::uint64_t>(setting.drift_ppb))
                              .value(),
                          [&] { return name_ + "'s clock changes"; });
}

void Host::fiber_started(Fiber& fiber) {
  fiber.host_slot = static_cast<std::uint32_t>(fibers_.size());
  fibers_.push_back(&fiber);
}

void Host::fiber_ended(Fiber& fiber) {
  Fiber* const last = fibers_.back();
  fibers_[fiber.host_slot] = last;
  last->host_slot = fiber.host_slot;
  fibers_.pop_back();
  if (dying_ && fibers_.empty()) bury();
}

}  // namespace ordeal::sim
