#include "sim/broker/client.h"

#include <utility>

#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::sim::broker {

void Client::connect(Process& process, Server& server, std::string_view service) {
  process.connect(process.make<Client>(process, server, std::string(service)));
}

Result<env::Receipt, env::RpcError> Client::post(Send send, Duration deadline) {
  const auto sent = process_.env().rpc.call<Sent>(service_, "send", std::move(send), deadline);
  if (!sent) return Err{sent.error()};
  return sent->receipt;
}

Result<env::Receipt, env::RpcError> Client::send(env::Outgoing message, Duration deadline) {
  return post({std::move(message), {}}, deadline);
}

Result<env::Receipt, env::RpcError> Client::send_half(std::string_view group, env::Outgoing message,
                                                      Duration deadline) {
  return post({std::move(message), std::string(group)}, deadline);
}

Result<Unit, env::RpcError> Client::end(const env::Receipt& half, env::HalfOutcome outcome,
                                        Duration deadline) {
  const auto ended = process_.env().rpc.call<Ended>(service_, "end", End{half.id, outcome}, deadline);
  if (!ended) return Err{ended.error()};
  return Unit{};
}

// The broker calls a host by its name, so what is served here carries it.
void Client::on_check(std::string_view group, std::function<env::HalfOutcome(const env::Incoming&)> check) {
  Host& host = process_.host();
  process_.env_of(host.name())
      .rpc.on<Check>(check_method(group),
                     [check = std::move(check)](const Check& ask) { return Checked{check(ask.message)}; });
  server_.join_producer(group, host);
}

void Client::subscribe(const env::Subscription& subscription,
                       std::function<env::Consumed(const env::Incoming&)> handler) {
  Host& host = process_.host();
  process_.env_of(host.name())
      .rpc.on<Deliver>(deliver_method(subscription.group, subscription.topic),
                       [handler = std::move(handler)](const Deliver& deliver) {
                         return Delivered{handler(deliver.message)};
                       });
  server_.join(subscription, host);
}

}  // namespace ordeal::sim::broker
