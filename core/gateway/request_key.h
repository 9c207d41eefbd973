// Seam gateway::RequestKey: which key makes requests the same that a client sends several times.
//
// Contract: the client's, which it made once and keeps over its retries (F-05): nobody behind it can tell two clicks from
// two wishes. F-05 breaks it: it gives each request that comes a key of its own.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/api/order.h"
#include "core/env/random.h"

namespace ordeal::gateway {

class RequestKey {
 public:
  virtual ~RequestKey() = default;
  virtual std::string of(const api::PlaceOrder& request, env::Random& random) = 0;
};

// "clients"; null for an unknown name.
std::unique_ptr<RequestKey> make_request_key(std::string_view name);

}  // namespace ordeal::gateway
