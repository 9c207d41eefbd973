#include "scenarios/duties/disk_history.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "faults/inject/plan_hooks.h"
#include "scenarios/duties/small_history.h"
#include "sim/disk/audit_connection.h"
#include "sim/disk/disk.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::duties {
namespace {

constexpr int kTries = 3;
constexpr const char* kName = "shop.db";
constexpr Duration kRestart{1'000'000'000};
// Long enough for every retry of a boot that fails now and then; a database that never opens ends here.
constexpr std::int64_t kEndNs = 1'000'000'000'000;

// The strike's answers, and the power loss that is counted from it.
class Script final : public sim::Hooks {
 public:
  Script(sim::Hooks& strike, const faults::PlanHooks& fired, bool has_strike, const PowerLoss& power)
      : strike_(strike), fired_(fired), has_strike_(has_strike), power_(power) {}

  sim::DiskVerdict disk(const sim::Moment& moment, const sim::DiskOp& op) override {
    const bool counting = !gone_ && power_.when == PowerLoss::When::after_ops && (!has_strike_ || struck());
    sim::DiskVerdict verdict = strike_.disk(moment, op);
    if (counting && ops_++ == power_.ops) {
      gone_ = true;
      return {.act = sim::DiskVerdict::Act::crash_before, .restart_after = kRestart};
    }
    return verdict;
  }
  sim::SectorVerdict unsynced_sector(const sim::Moment&, const sim::UnsyncedSector& at) override {
    using Act = sim::SectorVerdict::Act;
    constexpr std::uint32_t kTornAfter = 200;
    switch (power_.unsynced) {
      case PowerLoss::Unsynced::lost:
        return {Act::lost, 0};
      case PowerLoss::Unsynced::kept:
        return {Act::kept, 0};
      case PowerLoss::Unsynced::every_other_sector:
        return {(at.write + at.sector) % 2 == 0 ? Act::kept : Act::lost, 0};
      case PowerLoss::Unsynced::torn:
        return {Act::torn, kTornAfter};
    }
    return {};
  }
  bool name_survives(const sim::Moment&, const sim::UnsyncedName&) override { return power_.names_kept; }

  bool struck() const { return fired_.fired_count() > 0; }
  // Once: true when the power goes now.
  bool goes_at(PowerLoss::When when) {
    if (gone_ || power_.when != when) return false;
    gone_ = true;
    return true;
  }

 private:
  sim::Hooks& strike_;
  const faults::PlanHooks& fired_;
  bool has_strike_;
  const PowerLoss& power_;
  std::uint32_t ops_ = 0;
  bool gone_ = false;
};

}  // namespace

// What the caller saw over all lives.
struct DiskHistory::Life {
  int acknowledged = 0;
  bool lost = false;
  bool wrong = false;
  bool refused = false;  // gave up
  bool done = false;
};

class DiskHistory::Caller {
 public:
  Caller(const DiskHistory& history, Life& life, Script* script)
      : history_(history), life_(life), script_(script) {}

  void run(sim::Process& process, sim::Disk& disk) {
    const auto database = sim::Database::open(process, disk, history_.options());
    for (int errors = 0; errors < kTries;) {
      const int next = look([&] { return env::in_read(*database, "state", history_state); });
      if (next > kHistoryTransactions) {
        life_.done = true;
        if (script_ != nullptr && script_->goes_at(PowerLoss::When::at_end)) lose_power(process);
        return;
      }
      if (next < 0 || !try_one(*database, next)) ++errors;
      const bool struck = script_ != nullptr && script_->struck();
      if (struck && script_->goes_at(PowerLoss::When::after_transaction)) lose_power(process);
    }
    life_.refused = true;
  }

