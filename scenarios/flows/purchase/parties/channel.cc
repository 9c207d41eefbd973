#include "scenarios/flows/purchase/parties/channel.h"

#include <utility>

#include "core/base/check.h"
#include "core/channel/form.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::purchase {
namespace {

using channel::Code;
using channel::Method;
using channel::TradeReply;
using channel::TradeRequest;
using channel::TradeStatus;
using namespace ordeal::literals;

// How long the channel waits for an acknowledgement before it counts the send as failed.
constexpr Duration kAckDeadline = 5_s;
// A slow answer comes when the merchant's call has long timed out.
constexpr Duration kSlowAnswer = 20_s;
constexpr Duration kLateCallback = 30_min;
constexpr Duration kReplayAfter = 3_h;
constexpr int kStorm = 5;
constexpr std::string_view kCodePrefix = "code-";

TradeStatus status_of(TradeState state) {
  switch (state) {
    case TradeState::wait_buyer_pay:
      return TradeStatus::wait_buyer_pay;
    case TradeState::success:
      return TradeStatus::success;
    case TradeState::closed:
      return TradeStatus::closed;
  }
  return TradeStatus::wait_buyer_pay;
}

}  // namespace

ChannelParty::ChannelParty(sim::Process& process, channel::Account account, Books& books)
    : process_(process),
      sim_(process.simulation()),
      account_(std::move(account)),
      profile_(*account_.profile),
      books_(books),
      trades_(books.trades[account_.name]),
      statements_(process, account_, trades_),
      stranger_(channel::make_hmac_signer("a stranger's key")) {}

void ChannelParty::start() {
  process_.env().http.serve("/gateway", [this](const std::string& body) { return on_request(body); });
  process_.env().http.serve("/cashier", [this](const std::string& body) { return on_cashier(body); });
}

env::HttpResponse ChannelParty::on_request(const std::string& body) {
  const auto request = channel::decode_request(body, *account_.ours);
  TradeReply reply;
  if (!request) {
    reply.code = request.error() == channel::FormError::bad_signature ? Code::invalid_signature
                                                                      : Code::invalid_parameter;
  } else if (request->app_id != account_.app_id || request->seller_id != account_.seller_id) {
    reply.code = Code::invalid_parameter;
  } else {
    expire(request->out_trade_no);
    reply = handle(*request);
  }
  // Statements lie in another house than the gateway, with troubles of their own.
  const bool is_download = request && request->method == Method::statement;
  switch (is_download ? 0 : sim_.fork(process_.host(), kAnswerFork, kAnswerWays)) {
    case 1:
      reply = TradeReply{};
      reply.code = Code::system_error;
      break;
    case 2:
      process_.env().tasks.sleep(kSlowAnswer);
      break;
    default:
      break;
  }
  return {200, channel::encode(reply, profile_, *account_.theirs)};
}

// The shopper's app: "pay_code=…&shopper=…", answered with PAID, CLOSED, POOR or UNKNOWN.
env::HttpResponse ChannelParty::on_cashier(const std::string& body) {
  const auto form = channel::Form::parse(body);
  if (!form || !form->get("pay_code") || !form->get("shopper")) return {400, "MALFORMED"};
  const std::string_view code = *form->get("pay_code");
  if (!code.starts_with(kCodePrefix)) return {200, "UNKNOWN"};
  const std::string out_trade_no(code.substr(kCodePrefix.size()));
  if (!trades_.contains(out_trade_no)) return {200, "UNKNOWN"};
  expire(out_trade_no);
  ChannelTrade& trade = trades_.at(out_trade_no);
  const std::string shopper(*form->get("shopper"));
  if (trade.state == TradeState::success) return {200, trade.shopper == shopper ? "PAID" : "CLOSED"};
  if (trade.state == TradeState::closed) return {200, "CLOSED"};
  if (!debit(out_trade_no, shopper)) return {200, "POOR"};
  notify(out_trade_no);
  return {200, "PAID"};
}

TradeReply ChannelParty::handle(const TradeRequest& request) {
  switch (request.method) {
    case Method::precreate:
      return open(request);
    case Method::pay:
      return charge(request);
    case Method::query:
      return standing(trades_.contains(request.out_trade_no) ? Code::ok : Code::trade_not_exist,
                      request.out_trade_no);
    case Method::close:
      return close(request);
    case Method::refund:
      return refund(request);
    case Method::statement:
      return statements_.answer(request);
  }
  return {};
}

TradeReply ChannelParty::standing(Code code, const std::string& out_trade_no) {
  TradeReply reply;
  reply.code = code;
  reply.out_trade_no = out_trade_no;
  const auto found = trades_.find(out_trade_no);
  if (found == trades_.end()) return reply;
  reply.trade_no = found->second.trade_no;
  reply.amount = found->second.amount;
  const bool refunded = found->second.refunded == found->second.amount && found->second.amount.is_positive();
  // A fully refunded trade reads as closed (domain 2.1).
  reply.status = refunded ? TradeStatus::closed : status_of(found->second.state);
  return reply;
}

