// F-41: an order is made for the total that the client sends, as in mall, whose payment takes `getTotalAmount()` from the
// request: an old price, or one that somebody has written into the request, is what the shop gets (I-20, I-21).
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class ClientsPriceCheck final : public order::PriceCheck {
 public:
  std::optional<Money> agreed(Money, Money shown) const override { return shown; }
};

}  // namespace

std::unique_ptr<order::PriceCheck> make_clients_price_check() {
  return std::make_unique<ClientsPriceCheck>();
}

}  // namespace ordeal::purchase::planted
