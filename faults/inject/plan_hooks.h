// The injector: answers the devices' questions (sim/hooks.h) from a plan. Strikes first, by exact site and
// occurrence; then the windows in their order, the first that strikes wins; each window draws by key in a
// lane of its own.
//
//   PlanHooks hooks(plan);                                                     // outlives the Simulation
//   trial.build = [&](sim::Simulation& s) { …hosts…; hooks.attach(s); };       // after the hosts are there
//   trial.storm = plan.heal_at;
//   trial.heal  = [&](sim::Simulation& s) { hooks.heal(s); };
//   trial.audit = [&](sim::Simulation& s, bool) { …; fired = hooks.fired(); }; // paths need the Simulation
//   alive hooks.reach(), hooks.unmatched()                                           // any time after
//
// Before attach nothing strikes. One PlanHooks serves one trial. Host names of the plan that nobody answers
// to do not throw: unknown_hosts() lists them, and whoever read the plan from outside refuses it. A question
// no fault of the plan can answer costs a few comparisons.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tsl/robin_map.h>

#include "faults/inject/reach.h"
#include "faults/plan/plan.h"
#include "sim/hooks.h"
#include "sim/scheduler.h"
#include "sim/simulation.h"

namespace ordeal::faults {

// What went wrong in a trial, for those who judge it: what did not is no excuse.
struct Disturbances {
  // A message, a host, a disk, a clock or a device, by strike or by the clock; or a host that stays away.
  bool machine = false;
  bool points = false;             // the program took the less usual of two right ways
  bool repeated_messages = false;  // two answers came of one call, and who asked saw the first
  std::vector<std::string>
      forks;  // of parties, at which another than the ordinary way was taken; each once, sorted
};

class PlanHooks final : public sim::Hooks {
 public:
  explicit PlanHooks(Plan plan);

  const Plan& plan() const { return plan_; }

  // Resolves names and schedules clock windows and outages. Once, after the hosts are added and before time
  // passes.
  void attach(sim::Simulation& simulation);
  // Ends the storm: no window but one that lasts forever strikes any more, clocks are right, nobody is
  // frozen, nothing is held or stalled any longer (until_heal), and every host that was ever up and is down boots, unless the plan says it never returns.
  void heal(sim::Simulation& simulation);

  // Host names in the plan that the simulation does not know.
  const std::vector<std::string>& unknown_hosts() const { return unknown_hosts_; }
  // What fired, in order, as strikes that would do the same. What acts by the clock (acts_by_clock) is not
  // among them: it happens at no site. Call it while the simulation lives.
  std::vector<FiredStrike> fired() const;
  std::size_t fired_count() const { return fired_.size(); }
  Disturbances disturbances() const;
  // Per fault: windows in the plan's order, then strikes.
  std::vector<FaultReach> reach() const;
  // Strikes whose site never came, or asked something the action does not answer.
  std::vector<Strike> unmatched() const;

  sim::SendVerdict sending(const sim::Moment& moment, const sim::Sending& question) override;
  sim::StepVerdict stepping(const sim::Moment& moment, const sim::Stepping& question) override;
  sim::DiskVerdict disk(const sim::Moment& moment, const sim::DiskOp& question) override;
  sim::SectorVerdict unsynced_sector(const sim::Moment& moment, const sim::UnsyncedSector& question) override;
  bool name_survives(const sim::Moment& moment, const sim::UnsyncedName& question) override;
  std::size_t fork(const sim::Moment& moment, const sim::Fork& question) override;
  sim::CacheVerdict cache(const sim::Moment& moment, const sim::CacheOp& question) override;
  sim::BrokerVerdict broker(const sim::Moment& moment, const sim::BrokerOp& question) override;

  bool hears_step(std::int64_t now, sim::Stepping::Where where) const override {
    return at_steps_.hears(now, static_cast<std::size_t>(where));
  }
  bool hears_fork(std::int64_t now, std::string_view what) const override;
  bool hears_disk(std::int64_t now, sim::DiskOp::Kind kind) const override {
    return at_disks_.hears(now, static_cast<std::size_t>(kind));
  }

 private:
  static constexpr std::uint32_t kNoWindow = UINT32_MAX;

