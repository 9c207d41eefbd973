// Answers. What windows do to messages is in plan_messages.cc, what happens by the clock in plan_schedule.cc.
#include "faults/inject/plan_hooks.h"

#include <optional>
#include <utility>

#include "core/base/check.h"
#include "faults/inject/plan_hooks_ask.h"
#include "faults/kinds/damage.h"

namespace ordeal::faults {
namespace {

using sim::lane;

// Which desks a fault of this kind can answer at.
bool answers(const Fault& fault, Question question) {
  switch (kind_of(fault)) {
    case FaultKind::message_loss:
    case FaultKind::message_duplicate:
    case FaultKind::message_delay:
    case FaultKind::message_reorder:
    case FaultKind::reply_loss:
    case FaultKind::connection_reset:
    case FaultKind::partition:
    case FaultKind::message_hold:
    case FaultKind::message_tail:
    case FaultKind::message_corruption:
      return question == Question::sending;
    case FaultKind::host_crash: {
      constexpr int kAtDisk = CrashPoints::before_sync | CrashPoints::after_sync;
      const int at = std::get<HostCrash>(fault).at.set;
      return (question == Question::disk && (at & kAtDisk) != 0) ||
             (question == Question::stepping && (at & ~kAtDisk) != 0);
    }
    case FaultKind::host_freeze:
    case FaultKind::host_slow:
    case FaultKind::disk_wiped:
    case FaultKind::disk_swapped:
      return question == Question::stepping;
    case FaultKind::disk_crash_outcome:
      return question == Question::unsynced_sector || question == Question::unsynced_name;
    case FaultKind::disk_stall:
    case FaultKind::disk_fail:
    case FaultKind::disk_full:
    case FaultKind::disk_lie:
    case FaultKind::disk_rot:
    case FaultKind::disk_misdirected_write:
    case FaultKind::disk_lost_write:
    case FaultKind::disk_torn_write:
    case FaultKind::disk_misdirected_read:
    case FaultKind::disk_short_read:
    case FaultKind::disk_bad_sector:
      return question == Question::disk;
    case FaultKind::fork:
      return question == Question::fork;
    case FaultKind::cache_failover:
    case FaultKind::cache_restart_empty:
    case FaultKind::cache_evict:
      return question == Question::cache;
    case FaultKind::broker_redeliver:
    case FaultKind::broker_duplicate:
    case FaultKind::broker_reorder:
    case FaultKind::broker_delay:
    case FaultKind::broker_lose_unflushed:
      return question == Question::broker;
    case FaultKind::host_outage:
    case FaultKind::crash_loop:
    case FaultKind::host_kill:
    case FaultKind::clock_offset:
    case FaultKind::clock_drift:
    case FaultKind::clock_step:
    case FaultKind::clock_freeze:
      return false;
  }
  return false;
}

CrashPoints::Point point_of(sim::Stepping::Where where) {
  switch (where) {
    case sim::Stepping::Where::before_commit:
      return CrashPoints::before_commit;
    case sim::Stepping::Where::after_commit:
      return CrashPoints::after_commit;
    case sim::Stepping::Where::before_send:
      return CrashPoints::before_send;
    case sim::Stepping::Where::after_send:
      return CrashPoints::after_send;
    case sim::Stepping::Where::before_handle:
      return CrashPoints::before_handle;
  }
  return CrashPoints::before_commit;
}

// Kinds whose whole decision is one chance at its rate.
bool may_strike_disk(FaultKind kind, sim::DiskOp::Kind op) {
  using Op = sim::DiskOp::Kind;
  switch (kind) {
    case FaultKind::disk_fail:
      return op == Op::read || op == Op::write || op == Op::sync;
    case FaultKind::disk_full:
      return op == Op::write || op == Op::create;
    case FaultKind::disk_lie:
      return op == Op::sync;
    case FaultKind::host_crash:
      return op == Op::sync;
    case FaultKind::disk_stall:
      return true;
    default:
      return may_damage(kind, op);
  }
}

std::uint64_t digest_of(const Action& action) {
  Digest digest(action.index());
  std::visit(
      [&](const auto& a) {
        a.fields(a, [&](std::string_view, const auto& value) {
          using Value = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, Duration>) {
            digest.add(static_cast<std::uint64_t>(value.ns));
          } else if constexpr (std::is_same_v<Value, std::string>) {
            digest.add(std::string_view(value));
          } else {
            digest.add(static_cast<std::uint64_t>(value));
          }
        });
      },
      action);
  return digest.value();
}

}  // namespace

