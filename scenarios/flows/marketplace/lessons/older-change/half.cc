// Remembers the newest version of each order, and does not write an older one. It remembers them in the process.
#include <map>

#include "core/api/marketplace.h"
#include "scenarios/flows/marketplace/flaws/flaws.h"

namespace ordeal::marketplace::planted {
namespace {

class RemembersTheNewest final : public CopyWriter {
 public:
  void write(env::Tx& tx, const api::Sale& sale) override {
    std::int64_t& newest = newest_[sale.id];
    if (sale.version < newest) return;
    newest = sale.version;
    put_copy(tx, sale);
  }

 private:
  std::map<api::SaleId, std::int64_t> newest_;
};

}  // namespace

std::unique_ptr<CopyWriter> make_as_they_come() { return std::make_unique<RemembersTheNewest>(); }

}  // namespace ordeal::marketplace::planted
