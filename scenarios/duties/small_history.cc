#include "scenarios/duties/small_history.h"

namespace ordeal::duties {
namespace {

constexpr const char* kSchema = R"(
  CREATE TABLE account (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, balance INTEGER NOT NULL);
  CREATE INDEX account_by_owner ON account (owner);
  CREATE TABLE entry (id INTEGER PRIMARY KEY, account INTEGER NOT NULL, amount INTEGER NOT NULL, note TEXT NOT NULL);
  CREATE INDEX entry_by_account ON entry (account, amount);
)";

constexpr env::Sql kOpenAccount{"INSERT INTO account (id, owner, balance) VALUES (?1, ?2, 0)"};
constexpr env::Sql kAddEntry{"INSERT INTO entry (id, account, amount, note) VALUES (?1, ?2, ?3, ?4)"};
constexpr env::Sql kDropEntries{"DELETE FROM entry WHERE account = ?1"};
constexpr env::Sql kPost{"UPDATE account SET balance = balance + ?2 WHERE id = ?1"};
constexpr env::Sql kRename{"UPDATE account SET owner = ?2 WHERE id = ?1"};
constexpr env::Sql kAccounts{"SELECT id, owner, balance FROM account ORDER BY owner"};
constexpr env::Sql kEntries{"SELECT id, account, amount, length(note) FROM entry ORDER BY id"};

}  // namespace

sim::DatabaseImage history_image(sim::JournalMode journal) {
  const auto fill = [](env::Tx& tx) {
    for (int id = 1; id <= 3; ++id) tx.exec(kOpenAccount, id, "owner " + std::to_string(id));
  };
  return sim::DatabaseImage::make(kSchema, fill, {.journal_mode = journal, .page_bytes = 512});
}

sim::DatabaseOptions history_options(std::string_view name, sim::JournalMode journal,
                                     sim::Synchronous synchronous) {
  return {.name = std::string(name),
          .journal_mode = journal,
          .synchronous = synchronous,
          .wal_autocheckpoint_pages = 6,
          .reach_min = {},
          .reach_max = {}};
}

void history_transaction(env::Database& database, int number, const std::function<void(env::Tx&)>& also) {
  database.transact("history", [&](env::Tx& tx) {
    if (number == 1) {
      tx.exec(kAddEntry, 1, 1, 100, "first");
      tx.exec(kPost, 1, 100);
    } else if (number == 2) {
      for (int id = 10; id < 18; ++id) tx.exec(kAddEntry, id, 2, id, std::string(150, 'n'));
      tx.exec(kPost, 2, 108);
    } else {
      tx.exec(kDropEntries, 2);
      tx.exec(kRename, 3, "somebody else");
      tx.exec(kAddEntry, 2, 3, 5, "last");
    }
    if (also) also(tx);
  });
}

std::string history_state(env::Connection& connection) {
  std::string out;
  for (const env::Sql* sql : {&kAccounts, &kEntries}) {
    auto rows = connection.query(*sql);
    const int columns = sql == &kAccounts ? 3 : 4;
    while (rows.next()) {
      for (int i = 0; i < columns; ++i) out += rows.get<std::string>(i) + ' ';
      out += '\n';
    }
  }
  return out;
}

}  // namespace ordeal::duties
