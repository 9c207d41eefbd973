// RemoteDatabase: env::Database for a process whose database is on another host (database_server.h). Several processes may
// share one database. Every request is two messages through the simulated network, "db order.place" there and back, so
// everything that can happen to messages happens to both.
//
// What a caller sees. A DatabaseError, unless the answer came. Its code tells what its caller may know:
//   closed   no connection could be had, nothing listens there, or the session that held a row lock is gone: it surely
//            did not happen
//   io       no answer within the deadline: it may have happened (F-20). A COMMIT that has begun goes on without us
//   others   the server's own, as in database.h
// A transaction or a read that succeeds afterwards sees what became of it: the server does one thing at a time. After the
// server's host went down the next call just works when it is up again.
//
// A pool of connections, waited for first come, first served. Row locks take none: a task that holds a row and then
// needs a connection waits for those who work, never for those who wait for its row.
//
// A release of a row lock is sent without waiting for the answer, again and again until there is one. The lock
// is free after the server's detection time at the latest, also when this process dies.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/env/database.h"
#include "sim/hooks.h"
#include "sim/scheduler.h"

namespace ordeal::sim {

class DatabaseServer;
class DatabaseSessions;
class Process;
struct DatabaseSession;
struct HeldRow;

struct RemoteDatabaseOptions {
  std::string name{};  // of the file there: "order.db"
  // From sending a request to its answer, by the clock of this host. What drivers call socketTimeout (Connector/J, pgJDBC;
  // both wait for ever unless told, and tell people to set it).
  Duration deadline{10'000'000'000};
  // HikariCP has 10 (maximumPoolSize) and advises twice the cores.
  std::size_t connections = 8;
  // For one of them; HikariCP's connectionTimeout.
  Duration connection_wait{30'000'000'000};
  // How long the server lets one wait for a row (DatabaseOptions::row_lock_timeout): the answer takes so much longer.
  Duration row_lock_timeout{50'000'000'000};
};

class RemoteDatabase final : public env::Database {
 public:
  // Reaches the server once, on a fiber of the process: a boot without its database fails, and the supervisor tries
  // again (HikariCP's initializationFailTimeout: the first failure ends the start). Throws env::DatabaseError. Give the
  // result to process.own().
  static std::unique_ptr<RemoteDatabase> connect(Process& process, const DatabaseServer& server,
                                                 RemoteDatabaseOptions options);
  ~RemoteDatabase() override;

  void transact(std::string_view name, const std::function<void(env::Tx&)>& work) override;
  void read(std::string_view name, const std::function<void(env::Connection&)>& work) override;
  Result<std::unique_ptr<env::RowLock>, env::LockError> lock_row(std::string_view table,
                                                                 std::int64_t key) override;

  const RemoteDatabaseOptions& options() const { return options_; }

 private:
  class Lock;
  class Connection;
  class Open;
  // A task that holds rows, or waits for its first.
  struct Holder {
    std::uint64_t owner = 0;
    std::size_t asking = 0;
    std::vector<std::shared_ptr<HeldRow>> rows;
  };

  RemoteDatabase(Process& process, const DatabaseServer& server, RemoteDatabaseOptions options);

  std::shared_ptr<DatabaseSession> make_session(std::string_view name) const;
  void ask(Open& open, std::string_view verb, Duration deadline);
  void let_go(std::uint32_t task, const std::shared_ptr<HeldRow>& row, std::string_view table);
  void forget(std::uint32_t task);
  void release(const std::shared_ptr<HeldRow>& row, std::string_view table);
  void keep_releasing(const std::shared_ptr<HeldRow>& row, std::string_view table);

  Process& process_;
  HostId server_;
  std::shared_ptr<DatabaseSessions> sessions_;
  RemoteDatabaseOptions options_;
  std::uint32_t life_;
  std::size_t in_use_ = 0;
  std::deque<WakeToken> waiting_;            // for a connection
  std::map<std::uint32_t, Holder> holders_;  // by the index of their fiber
};

}  // namespace ordeal::sim
