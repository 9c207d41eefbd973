// The payout service: makes codes, lets payees claim them, and has the money sent. Several instances may share a database; whoever is
// late writes only what it had seen.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/payout/binding.h"
#include "core/payout/codes.h"
#include "core/payout/sender.h"

namespace ordeal::payout {

struct Config {
  Duration code_ttl{7'200'000'000'000};  // 2 h, as of an Alipay code (domain 2.1)
  std::int64_t batch = 16;  // codes that are ended, and transfers that are looked after, in one pass
  std::map<api::PayWay, std::string> channels{};  // "https://HOST"
};

struct Designs {
  QuotaKeeper& keeper;
  Binding& binding;
  Doubt& doubt;
  Codes& codes;
};

// From 2,000.00 on WeChat asks for the payee's real name (domain 2.2), which nobody here knows.
inline constexpr Money kMostAmount{199'999, kCurrency};
inline constexpr std::size_t kKeyMost = 64;

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs, Config config);

  void start();
  api::MakeReply make(const api::MakePayout& request);
  api::ClaimReply claim(const api::ClaimPayout& request);
  api::LookReply look(const api::LookAtPayout& request);
  api::ConfigureReply configure(const api::ConfigureAccount& request);
  Sender& sender() { return sender_; }

 private:
  api::PayoutProblem problem_of(env::Connection& from, const api::MakePayout& request) const;
  api::MakeReply make_bound(const Payout& payout);
  api::MakeReply make_free(const Payout& payout);
  api::ClaimReply claim_and_occupy(const Payout& payout, const std::optional<Occupation>& old, Instant now);

  env::Env& env_;
  env::Database& db_;
  Designs designs_;
  Config config_;
  Channel channel_;
  Sender sender_;
};

}  // namespace ordeal::payout
