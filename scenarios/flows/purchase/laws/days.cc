#include "scenarios/flows/purchase/laws/days.h"

#include <array>

#include "scenarios/flows/purchase/parties/channel.h"
#include "scenarios/flows/purchase/parties/merchant.h"
#include "scenarios/flows/purchase/parties/shopper.h"

namespace ordeal::purchase {

bool all_answer(const play::Rest& rest) {
  static constexpr std::array kUnasked{kArrivalFork,  kPatienceFork,      kOrderingFork,      kPayingFork,
                                       kCallbackFork, kCallbackStartFork, kClosingNoticeFork, kMerchantFork};
  return rest.struck_only(kUnasked);
}

bool machines_were_sound(const play::Rest& rest) {
  static constexpr std::array kAll{kArrivalFork,  kPatienceFork,      kOrderingFork,      kPayingFork,
                                   kCallbackFork, kCallbackStartFork, kClosingNoticeFork, kMerchantFork,
                                   kAnswerFork,   kLineFork,          kDebitFork,         kRefundFork,
                                   kStatementFork};
  return rest.struck_only(kAll);
}

}  // namespace ordeal::purchase
