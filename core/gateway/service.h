// The gateway: the one door for shoppers and channels (api/gateway.h). It has no state and decides nothing;
// it turns a missing answer into one of two words: `unavailable` (surely nothing happened) or `unknown` (it
// may have happened).
#pragma once

#include <string>
#include <vector>

#include "core/api/gateway.h"
#include "core/env/env.h"
#include "core/gateway/no_answer.h"
#include "core/gateway/request_key.h"

namespace ordeal::gateway {

struct Designs {
  NoAnswer& no_answer;
  RequestKey& request_key;
};

struct Config {
  std::vector<std::string> channels = {"alipay"};  // callbacks are taken at /notify/NAME
  Duration quote_deadline = {2'000'000'000};
  Duration place_deadline = {4'000'000'000};
  Duration pay_deadline = {9'000'000'000};
  Duration cancel_deadline = {6'000'000'000};  // order asks payment, which asks the channel
  Duration status_deadline = {2'000'000'000};
  Duration notify_deadline = {4'000'000'000};
  Duration cart_deadline = {2'000'000'000};
};

class Service {
 public:
  Service(env::Env& env, Designs designs, Config config = {});

  void start();

 private:
  void serve_carts();
  // How the request came out, or that nobody knows.
  template <class Request>
  api::CartReply ask_cart(std::string_view method, const Request& request);
  env::HttpResponse notify(const std::string& channel, const std::string& body);

  env::Env& env_;
  Designs designs_;
  Config config_;
};

}  // namespace ordeal::gateway
