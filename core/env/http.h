// Http: what crosses the border of the trade system (channel API calls, callbacks, merchant notifications).
// Plain text bodies, since the other side is somebody else's code. Errors mean what they mean in rpc.h.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/env/rpc.h"

namespace ordeal::env {

struct HttpResponse {
  int status = 200;
  std::string body;
};

class Http {
 public:
  virtual ~Http() = default;
  // `url` is "https://HOST/PATH"; HOST is a name the network knows.
  virtual Result<HttpResponse, RpcError> post(std::string_view url, std::string body, Duration deadline) = 0;
  virtual void serve(std::string_view path, std::function<HttpResponse(const std::string& body)> handler) = 0;
};

}  // namespace ordeal::env
