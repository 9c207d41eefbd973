// FakeChannel: a payment channel for unit tests, speaking the form of core/channel. It is always right and
// never slow; what goes wrong on the way to it is FakeWorld's business.
#pragma once

#include <map>
#include <string>

#include "core/channel/client.h"
#include "core/channel/statement.h"
#include "tests/support/fake_env.h"

namespace ordeal::support {

class FakeChannel {
 public:
  struct Trade {
    channel::TradeStatus status = channel::TradeStatus::wait_buyer_pay;
    Money amount;
    std::string trade_no;
    std::string notify_url;
    std::map<std::string, Money> refunds;
  };

  // Serves https://NAME/gateway.
  FakeChannel(FakeWorld& world, std::string name, const channel::Profile& profile);

  // The merchant's side of the contract.
  channel::Account account() const;

  // The shopper pays a waiting trade; false when there is none.
  bool pay(const std::string& out_trade_no);
  // Sends the callback of a trade; true when it was acknowledged.
  bool notify(const std::string& out_trade_no);
  channel::Notice notice(const std::string& out_trade_no) const;
  std::string signed_notice(const channel::Notice& notice) const;

  // What it answers when it is asked for the statement of a day. Where nothing is set it is not ready.
  void publish(const channel::Statement& statement);
  void publish_text(channel::Day day, std::string text);
  void publish_nothing(channel::Day day);

  // What the channel owes the merchant.
  std::int64_t net() const;

  std::map<std::string, Trade> trades;
  bool gives_codes = true;  // false: it answers, and has no code
  std::map<channel::Day, channel::TradeReply> statements;
  bool declines = false;  // every debit

 private:
  env::HttpResponse answer(const std::string& body);
  channel::TradeReply carry_out(const channel::TradeRequest& request);

  FakeWorld& world_;
  std::string name_;
  const channel::Profile& profile_;
  std::shared_ptr<const channel::Signer> signer_ = channel::make_hmac_signer("a shared key of the test");
};

}  // namespace ordeal::support
