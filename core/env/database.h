// Database: the one relational store a service owns. Transactions are serializable and run one at a time; a
// transaction or a query outside one is a point where others may run before it. Nothing else may wait inside
// a transaction (I-65): no call, no sleep, no row lock; an implementation refuses it.
//
// Errors. DatabaseError means the storage failed (I/O, full disk, damage) and the transaction *may or may not* have
// happened (F-20): let it rise, the caller of the service then sees an unknown outcome. Nobody handles it on its way up:
// what has to be done if it did happen is said to the transaction while its rows are written, Tx::wake. And one look is
// enough: a transaction or read that succeeds after a doubtful commit sees what became of it, for good. A broken
// constraint is a programmer error unless the statement says ON CONFLICT: a trial in which one holds is no pass.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/env/message.h"
#include "core/env/tasks.h"
#include "core/env/wakes.h"

namespace ordeal::env {

enum class DatabaseErrorCode { io, full, corrupt, constraint, closed };

class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(DatabaseErrorCode code, const std::string& what) : std::runtime_error(what), code_(code) {}
  DatabaseErrorCode code() const { return code_; }

 private:
  DatabaseErrorCode code_;
};

// A statement's text. Declare it once, as a constant at namespace scope: its address keys the cache of
// prepared statements.
struct Sql {
  const char* text;
};

// A prepared statement in use. Implementations are cheap to call: one virtual call a value.
class Statement {
 public:
  virtual ~Statement() = default;
  virtual void bind(int index, std::int64_t value) = 0;  // indices start at 1
  virtual void bind(int index, std::string_view value) = 0;
  virtual void bind_null(int index) = 0;
  virtual bool step() = 0;  // true: a row is there
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;   // columns start at 0
  virtual std::string_view text(int column) const = 0;  // valid until the next step
  virtual void finish() = 0;                            // resets it for the next use; never throws
};

// How a C++ type is bound and read back. int64, bool, strings, ids, instants, durations and trace contexts
// are known.
inline void bind_value(Statement& s, int i, std::string_view v) { s.bind(i, v); }
inline void bind_value(Statement& s, int i, const std::string& v) { s.bind(i, std::string_view(v)); }
inline void bind_value(Statement& s, int i, const char* v) { s.bind(i, std::string_view(v)); }
inline void bind_value(Statement& s, int i, Instant v) { s.bind(i, v.ns); }
inline void bind_value(Statement& s, int i, Duration v) { s.bind(i, v.ns); }
inline void bind_value(Statement& s, int i, TraceContext v) { s.bind(i, v.id); }
template <class Tag>
void bind_value(Statement& s, int i, Id<Tag> v) {
  s.bind(i, v.value);
}
template <class T>
requires(std::is_integral_v<T> || std::is_enum_v<T>) void bind_value(Statement& s, int i, T v) {
  s.bind(i, static_cast<std::int64_t>(v));
}
template <class T>
void bind_value(Statement& s, int i, const std::optional<T>& v) {
  v ? bind_value(s, i, *v) : s.bind_null(i);
}

// The rows of one query, read in order: `while (rows.next()) rows.get<OrderId>(0)`. Ends the statement when
// destroyed.
class Rows {
 public:
  explicit Rows(Statement& statement) : statement_(&statement) {}
  Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    if (statement_ != nullptr) statement_->finish();
  }

  bool next() { return statement_->step(); }
  bool is_null(int column) const { return statement_->is_null(column); }

  template <class T>
  T get(int column) const {
    if constexpr (std::is_same_v<T, std::string>) {
      return std::string(statement_->text(column));
    } else if constexpr (std::is_same_v<T, std::string_view>) {
      return statement_->text(column);
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      return static_cast<T>(statement_->integer(column));
    } else {
      return T{statement_->integer(column)};  // ids, instants, durations, trace contexts
    }
  }

 private:
  Statement* statement_;
};

// Anything that runs statements: a transaction, or an audit that reads a database at rest.
class Connection {
 public:
  virtual ~Connection() = default;

  template <class... Args>
  Rows query(const Sql& sql, const Args&... args) {
    Statement& statement = prepare(sql);
    int index = 0;
    (bind_value(statement, ++index, args), ...);
    return Rows(statement);
  }

 protected:
  virtual Statement& prepare(const Sql& sql) = 0;
};

// A transaction. Everything done through it becomes durable together or not at all.
class Tx : public Connection {
 public:
  // Runs a statement that changes rows; returns how many it changed.
  template <class... Args>
  std::int64_t exec(const Sql& sql, const Args&... args) {
    auto rows = query(sql, args...);
    rows.next();
    return changes();
  }

  // A business event that watchers may rely on: they see it if and only if this transaction is durable.
  virtual void fact(Message fact) = 0;

  // The rows that this transaction writes (or finds) concern `worker`: once it has ended, `worker` is told to look at its
  // table by `due` at the latest. That is done whatever becomes of the commit, also when it is reported as failed (F-20);
  // only an exception out of the work, which surely undoes it all, may leave it undone. A process that dies tells nobody:
  // workers look when they start.
  virtual void wake(Wakeable& worker, Instant due = {}) = 0;

 protected:
  virtual std::int64_t changes() const = 0;
};

// A row lock of the pessimistic kind (`select … for update`), held until released or until the process dies.
class RowLock {
 public:
  virtual ~RowLock() = default;
};

enum class LockError { timeout, deadlock };

class Database {
 public:
  virtual ~Database() = default;

  // Runs `work` in one transaction and returns when it is durable. `name` is part of its site
  // ("order.place"). An exception out of `work` rolls back and rises.
  virtual void transact(std::string_view name, const std::function<void(Tx&)>& work) = 0;

  // Reads outside a transaction: a snapshot of its own for each call.
  virtual void read(std::string_view name, const std::function<void(Connection&)>& work) = 0;

  // Waits for the row lock (table, key), first come first served, at most 50 s (innodb_lock_wait_timeout,
  // domain 2.6). When a wait would close a cycle the caller is the victim and gets `deadlock`. Never wait for
  // a lock inside a transaction.
  virtual Result<std::unique_ptr<RowLock>, LockError> lock_row(std::string_view table, std::int64_t key) = 0;
};

// Runs `work` in a transaction and hands its value out: `const auto id = env::in_transaction(db,
// "order.place", [&](Tx& tx) {…});`
template <class Work>
auto in_transaction(Database& db, std::string_view name, Work&& work) {
  using T = std::invoke_result_t<Work&, Tx&>;
  if constexpr (std::is_void_v<T>) {
    db.transact(name, [&](Tx& tx) { work(tx); });
  } else {
    std::optional<T> out;
    db.transact(name, [&](Tx& tx) { out.emplace(work(tx)); });
    return std::move(*out);
  }
}

template <class Work>
auto in_read(Database& db, std::string_view name, Work&& work) {
  using T = std::invoke_result_t<Work&, Connection&>;
  std::optional<T> out;
  db.read(name, [&](Connection& c) { out.emplace(work(c)); });
  return std::move(*out);
}

}  // namespace ordeal::env
