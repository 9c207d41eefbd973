#include "core/payout/channel.h"

namespace ordeal::payout {
namespace {

using api::TransferAnswer;

constexpr Duration kPatience{10'000'000'000};

}  // namespace

template <class Answer, class Request>
std::optional<Answer> Channel::ask(api::PayWay way, std::string_view path, const Request& request) {
  const auto url = urls_.find(way);
  if (url == urls_.end()) return std::nullopt;
  const auto answer =
      env_.http.post(url->second + std::string(path), env::Message::of(request).to_json(), kPatience);
  if (!answer || answer->status != 200) return std::nullopt;
  const auto read = env::Message::from_json(Answer::type(), answer->body);
  if (!read) return std::nullopt;
  return read->template as<Answer>();
}

std::optional<TransferAnswer> Channel::about(const Payout& payout, std::optional<TransferAnswer> answer) {
  if (!answer) return std::nullopt;
  const bool amount_counts = answer->state != api::TransferState::not_found;
  if (answer->number != number_of(payout.id, payout.attempt) ||
      (amount_counts && answer->amount != payout.amount)) {
    env_.log.sometimes("a channel answered about another transfer");
    return std::nullopt;
  }
  return answer;
}

std::optional<TransferAnswer> Channel::send(const Payout& payout, const Occupation& occupation) {
  const api::Transfer transfer{occupation.account, occupation.app, number_of(payout.id, payout.attempt),
                               payout.user, payout.amount};
  return about(payout, ask<TransferAnswer>(payout.way, "/transfer", transfer));
}

std::optional<TransferAnswer> Channel::query(const Payout& payout, const Occupation& occupation) {
  const api::TransferQuery question{occupation.account, number_of(payout.id, payout.attempt)};
  return about(payout, ask<TransferAnswer>(payout.way, "/query", question));
}

std::optional<api::PayoutStatement> Channel::statement(api::PayWay way, PayAccountId account,
                                                       std::int64_t day) {
  auto statement = ask<api::PayoutStatement>(way, "/statement", api::StatementQuery{account, day});
  if (!statement || !statement->ready) return std::nullopt;
  if (statement->count != static_cast<std::int64_t>(statement->lines.size())) {
    env_.log.sometimes("a payout statement was not whole");
    return std::nullopt;
  }
  return statement;
}

}  // namespace ordeal::payout
