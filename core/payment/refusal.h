// Seam payment::Refusal: what is done with an attempt that the channel has declined.
//
// Contract: it is over when its trade is closed there, too: a channel that said no may take the money all the same (A13,
// F-14), and what is FAILED here nobody asks about any more (I-42). F-14 breaks it: it takes the word for the deed.
#pragma once

#include <memory>
#include <string_view>

#include "core/payment/desk.h"

namespace ordeal::payment {

class Refusal {
 public:
  virtual ~Refusal() = default;
  virtual Standing end(Desk& desk, const AttemptRow& declined) = 0;
};

// "closes_there"; null for an unknown name.
std::unique_ptr<Refusal> make_refusal(std::string_view name);

}  // namespace ordeal::payment
