// PlainDatabase: env::Database over plain SQLite in memory, without a simulator. For unit tests of the core,
// and the yardstick of what the same SQL costs when nothing is simulated.
//
// It promises: facts of a transaction are seen after its commit and only then; a wait (`may_wait`) inside a
// transaction is a failed check; the hook `before` runs where other tasks could run in a real database, that
// is before every transaction and every read, so a test can put somebody else's work into the gap between a
// check and an act. It fails with env::DatabaseError, as told by the next_* switches, or when SQLite itself
// fails.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/env/database.h"

struct sqlite3;

namespace ordeal::support {

class PlainDatabase : public env::Database {
 public:
  explicit PlainDatabase(const char* schema);
  ~PlainDatabase() override;

  void transact(std::string_view name, const std::function<void(env::Tx&)>& work) override;
  void read(std::string_view name, const std::function<void(env::Connection&)>& work) override;
  Result<std::unique_ptr<env::RowLock>, env::LockError> lock_row(std::string_view table,
                                                                 std::int64_t key) override;

  // A number out of the database, for expectations: `select count(*) from orders`.
  std::int64_t number(const std::string& sql);

  std::function<void(std::string_view name)> before;
  bool next_transaction_fails = false;  // nothing of it happens, and it says so
  bool next_commit_is_unknown = false;  // it happens, and it says that it failed (F-20)
  bool locks_time_out = false;

  std::vector<env::Message> facts;  // of committed transactions, in order
  std::int64_t transactions = 0;
  std::int64_t reads = 0;
  bool in_transaction() const { return in_transaction_; }

  template <class Fact>
  int count() const {
    int n = 0;
    for (const env::Message& fact : facts) n += fact.get_if<Fact>() != nullptr;
    return n;
  }

 private:
  class Prepared;
  class Session;

  Prepared& prepared(const env::Sql& sql);
  void run(const char* sql);
  void gap(std::string_view name);

  sqlite3* handle_ = nullptr;
  std::unordered_map<const env::Sql*, std::unique_ptr<Prepared>> statements_;
  bool in_transaction_ = false;
  bool in_gap_ = false;
};

}  // namespace ordeal::support
