// F-36: the cart is emptied by the order's message: `delete from cart_line where owner = ?`. As long as nobody touches a cart between
// pressing "order" and the message, that is the same. What a second device puts in meanwhile goes with it, and no order has it (I-28).
#include "core/cart/carts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr env::Sql kEmpty{"delete from cart_line where owner = ?"};

class AllLinesClearing final : public cart::Clearing {
 public:
  std::vector<api::CartLine> clear(env::Tx& tx, const api::CartOrdered& ordered) override {
    auto left = cart::view_of(tx, ordered.owner).lines;
    tx.exec(kEmpty, ordered.owner);
    return left;
  }
};

}  // namespace

std::unique_ptr<cart::Clearing> make_all_lines_clearing() { return std::make_unique<AllLinesClearing>(); }

}  // namespace ordeal::purchase::planted
