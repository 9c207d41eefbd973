// F-68: every receiver's share is computed by itself, rounded up so that nobody complains, and of all that was paid instead of what is left after
// the fee. Together they are a fen or two more than there is.
#include "scenarios/flows/settlement/flaws/flaws.h"

namespace ordeal::settlement::planted {
namespace {

std::int64_t rounded_up(std::int64_t paid, std::int64_t of_10000) {
  return (paid * of_10000 + 9'999) / 10'000;
}

clearing::Shares each(const api::RuleTerms& terms, std::int64_t paid) {
  const std::int64_t fee = terms.fee * (10'000 - terms.rebate) / 10'000;
  return {rounded_up(paid, 10'000 - fee - terms.commission), rounded_up(paid, fee),
          rounded_up(paid, terms.commission)};
}

class EachRoundsUp final : public clearing::Sharing {
 public:
  clearing::Shares of_sale(const api::RuleTerms& terms, std::int64_t paid) const override {
    return each(terms, paid);
  }
  clearing::Shares of_refund(const api::RuleTerms& terms, std::int64_t before,
                             std::int64_t after) const override {
    return each(terms, after) - each(terms, before);
  }
};

}  // namespace

std::unique_ptr<clearing::Sharing> make_each_rounds_up() { return std::make_unique<EachRoundsUp>(); }

}  // namespace ordeal::settlement::planted
