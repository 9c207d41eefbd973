// Seam payout::Binding: when it is decided which account a payout goes through (D3).
//
// Contract: the account serves the app in which the payee is known (I-82). An Alipay code opens the app of one account, so the account is
// decided when the code is made, and its quota is occupied from then on, scanned or not. A WeChat app is linked with several accounts: there
// it may wait until somebody comes, and only who comes occupies.
#pragma once

#include <memory>
#include <string_view>

#include "core/api/payout.h"

namespace ordeal::payout {

class Binding {
 public:
  virtual ~Binding() = default;
  virtual bool at_code(api::PayWay way) const = 0;
  // When it is decided at pay: may it be an account that does not serve the app?
  virtual bool any_account() const { return false; }
};

// "pay": of WeChat when the payee comes. "code": of both when the code is made. Null for an unknown name.
std::unique_ptr<Binding> make_binding(std::string_view name);

}  // namespace ordeal::payout