  // A set of hosts by id. An empty scope holds everybody, hosts to come included.
  struct HostSet {
    bool everybody = true;
    std::vector<bool> in;
    bool has(sim::HostId host) const { return everybody || (host < in.size() && in[host]); }
  };
  // A window, made ready for asking.
  struct Armed {
    std::int64_t from_ns = 0;
    std::int64_t until_ns = 0;
    FaultKind kind{};
    sim::Lane lane = 0;
    Ratio rate{};
    HostSet hosts, from, to, side;
    bool anywhere = true;  // every HostSet holds everybody
    std::uint64_t tries = 0;
    std::uint64_t hits = 0;
  };
  // The windows that can answer one question, and the stretch outside of which none can.
  struct Desk {
    std::vector<std::uint32_t> windows;
    std::int64_t from_ns = INT64_MAX;
    std::int64_t until_ns = INT64_MIN;
    bool strikes = false;
    bool closed(std::int64_t now) const { return !strikes && (now < from_ns || now >= until_ns); }
  };
  // When the last window ends that can answer a question of one sort. Empty: everybody is heard. Not by host: two instances
  // under one cause visit one site, and whoever strikes there counts the visits of both.
  struct Ears {
    std::size_t sorts;
    std::vector<std::int64_t> until_ns{};
    bool hears(std::int64_t now, std::size_t sort) const {
      return sort >= until_ns.size() || now < until_ns[sort];
    }
  };
  // The windows over one fork, in the plan's order. A trial comes to hundreds of forks, most of which nobody watches.
  struct Signpost {
    std::string_view fork;  // its name, in the plan
    std::int64_t until_ns = INT64_MIN;
    std::vector<std::uint32_t> windows{};
  };
  struct Fired {
    sim::Key key;
    sim::TraceContext cause;
    std::uint32_t what_at;  // in whats_
    std::uint32_t what_size;
    std::uint32_t window;
    Action action;
  };

  Desk& desk(Question question) { return desks_[static_cast<std::size_t>(question)]; }
  void open_desks();
  // `asks(window, sort)`: whether that window looks at questions of that sort.
  template <class Asks>
  void listen(Ears& ears, Question question, Asks&& asks) const;
  void put_up_signposts();
  std::vector<Signpost>::const_iterator signpost(std::string_view fork) const;
  HostSet resolve(const std::vector<std::string>& names);
  void arm(std::size_t index);
  bool in_scope(const Armed& armed, sim::HostId from, sim::HostId to) const;
  bool active(const Armed& armed, std::int64_t now) const {
    return now >= armed.from_ns && now < armed.until_ns;
  }
  bool chance(Armed& armed, const sim::Moment& moment);
  Duration draw(const Armed& armed, const sim::Moment& moment, sim::Lane what, Duration min,
                Duration max) const;

  // The plan's strike for this moment that `fits`, counted as matched; null if there is none.
  template <class Fits>
  const Action* strike(const sim::Moment& moment, Question question, Fits&& fits);
  // Remembers and traces what struck, and hands it back.
  const Action& struck(const sim::Moment& moment, Action action, std::uint32_t window);
  // Asks these windows in order; `answer(armed, window)` gives an action or nothing.
  template <class Answer>
  const Action* ask(const sim::Moment& moment, const std::vector<std::uint32_t>& windows, Answer&& answer);
  // The strike, or else what a window says; null when nothing special happens.
  template <class Fits, class Answer>
  const Action* decide(const sim::Moment& moment, Question question, Fits&& fits, Answer&& answer);

  std::optional<Action> to_message(Armed& armed, const Window& window, const sim::Moment& moment,
                                   const sim::Sending& question);
  std::optional<Action> to_step(Armed& armed, const Window& window, const sim::Moment& moment,
                                const sim::Stepping& question);
  std::optional<Action> to_disk(Armed& armed, const Window& window, const sim::Moment& moment,
                                const sim::DiskOp& question);
  std::optional<Action> to_sector(Armed& armed, const Window& window, const sim::Moment& moment,
                                  const sim::UnsyncedSector& question);
  std::optional<Action> to_cache(Armed& armed, const Window& window, const sim::Moment& moment,
                                 const sim::CacheOp& question);
  std::optional<Action> to_broker(Armed& armed, const Window& window, const sim::Moment& moment,
                                  const sim::BrokerOp& question);
  Duration tail(const Armed& armed, const sim::Moment& moment, const MessageTail& fault) const;

  // Crashes every host in scope and counts; each restarts as the fault says.
  void kill(std::uint32_t window);
  void crash_again(std::uint32_t window, sim::HostId host, std::int64_t nth);

  Duration restart_for(sim::HostId host, Duration after) const;
  // What a fault holds up it holds up until heal at the latest, whatever it says: a world in which a disk still
  // stalls cannot come to rest, and would be blamed for it.
  Duration until_heal(Duration how_long) const;
  void schedule(Duration at, std::uint32_t window, void (PlanHooks::*what)(std::uint32_t));
  void window_begins(std::uint32_t window);
  void window_ends(std::uint32_t window);
  void set_clocks(const HostSet& hosts);

  Plan plan_;
  sim::Simulation* sim_ = nullptr;
  bool healed_ = false;
  std::vector<Armed> armed_;
  Desk desks_[kQuestions];
  Ears at_steps_{sim::Stepping::kPlaces};
  Ears at_disks_{sim::DiskOp::kKinds};
  std::vector<Signpost> signposts_;
  tsl::robin_map<std::uint64_t, std::vector<std::uint32_t>> strikes_at_;  // by site
  std::vector<std::uint64_t> strike_hits_;
  HostSet never_returning_;
  std::vector<sim::TimerId> timers_;
  std::vector<std::string> unknown_hosts_;
  std::vector<Fired> fired_;
  std::string whats_;  // the names of the places that were struck, packed
};

}  // namespace ordeal::faults
