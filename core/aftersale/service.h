// The aftersale service: gives money of a payment back in parts, and answers for it when a buyer's bank wants it back. Several instances may
// share a database; whoever is late writes only what it had seen.
//
// A refund goes four steps (C17): is the payment this buyer's; is as much of it left; can its merchant pay; then it is his no more, and the
// channel is asked. The first three and the reservation are one transaction.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/aftersale/reserver.h"
#include "core/aftersale/sender.h"

namespace ordeal::aftersale {

struct Config {
  Duration balance_wait{1'800'000'000'000};  // how long a refund waits for its merchant's money
  std::int64_t most_refunds = kMostRefunds;
  std::int64_t batch = 16;                        // refunds that are looked after in one pass
  std::map<api::PaidBy, std::string> channels{};  // "https://HOST"
};

struct Designs {
  Reserver& reserver;
  Recognition& recognition;
  Numbering& numbering;
  Router& router;
};

inline constexpr std::size_t kKeyMost = 64;

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs, Config config);

  void start();
  api::RefundReply ask(const api::AskRefund& request);
  api::RefundLook look(const api::LookAtRefund& request);
  api::DepositReply deposit(const api::Deposit& request);
  // Again with the same case number: the same answer, or REVERSED. Nothing: of no payment of ours.
  std::optional<api::DisputeAnswer> dispute(const api::Dispute& dispute);
  // Whatever is told again is true already. False: there is no such case.
  bool reversal(const api::Reversal& reversal);
  Sender& sender() { return sender_; }

 private:
  env::HttpResponse told_of_dispute(const std::string& body);
  env::HttpResponse told_of_reversal(const std::string& body);
  api::RefundReply reserve(Back back, const Payment& payment);

  env::Env& env_;
  env::Database& db_;
  Designs designs_;
  Config config_;
  Channel channel_;
  Sender sender_;
};

}  // namespace ordeal::aftersale
