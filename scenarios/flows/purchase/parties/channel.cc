#include "scenarios/flows/purchase/parties/channel.h"

#include <array>
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

// A slow answer comes when the merchant's call has long timed out.
constexpr Duration kSlowAnswer = 20_s;
// How long what is done later waits: from after the first question about it to after the end of an order's time.
constexpr Duration kQueueMin = 30_s;
constexpr Duration kQueueMax = 20_min;
// An answer that is on its way before anybody stops waiting for it.
constexpr Duration kAtOnce = 100_ms;
// How long a broken system is under repair: from what a retry outlasts to what outlasts an order.
constexpr std::array<Duration, 4> kRepairs{2_min, 20_min, 2_h, 6_h};
// As WeChat's code_url has it, with all that a form has to escape (domain 2.2).
constexpr std::string_view kCodePrefix = "weixin://wxpay/bizpayurl?up=1&pr=";

// Banks work through these in batches when they have much to do.
bool moves_money(Method method) {
  return method == Method::precreate || method == Method::pay || method == Method::refund;
}

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
      callbacks_(process, account_, books),
      statements_(process, account_, books) {}

void ChannelParty::start() {
  process_.env().http.serve("/gateway", [this](const std::string& body) { return on_request(body); });
  process_.env().http.serve("/cashier", [this](const std::string& body) { return on_cashier(body); });
}

env::HttpResponse ChannelParty::on_request(const std::string& body) {
  const std::int64_t asked_ns = sim_.now_ns();
  const auto request = channel::decode_request(body, *account_.ours);
  TradeReply reply;
  if (!request) {
    reply.code = request.error() == channel::FormError::bad_signature ? Code::invalid_signature
                                                                      : Code::invalid_parameter;
  } else if (request->app_id != account_.app_id || request->seller_id != account_.seller_id) {
    reply.code = Code::invalid_parameter;
  } else if (note_question(*request); request->method != Method::statement && is_under_repair()) {
    return {503, {}};
  } else {
    if (moves_money(request->method)) wait_in_line(request->out_trade_no);
    expire(request->out_trade_no);
    reply = handle(*request);
  }
  // Statements lie in another house than the gateway, with troubles of their own.
  const bool is_download = request && request->method == Method::statement;
  if (!is_download) spoil(reply);
  if (request) note_answer(*request, reply, asked_ns);
  return {200, channel::encode(reply, profile_, *account_.theirs)};
}

// What comes about one trade is done in its order: it stands behind what stands there already.
void ChannelParty::wait_in_line(const std::string& out_trade_no) {
  std::int64_t& until_ns = line_until_ns_[out_trade_no];
  if (until_ns <= sim_.now_ns()) {
    if (sim_.fork(process_.host(), kLineFork, kLineWays) == 0) return;
    sim_.mark("channel carried out a request much later");
    until_ns = sim_.now_ns() + some_time("in line").ns;
  }
  process_.env().tasks.sleep(Duration{until_ns - sim_.now_ns()});
}

// Who asks is at work, whatever comes of it.
void ChannelParty::note_question(const TradeRequest& request) {
  const auto trade = trades_.find(request.out_trade_no);
  if (trade == trades_.end()) return;
  if (request.method == Method::query) ++trade->second.questions;
  if (request.method == Method::close) trade->second.close_asked_ns.push_back(sim_.now_ns());
}

// Who hears at once that nothing more will be taken for a trade has to call its payment over.
void ChannelParty::note_answer(const TradeRequest& request, const TradeReply& reply, std::int64_t asked_ns) {
  const auto trade = trades_.find(request.out_trade_no);
  const bool is_over =
      reply.code == Code::trade_has_close ||
      (reply.code == Code::ok && (request.method == Method::close ||
                                  (request.method == Method::query && reply.status == TradeStatus::closed)));
  if (trade == trades_.end() || trade->second.state != TradeState::closed || !is_over) return;
  // What is mixed up is not heard as said of this trade.
  if (reply.out_trade_no != request.out_trade_no || reply.amount != trade->second.amount) return;
  if (request.method == Method::refund || sim_.now_ns() - asked_ns > kAtOnce.ns) return;
  if (trade->second.told_closed_ns < 0) trade->second.told_closed_ns = sim_.now_ns();
}

