// The order knows which lines it has: each by its version, which is that of the change that put it in. Just these leave. A line that
// was put in since has another version, whatever is in it; and a second telling finds nothing left to remove.
#include "core/cart/carts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class ClearsWhatWasBought final : public cart::Clearing {
 public:
  std::vector<api::CartLine> clear(env::Tx& tx, const api::CartOrdered& ordered) override {
    std::vector<api::CartLine> left;
    for (const api::CartLine& line : ordered.lines) {
      if (cart::remove_line(tx, ordered.owner, line)) left.push_back(line);
    }
    return left;
  }
};

}  // namespace

std::unique_ptr<cart::Clearing> make_all_lines_clearing() { return std::make_unique<ClearsWhatWasBought>(); }

}  // namespace ordeal::purchase::planted
