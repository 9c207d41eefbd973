// F-102, of our own numbering (A23's trap; F-27 is its kin in the flash sale): what lies in a cart is set aside as long as it lies there.
// Who fills a cart and walks away has the last unit for ever, and nobody can buy it (I-15).
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class EndlessHolding final : public cart::Holding {
 public:
  Instant until(Instant) const override { return Instant::max(); }
};

}  // namespace

std::unique_ptr<cart::Holding> make_endless_holding() { return std::make_unique<EndlessHolding>(); }

}  // namespace ordeal::purchase::planted
