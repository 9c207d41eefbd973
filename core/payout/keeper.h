// Seam payout::QuotaKeeper: which account a payout goes through, and how it gets a part of that account's quota for the day (D1, D4).
//
// Contract: of all accounts that fit, the first by priority that has as much left is taken, in the transaction that writes the
// occupation; what is occupied and used of an account and day never exceeds its quota (I-81), whoever asks beside whom, on how many
// instances. When no account has as much, nothing is written (D5). An occupation is there if and only if what goes with it is.
//
// A row lock, where a design takes one, keeps people from working for nothing. What carries safety is the conditional update.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/env/env.h"
#include "core/payout/payouts.h"

namespace ordeal::payout {

struct Wanted {
  PayoutId payout{};
  OccupationId occupation{};
  std::int64_t attempt = 0;
  api::PayWay way = api::PayWay::alipay;
  std::string
      app{};  // in which the payee is known, and which the account must serve; empty: that of the account
  bool any_account = false;  // of this way, whatever app it serves
  Money amount{};
  std::int64_t day = 0;
  std::optional<PayAccountId> only{};  // it is bound to this one
  std::vector<PayAccountId> not_these{};
};

// What else the transaction does.
struct Around {
  // Is it wanted, still? Nothing is written when it is not.
  std::function<bool(env::Tx&)> still{};
  // With the occupation, just before it is written.
  std::function<void(env::Tx&, const Occupation&)> with{};
};

struct Taken {
  enum class How : std::uint8_t { busy, not_wanted, no_room, occupied };
  How how = How::busy;
  Occupation occupation{};
};

class QuotaKeeper {
 public:
  virtual ~QuotaKeeper() = default;
  // At each boot.
  virtual void start(env::Env& env) { env_ = &env; }
  virtual Taken occupy(env::Database& db, const Wanted& wanted, const Around& around) = 0;

 protected:
  env::Env* env_ = nullptr;
};

// The accounts that fit, the first to be asked first.
std::vector<Account> fitting(env::Connection& from, const Wanted& wanted);
// As it will be written; of which bucket is not said yet.
Occupation occupation_for(env::Connection& from, const Wanted& wanted, const Account& account);

// "conditional"  one row for an account and day, a conditional update
// "one_row"      the same row, locked first for as long as choosing and writing take, as `select … for update` has it (D4)
// "buckets"      eight rows, of which one is locked; who needs more than is in it borrows of the others (D8)
// Null for an unknown name.
std::unique_ptr<QuotaKeeper> make_keeper(std::string_view name);

}  // namespace ordeal::payout
