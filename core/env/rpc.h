// Rpc: request and response between services, by service name. Errors say what the caller may conclude:
//   unreachable  nothing was listening: the request surely did not happen        (fail)
//   refused      the service knows no such method, or is full of work: the same    (fail)
//   timeout      no answer within the deadline: it may have happened             (info)
//   failed       the service broke down while handling it: it may have happened  (info)
#pragma once

#include <functional>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/env/message.h"

namespace ordeal::env {

enum class RpcError { unreachable, refused, timeout, failed };

// True when the request may have been carried out although no answer came.
constexpr bool may_have_happened(RpcError error) {
  return error == RpcError::timeout || error == RpcError::failed;
}

class Rpc {
 public:
  virtual ~Rpc() = default;

  virtual Result<Message, RpcError> call(std::string_view service, std::string_view method, Message request,
                                         Duration deadline) = 0;

  // Every request runs as a task of its own. An exception out of the handler answers `failed`.
  virtual void serve(std::string_view method, std::function<Message(const Message& request)> handler) = 0;

  // Calls with typed ends: `rpc.call<inventory::ReserveReply>("inventory", "reserve", inventory::Reserve{…},
  // 2_s)`.
  template <class Reply, class Request>
  Result<Reply, RpcError> call(std::string_view service, std::string_view method, Request request,
                               Duration deadline) {
    auto reply = call(service, method, Message::of(std::move(request)), deadline);
    if (!reply) return Err{reply.error()};
    return reply->template as<Reply>();
  }
  template <class Request, class Handler>
  void on(std::string_view method, Handler handler) {
    serve(method, [handler = std::move(handler)](const Message& request) {
      return Message::of(handler(request.as<Request>()));
    });
  }
};

}  // namespace ordeal::env