  // Holds a state against those that may be; the number of the next transaction, or -1 after an error.
  template <class Read>
  int look(Read&& read) {
    std::string state;
    try {
      state = read();
    } catch (const env::DatabaseError&) {
      return -1;
    }
    const auto& states = history_.states_;
    const auto found = std::find(states.begin(), states.end(), state);
    if (found == states.end()) {
      life_.wrong = true;
      return kHistoryTransactions + 1;
    }
    const int holds = static_cast<int>(found - states.begin());
    if (holds < life_.acknowledged) life_.lost = true;
    life_.acknowledged = holds;
    return holds + 1;
  }

 private:
  bool try_one(env::Database& database, int number) {
    try {
      history_transaction(database, number);
    } catch (const env::DatabaseError&) {
      return false;
    }
    life_.acknowledged = number;
    return true;
  }

  static void lose_power(sim::Process& process) {
    sim::Simulation& simulation = process.simulation();
    process.host().crash(simulation.moment("power loss", process.host().id()), kRestart);
    simulation.scheduler().check_not_killed();
  }

  const DiskHistory& history_;
  Life& life_;
  Script* script_;
};

DiskHistory::DiskHistory(const DiskSetting& setting)
    : setting_(setting), image_(history_image(setting.journal)) {
  faults::SiteList list;
  sim::Simulation simulation(pool_, {}, &list);
  list.attach(simulation);
  sim::Host& host = simulation.add_host("shop");
  sim::Disk& disk = sim::Disk::attach_to(host);
  image_.clone_onto(disk, kName);
  std::vector<std::string> states;
  host.install([&](sim::Process& process) {
    // As the caller does it: a read before each transaction, and one at the end.
    const auto database = sim::Database::open(process, disk, options());
    for (int number = 1; number <= kHistoryTransactions + 1; ++number) {
      states.push_back(env::in_read(*database, "state", history_state));
      if (number <= kHistoryTransactions) history_transaction(*database, number);
    }
  });
  host.boot();
  simulation.scheduler().run_until(kEndNs);
  states_ = std::move(states);
  sites_ = list.asked();
  std::erase_if(sites_, [](const auto& site) { return site.question != faults::Question::disk; });
  ORDEAL_CHECK(states_.size() == kHistoryTransactions + 1);
}

DiskHistory::~DiskHistory() = default;

sim::DatabaseOptions DiskHistory::options() const {
  return history_options(kName, setting_.journal, setting_.synchronous);
}

DiskRun DiskHistory::play(const faults::Strike* strike, const PowerLoss& power) {
  faults::Plan plan;
  plan.heal_at = Duration{kEndNs};
  if (strike != nullptr) plan.strikes.push_back(*strike);
  faults::PlanHooks hooks(std::move(plan));
  Script script(hooks, hooks, strike != nullptr, power);
  sim::Simulation simulation(pool_, {}, &script);
  sim::Host& host = simulation.add_host("shop");
  sim::Disk& disk = sim::Disk::attach_to(host);
  image_.clone_onto(disk, kName);
  hooks.attach(simulation);
  Life life;
  Caller caller(*this, life, &script);
  host.install([&](sim::Process& process) { caller.run(process, disk); });
  host.boot();

  DiskRun run;
  bool detected = false;
  try {
    simulation.scheduler().run_until(kEndNs);
    sim::AuditConnection audit(disk, kName, setting_.journal);
    caller.look([&] { return history_state(audit); });
    const std::string integrity = audit.integrity();
    detected = !disk.damage().found.empty() || !audit.damage().found.empty();
    if (integrity != "ok" && !detected) life.wrong = true;
  } catch (const env::DatabaseError&) {
    detected = true;
  } catch (const CheckFailed&) {
    // A row that must be there is not: nobody was told, and nobody can go on.
    life.wrong = true;
  }
  run.struck = script.struck();
  if (life.wrong) {
    run.outcome = DiskOutcome::wrong;
  } else if (life.lost) {
    run.outcome = DiskOutcome::lost_tail;
  } else if (detected || life.refused || !life.done) {
    run.outcome = DiskOutcome::detected;
  }
  return run;
}

}  // namespace ordeal::duties
