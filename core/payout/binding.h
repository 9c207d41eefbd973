// Seam payout::Binding: when it is decided which account a payout goes through (D3).
//
// Contract: the account serves the app in which the payee is known (I-82). An Alipay code opens the app of one account, so the account is
// decided when the code is made, and its quota is occupied from then on, scanned or not. A WeChat app is linked with several accounts: there
// it may wait until somebody comes, and only who comes occupies.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/payout/keeper.h"

namespace ordeal::payout {

class Binding {
 public:
  virtual ~Binding() = default;
  virtual bool at_code(api::PayWay way) const = 0;
  // In which app a code opens that is made without an account: the one that the payee named. Empty: no code can be made.
  virtual std::string app_of_code(env::Connection& from, const Payout& payout) const;
  // What is asked of the accounts when the payee has come.
  virtual Wanted at_pay(Wanted wanted) const { return wanted; }
};

// "pay": of WeChat when the payee comes. "code": of both when the code is made. Null for an unknown name.
std::unique_ptr<Binding> make_binding(std::string_view name);

}  // namespace ordeal::payout
