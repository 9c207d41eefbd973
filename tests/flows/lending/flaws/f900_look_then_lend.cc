// F-900: looks for an umbrella in one step and lends it in a later one. Two borrowers are shown the same umbrella, both
// are told to take it, and the second loan overwrites the first: one umbrella, two borrowers (I-900).
#include "tests/flows/lending/flaws/flaws.h"
#include "tests/flows/lending/seams.h"

namespace ordeal::lending {
namespace {

class LookThenLend final : public HandOut {
 public:
  BorrowReply hand_out(env::Database& db, const Wanted& wanted) override {
    const auto seen = env::in_read(db, "library.look", [&](env::Connection& c) { return free_umbrella(c); });
    return env::in_transaction(db, "library.lend", [&](env::Tx& tx) -> BorrowReply {
      if (const auto known = find_loan(tx, wanted.loan)) return answer_of(*known);
      if (!seen) return {BorrowStatus::none_left};
      take(tx, *seen, wanted.loan);
      write_loan(tx, wanted.of(*seen), wanted.overdue);
      return answer_of(wanted.of(*seen));
    });
  }
};

std::unique_ptr<HandOut> make() { return std::make_unique<LookThenLend>(); }

}  // namespace

std::vector<const play::FlawRow*> flaw_rows() {
  static const play::Flaw<HandOut> f900{
      {"F-900", "look, then lend", "I-900 one-umbrella-one-borrower", "rainy_day",
       "Looks for an umbrella, then lends it in a second transaction: two borrowers are shown the same one."},
      hand_out(),
      make};
  return {&f900};
}

}  // namespace ordeal::lending
