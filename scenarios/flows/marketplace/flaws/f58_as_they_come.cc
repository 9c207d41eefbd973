// F-58: writes each change into the search copy as it comes. In a quiet hour they come once and in order. A batch that comes again, late or
// from a feed that started from an older position, puts an order back to what it was: the seller sees an order that is paid, or
// cancelled, as new, or ships what is shipped (I-61).
#include "scenarios/flows/marketplace/flaws/flaws.h"

namespace ordeal::marketplace::planted {
namespace {

class AsTheyCome final : public CopyWriter {
 public:
  void write(env::Tx& tx, const api::Sale& sale) override { put_copy(tx, sale); }
};

}  // namespace

std::unique_ptr<CopyWriter> make_as_they_come() { return std::make_unique<AsTheyCome>(); }

}  // namespace ordeal::marketplace::planted