TradeReply ChannelParty::open(const TradeRequest& request) {
  auto [at, fresh] = trades_.try_emplace(request.out_trade_no);
  ChannelTrade& trade = at->second;
  if (fresh) {
    trade.amount = request.amount;
    trade.refunded = Money{0, request.amount.currency};
    trade.trade_no = base32(process_.env().random.bits("trade number") >> 14);
    trade.expires_at = std::min(request.expires_at, process_.env().clock.wall_now() + profile_.code_valid);
  }
  if (trade.amount != request.amount) return standing(Code::trade_differs, request.out_trade_no);
  if (trade.state == TradeState::success) return standing(Code::trade_has_success, request.out_trade_no);
  if (trade.state == TradeState::closed) return standing(Code::trade_has_close, request.out_trade_no);
  TradeReply reply = standing(Code::ok, request.out_trade_no);
  reply.pay_code = std::string(kCodePrefix) + request.out_trade_no;
  return reply;
}

TradeReply ChannelParty::charge(const TradeRequest& request) {
  TradeReply opened = open(request);
  if (opened.code == Code::trade_has_success) {
    const bool same = trades_.at(request.out_trade_no).shopper == shopper_of(request.buyer);
    return standing(same ? Code::ok : Code::trade_differs, request.out_trade_no);
  }
  if (opened.code != Code::ok) return opened;
  expire(request.out_trade_no);
  if (trades_.at(request.out_trade_no).state == TradeState::closed) {
    return standing(Code::trade_has_close, request.out_trade_no);
  }
  if (!debit(request.out_trade_no, shopper_of(request.buyer)))
    return standing(Code::declined, request.out_trade_no);
  notify(request.out_trade_no);
  return standing(Code::ok, request.out_trade_no);
}

TradeReply ChannelParty::close(const TradeRequest& request) {
  const auto found = trades_.find(request.out_trade_no);
  if (found == trades_.end()) return standing(Code::trade_not_exist, request.out_trade_no);
  if (found->second.state == TradeState::success)
    return standing(Code::trade_has_success, request.out_trade_no);
  if (found->second.state == TradeState::closed) return standing(Code::trade_has_close, request.out_trade_no);
  found->second.state = TradeState::closed;
  found->second.closed_at_ns = sim_.now_ns();
  return standing(Code::ok, request.out_trade_no);
}

TradeReply ChannelParty::refund(const TradeRequest& request) {
  const auto found = trades_.find(request.out_trade_no);
  if (found == trades_.end()) return standing(Code::trade_not_exist, request.out_trade_no);
  ChannelTrade& trade = found->second;
  if (trade.state != TradeState::success) return standing(Code::trade_has_close, request.out_trade_no);
  const ChannelRefund wanted{request.amount, process_.env().clock.wall_now()};
  auto [at, fresh] = trade.refund_requests.try_emplace(request.out_request_no, wanted);
  if (at->second.amount != request.amount) return standing(Code::refund_differs, request.out_trade_no);
  if (fresh && (trade.refunded + request.amount).minor > trade.amount.minor) {
    trade.refund_requests.erase(at);
    return standing(Code::refund_exceeds, request.out_trade_no);
  }
  if (fresh) {
    trade.refunded += request.amount;
    books_.purses[trade.shopper] += request.amount.minor;
    sim_.emit(env::Message::of(
                  facts::ChannelRefunded{request.out_trade_no, request.out_request_no, request.amount}),
              process_.host().id(), sim_.cause());
    process_.env().log.line([&] { return "returns " + request.amount.text() + " to " + trade.shopper; });
  }
  TradeReply reply = standing(Code::ok, request.out_trade_no);
  reply.amount = request.amount;
  reply.fund_change = fresh;
  return reply;
}

void ChannelParty::expire(const std::string& out_trade_no) {
  const auto trade = trades_.find(out_trade_no);
  if (trade == trades_.end() || trade->second.state != TradeState::wait_buyer_pay) return;
  if (process_.env().clock.wall_now() >= trade->second.expires_at) trade->second.state = TradeState::closed;
}

std::string ChannelParty::shopper_of(const std::string& buyer) const {
  const auto account = books_.accounts.find(buyer);
  return account == books_.accounts.end() ? buyer : account->second;
}

bool ChannelParty::debit(const std::string& out_trade_no, const std::string& shopper) {
  ChannelTrade& trade = trades_.at(out_trade_no);
  ORDEAL_CHECK(trade.state == TradeState::wait_buyer_pay);
  std::int64_t& purse = books_.purses[shopper];
  if (purse < trade.amount.minor) return false;
  purse -= trade.amount.minor;
  trade.state = TradeState::success;
  trade.shopper = shopper;
  trade.debited_at_ns = sim_.now_ns();
  trade.debited_at = process_.env().clock.wall_now();
  sim_.emit(env::Message::of(facts::ChannelDebited{out_trade_no, trade.trade_no, shopper, trade.amount}),
            process_.host().id(), sim_.cause());
  process_.env().log.line([&] { return "takes " + trade.amount.text() + " from " + shopper; });
  return true;
}

