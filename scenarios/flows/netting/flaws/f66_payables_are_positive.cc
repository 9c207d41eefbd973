// F-66: what one is owed and what one owes are two columns of positive numbers, and the net is their difference. A payment that was given
// back is negative. In the column of receivables it takes its amount away; in the column of payables it is "made positive" and comes on top.
// Nobody adds the nets up, so nobody sees that they are not zero.
#include <map>

#include "scenarios/flows/netting/flaws/flaws.h"

namespace ordeal::netting::planted {
namespace {

class PayablesArePositive final : public Scheme {
 public:
  Netted net(const std::vector<Owed>& all, Currency currency) const override {
    struct Columns {
      std::int64_t receivable = 0;
      std::int64_t payable = 0;
    };
    std::map<BankId, Columns> banks;
    for (const Owed& one : all) {
      banks[one.creditor].receivable += one.amount.minor;
      banks[one.debtor].payable += one.amount.minor < 0 ? -one.amount.minor : one.amount.minor;
    }
    Netted netted;
    for (const auto& [bank, columns] : banks)
      netted.positions.push_back({bank, {columns.receivable - columns.payable, currency}});
    netted.transfers = through_the_house(netted.positions);
    return netted;
  }
  WhenUnpaid when_unpaid() const override { return WhenUnpaid::unwind; }
};

}  // namespace

std::unique_ptr<Scheme> make_payables_are_positive() { return std::make_unique<PayablesArePositive>(); }

}  // namespace ordeal::netting::planted
