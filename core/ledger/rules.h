// Posting rules: which legs an entry of a kind has, as a pure function. The version of the rule is stored
// with the entry, so that an old entry can be recomputed after the rule has changed (I-71).
#pragma once

#include <cstdint>
#include <vector>

#include "core/api/ledger.h"

namespace ordeal::ledger {

inline constexpr std::int64_t kRuleVersion = 1;

// The platform keeps floor(6/1000) of a sale: the 0.6 % that Alipay and WeChat Pay list for ordinary
// merchants.
inline constexpr std::int64_t kFeeNum = 6;
inline constexpr std::int64_t kFeeDen = 1000;

//   sale      Dr channel_clearing      amount   Cr merchant_payable  amount - fee, Cr platform_fee  fee
//   unusable  Dr channel_clearing      amount   Cr customer_refundable  amount
//   refund    Dr customer_refundable   amount   Cr channel_clearing  amount
// Legs of zero are left out.
std::vector<api::Posting> postings(api::EntryKind kind, Money amount);

}  // namespace ordeal::ledger
