// What the ledger hears, and its chart of accounts. RPC methods of service "ledger":
//
//   on_order_paid       OrderPaid → Ack
//   on_refund_succeeded RefundSucceeded → Ack
//
// Signs: a debit is positive, a credit negative; an entry adds up to zero (I-70).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/base/fields.h"
#include "core/base/money.h"

namespace ordeal::api {

// channel_clearing     what the channel owes us: equals the channel's own net book at rest
// merchant_payable     what we owe the merchant
// platform_fee         what we earned
// customer_refundable  what we owe a shopper whose money came for nothing
enum class Account { channel_clearing, merchant_payable, platform_fee, customer_refundable };
constexpr auto names_of(Account) {
  return std::to_array<std::string_view>(
      {"channel_clearing", "merchant_payable", "platform_fee", "customer_refundable"});
}

// sale        an order was paid; reference: the order
// unusable    money came that no order can use; reference: the refund that returns it
// refund      it was returned; reference: the refund
enum class EntryKind { sale, unusable, refund };
constexpr auto names_of(EntryKind) { return std::to_array<std::string_view>({"sale", "unusable", "refund"}); }

struct Posting {
  Account account = Account::channel_clearing;
  Money amount{};

  bool operator==(const Posting&) const = default;
  ORDEAL_FIELDS(account, amount);
};

}  // namespace ordeal::api
