#include "tests/support/plain_database.h"

#include <utility>

#include <sqlite3.h>

namespace ordeal::support {
namespace {

[[noreturn]] void fail(sqlite3* handle) {
  const bool constraint = (sqlite3_errcode(handle) & 0xff) == SQLITE_CONSTRAINT;
  throw env::DatabaseError(constraint ? env::DatabaseErrorCode::constraint : env::DatabaseErrorCode::io,
                           sqlite3_errmsg(handle));
}

class NoLock : public env::RowLock {};

}  // namespace

class PlainDatabase::Prepared : public env::Statement {
 public:
  Prepared(sqlite3* handle, const char* text) : handle_(handle) {
    if (sqlite3_prepare_v3(handle, text, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) != SQLITE_OK) {
      throw std::logic_error(std::string(sqlite3_errmsg(handle)) + " in: " + text);
    }
  }
  ~Prepared() override { sqlite3_finalize(statement_); }

  void bind(int index, std::int64_t value) override { sqlite3_bind_int64(statement_, index, value); }
  void bind(int index, std::string_view value) override {
    sqlite3_bind_text(statement_, index, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
  }
  void bind_null(int index) override { sqlite3_bind_null(statement_, index); }
  bool step() override {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(handle_);
  }
  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const override {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  void finish() override { sqlite3_reset(statement_); }

 private:
  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
};

class PlainDatabase::Session : public env::Tx {
 public:
  explicit Session(PlainDatabase& db) : db_(db) {}
  void fact(env::Message fact) override { facts.push_back(std::move(fact)); }
  void wake(env::Wakeable& worker, Instant due) override { wakes.add(worker, due); }

  std::vector<env::Message> facts;
  env::Wakes wakes;

 protected:
  env::Statement& prepare(const env::Sql& sql) override { return db_.prepared(sql); }
  std::int64_t changes() const override { return sqlite3_changes64(db_.handle_); }

 private:
  PlainDatabase& db_;
};

PlainDatabase::PlainDatabase(const char* schema) {
  ORDEAL_CHECK(sqlite3_open(":memory:", &handle_) == SQLITE_OK);
  run(schema);
}

PlainDatabase::~PlainDatabase() {
  statements_.clear();
  sqlite3_close(handle_);
}

PlainDatabase::Prepared& PlainDatabase::prepared(const env::Sql& sql) {
  auto& statement = statements_[&sql];
  if (statement == nullptr) statement = std::make_unique<Prepared>(handle_, sql.text);
  return *statement;
}

void PlainDatabase::run(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle_);
}

void PlainDatabase::gap(std::string_view name) {
  ORDEAL_CHECK(!in_transaction_, "a transaction or read inside a transaction: " + std::string(name));
  if (!before || in_gap_) return;
  in_gap_ = true;
  before(name);
  in_gap_ = false;
}

void PlainDatabase::transact(std::string_view name, const std::function<void(env::Tx&)>& work) {
  static constexpr env::Sql kBegin{"begin immediate"};
  static constexpr env::Sql kCommit{"commit"};
  gap(name);
  if (std::exchange(next_transaction_fails, false))
    throw env::DatabaseError(env::DatabaseErrorCode::io, "as told");
  ++transactions;
  Session session(*this);
  env::Rows(prepared(kBegin)).next();
  in_transaction_ = true;
  try {
    work(session);
    env::Rows(prepared(kCommit)).next();
  } catch (...) {
    in_transaction_ = false;
    run("rollback");
    throw;
  }
  in_transaction_ = false;
  facts.insert(facts.end(), session.facts.begin(), session.facts.end());
  session.wakes.deliver();
  if (std::exchange(next_commit_is_unknown, false))
    throw env::DatabaseError(env::DatabaseErrorCode::io, "as told");
}

void PlainDatabase::read(std::string_view name, const std::function<void(env::Connection&)>& work) {
  gap(name);
  ++reads;
  Session session(*this);
  work(session);
}

Result<std::unique_ptr<env::RowLock>, env::LockError> PlainDatabase::lock_row(std::string_view,
                                                                              std::int64_t) {
  ORDEAL_CHECK(!in_transaction_);
  if (locks_time_out) return Err{env::LockError::timeout};
  return std::unique_ptr<env::RowLock>(std::make_unique<NoLock>());
}

std::int64_t PlainDatabase::number(const std::string& sql) {
  Prepared statement(handle_, sql.c_str());
  return statement.step() ? statement.integer(0) : 0;
}

}  // namespace ordeal::support