bool PlanHooks::in_scope(const Armed& armed, sim::HostId from, sim::HostId to) const {
  if (armed.anywhere) return true;
  return armed.from.has(from) && armed.to.has(to) && (armed.hosts.has(from) || armed.hosts.has(to));
}

bool PlanHooks::chance(Armed& armed, const sim::Moment& moment) {
  ++armed.tries;
  return sim_->choices().chance(moment.key, armed.lane, armed.rate);
}

Duration PlanHooks::draw(const Armed& armed, const sim::Moment& moment, sim::Lane what, Duration min,
                         Duration max) const {
  return sim_->choices().between(moment.key, armed.lane ^ what, min, max);
}

const Action& PlanHooks::struck(const sim::Moment& moment, Action action, std::uint32_t window) {
  if (window != kNoWindow) ++armed_[window].hits;
  const auto at = static_cast<std::uint32_t>(whats_.size());
  whats_.append(moment.what);
  fired_.push_back({moment.key, moment.cause, at, static_cast<std::uint32_t>(moment.what.size()), window,
                    std::move(action)});
  const Action& kept = fired_.back().action;
  // The payload says what happened and not who decided it: a strike leaves the same trace as the window it
  // came from.
  sim_->trace().add(sim::EventKind::fault, moment.at_ns, moment.host, moment.key.site, digest_of(kept), [&] {
    const std::string by = window == kNoWindow ? "strike" : plan_.windows[window].id;
    return by + ": " + readable(kept) + " at " + sim_->causes().site_path(moment.cause, moment.what);
  });
  return kept;
}

sim::SendVerdict PlanHooks::sending(const sim::Moment& moment, const sim::Sending& question) {
  const Desk& here = desk(Question::sending);
  if (here.closed(moment.at_ns)) return {};
  const auto window = [&](Armed& armed, const Window& w) { return to_message(armed, w, moment, question); };
  const Action* action = nullptr;
  if (here.strikes) action = strike(moment, Question::sending, [](const Action&) { return true; });
  if (action == nullptr) action = ask(moment, Question::sending, window);
  if (action == nullptr) return {};
  using Act = sim::SendVerdict::Act;
  if (const auto* duplicate = std::get_if<act::Duplicate>(action))
    return {Act::duplicate, {}, duplicate->after};
  if (const auto* delay = std::get_if<act::Delay>(action)) return {Act::pass, delay->extra, {}};
  if (const auto* hold = std::get_if<act::Hold>(action)) return {Act::pass, hold->how_long, {}, true};
  if (std::holds_alternative<act::Corrupt>(*action)) return {Act::corrupt, {}, {}};
  return {std::holds_alternative<act::Reset>(*action) ? Act::reset : Act::drop, {}, {}};
}

sim::StepVerdict PlanHooks::stepping(const sim::Moment& moment, const sim::Stepping& question) {
  const Desk& here = desk(Question::stepping);
  if (here.closed(moment.at_ns)) return {};
  const auto window = [&](Armed& armed, const Window& w) -> std::optional<Action> {
    if (!armed.hosts.has(moment.host)) return std::nullopt;
    if (armed.kind == FaultKind::host_freeze) {
      if (!chance(armed, moment)) return std::nullopt;
      const auto& fault = std::get<HostFreeze>(w.fault);
      return act::Freeze{draw(armed, moment, lane("for"), fault.for_min, fault.for_max)};
    }
    if (armed.kind != FaultKind::host_crash) {
      if (!chance(armed, moment)) return std::nullopt;
      if (const auto* slow = std::get_if<HostSlow>(&w.fault))
        return act::Slow{draw(armed, moment, lane("for"), {1}, slow->extra_max)};
      if (const auto* wiped = std::get_if<DiskWiped>(&w.fault)) return act::CrashWiped{wiped->restart_after};
      return act::CrashSwapped{std::get<DiskSwapped>(w.fault).restart_after};
    }
    const auto& fault = std::get<HostCrash>(w.fault);
    if (!fault.at.has(point_of(question.where)) || !chance(armed, moment)) return std::nullopt;
    return act::Crash{draw(armed, moment, lane("restart"), fault.restart_after_min, fault.restart_after_max)};
  };
  const Action* action = nullptr;
  if (here.strikes) action = strike(moment, Question::stepping, [](const Action&) { return true; });
  if (action == nullptr) action = ask(moment, Question::stepping, window);
  if (action == nullptr) return {};
  if (const auto* freeze = std::get_if<act::Freeze>(action))
    return {sim::StepVerdict::Act::freeze, freeze->how_long};
  if (const auto* slow = std::get_if<act::Slow>(action)) return {sim::StepVerdict::Act::slow, slow->how_long};
  const auto crash = [&](Duration restart_after, sim::Storage storage) -> sim::StepVerdict {
    return {sim::StepVerdict::Act::crash, restart_for(moment.host, restart_after), storage};
  };
  if (const auto* wiped = std::get_if<act::CrashWiped>(action))
    return crash(wiped->restart_after, sim::Storage::wiped);
  if (const auto* swapped = std::get_if<act::CrashSwapped>(action))
    return crash(swapped->restart_after, sim::Storage::swapped);
  return crash(std::get<act::Crash>(*action).restart_after, sim::Storage::same);
}

