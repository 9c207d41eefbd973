#include "scenarios/flows/purchase/laws/days.h"

#include <array>

#include "scenarios/flows/purchase/parties/channel.h"

namespace ordeal::purchase {

bool all_answer(const play::Rest& rest) {
  static constexpr std::array kAnswers{kAnswerFork, kLineFork,   kServiceFork,  kBankFork,
                                       kDebitFork,  kRefundFork, kStatementFork};
  return rest.undisturbed_at(kAnswers);
}

bool machines_were_sound(const play::Rest& rest) { return rest.undisturbed_at({}); }

}  // namespace ordeal::purchase
