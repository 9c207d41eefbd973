#include "core/ledger/rules.h"

#include "core/base/check.h"

namespace ordeal::ledger {

using api::Account;

std::vector<api::Posting> postings(api::EntryKind kind, Money amount) {
  ORDEAL_CHECK(amount.is_positive());
  switch (kind) {
    case api::EntryKind::sale: {
      const Money fee = portion(amount, kFeeNum, kFeeDen);
      std::vector<api::Posting> legs{{Account::channel_clearing, amount},
                                     {Account::merchant_payable, fee - amount}};
      if (fee.is_positive()) legs.push_back({Account::platform_fee, -fee});
      return legs;
    }
    case api::EntryKind::unusable:
      return {{Account::channel_clearing, amount}, {Account::customer_refundable, -amount}};
    case api::EntryKind::refund:
      return {{Account::customer_refundable, amount}, {Account::channel_clearing, -amount}};
  }
  check_failed(__FILE__, __LINE__, "entry kind");
}

}  // namespace ordeal::ledger
