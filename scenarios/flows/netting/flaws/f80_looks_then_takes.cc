// F-80: `if (balance >= amount) balance -= amount`, with the two halves in two statements of two transactions. Who looks beside somebody else
// sees the same balance, and it is spent twice.
#include "scenarios/flows/netting/flaws/flaws.h"

namespace ordeal::netting::planted {
namespace {

class LooksThenTakes final : public Cover {
 public:
  Paid pay(env::Database& db, std::string_view name, const Move& move, const Around& around) override {
    if (needs_cover(move.from)) {
      const auto balance = env::in_read(db, "netting.balance", [&](env::Connection& from) {
        return balance_of(from, move.from, move.amount.currency);
      });
      if (!balance || balance->minor < move.amount.minor) return Paid::lacks;
    }
    return env::in_transaction(db, name, [&](env::Tx& tx) {
      if (!around.still(tx)) return Paid::not_wanted;
      post(tx, move);
      around.with(tx);
      return Paid::moved;
    });
  }
};

}  // namespace

std::unique_ptr<Cover> make_looks_then_takes() { return std::make_unique<LooksThenTakes>(); }

}  // namespace ordeal::netting::planted