sim::DiskVerdict PlanHooks::disk(const sim::Moment& moment, const sim::DiskOp& question) {
  const Desk& here = desk(Question::disk);
  if (here.closed(moment.at_ns)) return {};
  const auto window = [&](Armed& armed, const Window& w) -> std::optional<Action> {
    if (!armed.hosts.has(moment.host) || !may_strike_disk(armed.kind, question.kind)) return std::nullopt;
    if (!matches(w.scope.file, question.file)) return std::nullopt;
    if (armed.kind == FaultKind::host_crash) {
      // Two points of one moment: each has its own chance, before first.
      const auto& fault = std::get<HostCrash>(w.fault);
      const auto restart = [&] {
        return draw(armed, moment, lane("restart"), fault.restart_after_min, fault.restart_after_max);
      };
      if (fault.at.has(CrashPoints::before_sync) && chance(armed, moment))
        return act::CrashBeforeDisk{restart()};
      if (!fault.at.has(CrashPoints::after_sync)) return std::nullopt;
      ++armed.tries;
      if (!sim_->choices().chance(moment.key, armed.lane ^ lane("after sync"), armed.rate))
        return std::nullopt;
      return act::CrashAfterDisk{restart()};
    }
    if (!chance(armed, moment)) return std::nullopt;
    if (is_damage(armed.kind)) return damage(w.fault, question, {sim_->choices(), moment.key, armed.lane});
    switch (armed.kind) {
      case FaultKind::disk_fail:
        return act::DiskFail{};
      case FaultKind::disk_full:
        return act::DiskFull{};
      case FaultKind::disk_lie:
        return act::DiskLie{};
      default:
        return act::DiskStall{draw(armed, moment, lane("for"), {1}, std::get<DiskStall>(w.fault).for_max)};
    }
  };
  const Action* action = nullptr;
  if (here.strikes) action = strike(moment, Question::disk, [](const Action&) { return true; });
  if (action == nullptr) action = ask(moment, Question::disk, window);
  if (action == nullptr) return {};
  using Act = sim::DiskVerdict::Act;
  if (const auto* stall = std::get_if<act::DiskStall>(action))
    return {.act = Act::pass, .stall = stall->how_long};
  if (const auto* crash = std::get_if<act::CrashBeforeDisk>(action)) {
    return {.act = Act::crash_before, .restart_after = restart_for(moment.host, crash->restart_after)};
  }
  if (const auto* crash = std::get_if<act::CrashAfterDisk>(action)) {
    return {.act = Act::crash_after, .restart_after = restart_for(moment.host, crash->restart_after)};
  }
  if (std::holds_alternative<act::DiskFull>(*action)) return {.act = Act::full};
  if (is_damage(info(*action).like)) return damage_verdict(*action);
  return {.act = std::holds_alternative<act::DiskLie>(*action) ? Act::lie : Act::fail};
}