bool ChannelParty::is_under_repair() {
  if (sim_.now_ns() < repaired_at_ns_) return true;
  if (sim_.fork(process_.host(), kServiceFork, kServiceWays) == 0) return false;
  const sim::Key key = sim_.choices().next(sim::site_of(sim_.cause(), "repair"));
  const Duration takes = kRepairs[sim_.choices().below(key, sim::lane("how long"), kRepairs.size())];
  repaired_at_ns_ = sim_.now_ns() + takes.ns;
  sim_.mark("channel under repair");
  return true;
}

Duration ChannelParty::some_time(std::string_view what) {
  const sim::Key key = sim_.choices().next(sim::site_of(sim_.cause(), what));
  return sim_.choices().between(key, sim::lane("how long"), kQueueMin, kQueueMax);
}

void ChannelParty::spoil(TradeReply& reply) {
  switch (sim_.fork(process_.host(), kAnswerFork, kAnswerWays)) {
    case 1:
      reply = TradeReply{};
      reply.code = Code::system_error;
      return;
    case 2:
      process_.env().tasks.sleep(kSlowAnswer);
      return;
    case 3:
      reply = standing(Code::in_process, reply.out_trade_no);
      return;
    case 4: {
      if (trades_.empty()) return;
      const bool is_first = trades_.begin()->first == reply.out_trade_no;
      const std::string& other = is_first ? trades_.rbegin()->first : trades_.begin()->first;
      if (other != reply.out_trade_no) reply = standing(Code::ok, other);
      return;
    }
    case 5:
      mix_up(reply);
      return;
    case 6: {
      TradeReply refusal;
      refusal.code = Code::invalid_signature;
      refusal.out_trade_no = reply.out_trade_no;
      reply = refusal;
      return;
    }
    default:
      return;
  }
}

void ChannelParty::mix_up(TradeReply& reply) {
  const auto ours = trades_.find(reply.out_trade_no);
  if (ours == trades_.end() || reply.code != Code::ok) return;  // a refusal stays one
  for (const auto& [number, trade] : trades_) {
    if (trade.state != TradeState::success || trade.amount == ours->second.amount) continue;
    reply = standing(Code::ok, number);
    reply.out_trade_no = ours->first;
    sim_.mark("channel mixed up two trades");
    return;
  }
}

// The shopper's app: a form of pay_code and shopper, answered with PAID, CLOSED, POOR or UNKNOWN.
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
  callbacks_.tell_paid(out_trade_no);
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
  // It would not know whom to tell (domain 2.2: notify_url is required).
  if (request.notify_url.empty()) return standing(Code::invalid_parameter, request.out_trade_no);
  auto [at, fresh] = trades_.try_emplace(request.out_trade_no);
  ChannelTrade& trade = at->second;
  if (fresh) {
    trade.amount = request.amount;
    trade.opened_ns = sim_.now_ns();
    trade.notify_url = request.notify_url;
    trade.by_debit = request.method == Method::pay;
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
  const std::string shopper = shopper_of(request.buyer);
  if (sim_.fork(process_.host(), kBankFork, kBankWays) != 0)
    return standing(Code::declined, request.out_trade_no);
  if (sim_.fork(process_.host(), kDebitFork, kDebitWays) != 0) {
    take_later(request.out_trade_no, shopper);
    return standing(Code::declined, request.out_trade_no);
  }
  if (!debit(request.out_trade_no, shopper)) return standing(Code::declined, request.out_trade_no);
  callbacks_.tell_paid(request.out_trade_no);
  return standing(Code::ok, request.out_trade_no);
}

// The bank said no, the channel passed it on, and then the money was taken all the same, whatever was said of the trade
// meanwhile (F-14). The channel knows of it from the bank, so it calls back until somebody hears.
void ChannelParty::take_later(const std::string& out_trade_no, const std::string& shopper) {
  process_.env().tasks.spawn("late debit", [this, out_trade_no, shopper] {
    process_.env().tasks.sleep(some_time("late debit"));
    ChannelTrade& trade = trades_.at(out_trade_no);
    if (trade.debited_at_ns >= 0 || books_.purses[shopper] < trade.amount.minor) return;
    trade.state = TradeState::wait_buyer_pay;
    trade.against_its_word = true;
    debit(out_trade_no, shopper);
    sim_.mark("channel took money after it had declined");
    callbacks_.tell_paid_at_last(out_trade_no);
  });
}

