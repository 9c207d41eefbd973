// F-101, of our own numbering: an order is found by its number and handed to whoever asks, `getById(orderNo)`, as if nobody could know a
// number but the buyer. Numbers stand on receipts and in links; whoever has seen one looks at the order, and gives it up (B8, I-33).
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class NumberAloneCheck final : public order::OwnerCheck {
 public:
  bool may_ask(const std::optional<UserId>&, UserId) const override { return true; }
};

}  // namespace

std::unique_ptr<order::OwnerCheck> make_number_alone_check() { return std::make_unique<NumberAloneCheck>(); }

}  // namespace ordeal::purchase::planted
