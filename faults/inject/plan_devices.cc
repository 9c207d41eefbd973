// Answers for caches and brokers. A kind is asked, and counted, only where the device says that it could happen.
#include <optional>

#include "faults/inject/plan_hooks_ask.h"

namespace ordeal::faults {
namespace {

using sim::lane;

bool can_strike(FaultKind kind, const sim::CacheOp& op) {
  const Need need = info(kind).need;
  return (need != Need::replica || op.has_replica) && (need != Need::eviction || op.evictable);
}
bool can_strike(FaultKind kind, const sim::BrokerOp& op) {
  const KindInfo& row = info(kind);
  return row.operations.has(op.kind) && (row.need != Need::asynchronous_flush || op.may_lose);
}

// Could a fault of any kind have done it here?
template <class Op>
auto could_strike(const Op& op) {
  return [&op](const Action& action) {
    const ActionInfo& row = info(action);
    return can_strike(row.like, op) || can_strike(row.also[0], op) || can_strike(row.also[1], op);
  };
}

}  // namespace

std::optional<Action> PlanHooks::to_cache(Armed& armed, const Window& window, const sim::Moment& moment,
                                          const sim::CacheOp& question) {
  if (!armed.hosts.has(moment.host) || !can_strike(armed.kind, question)) return std::nullopt;
  if (!chance(armed, moment)) return std::nullopt;
  const auto restart = [&](const auto& fault) {
    return draw(armed, moment, lane("restart"), fault.restart_after_min, fault.restart_after_max);
  };
  if (const auto* failover = std::get_if<CacheFailover>(&window.fault)) {
    const Duration lag = draw(armed, moment, lane("lag"), {1}, failover->lag_max);
    return act::CacheFailover{lag, restart(*failover)};
  }
  if (const auto* empty = std::get_if<CacheRestartEmpty>(&window.fault))
    return act::CacheRestartEmpty{restart(*empty)};
  return act::CacheEvict{};
}

sim::CacheVerdict PlanHooks::cache(const sim::Moment& moment, const sim::CacheOp& question) {
  const Action* action =
      decide(moment, Question::cache, could_strike(question),
             [&](Armed& armed, const Window& w) { return to_cache(armed, w, moment, question); });
  if (action == nullptr) return {};
  using Act = sim::CacheVerdict::Act;
  if (const auto* failover = std::get_if<act::CacheFailover>(action))
    return {Act::failover, failover->lag, restart_for(moment.host, failover->restart_after)};
  if (const auto* empty = std::get_if<act::CacheRestartEmpty>(action))
    return {Act::restart_empty, {}, restart_for(moment.host, empty->restart_after)};
  return {Act::evict, {}, {}};
}

std::optional<Action> PlanHooks::to_broker(Armed& armed, const Window& window, const sim::Moment& moment,
                                           const sim::BrokerOp& question) {
  if (!armed.hosts.has(moment.host) || !can_strike(armed.kind, question)) return std::nullopt;
  if (!chance(armed, moment)) return std::nullopt;
  const auto up_to = [&](Duration most) { return draw(armed, moment, lane("after"), {1}, most); };
  const Fault& fault = window.fault;
  if (const auto* again = std::get_if<BrokerRedeliver>(&fault))
    return act::BrokerRedeliver{up_to(again->after_max)};
  if (const auto* mixed = std::get_if<BrokerReorder>(&fault)) return act::BrokerHold{up_to(mixed->extra_max)};
  if (const auto* late = std::get_if<BrokerDelay>(&fault)) return act::BrokerHold{up_to(late->extra_max)};
  if (const auto* crash = std::get_if<BrokerLoseUnflushed>(&fault))
    return act::BrokerCrash{
        draw(armed, moment, lane("restart"), crash->restart_after_min, crash->restart_after_max)};
  return act::BrokerDuplicate{};
}

sim::BrokerVerdict PlanHooks::broker(const sim::Moment& moment, const sim::BrokerOp& question) {
  const Action* action =
      decide(moment, Question::broker, could_strike(question),
             [&](Armed& armed, const Window& w) { return to_broker(armed, w, moment, question); });
  if (action == nullptr) return {};
  using Act = sim::BrokerVerdict::Act;
  if (const auto* again = std::get_if<act::BrokerRedeliver>(action))
    return {Act::redeliver, until_heal(again->after)};
  if (const auto* hold = std::get_if<act::BrokerHold>(action)) return {Act::hold, until_heal(hold->after)};
  if (const auto* crash = std::get_if<act::BrokerCrash>(action))
    return {Act::crash, restart_for(moment.host, crash->restart_after)};
  return {Act::duplicate, {}};
}

}  // namespace ordeal::faults
