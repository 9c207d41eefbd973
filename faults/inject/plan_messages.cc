// What windows do to messages.
#include <algorithm>

#include "faults/inject/plan_hooks_ask.h"

namespace ordeal::faults {
namespace {

using sim::lane;

constexpr Duration kLeast{1};
// Messages that were held come out one after the other; the queue drains in a small part of the time that it took
// to fill.
constexpr std::int64_t kDrain = 10'000;

// Does this partition cut the way from one side to the other?
bool cuts(Partition::Cut cut, bool from_side, bool to_side) {
  if (from_side == to_side) return false;
  return cut == Partition::Cut::both || (cut == Partition::Cut::leaving) == from_side;
}

// How long a message that comes now is held by a window; nothing when it is never let go.
std::optional<Duration> held(std::int64_t from_ns, std::int64_t until_ns, std::int64_t now,
                             MessageHold::Release release) {
  if (until_ns <= now) return std::nullopt;
  const std::int64_t place = release == MessageHold::Release::in_order ? now - from_ns : until_ns - now;
  return Duration{until_ns - now + 1 + place / kDrain};
}

}  // namespace

// Octaves above `typical`, each half as likely as the one before; uniform within an octave.
Duration PlanHooks::tail(const Armed& armed, const sim::Moment& moment, const MessageTail& fault) const {
  const std::uint64_t coins = sim_->choices().bits(moment.key, armed.lane ^ lane("octave"));
  Duration low = std::max(kLeast, fault.typical);
  for (int i = 0; i < 40 && ((coins >> i) & 1) != 0 && low < fault.longest; ++i) low = low * 2;
  return draw(armed, moment, lane("extra"), std::min(low, fault.longest), std::min(low * 2, fault.longest));
}

std::optional<Action> PlanHooks::to_message(Armed& armed, const Window& window, const sim::Moment& moment,
                                            const sim::Sending& question) {
  if (!in_scope(armed, moment.host, question.to)) return std::nullopt;
  if (const auto* partition = std::get_if<Partition>(&window.fault)) {
    if (!cuts(partition->cut, armed.side.has(moment.host), armed.side.has(question.to))) return std::nullopt;
    ++armed.tries;
    return act::Drop{};
  }
  if (const auto* hold = std::get_if<MessageHold>(&window.fault)) {
    ++armed.tries;
    const std::int64_t end = std::min(armed.until_ns, plan_.heal_at.ns);
    const auto how_long = held(armed.from_ns, end, moment.at_ns, hold->release);
    if (!how_long) return act::Drop{};
    return act::Hold{*how_long};
  }
  if (armed.kind == FaultKind::reply_loss && !question.is_reply) return std::nullopt;
  if (!chance(armed, moment)) return std::nullopt;
  const auto up_to = [&](sim::Lane what, Duration most) { return draw(armed, moment, what, kLeast, most); };
  if (const auto* twice = std::get_if<MessageDuplicate>(&window.fault))
    return act::Duplicate{up_to(lane("after"), twice->copy_after_max)};
  if (const auto* late = std::get_if<MessageDelay>(&window.fault))
    return act::Delay{up_to(lane("extra"), late->extra_max)};
  if (const auto* mixed = std::get_if<MessageReorder>(&window.fault))
    return act::Delay{up_to(lane("extra"), mixed->extra_max)};
  if (const auto* heavy = std::get_if<MessageTail>(&window.fault))
    return act::Delay{tail(armed, moment, *heavy)};
  if (armed.kind == FaultKind::connection_reset) return act::Reset{};
  if (armed.kind == FaultKind::message_corruption) return act::Corrupt{};
  return act::Drop{};
}

sim::SendVerdict PlanHooks::sending(const sim::Moment& moment, const sim::Sending& question) {
  const Action* action = decide(moment, Question::sending, any_action, [&](Armed& armed, const Window& w) {
    return to_message(armed, w, moment, question);
  });
  if (action == nullptr) return {};
  using Act = sim::SendVerdict::Act;
  if (const auto* duplicate = std::get_if<act::Duplicate>(action))
    return {Act::duplicate, {}, until_heal(duplicate->after)};
  if (const auto* delay = std::get_if<act::Delay>(action)) return {Act::pass, until_heal(delay->extra), {}};
  if (const auto* hold = std::get_if<act::Hold>(action)) {
    // What is held until heal comes out just behind it, in its order.
    const Duration drained{1 + plan_.heal_at.ns / kDrain};
    return {Act::pass, std::min(hold->how_long, until_heal(hold->how_long) + drained), {}, true};
  }
  if (std::holds_alternative<act::Corrupt>(*action)) return {Act::corrupt, {}, {}};
  return {std::holds_alternative<act::Reset>(*action) ? Act::reset : Act::drop, {}, {}};
}

}  // namespace ordeal::faults