sim::SectorVerdict PlanHooks::unsynced_sector(const sim::Moment& moment,
                                              const sim::UnsyncedSector& question) {
  const Desk& here = desk(Question::unsynced_sector);
  if (here.closed(moment.at_ns)) return {};
  const auto is_it = [&](const auto& a) {
    return a.file == question.file && a.write == question.write && a.sector == question.sector;
  };
  const auto window = [&](Armed& armed, const Window& w) -> std::optional<Action> {
    if (!armed.hosts.has(moment.host) || !matches(w.scope.file, question.file)) return std::nullopt;
    const auto& fault = std::get<DiskCrashOutcome>(w.fault);
    // One crash asks about many sectors under one key: each is a lane of its own.
    const auto own = static_cast<sim::Lane>(Digest(armed.lane)
                                                .add(question.file)
                                                .add((std::uint64_t{question.write} << 32) | question.sector)
                                                .value());
    ++armed.tries;
    const sim::Choices& choices = sim_->choices();
    if (choices.chance(moment.key, own, fault.kept)) {
      return act::SectorKept{std::string(question.file), question.write, question.sector};
    }
    // Given that it was not kept: torn / (1 - kept).
    const Ratio torn{fault.torn.num * fault.kept.den, fault.torn.den * (fault.kept.den - fault.kept.num)};
    if (torn.den <= 0 || !choices.chance(moment.key, own ^ lane("torn"), torn)) return std::nullopt;
    constexpr std::uint64_t kSectorBytes = 512;
    const auto bytes =
        static_cast<std::int64_t>(1 + choices.below(moment.key, own ^ lane("bytes"), kSectorBytes - 1));
    return act::SectorTorn{std::string(question.file), question.write, question.sector, bytes};
  };
  const Action* action = nullptr;
  if (here.strikes) {
    action = strike(moment, Question::unsynced_sector, [&](const Action& a) {
      if (const auto* kept = std::get_if<act::SectorKept>(&a)) return is_it(*kept);
      return is_it(std::get<act::SectorTorn>(a));
    });
  }
  if (action == nullptr) action = ask(moment, Question::unsynced_sector, window);
  if (action == nullptr) return {};
  using Act = sim::SectorVerdict::Act;
  if (const auto* torn = std::get_if<act::SectorTorn>(action))
    return {Act::torn, static_cast<std::uint32_t>(torn->bytes)};
  return {Act::kept, 0};
}

bool PlanHooks::name_survives(const sim::Moment& moment, const sim::UnsyncedName& question) {
  const Desk& here = desk(Question::unsynced_name);
  if (here.closed(moment.at_ns)) return false;
  const auto window = [&](Armed& armed, const Window& w) -> std::optional<Action> {
    if (!armed.hosts.has(moment.host) || !matches(w.scope.file, question.file)) return std::nullopt;
    ++armed.tries;
    const auto own = static_cast<sim::Lane>(Digest(armed.lane ^ lane("name")).add(question.file).value());
    if (!sim_->choices().chance(moment.key, own, std::get<DiskCrashOutcome>(w.fault).names_kept))
      return std::nullopt;
    return act::NameKept{std::string(question.file)};
  };
  const Action* action = nullptr;
  if (here.strikes) {
    action = strike(moment, Question::unsynced_name,
                    [&](const Action& a) { return std::get<act::NameKept>(a).file == question.file; });
  }
  if (action == nullptr) action = ask(moment, Question::unsynced_name, window);
  return action != nullptr;
}

std::size_t PlanHooks::fork(const sim::Moment& moment, const sim::Fork& question) {
  const Desk& here = desk(Question::fork);
  if (here.closed(moment.at_ns)) return 0;
  // The number of a way, or 0 for a way this fork does not have: a typing mistake shows up as "never
  // reached".
  const auto number_of = [&](std::string_view way) -> std::size_t {
    for (std::size_t i = 1; i < question.ways.size(); ++i) {
      if (question.ways[i] == way) return i;
    }
    return 0;
  };
  const auto window = [&](Armed& armed, const Window& w) -> std::optional<Action> {
    const auto& fault = std::get<ForkTaken>(w.fault);
    if (!armed.hosts.has(moment.host) || moment.what != fault.fork || number_of(fault.way) == 0)
      return std::nullopt;
    if (!chance(armed, moment)) return std::nullopt;
    return act::Take{fault.way};
  };
  const Action* action = nullptr;
  if (here.strikes) {
    action = strike(moment, Question::fork,
                    [&](const Action& a) { return number_of(std::get<act::Take>(a).way) != 0; });
  }
  if (action == nullptr) action = ask(moment, Question::fork, window);
  return action == nullptr ? 0 : number_of(std::get<act::Take>(*action).way);
}

void PlanHooks::open_desks() {
  for (std::size_t i = 0; i < kQuestions; ++i) {
    Desk& here = desks_[i];
    const auto question = static_cast<Question>(i);
    here = {};
    for (std::size_t w = 0; w < plan_.windows.size(); ++w) {
      if (!answers(plan_.windows[w].fault, question)) continue;
      const Armed& armed = armed_[w];
      if (armed.until_ns <= armed.from_ns) continue;
      here.windows.push_back(static_cast<std::uint32_t>(w));
      here.from_ns = std::min(here.from_ns, armed.from_ns);
      here.until_ns = std::max(here.until_ns, armed.until_ns);
    }
    for (const Strike& strike : plan_.strikes)
      here.strikes |= !healed_ && info(strike.action).question == question;
  }
}

}  // namespace ordeal::faults
