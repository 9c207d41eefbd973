#include "core/gateway/service.h"

#include <utility>

namespace ordeal::gateway {

Service::Service(env::Env& env, Designs designs, Config config)
    : env_(env), designs_(designs), config_(std::move(config)) {}

void Service::start() {
  env_.rpc.on<api::QuoteOrder>("quote_order", [this](const api::QuoteOrder& request) {
    auto reply = env_.rpc.call<api::QuoteReply>("order", "quote", request, config_.quote_deadline);
    return reply ? *reply : api::QuoteReply{};
  });
  env_.rpc.on<api::PlaceOrder>("place_order", [this](api::PlaceOrder request) {
    request.request_key = designs_.request_key.of(request, env_.random);
    auto reply = env_.rpc.call<api::PlaceReply>("order", "place", request, config_.place_deadline);
    if (reply) return *reply;
    api::PlaceReply none;
    if (designs_.no_answer.surely_nothing(reply.error())) none.status = api::PlaceStatus::unavailable;
    return none;
  });
  env_.rpc.on<api::PayOrder>("pay", [this](const api::PayOrder& request) {
    auto reply = env_.rpc.call<api::PayReply>("order", "pay", request, config_.pay_deadline);
    if (reply) return *reply;
    api::PayReply none;
    if (designs_.no_answer.surely_nothing(reply.error())) none.status = api::PayStatus::unavailable;
    return none;
  });
  env_.rpc.on<api::CancelOrder>("cancel", [this](const api::CancelOrder& request) {
    auto reply = env_.rpc.call<api::CancelReply>("order", "cancel", request, config_.cancel_deadline);
    if (reply) return *reply;
    api::CancelReply none;
    if (designs_.no_answer.surely_nothing(reply.error())) none.status = api::CancelStatus::unavailable;
    return none;
  });
  env_.rpc.on<api::OrderQuery>("order_status", [this](const api::OrderQuery& query) {
    auto reply = env_.rpc.call<api::OrderView>("order", "status", query, config_.status_deadline);
    return reply ? *reply : api::OrderView{};
  });
  serve_carts();
  for (const std::string& channel : config_.channels) {
    env_.http.serve("/notify/" + channel,
                    [this, channel](const std::string& body) { return notify(channel, body); });
  }
}

void Service::serve_carts() {
  env_.rpc.on<api::AskCart>("cart", [this](const api::AskCart& ask) { return ask_cart("look", ask); });
  env_.rpc.on<api::ChangeCart>(
      "change_cart", [this](const api::ChangeCart& request) { return ask_cart("change", request); });
  env_.rpc.on<api::MergeCarts>("merge_carts",
                               [this](const api::MergeCarts& request) { return ask_cart("merge", request); });
}

template <class Request>
api::CartReply Service::ask_cart(std::string_view method, const Request& request) {
  auto reply = env_.rpc.call<api::CartReply>("cart", method, request, config_.cart_deadline);
  if (reply) return *reply;
  api::CartReply none;
  if (designs_.no_answer.surely_nothing(reply.error())) none.status = api::CartStatus::unavailable;
  return none;
}

env::HttpResponse Service::notify(const std::string& channel, const std::string& body) {
  auto reply = env_.rpc.call<api::NotifyReply>("payment", "channel_notify", api::ChannelNotify{channel, body},
                                               config_.notify_deadline);
  // No profile takes this for an acknowledgement: the channel sends again.
  if (!reply) return {502, "no answer"};
  return {static_cast<int>(reply->http_status), reply->body};
}

}  // namespace ordeal::gateway