TradeReply ChannelParty::close(const TradeRequest& request) {
  const auto found = trades_.find(request.out_trade_no);
  if (found == trades_.end()) return standing(Code::trade_not_exist, request.out_trade_no);
  if (found->second.state == TradeState::success)
    return standing(Code::trade_has_success, request.out_trade_no);
  if (found->second.state == TradeState::closed) return standing(Code::trade_has_close, request.out_trade_no);
  found->second.state = TradeState::closed;
  found->second.closed_at_ns = sim_.now_ns();
  callbacks_.tell_closed(request.out_trade_no);
  return standing(Code::ok, request.out_trade_no);
}

TradeReply ChannelParty::refund(const TradeRequest& request) {
  const auto found = trades_.find(request.out_trade_no);
  if (found == trades_.end()) return standing(Code::trade_not_exist, request.out_trade_no);
  ChannelTrade& trade = found->second;
  if (trade.state != TradeState::success) return standing(Code::trade_has_close, request.out_trade_no);
  const std::size_t way = sim_.fork(process_.host(), kRefundFork, kRefundWays);
  const auto known = trade.refund_requests.find(request.out_request_no);
  if (known != trade.refund_requests.end() && known->second.amount != request.amount)
    return standing(Code::refund_differs, request.out_trade_no);
  if (known != trade.refund_requests.end() && known->second.in_process &&
      sim_.now_ns() < known->second.ends_ns)
    return standing(Code::in_process, request.out_trade_no);
  // Surely nothing happened, and later the account may be full again.
  if (way == 1) {
    sim_.mark("refund refused for now");
    return standing(Code::balance_short, request.out_trade_no);
  }
  const bool fresh = known == trade.refund_requests.end();
  if (fresh && (trade.refunded + request.amount).minor > trade.amount.minor)
    return standing(Code::refund_exceeds, request.out_trade_no);
  ChannelRefund& refund =
      trade.refund_requests
          .try_emplace(request.out_request_no, ChannelRefund{request.amount, process_.env().clock.wall_now()})
          .first->second;
  const bool moves = fresh || refund.in_process;
  if (moves && way == 2) {
    if (!fresh) sim_.mark("refund failed after it was taken on");
    return take_on(refund, request);
  }
  if (moves) pay_back(trade, refund, request);
  TradeReply reply = standing(Code::ok, request.out_trade_no);
  reply.amount = request.amount;
  reply.fund_change = moves;
  return reply;
}

// What it told of a day stays told: in a file that does not know "in process" a refund stands when it is done.
void ChannelParty::pay_back(ChannelTrade& trade, ChannelRefund& refund, const TradeRequest& request) {
  if (refund.in_process && !statements_.tells_in_process()) refund.at = process_.env().clock.wall_now();
  refund.in_process = false;
  trade.refunded += request.amount;
  books_.purses[trade.shopper] += request.amount.minor;
  sim_.emit(
      env::Message::of(facts::ChannelRefunded{request.out_trade_no, request.out_request_no, request.amount}),
      process_.host().id(), sim_.cause());
  process_.env().log.line([&] { return "returns " + request.amount.text() + " to " + trade.shopper; });
  if (trade.refunded == trade.amount) callbacks_.tell_closed(request.out_trade_no);
}

TradeReply ChannelParty::take_on(ChannelRefund& refund, const TradeRequest& request) {
  const sim::Key key = sim_.choices().next(sim::site_of(sim_.cause(), "refund taken on"));
  refund.in_process = true;
  refund.ends_ns = sim_.now_ns() + sim_.choices().between(key, sim::lane("how long"), 10_min, 20_h).ns;
  sim_.mark("refund taken on");
  return standing(Code::in_process, request.out_trade_no);
}

void ChannelParty::expire(const std::string& out_trade_no) {
  const auto trade = trades_.find(out_trade_no);
  if (trade == trades_.end() || trade->second.state != TradeState::wait_buyer_pay) return;
  if (process_.env().clock.wall_now() < trade->second.expires_at) return;
  trade->second.state = TradeState::closed;
  callbacks_.tell_closed(out_trade_no);
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
  sim_.emit(env::Message::of(facts::ChannelDebited{out_trade_no, trade.trade_no, shopper, trade.amount,
                                                   trade.against_its_word}),
            process_.host().id(), sim_.cause());
  process_.env().log.line([&] { return "takes " + trade.amount.text() + " from " + shopper; });
  return true;
}

}  // namespace ordeal::purchase
