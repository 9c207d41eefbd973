// The channel's door (core/api/aftersale.h). Nothing is what comes of no answer, of an error, and of an answer that is about something
// else: of neither can anything be concluded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/aftersale/backs.h"
#include "core/env/env.h"

namespace ordeal::aftersale {

class Channel {
 public:
  // `urls`: "https://HOST" for each way of paying.
  Channel(env::Env& env, std::map<api::PaidBy, std::string> urls) : env_(env), urls_(std::move(urls)) {}

  // By the route that the refund is on.
  std::optional<api::GiveBackAnswer> send(api::PaidBy by, const Back& back, const std::string& number);
  std::optional<api::GiveBackAnswer> query(api::PaidBy by, const Back& back, const std::string& number);

 private:
  template <class Request>
  std::optional<api::GiveBackAnswer> ask(api::PaidBy by, const char* path, const Request& request,
                                         const Back& back);

  env::Env& env_;
  std::map<api::PaidBy, std::string> urls_;
};

}  // namespace ordeal::aftersale
