#include "core/aftersale/channel.h"

namespace ordeal::aftersale {
namespace {

using api::GiveBackAnswer;

constexpr Duration kPatience{10'000'000'000};

}  // namespace

template <class Request>
std::optional<GiveBackAnswer> Channel::ask(api::PaidBy by, const char* path, const Request& request,
                                           const Back& back) {
  const auto url = urls_.find(by);
  if (url == urls_.end()) return std::nullopt;
  const auto answer = env_.http.post(url->second + path, env::Message::of(request).to_json(), kPatience);
  if (!answer || answer->status != 200) return std::nullopt;
  const auto read = env::Message::from_json(GiveBackAnswer::type(), answer->body);
  if (!read) return std::nullopt;
  const auto& said = read->template as<GiveBackAnswer>();
  const bool amount_counts = said.state != api::GivenBack::not_found;
  if (said.number != request.number || (amount_counts && said.amount != back.amount)) {
    env_.log.sometimes("a channel answered about another refund");
    return std::nullopt;
  }
  return said;
}

std::optional<GiveBackAnswer> Channel::send(api::PaidBy by, const Back& back, const std::string& number) {
  const char* path = back.route == api::BackRoute::payout ? "/pay-out" : "/give-back";
  return ask(by, path, api::GiveBack{back.payment, number, back.amount}, back);
}

std::optional<GiveBackAnswer> Channel::query(api::PaidBy by, const Back& back, const std::string& number) {
  return ask(by, "/back-query", api::GiveBackQuery{number}, back);
}

}  // namespace ordeal::aftersale
