// Seam gateway::NoAnswer: what a shopper is told whose request got no answer.
//
// Contract: "unavailable" is a promise: surely nothing happened. It is only given when the request did not get anywhere; one
// that was sent and not answered may have been carried out, and that is "unknown" (I-36, env/rpc.h). F-88 breaks it: it takes
// a timeout for a failure.
#pragma once

#include <memory>
#include <string_view>

#include "core/env/rpc.h"

namespace ordeal::gateway {

class NoAnswer {
 public:
  virtual ~NoAnswer() = default;
  // True: say "unavailable". False: say "unknown".
  virtual bool surely_nothing(env::RpcError error) = 0;
};

// "by_cause"; null for an unknown name.
std::unique_ptr<NoAnswer> make_no_answer(std::string_view name);

}  // namespace ordeal::gateway
