// F-69: a refund is the merchant's business, so all of it is taken from the merchant. What the leader and the platform had of the sale stays
// with them, and a merchant whose goods come back pays for having sold them.
#include "scenarios/flows/settlement/flaws/flaws.h"

namespace ordeal::settlement::planted {
namespace {

class MerchantRefunds final : public clearing::Sharing {
 public:
  clearing::Shares of_sale(const api::RuleTerms& terms, std::int64_t paid) const override {
    return clearing::rounded_down(terms, paid);
  }
  clearing::Shares of_refund(const api::RuleTerms&, std::int64_t before, std::int64_t after) const override {
    return {after - before, 0, 0};
  }
};

}  // namespace

std::unique_ptr<clearing::Sharing> make_merchant_refunds() { return std::make_unique<MerchantRefunds>(); }

}  // namespace ordeal::settlement::planted
