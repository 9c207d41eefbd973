// The payment channel as a party: its own trades, its own clock, its own book of the shoppers' money, and the
// callbacks it owes. It follows a core/channel Profile (acknowledgement rule, notify schedule, codes), so it
// is Alipay or WeChat Pay by data.
//
// It serves POST /gateway (the merchant's signed requests) and POST /cashier (a shopper pays a code). It does
// not crash; what goes wrong with it are the named forks below, all of them things real channels do
// (domain 2.1, F-11 to F-16, F-84).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/channel/client.h"
#include "core/channel/trade.h"
#include "scenarios/flows/purchase/parties/books.h"
#include "scenarios/flows/purchase/parties/channel_statements.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::purchase {

// Each send of a callback. The first way is the ordinary one.
inline constexpr std::string_view kCallbackFork = "callback";
// replayed: as sent, and once more hours later, whatever became of the order meanwhile.
inline constexpr std::array<std::string_view, 7> kCallbackWays{
    "send", "twice", "lost", "storm", "wrong_amount", "bad_signature", "replayed"};

// The first send of a notification, relative to the answer of the call that caused it.
inline constexpr std::string_view kCallbackStartFork = "callback start";
inline constexpr std::array<std::string_view, 4> kCallbackStartWays{"after", "before", "late", "never"};

// The answer to a request that was carried out.
inline constexpr std::string_view kAnswerFork = "answer";
inline constexpr std::array<std::string_view, 3> kAnswerWays{"tell", "error_although_done", "slow"};

class ChannelParty {
 public:
  // `account` is the merchant's contract: the channel checks with `account.ours` and signs with
  // `account.theirs`.
  ChannelParty(sim::Process& process, channel::Account account, Books& books);

  void start();

 private:
  struct Pending;

  env::HttpResponse on_request(const std::string& body);
  env::HttpResponse on_cashier(const std::string& body);
  channel::TradeReply handle(const channel::TradeRequest& request);
  channel::TradeReply open(const channel::TradeRequest& request);
  channel::TradeReply charge(const channel::TradeRequest& request);
  channel::TradeReply close(const channel::TradeRequest& request);
  channel::TradeReply refund(const channel::TradeRequest& request);
  channel::TradeReply standing(channel::Code code, const std::string& out_trade_no);

  std::string shopper_of(const std::string& buyer) const;
  bool debit(const std::string& out_trade_no, const std::string& shopper);
  void expire(const std::string& out_trade_no);
  void notify(const std::string& out_trade_no);
  void keep_notifying(channel::Notice notice, bool before_answer);
  bool send_once(const channel::Notice& notice, std::int64_t attempt);
  bool post(const channel::Notice& notice, std::int64_t attempt, bool genuine);
  bool answered(const channel::Notice& notice, bool genuine, bool acknowledged);
  void replay_later(const channel::Notice& notice, std::int64_t attempt);
  bool post_forged(channel::Notice notice, std::int64_t attempt, std::string_view way);

  sim::Process& process_;
  sim::Simulation& sim_;
  const channel::Account account_;
  const channel::Profile& profile_;
  Books& books_;
  ChannelTrades& trades_;  // its own
  ChannelStatements statements_;
  std::shared_ptr<const channel::Signer> stranger_;  // a key that is nobody's, for forged callbacks
};

}  // namespace ordeal::purchase
