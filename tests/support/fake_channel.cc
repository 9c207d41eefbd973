#include "tests/support/fake_channel.h"

#include <utility>

namespace ordeal::support {

using channel::Code;
using channel::Method;
using channel::TradeStatus;

FakeChannel::FakeChannel(FakeWorld& world, std::string name, const channel::Profile& profile)
    : world_(world), name_(std::move(name)), profile_(profile) {
  world_.serve_http(name_, "/gateway", [this](const std::string& body) { return answer(body); });
}

channel::Account FakeChannel::account() const {
  return {.name = name_,
          .profile = &profile_,
          .url = "https://" + name_ + "/gateway",
          .notify_url = "https://gateway/notify/" + name_,
          .app_id = "app-1",
          .seller_id = "seller-1",
          .ours = signer_,
          .theirs = signer_};
}

bool FakeChannel::pay(const std::string& out_trade_no) {
  const auto found = trades.find(out_trade_no);
  if (found == trades.end() || found->second.status != TradeStatus::wait_buyer_pay) return false;
  found->second.status = TradeStatus::success;
  return true;
}

bool FakeChannel::notify(const std::string& out_trade_no) {
  const auto response = world_.env(name_).http.post(trades.at(out_trade_no).notify_url,
                                                    signed_notice(notice(out_trade_no)), {5'000'000'000});
  return response.ok() && channel::acknowledges(profile_, *response);
}

channel::Notice FakeChannel::notice(const std::string& out_trade_no) const {
  const Trade& trade = trades.at(out_trade_no);
  return {"n-" + out_trade_no, "app-1", "seller-1", out_trade_no, trade.trade_no, trade.status, trade.amount};
}

std::string FakeChannel::signed_notice(const channel::Notice& notice) const {
  return channel::encode(notice, profile_, *signer_);
}

void FakeChannel::publish(const channel::Statement& statement) {
  publish_text(statement.day, channel::render(statement, profile_));
}

void FakeChannel::publish_text(channel::Day day, std::string text) {
  statements[day] = {.code = Code::ok, .day = day, .statement = std::move(text)};
}

void FakeChannel::publish_nothing(channel::Day day) {
  statements[day] = {.code = Code::no_statement, .day = day};
}

std::int64_t FakeChannel::net() const {
  std::int64_t sum = 0;
  for (const auto& [number, trade] : trades) {
    if (trade.status == TradeStatus::success || !trade.refunds.empty()) sum += trade.amount.minor;
    for (const auto& [request, amount] : trade.refunds) sum -= amount.minor;
  }
  return sum;
}

env::HttpResponse FakeChannel::answer(const std::string& body) {
  const auto request = channel::decode_request(body, *signer_);
  ORDEAL_CHECK(request.ok());
  return {200, channel::encode(carry_out(*request), profile_, *signer_)};
}

channel::TradeReply FakeChannel::carry_out(const channel::TradeRequest& request) {
  channel::TradeReply reply;
  if (request.method == Method::statement) {
    const auto known = statements.find(request.day.value());
    if (known != statements.end()) return known->second;
    reply.code = Code::statement_not_ready;
    reply.day = request.day;
    return reply;
  }
  reply.code = Code::ok;
  reply.out_trade_no = request.out_trade_no;
  auto found = trades.find(request.out_trade_no);
  const bool makes = request.method == Method::precreate || request.method == Method::pay;
  if (found == trades.end()) {
    if (!makes) reply.code = Code::trade_not_exist;
    if (request.method == Method::pay && declines) reply.code = Code::declined;
    if (reply.code != Code::ok) return reply;
    const Trade fresh{
        TradeStatus::wait_buyer_pay, request.amount, "T" + request.out_trade_no, request.notify_url, {}};
    found = trades.emplace(request.out_trade_no, fresh).first;
  }
  Trade& trade = found->second;
  if (makes && trade.status == TradeStatus::closed) reply.code = Code::trade_has_close;
  if (request.method == Method::pay && trade.status == TradeStatus::wait_buyer_pay)
    trade.status = TradeStatus::success;
  if (request.method == Method::close) {
    if (trade.status == TradeStatus::success) reply.code = Code::trade_has_success;
    if (trade.status == TradeStatus::wait_buyer_pay) trade.status = TradeStatus::closed;
  }
  if (request.method == Method::refund) {
    const auto [refund, fresh] = trade.refunds.emplace(request.out_request_no, request.amount);
    reply.fund_change = fresh;
    if (refund->second != request.amount) reply.code = Code::refund_differs;
  }
  reply.status = trade.status;
  reply.trade_no = trade.trade_no;
  reply.amount = trade.amount;
  if (request.method == Method::precreate && gives_codes) reply.pay_code = "code-" + request.out_trade_no;
  return reply;
}

}  // namespace ordeal::support
