// F-67: the channel pays the day's money out to the platform, which pays the merchants from its own account, "it is only there for a minute"
// (二清). It needs no bank's product; and what is others' money lies where the platform, its creditors and its bookkeeping can reach it.
#include "scenarios/flows/settlement/flaws/flaws.h"

namespace ordeal::settlement::planted {
namespace {

using api::FundAccount;
using api::FundAccountKind;

class OwnAccount final : public Route {
 public:
  std::vector<api::FundOrder> orders(const ToPay& what) const override {
    const FundAccount ours{FundAccountKind::own, api::kPlatform};
    const FundAccount theirs{FundAccountKind::own, what.party};
    const Money amount{what.pays, {}};
    if (what.party == api::kPlatform) return {{{}, {}, ours, {}, amount}};
    return {{{}, {}, ours, {}, amount}, {{}, ours, theirs, {}, amount}};
  }
};

}  // namespace

std::unique_ptr<Route> make_own_account() { return std::make_unique<OwnAccount>(); }

}  // namespace ordeal::settlement::planted
