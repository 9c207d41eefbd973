#include "scenarios/flows/purchase/laws/days.h"

#include <array>

#include "scenarios/flows/purchase/parties/channel.h"

namespace ordeal::purchase {

bool all_answer(const play::Rest& rest) {
  static constexpr std::array kAnswers{kAnswerFork, kLineFork, kDebitFork, kRefundFork, kStatementFork};
  return rest.undisturbed_at(kAnswers);
}

bool machines_were_sound(const play::Rest& rest) { return rest.undisturbed_at({}); }

channel::Day day_of(Instant at, Duration zone) {
  constexpr Duration kDay{86'400'000'000'000};
  return {(at + zone).ns / kDay.ns};
}

}  // namespace ordeal::purchase
