// Random bits for ids and nonces. `what` names the purpose ("order id"): equal purposes in one piece of work
// draw in turn.
#pragma once

#include <cstdint>
#include <string_view>

namespace ordeal::env {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t bits(std::string_view what) = 0;
};

}  // namespace ordeal::env
