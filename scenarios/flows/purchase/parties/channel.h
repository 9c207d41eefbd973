// The payment channel as a party: its own trades, its own clock, its own book of the shoppers' money, and the
// callbacks it owes. It follows a core/channel Profile (acknowledgement rule, notify schedule, codes), so it
// is Alipay or WeChat Pay by data.
//
// It serves POST /gateway (the merchant's signed requests) and POST /cashier (a shopper pays a code). It does
// not crash; what goes wrong with it are the named forks below, all of them things real channels do
// (domain 2.1, F-11 to F-16, F-84).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/channel/client.h"
#include "core/channel/trade.h"
#include "scenarios/flows/purchase/parties/books.h"
#include "scenarios/flows/purchase/parties/channel_callbacks.h"
#include "scenarios/flows/purchase/parties/channel_statements.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::purchase {

// The answer to a request that was carried out. In process: taken on, and the result is not told. Of another: it speaks of
// another trade, as a mixed-up connection does. Mixed up: under this trade's number, with amount and state of one that was
// paid, and had another amount. Turned away: the signature is wrong, it says, though it did what was asked.
inline constexpr std::string_view kAnswerFork = "answer";
inline constexpr std::array<std::string_view, 7> kAnswerWays{
    "tell", "error_although_done", "slow", "in_process", "of_another", "mixed_up", "turned_away"};

// A request that opens a trade, debits or refunds may stand in line for minutes before anything happens, and so does what
// comes about the same trade after it.
inline constexpr std::string_view kLineFork = "line";
inline constexpr std::array<std::string_view, 2> kLineWays{"at_once", "much_later"};

// From then on, for minutes or hours, no request about a trade is carried out, and the answer is that the system is broken.
// Statements and the cashier are other houses.
inline constexpr std::string_view kServiceFork = "service";
inline constexpr std::array<std::string_view, 2> kServiceWays{"open", "under_repair"};

// What the buyer's bank says to a direct debit that he can pay; where it declines, the trade waits as if nothing had been
// asked.
inline constexpr std::string_view kBankFork = "bank";
inline constexpr std::array<std::string_view, 2> kBankWays{"pays", "declines"};

// And what the channel makes of it.
inline constexpr std::string_view kDebitFork = "debit";
inline constexpr std::array<std::string_view, 2> kDebitWays{"done", "declined_then_done"};

// A refund. Refused for now: the merchant's account at the channel is empty. Taken on: the money goes back hours later, if that
// works out; who asks meanwhile is told that it is in process, and what failed is begun anew by the next who asks with its
// number (domain 2.1, 2.2: the answer to a refund says that it was accepted, no more).
inline constexpr std::string_view kRefundFork = "refund";
inline constexpr std::array<std::string_view, 3> kRefundWays{"done", "refused_for_now", "taken_on"};

class ChannelParty {
 public:
  // `account` is the merchant's contract: the channel checks with `account.ours` and signs with
  // `account.theirs`.
  ChannelParty(sim::Process& process, channel::Account account, Books& books);

  void start();

 private:
  env::HttpResponse on_request(const std::string& body);
  env::HttpResponse on_cashier(const std::string& body);
  channel::TradeReply handle(const channel::TradeRequest& request);
  channel::TradeReply open(const channel::TradeRequest& request);
  channel::TradeReply charge(const channel::TradeRequest& request);
  channel::TradeReply close(const channel::TradeRequest& request);
  channel::TradeReply refund(const channel::TradeRequest& request);
  channel::TradeReply take_on(ChannelRefund& refund, const channel::TradeRequest& request);
  void pay_back(ChannelTrade& trade, ChannelRefund& refund, const channel::TradeRequest& request);
  channel::TradeReply standing(channel::Code code, const std::string& out_trade_no);

  std::string shopper_of(const std::string& buyer) const;
  bool debit(const std::string& out_trade_no, const std::string& shopper);
  void expire(const std::string& out_trade_no);
  void wait_in_line(const std::string& out_trade_no);
  void note_question(const channel::TradeRequest& request);
  void note_answer(const channel::TradeRequest& request, const channel::TradeReply& reply,
                   std::int64_t asked_ns);
  bool is_under_repair();
  void spoil(channel::TradeReply& reply);
  void mix_up(channel::TradeReply& reply);
  void take_later(const std::string& out_trade_no, const std::string& shopper);
  Duration some_time(std::string_view what);

  sim::Process& process_;
  sim::Simulation& sim_;
  const channel::Account account_;
  const channel::Profile& profile_;
  Books& books_;
  ChannelTrades& trades_;  // its own
  std::map<std::string, std::int64_t>
      line_until_ns_;  // by out_trade_no: when what stands in line for it is done
  std::int64_t repaired_at_ns_ = 0;
  ChannelCallbacks callbacks_;
  ChannelStatements statements_;
};

}  // namespace ordeal::purchase
