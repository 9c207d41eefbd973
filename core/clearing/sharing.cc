#include "core/clearing/sharing.h"

#include "core/base/money.h"

namespace ordeal::clearing {
namespace {

constexpr std::int64_t kWhole = 10'000;

class RoundedDown final : public Sharing {
 public:
  Shares of_sale(const api::RuleTerms& terms, std::int64_t paid) const override {
    return rounded_down(terms, paid);
  }
  Shares of_refund(const api::RuleTerms& terms, std::int64_t before, std::int64_t after) const override {
    return rounded_down(terms, after) - rounded_down(terms, before);
  }
};

}  // namespace

Shares operator-(const Shares& a, const Shares& b) {
  return {a.merchant - b.merchant, a.platform - b.platform, a.leader - b.leader};
}

Shares rounded_down(const api::RuleTerms& terms, std::int64_t paid) {
  const Money all{paid, {}};
  const Money fee = portion(all, terms.fee, kWhole);
  Shares shares;
  shares.platform = fee.minor - portion(fee, terms.rebate, kWhole).minor;
  shares.leader = portion(all - fee, terms.commission, kWhole).minor;
  shares.merchant = paid - shares.platform - shares.leader;
  return shares;
}

bool good_terms(const api::RuleTerms& terms) {
  const bool each = terms.fee >= 0 && terms.commission >= 0 && terms.fee <= api::kMostToOthers &&
                    terms.commission <= api::kMostToOthers && terms.rebate >= 0 && terms.rebate <= kWhole;
  return each && terms.fee + terms.commission <= api::kMostToOthers;
}

std::unique_ptr<Sharing> make_sharing(std::string_view name) {
  if (name == "rounded_down") return std::make_unique<RoundedDown>();
  return nullptr;
}

}  // namespace ordeal::clearing
