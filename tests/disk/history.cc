#include "tests/disk/history.h"

#include <algorithm>

#include "scenarios/duties/small_history.h"
#include "sim/disk/audit_connection.h"

namespace ordeal::sim {
namespace {

constexpr std::int64_t kRestartNs = 1'000'000'000;

// Counts I/Os and answers as the plan says.
class PlannedCrash final : public Hooks {
 public:
  explicit PlannedCrash(const CrashPlan& plan) : plan_(plan), ops_(1, 0) {}

  DiskVerdict disk(const Moment&, const DiskOp& op) override {
    const std::uint32_t index = ops_.back()++;
    DiskVerdict verdict;
    if (plan_.syncs_lie && (op.kind == DiskOp::Kind::sync || op.kind == DiskOp::Kind::sync_directory)) {
      verdict.act = DiskVerdict::Act::lie;
    }
    if (life_ < plan_.crashes.size() && plan_.crashes[life_].at_op == index) {
      const bool after = plan_.crashes[life_].after;
      verdict.act = after ? DiskVerdict::Act::crash_after : DiskVerdict::Act::crash_before;
      verdict.restart_after = {kRestartNs};
      ++life_;
      ops_.push_back(0);
      pending_.clear();
      names_pending_ = false;
    }
    return verdict;
  }

  SectorVerdict unsynced_sector(const Moment&, const UnsyncedSector& at) override {
    using Kind = Outcome::Kind;
    using Act = SectorVerdict::Act;
    pending_.push_back({std::string(at.file), at.write, at.sector});
    if (life_ < plan_.crashes.size()) return {Act::kept, 0};
    const Outcome& out = plan_.outcome;
    const bool my_write = at.file == out.file && at.write == out.write;
    const bool my_sector = my_write && at.sector == out.sector;
    switch (out.kind) {
      case Kind::nothing:
        return {Act::lost, 0};
      case Kind::everything:
        return {Act::kept, 0};
      case Kind::one_write_kept:
        return {my_write ? Act::kept : Act::lost, 0};
      case Kind::one_write_lost:
        return {my_write ? Act::lost : Act::kept, 0};
      case Kind::one_torn_of_lost:
        return {my_sector ? Act::torn : Act::lost, out.torn_bytes};
      case Kind::one_torn_of_kept:
        return {my_sector ? Act::torn : Act::kept, out.torn_bytes};
    }
    return {};
  }

  bool name_survives(const Moment&, const UnsyncedName&) override {
    names_pending_ = true;
    return life_ < plan_.crashes.size() || plan_.outcome.names_survive;
  }

  const CrashPlan& plan_;
  std::size_t life_ = 0;
  std::vector<std::uint32_t> ops_;
  std::vector<PendingSector> pending_;
  bool names_pending_ = false;
};

std::string judge(const CrashRun& run) {
  if (run.integrity != "ok") return "integrity: " + run.integrity;
  if (run.holds < 0) return "holds a state that never was";
  if (run.holds < run.acknowledged) return "lost an acknowledged transaction";
  if (run.holds > run.acknowledged + 1) return "holds more than the one in flight";
  std::vector<std::int64_t> expected;
  for (int i = 1; i <= run.holds; ++i) expected.push_back(i);
  if (run.facts != expected) return "facts are not those of the transactions it holds";
  return "";
}

}  // namespace

History::History(JournalMode mode, Synchronous synchronous, DiskOptions disk)
    : image_(duties::history_image(mode)),
      options_(duties::history_options("order.db", mode, synchronous)),
      disk_(disk) {
  World world(pool_, {}, nullptr, disk_);
  image_.clone_onto(world.disk, options_.name);
  world.run([&](Process& process) {
    const auto database = Database::open(process, world.disk, options_);
    states_.push_back(state(*database));
    for (int number = 1; number <= duties::kHistoryTransactions; ++number) {
      transaction(*database, number);
      states_.push_back(state(*database));
    }
  });
}

void History::transaction(env::Database& database, int number) {
  duties::history_transaction(database, number,
                              [&](env::Tx& tx) { tx.fact(env::Message::of(Noted{number})); });
}

std::string History::state(env::Database& database) {
  return env::in_read(database, "state", duties::history_state);
}

CrashRun History::play(const CrashPlan& plan) {
  CrashRun run;
  PlannedCrash hooks(plan);
  World world(pool_, {}, &hooks, disk_);
  image_.clone_onto(world.disk, options_.name);
  world.run([&](Process& process) {
    const auto database = Database::open(process, world.disk, options_);
    if (hooks.life_ == 0) {
      for (int number = 1; number <= duties::kHistoryTransactions; ++number) {
        transaction(*database, number);
        run.acknowledged = number;
      }
    } else {
      const std::string now = state(*database);
      const auto found = std::find(states_.begin(), states_.end(), now);
      run.holds = found == states_.end() ? -1 : static_cast<int>(found - states_.begin());
      run.integrity = AuditConnection(world.disk, options_.name, options_.journal_mode).integrity();
    }
  });
  run.ops = hooks.ops_;
  run.pending = hooks.pending_;
  run.names_pending = hooks.names_pending_;
  run.crashes = static_cast<int>(hooks.life_);
  run.facts = world.facts;
  if (run.crashes > 0) run.wrong = judge(run);
  return run;
}

}  // namespace ordeal::sim
