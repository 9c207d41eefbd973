// Answers for caches and brokers. A kind is asked, and counted, only where the device says that it could happen.
#include <optional>

#include "faults/inject/plan_hooks_ask.h"

namespace ordeal::faults {
namespace {

using sim::lane;

bool may_strike(FaultKind kind, const sim::CacheOp& op) {
  if (kind == FaultKind::cache_failover) return op.has_replica;
  if (kind == FaultKind::cache_evict) return op.evictable;
  return true;
}
bool may_strike(const Action& action, const sim::CacheOp& op) { return may_strike(info(action).like, op); }

bool may_strike(FaultKind kind, const sim::BrokerOp& op) {
  using Kind = sim::BrokerOp::Kind;
  switch (kind) {
    case FaultKind::broker_redeliver:
      return op.kind == Kind::acknowledge;
    case FaultKind::broker_duplicate:
      return op.kind == Kind::store;
    case FaultKind::broker_reorder:
      return op.kind == Kind::deliver;
    case FaultKind::broker_delay:
      return op.kind == Kind::timer;
    case FaultKind::broker_lose_unflushed:
      return op.kind == Kind::store && op.may_lose;
    default:
      return false;
  }
}
bool may_strike(const Action& action, const sim::BrokerOp& op) {
  // Reordering and delays both hold a message.
  if (std::holds_alternative<act::BrokerHold>(action))
    return op.kind == sim::BrokerOp::Kind::deliver || op.kind == sim::BrokerOp::Kind::timer;
  return may_strike(info(action).like, op);
}

}  // namespace

sim::CacheVerdict PlanHooks::cache(const sim::Moment& moment, const sim::CacheOp& question) {
  const Desk& here = desk(Question::cache);
  if (here.closed(moment.at_ns)) return {};
  const auto window = [&](Armed& armed, const Window& w) -> std::optional<Action> {
    if (!armed.hosts.has(moment.host) || !may_strike(armed.kind, question)) return std::nullopt;
    if (!chance(armed, moment)) return std::nullopt;
    if (armed.kind == FaultKind::cache_evict) return act::CacheEvict{};
    const auto restart = [&](const auto& fault) {
      return draw(armed, moment, lane("restart"), fault.restart_after_min, fault.restart_after_max);
    };
    if (const auto* failover = std::get_if<CacheFailover>(&w.fault)) {
      const Duration lag = draw(armed, moment, lane("lag"), {1}, failover->lag_max);
      return act::CacheFailover{lag, restart(*failover)};
    }
    return act::CacheRestartEmpty{restart(std::get<CacheRestartEmpty>(w.fault))};
  };
  const Action* action = nullptr;
  if (here.strikes)
    action = strike(moment, Question::cache, [&](const Action& a) { return may_strike(a, question); });
  if (action == nullptr) action = ask(moment, Question::cache, window);
  if (action == nullptr) return {};
  using Act = sim::CacheVerdict::Act;
  if (const auto* failover = std::get_if<act::CacheFailover>(action))
    return {Act::failover, failover->lag, restart_for(moment.host, failover->restart_after)};
  if (const auto* empty = std::get_if<act::CacheRestartEmpty>(action))
    return {Act::restart_empty, {}, restart_for(moment.host, empty->restart_after)};
  return {Act::evict, {}, {}};
}

sim::BrokerVerdict PlanHooks::broker(const sim::Moment& moment, const sim::BrokerOp& question) {
  const Desk& here = desk(Question::broker);
  if (here.closed(moment.at_ns)) return {};
  const auto window = [&](Armed& armed, const Window& w) -> std::optional<Action> {
    if (!armed.hosts.has(moment.host) || !may_strike(armed.kind, question)) return std::nullopt;
    if (!chance(armed, moment)) return std::nullopt;
    const auto up_to = [&](Duration most) { return draw(armed, moment, lane("after"), {1}, most); };
    switch (armed.kind) {
      case FaultKind::broker_redeliver:
        return act::BrokerRedeliver{up_to(std::get<BrokerRedeliver>(w.fault).after_max)};
      case FaultKind::broker_duplicate:
        return act::BrokerDuplicate{};
      case FaultKind::broker_reorder:
        return act::BrokerHold{up_to(std::get<BrokerReorder>(w.fault).extra_max)};
      case FaultKind::broker_delay:
        return act::BrokerHold{up_to(std::get<BrokerDelay>(w.fault).extra_max)};
      default: {
        const auto& fault = std::get<BrokerLoseUnflushed>(w.fault);
        return act::BrokerCrash{
            draw(armed, moment, lane("restart"), fault.restart_after_min, fault.restart_after_max)};
      }
    }
  };
  const Action* action = nullptr;
  if (here.strikes)
    action = strike(moment, Question::broker, [&](const Action& a) { return may_strike(a, question); });
  if (action == nullptr) action = ask(moment, Question::broker, window);
  if (action == nullptr) return {};
  using Act = sim::BrokerVerdict::Act;
  if (const auto* again = std::get_if<act::BrokerRedeliver>(action)) return {Act::redeliver, again->after};
  if (const auto* hold = std::get_if<act::BrokerHold>(action)) return {Act::hold, hold->after};
  if (const auto* crash = std::get_if<act::BrokerCrash>(action))
    return {Act::crash, restart_for(moment.host, crash->restart_after)};
  return {Act::duplicate, {}};
}

}  // namespace ordeal::faults
