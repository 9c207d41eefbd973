// The states of a payment attempt, as a table. An attempt is one out_trade_no at one channel.
//
//   PENDING    the channel may or may not have the money; queried until it says
//   SUCCEEDED  the channel has the money                                          (terminal)
//   CLOSED     closed at the channel, or never came there and cannot any more
//   FAILED     the channel refused it
//
// CLOSED and FAILED say "no money as far as the channel told us". A channel may still bring the money (F-14),
// and money that came is never ignored (I-42): so both have an edge to SUCCEEDED.
#pragma once

#include <array>
#include <string_view>

#include "core/api/payment.h"

namespace ordeal::payment {

enum class AttemptState { pending, succeeded, closed, failed };
constexpr auto names_of(AttemptState) {
  return std::to_array<std::string_view>({"PENDING", "SUCCEEDED", "CLOSED", "FAILED"});
}

enum class AttemptActor { answer, callback, query, close, statement };
constexpr auto names_of(AttemptActor) {
  return std::to_array<std::string_view>({"answer", "callback", "query", "close", "statement"});
}

struct AttemptEdge {
  AttemptState from;
  AttemptState to;
  AttemptActor by;
};

inline constexpr auto kAttemptEdges = std::to_array<AttemptEdge>({
    {AttemptState::pending, AttemptState::succeeded, AttemptActor::answer},
    {AttemptState::pending, AttemptState::succeeded, AttemptActor::callback},
    {AttemptState::pending, AttemptState::succeeded, AttemptActor::query},
    {AttemptState::pending, AttemptState::succeeded, AttemptActor::close},
    {AttemptState::pending, AttemptState::succeeded, AttemptActor::statement},
    {AttemptState::pending, AttemptState::closed, AttemptActor::answer},
    {AttemptState::pending, AttemptState::closed, AttemptActor::callback},
    {AttemptState::pending, AttemptState::closed, AttemptActor::query},
    {AttemptState::pending, AttemptState::closed, AttemptActor::close},
    {AttemptState::pending, AttemptState::failed, AttemptActor::answer},
    {AttemptState::closed, AttemptState::succeeded, AttemptActor::callback},
    {AttemptState::closed, AttemptState::succeeded, AttemptActor::statement},
    {AttemptState::failed, AttemptState::succeeded, AttemptActor::callback},
    {AttemptState::failed, AttemptState::succeeded, AttemptActor::statement},
});

constexpr bool allowed(AttemptState from, AttemptState to) {
  for (const AttemptEdge& edge : kAttemptEdges) {
    if (edge.from == from && edge.to == to) return true;
  }
  return false;
}

}  // namespace ordeal::payment