// ---- callbacks ----

void ChannelParty::notify(const std::string& out_trade_no) {
  const ChannelTrade& trade = trades_.at(out_trade_no);
  const channel::Notice notice{base32(process_.env().random.bits("notify id") >> 14),
                               account_.app_id,
                               account_.seller_id,
                               out_trade_no,
                               trade.trade_no,
                               TradeStatus::success,
                               trade.amount};
  switch (sim_.fork(process_.host(), kCallbackStartFork, kCallbackStartWays)) {
    case 1:
      sim_.mark("callback before the answer");
      keep_notifying(notice, /*before_answer=*/true);
      return;
    case 2: {
      process_.env().tasks.spawn("notify", [this, notice] {
        process_.env().tasks.sleep(kLateCallback);
        keep_notifying(notice, false);
      });
      return;
    }
    case 3:
      sim_.mark("callback never sent");
      process_.env().log.line([&] { return "will never call back about " + out_trade_no; });
      return;
    default:
      keep_notifying(notice, false);
  }
}

// Sends until acknowledged or the schedule is over: first send, then one after each gap.
void ChannelParty::keep_notifying(channel::Notice notice, bool before_answer) {
  const bool heard = before_answer && send_once(notice, 1);
  if (heard) return;
  process_.env().tasks.spawn("notify", [this, notice = std::move(notice), before_answer] {
    std::int64_t attempt = 1;
    if (!before_answer && send_once(notice, attempt)) return;
    for (const Duration gap : profile_.notify_gaps) {
      process_.env().tasks.sleep(gap);
      if (send_once(notice, ++attempt)) return;
    }
    sim_.mark("callback schedule exhausted");
  });
}

bool ChannelParty::send_once(const channel::Notice& notice, std::int64_t attempt) {
  const std::size_t way = sim_.fork(process_.host(), kCallbackFork, kCallbackWays);
  switch (way) {
    case 1:
    case 3: {
      const int copies = way == 1 ? 1 : kStorm;
      for (int i = 0; i < copies; ++i) {
        process_.env().tasks.spawn("copy", [this, notice, attempt] { post(notice, attempt, true); });
      }
      return post(notice, attempt, true);
    }
    case 2:
      process_.env().log.line([&] { return "loses its callback about " + notice.out_trade_no; });
      return false;
    case 4:
    case 5:
      post_forged(notice, attempt, kCallbackWays[way]);
      return post(notice, attempt, true);
    case 6:
      replay_later(notice, attempt);
      return post(notice, attempt, true);
    default:
      return post(notice, attempt, true);
  }
}

// An old envelope found again: genuine, signed, long answered. By then the order may be closed, the money returned.
void ChannelParty::replay_later(const channel::Notice& notice, std::int64_t attempt) {
  process_.env().tasks.spawn("replay", [this, notice, attempt] {
    process_.env().tasks.sleep(kReplayAfter);
    const ChannelTrade& trade = trades_.at(notice.out_trade_no);
    sim_.mark("old callback replayed");
    if (trade.refunded.is_positive()) sim_.mark("callback after the refund");
    post(notice, attempt, true);
  });
}

bool ChannelParty::post(const channel::Notice& notice, std::int64_t attempt, bool genuine) {
  sim_.emit(env::Message::of(facts::CallbackSent{notice.out_trade_no, attempt, genuine}),
            process_.host().id(), sim_.cause());
  const auto answer = process_.env().http.post(
      account_.notify_url, channel::encode(notice, profile_, *account_.theirs), kAckDeadline);
  return answered(notice, genuine, answer.ok() && channel::acknowledges(profile_, *answer));
}

bool ChannelParty::answered(const channel::Notice& notice, bool genuine, bool acknowledged) {
  sim_.emit(env::Message::of(facts::CallbackAnswered{notice.out_trade_no, genuine, acknowledged}),
            process_.host().id(), sim_.cause());
  return acknowledged;
}

// Somebody who saw a callback tries his luck: a lower amount under the right key's form, or a stranger's
// signature.
bool ChannelParty::post_forged(channel::Notice notice, std::int64_t attempt, std::string_view way) {
  sim_.emit(env::Message::of(facts::CallbackSent{notice.out_trade_no, attempt, false}), process_.host().id(),
            sim_.cause());
  const bool wrong_amount = way == "wrong_amount";
  if (wrong_amount) notice.amount.minor += 1;
  const auto& key = wrong_amount ? *account_.theirs : *stranger_;
  const auto answer =
      process_.env().http.post(account_.notify_url, channel::encode(notice, profile_, key), kAckDeadline);
  sim_.mark("forged callback sent");
  return answered(notice, /*genuine=*/false, answer.ok() && channel::acknowledges(profile_, *answer));
}

}  // namespace ordeal::purchase
