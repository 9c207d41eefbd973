#include "core/channel/client.h"

#include <utility>

namespace ordeal::channel {

const Account* find_account(const Accounts& accounts, std::string_view name) {
  for (const Account& account : accounts) {
    if (account.name == name) return &account;
  }
  return nullptr;
}

CallResult Client::precreate(std::string_view out_trade_no, Money amount, Instant expires_at) {
  return call({.method = Method::precreate,
               .out_trade_no = std::string(out_trade_no),
               .amount = amount,
               .expires_at = expires_at,
               .notify_url = account_.notify_url});
}

CallResult Client::pay(std::string_view out_trade_no, Money amount, std::string_view buyer,
                       Instant expires_at) {
  return call({.method = Method::pay,
               .out_trade_no = std::string(out_trade_no),
               .amount = amount,
               .buyer = std::string(buyer),
               .expires_at = expires_at,
               .notify_url = account_.notify_url});
}

CallResult Client::query(std::string_view out_trade_no) {
  return call({.method = Method::query, .out_trade_no = std::string(out_trade_no)});
}

CallResult Client::close(std::string_view out_trade_no) {
  return call({.method = Method::close, .out_trade_no = std::string(out_trade_no)});
}

CallResult Client::refund(std::string_view out_trade_no, std::string_view out_request_no, Money amount) {
  return call({.method = Method::refund,
               .out_trade_no = std::string(out_trade_no),
               .out_request_no = std::string(out_request_no),
               .amount = amount});
}

StatementAnswer Client::statement(Day day) {
  using Kind = StatementAnswer::Kind;
  CallResult result = call({.method = Method::statement, .day = day});
  if (result.outcome == Outcome::ok) return {Kind::text, std::move(result.reply.statement)};
  if (result.outcome == Outcome::refused && result.reply.code == Code::statement_not_ready)
    return {Kind::not_ready, {}};
  if (result.outcome == Outcome::refused && result.reply.code == Code::no_statement) return {Kind::none, {}};
  return {};
}

CallResult Client::call(TradeRequest request) {
  request.app_id = account_.app_id;
  request.seller_id = account_.seller_id;
  const auto answer = http_.post(account_.url, encode(request, *account_.ours), deadline_);
  if (!answer || answer->status >= 500) return {};
  auto reply = decode_reply(answer->body, *account_.profile, *account_.theirs);
  // An answer that is not from the channel, or not to this question, says nothing.
  if (!reply || reply->out_trade_no != request.out_trade_no || reply->day != request.day) return {};
  const Code code = reply->code;
  if (code == Code::in_process || code == Code::system_error) return {};
  return {code == Code::ok ? Outcome::ok : Outcome::refused, std::move(reply).value()};
}

}  // namespace ordeal::channel
