// One statement compares and writes: the row takes the change only if its version is higher than what stands there. Whatever comes
// again, late or in another order changes no row, and a version that was skipped is not missed, for each change has the whole order.
#include "core/api/marketplace.h"
#include "scenarios/flows/marketplace/flaws/flaws.h"

namespace ordeal::marketplace::planted {
namespace {

class OnlyIfNewer final : public CopyWriter {
 public:
  void write(env::Tx& tx, const api::Sale& sale) override {
    if (tx.exec(kWrite, sale.id, sale.buyer, sale.seller, sale.amount, sale.state, sale.version) == 0) return;
    tx.fact(env::Message::of(api::facts::CopyWritten{sale.id, sale.version, sale.state}));
  }

 private:
  static constexpr env::Sql kWrite{
      "insert into copy(id, buyer, seller, amount, state, version) values(?, ?, ?, ?, ?, ?) "
      "on conflict(id) do update set state = excluded.state, version = excluded.version "
      "where excluded.version > copy.version"};
};

}  // namespace

std::unique_ptr<CopyWriter> make_as_they_come() { return std::make_unique<OnlyIfNewer>(); }

}  // namespace ordeal::marketplace::planted
