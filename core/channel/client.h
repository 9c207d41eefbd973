// Client: calls a payment channel. Every result is one of three: the channel did it (ok), the channel refused
// with a code and surely did nothing (refused), or nobody knows (unknown): no answer, a broken-down channel,
// an answer that does not verify. Unknown is a state, not a failure (F-16): ask again with the same number.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/channel/trade.h"
#include "core/env/http.h"

namespace ordeal::channel {

// A contract with a channel.
struct Account {
  std::string name{};  // what a shopper chooses, and the last part of the callback path
  const Profile* profile = nullptr;
  std::string url{};         // "https://HOST/PATH" of the channel's gateway
  std::string notify_url{};  // "https://HOST/notify/NAME" at ours
  std::string app_id{};
  std::string seller_id{};
  std::shared_ptr<const Signer> ours{};    // signs requests
  std::shared_ptr<const Signer> theirs{};  // verifies answers and notices
};

using Accounts = std::vector<Account>;
const Account* find_account(const Accounts& accounts, std::string_view name);

enum class Outcome { ok, refused, unknown };

struct CallResult {
  Outcome outcome = Outcome::unknown;
  TradeReply reply;  // with ok and refused
};

// text       there is a file; whether it is whole is another question
// not_ready  it is still being made
// none       nothing happened on that day, says the channel
// unknown    no answer
struct StatementAnswer {
  enum class Kind { text, not_ready, none, unknown } kind = Kind::unknown;
  std::string text{};
};

class Client {
 public:
  Client(env::Http& http, const Account& account, Duration deadline)
      : http_(http), account_(account), deadline_(deadline) {}

  CallResult precreate(std::string_view out_trade_no, Money amount, Instant expires_at);
  CallResult pay(std::string_view out_trade_no, Money amount, std::string_view buyer, Instant expires_at);
  CallResult query(std::string_view out_trade_no);
  CallResult close(std::string_view out_trade_no);
  CallResult refund(std::string_view out_trade_no, std::string_view out_request_no, Money amount);
  StatementAnswer statement(Day day);

 private:
  CallResult call(TradeRequest request);

  env::Http& http_;
  const Account& account_;
  Duration deadline_;
};

}  // namespace ordeal::channel
