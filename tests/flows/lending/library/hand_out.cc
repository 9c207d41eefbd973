#include "tests/flows/lending/library/hand_out.h"

namespace ordeal::lending {
namespace {

class ConditionalUpdate final : public HandOut {
 public:
  BorrowReply hand_out(env::Database& db, const Wanted& wanted) override {
    return env::in_transaction(db, "library.lend", [&](env::Tx& tx) -> BorrowReply {
      if (const auto known = find_loan(tx, wanted.loan)) return answer_of(*known);
      const auto umbrella = free_umbrella(tx);
      if (!umbrella) return {BorrowStatus::none_left};
      if (!take_if_free(tx, *umbrella, wanted.loan)) return {BorrowStatus::busy};
      write_loan(tx, wanted.of(*umbrella), wanted.overdue);
      return answer_of(wanted.of(*umbrella));
    });
  }
};

class RowLock final : public HandOut {
 public:
  BorrowReply hand_out(env::Database& db, const Wanted& wanted) override {
    const auto seen = env::in_read(db, "library.look", [&](env::Connection& c) { return free_umbrella(c); });
    const auto lock = db.lock_row("umbrella", seen ? seen->value : 0);
    if (!lock) return {BorrowStatus::busy};
    return env::in_transaction(db, "library.lend", [&](env::Tx& tx) -> BorrowReply {
      if (const auto known = find_loan(tx, wanted.loan)) return answer_of(*known);
      if (!seen) return {BorrowStatus::none_left};
      if (!is_free(tx, *seen)) return {BorrowStatus::busy};
      take(tx, *seen, wanted.loan);
      write_loan(tx, wanted.of(*seen), wanted.overdue);
      return answer_of(wanted.of(*seen));
    });
  }
};

}  // namespace

BorrowReply answer_of(const Loan& loan) { return {BorrowStatus::lent, loan.umbrella, loan.due}; }

std::unique_ptr<HandOut> make_hand_out(std::string_view name) {
  if (name == "conditional_update") return std::make_unique<ConditionalUpdate>();
  if (name == "row_lock") return std::make_unique<RowLock>();
  return nullptr;
}

}  // namespace ordeal::lending
