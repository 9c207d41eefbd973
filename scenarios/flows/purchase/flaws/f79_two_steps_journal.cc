// F-79: `debit(account, amount); credit(other, amount);`, each with a transaction of its own, since each is a method of its own. Who dies
// in between leaves one side in the books, and the entry is there: whoever brings it again is told that it was posted before (I-70).
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class TwoStepsJournal final : public ledger::Journal {
 public:
  void post(env::Env& env, env::Database& db, std::string_view transaction,
            std::span<const ledger::Entry> entries) override {
    for (const ledger::Entry& entry : entries) {
      std::optional<EntryId> id;
      env::in_transaction(db, transaction, [&](env::Tx& tx) {
        id = ledger::begin_entry(env, tx, entry);
        if (id) write(tx, *id, entry, true);
      });
      if (!id) continue;
      env::in_transaction(db, transaction, [&](env::Tx& tx) {
        write(tx, *id, entry, false);
        ledger::tell_entry(env, tx, *id, entry);
      });
    }
  }

 private:
  static void write(env::Tx& tx, EntryId id, const ledger::Entry& entry, bool debits) {
    for (const api::Posting& leg : entry.legs) {
      if (leg.amount.is_positive() == debits) ledger::write_leg(tx, id, leg);
    }
  }
};

}  // namespace

std::unique_ptr<ledger::Journal> make_two_steps_journal() { return std::make_unique<TwoStepsJournal>(); }

}  // namespace ordeal::purchase::planted
