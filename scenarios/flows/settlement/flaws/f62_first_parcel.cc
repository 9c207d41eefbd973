// F-62: settles the trade when its first parcel is handed out, "the buyer was there". The second lies on the leader's shelf, its money is with
// the merchant, and the buyer may still send it back.
#include "scenarios/flows/settlement/flaws/flaws.h"

namespace ordeal::settlement::planted {
namespace {

constexpr env::Sql kAll{"update line set due = ?1 where trade = ?2 and state < 2 and due is null"};

class FirstParcel final : public clearing::Trigger {
 public:
  void moved(env::Tx& tx, TradeId trade, Instant held_until) override { tx.exec(kAll, held_until, trade); }
};

}  // namespace

std::unique_ptr<clearing::Trigger> make_first_parcel() { return std::make_unique<FirstParcel>(); }

}  // namespace ordeal::settlement::planted
