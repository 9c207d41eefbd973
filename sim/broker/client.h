// The door of a process to a broker that lives on another host. A send is one request with one deadline and is never tried again
// here. Handlers run as requests of their own on this process; what they answer goes back as the acknowledgement.
#pragma once

#include <functional>
#include <string>

#include "core/env/broker.h"
#include "sim/broker/server.h"

namespace ordeal::sim::broker {

class Client final : public env::Broker {
 public:
  Client(Process& process, Server& server, std::string service)
      : process_(process), server_(server), service_(std::move(service)) {}

  // Makes a client that lives as long as the process and opens the broker door of every service there.
  static void connect(Process& process, Server& server, std::string_view service = kService);

  Result<env::Receipt, env::RpcError> send(env::Outgoing message, Duration deadline) override;
  Result<env::Receipt, env::RpcError> send_half(std::string_view group, env::Outgoing message,
                                                Duration deadline) override;
  Result<Unit, env::RpcError> end(const env::Receipt& half, env::HalfOutcome outcome,
                                  Duration deadline) override;
  void on_check(std::string_view group, std::function<env::HalfOutcome(const env::Incoming&)> check) override;
  void subscribe(const env::Subscription& subscription,
                 std::function<env::Consumed(const env::Incoming&)> handler) override;

 private:
  Result<env::Receipt, env::RpcError> post(Send send, Duration deadline);

  Process& process_;
  Server& server_;
  std::string service_;
};

}  // namespace ordeal::sim::broker
