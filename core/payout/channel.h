// The channel's door (core/api/payout.h). Nothing is what comes of no answer, of an error, and of an answer that is about something else:
// of neither can anything be concluded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/env/env.h"
#include "core/payout/payouts.h"

namespace ordeal::payout {

class Channel {
 public:
  // `urls`: "https://HOST" for each way.
  Channel(env::Env& env, std::map<api::PayWay, std::string> urls) : env_(env), urls_(std::move(urls)) {}

  std::optional<api::TransferAnswer> send(const Payout& payout, const Occupation& occupation);
  std::optional<api::TransferAnswer> query(const Payout& payout, const Occupation& occupation);
  // One that is ready, and has all of its lines.
  std::optional<api::PayoutStatement> statement(api::PayWay way, PayAccountId account, std::int64_t day);

 private:
  template <class Answer, class Request>
  std::optional<Answer> ask(api::PayWay way, std::string_view path, const Request& request);
  std::optional<api::TransferAnswer> about(const Payout& payout, std::optional<api::TransferAnswer> answer);

  env::Env& env_;
  std::map<api::PayWay, std::string> urls_;
};

}  // namespace ordeal::payout
