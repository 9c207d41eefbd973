// Takes out as much as was bought: of each sku one line with that many units, the oldest. What was put in since stays.
#include <algorithm>

#include "core/cart/carts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class ClearsAsMuchAsWasBought final : public cart::Clearing {
 public:
  std::vector<api::CartLine> clear(env::Tx& tx, const api::CartOrdered& ordered) override {
    std::vector<api::CartLine> left;
    for (const api::CartLine& bought : ordered.lines) {
      const std::vector<api::CartLine> lines = cart::view_of(tx, ordered.owner).lines;
      const auto oldest = std::find_if(lines.begin(), lines.end(), [&](const api::CartLine& line) {
        return line.sku == bought.sku && line.qty == bought.qty;
      });
      if (oldest != lines.end() && cart::remove_line(tx, ordered.owner, *oldest)) left.push_back(*oldest);
    }
    return left;
  }
};

}  // namespace

std::unique_ptr<cart::Clearing> make_all_lines_clearing() {
  return std::make_unique<ClearsAsMuchAsWasBought>();
}

}  // namespace ordeal::purchase::planted
