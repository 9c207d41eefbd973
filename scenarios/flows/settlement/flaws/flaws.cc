#include "scenarios/flows/settlement/flaws/flaws.h"

#include "scenarios/flows/settlement/laws/laws.h"
#include "scenarios/flows/settlement/seams.h"

namespace ordeal::settlement {

using play::Flaw;

std::vector<const play::FlawRow*> flaw_rows() {
  static const Flaw<clearing::Trigger> f62{
      {"F-62", "settled at the first parcel", kSettledWhenPickedUp, "pickup_day",
       "Settles a whole trade when its first parcel is handed out: the others still lie on the shelf."},
      trigger(),
      planted::make_first_parcel};
  static const Flaw<BelowZero> f63{
      {"F-63", "a slip cut off at zero", kSettlementAddsUp, "pickup_day",
       "Pays nothing on a slip that is below zero, and forgets it: what came back stays with the merchant."},
      below_zero(),
      planted::make_never_below_zero};
  static const Flaw<Route> f67{
      {"F-67", "merchants paid from the platform's account", kFundsAreNotPooled, "pickup_day",
       "Has the buyers' money paid to the platform and pays the merchants from there (二清)."},
      route(),
      planted::make_own_account};
  static const Flaw<clearing::Sharing> f68{
      {"F-68", "every share rounded up", kSharesAddUp, "pickup_day",
       "Computes each share by itself and rounds it up: together they are more than was paid."},
      sharing(),
      planted::make_each_rounds_up};
  static const Flaw<clearing::Sharing> f69{
      {"F-69", "a refund taken from the merchant alone", kRefundReturnsShares, "pickup_day",
       "Takes a refund from the merchant, and leaves the leader and the platform their shares of it."},
      sharing(),
      planted::make_merchant_refunds};
  return {&f62, &f63, &f67, &f68, &f69};
}

}  // namespace ordeal::settlement
