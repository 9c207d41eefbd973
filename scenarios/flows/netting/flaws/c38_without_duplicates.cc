// C38, its second half: "then remove duplicates". Banks send again what was not answered, so before netting what is there twice is taken out:
// the same debtor, the same creditor, the same amount. Two customers who paid the same amount are two payments, and one of them is gone.
#include <set>
#include <tuple>

#include "scenarios/flows/netting/flaws/flaws.h"

namespace ordeal::netting::planted {
namespace {

class WithoutDuplicates final : public Scheme {
 public:
  Netted net(const std::vector<Owed>& all, Currency currency) const override {
    std::set<std::tuple<BankId, BankId, std::int64_t>> seen;
    std::vector<Owed> distinct;
    for (const Owed& one : all) {
      if (seen.emplace(one.debtor, one.creditor, one.amount.minor).second) distinct.push_back(one);
    }
    auto positions = positions_of(distinct, currency);
    auto transfers = through_the_house(positions);
    return {std::move(positions), std::move(transfers)};
  }
  WhenUnpaid when_unpaid() const override { return WhenUnpaid::unwind; }
};

}  // namespace

std::unique_ptr<Scheme> make_without_duplicates() { return std::make_unique<WithoutDuplicates>(); }

}  // namespace ordeal::netting::planted
