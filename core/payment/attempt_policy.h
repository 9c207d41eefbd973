// Seam payment::AttemptPolicy: how one attempt is brought to the channel, and what an unknown outcome leads
// to.
//
// Contract: an attempt whose outcome is unknown stays the only one of its order until the channel has said
// how it ended; the shopper is never asked to pay twice (I-32). F-16 breaks it: it takes a timeout for a
// failure and charges again under a new number (Desk::open_another, Desk::send).
#pragma once

#include <memory>
#include <string_view>

#include "core/payment/desk.h"

namespace ordeal::payment {

class AttemptPolicy {
 public:
  virtual ~AttemptPolicy() = default;
  virtual Charge charge(Desk& desk, const AttemptRow& attempt) = 0;
};

// "same_number": sends, and queries once when the answer is missing; null for an unknown name.
std::unique_ptr<AttemptPolicy> make_attempt_policy(std::string_view name);

}  // namespace ordeal::payment
