#include "core/ledger/journal.h"

#include "core/api/facts.h"
#include "core/ledger/rules.h"
#include "core/wire/names.h"

namespace ordeal::ledger {
namespace {

constexpr env::Sql kEntry{
    "insert into entry(kind, reference, order_id, rule_version, at) values(?, ?, ?, ?, ?) "
    "on conflict(kind, reference) do nothing returning id"};
constexpr env::Sql kPosting{"insert into posting(entry, account, minor, currency) values(?, ?, ?, ?)"};

class OneTransaction final : public Journal {
 public:
  void post(env::Env& env, env::Database& db, std::string_view transaction,
            std::span<const Entry> entries) override {
    env::in_transaction(db, transaction, [&](env::Tx& tx) {
      for (const Entry& entry : entries) {
        const auto id = begin_entry(env, tx, entry);
        if (!id) continue;
        for (const api::Posting& leg : entry.legs) write_leg(tx, *id, leg);
        tell_entry(env, tx, *id, entry);
      }
    });
  }
};

}  // namespace

std::optional<EntryId> begin_entry(env::Env& env, env::Tx& tx, const Entry& entry) {
  auto rows = tx.query(kEntry, entry.kind, entry.reference, entry.order, kRuleVersion, env.clock.wall_now());
  if (rows.next()) return rows.get<EntryId>(0);
  env.log.sometimes("entry posted before");
  return std::nullopt;
}

void write_leg(env::Tx& tx, EntryId entry, const api::Posting& leg) {
  tx.exec(kPosting, entry, leg.account, leg.amount.minor, leg.amount.currency.text());
}

void tell_entry(env::Env& env, env::Tx& tx, EntryId id, const Entry& entry) {
  env.log.line([&] {
    return "ledger: " + std::string(wire::name_of(entry.kind)) + " of " + entry.amount.text() + " for " +
           entry.order.text();
  });
  tx.fact(env::Message::of(api::facts::EntryPosted{id, entry.kind, entry.order, entry.legs}));
}

std::unique_ptr<Journal> make_journal(std::string_view name) {
  if (name == "one_transaction") return std::make_unique<OneTransaction>();
  return nullptr;
}

}  // namespace ordeal::ledger
