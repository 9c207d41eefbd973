// DatabaseEngine: one SQLite connection with what makes it a store for many tasks: a first-come mutex, facts that are told when
// they are durable, and the end of doubt after a commit that failed. It knows nothing of who asks: sim::Database is its
// door inside one process, DatabaseServer its door for other hosts. Private to sim/disk.
//
// All work on one database runs one at a time behind the mutex, also the look at what became of a doubtful commit: a
// transaction or a read that succeeds sees it decided, for good.
#pragma once

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/env/database.h"
#include "sim/choice.h"
#include "sim/disk/commit_log.h"
#include "sim/disk/database.h"
#include "sim/disk/row_watch.h"
#include "sim/disk/sqlite_connection.h"
#include "sim/fiber_sync.h"
#include "sim/trace.h"

namespace ordeal::sim {

class Host;
class RowLocks;
class Simulation;

// A broken constraint is a belt that held the trousers up: what the code let through, the table refused. The transaction is
// undone and nothing is wrong in the rows, but it is no pass.
inline constexpr std::string_view kConstraint = "constraint";

class DatabaseEngine {
 public:
  // Opens the file and recovers it: on a fiber of the process, on the disk of its host. Errors as in database.h.
  static std::unique_ptr<DatabaseEngine> open(Process& process, Disk& disk, DatabaseOptions options);

  DatabaseEngine(Host& host, Disk& disk, DatabaseOptions options);
  DatabaseEngine(const DatabaseEngine&) = delete;
  DatabaseEngine& operator=(const DatabaseEngine&) = delete;

  // The key of one use of the database: "reach order.place".
  Key use(std::string_view verb, std::string_view name);
  // The same, and the way there: a scheduling point.
  Key reach(std::string_view verb, std::string_view name);

  // What `work` threw or the commit met, Recalled among it, once that is rolled back; null: it is durable. Whom the
  // transaction wakes is for the caller to tell, however it ended.
  [[nodiscard]] std::exception_ptr transact(Key key, std::string_view name,
                                            const std::function<void(env::Tx&)>& work, env::Wakes& wakes);
  void read(Key key, const std::function<void(env::Connection&)>& work);

  const std::shared_ptr<RowLocks>& row_locks() { return row_locks_; }
  const DatabaseOptions& options() const { return options_; }

 private:
  class WriteFrame;
  class ReadFrame;
  class Turn;
  struct Failure {
    std::exception_ptr what;
    bool damaged = false;   // the process ends
    bool recalled = false;  // the client is gone
    std::string refused{};  // what a constraint says; empty: none was broken
    // Of the catch block that runs.
    static Failure caught(const std::exception& error);
    static Failure caught(const Recalled&) { return {std::current_exception(), false, true, {}}; }
  };

  void note(EventKind kind, Key key, std::string_view name, std::uint64_t payload,
            std::string_view written = {});
  void run(Key key, std::string_view name, const std::function<void(env::Tx&)>& work, env::Wakes& wakes);
  void set_number(std::int64_t number);
  const TableColumns& columns(const std::string& table);
  void roll_back(const Failure& failure);
  void make_sure();
  void end_doubt();
  void stop();
  void settle();

  DatabaseOptions options_;
  Host& host_;
  Simulation& sim_;
  CommitLog& log_;
  Mutex mutex_;
  std::shared_ptr<RowLocks> row_locks_;
  SqliteConnection connection_;
  std::optional<std::int64_t> number_;           // what _ordeal_commit holds; unknown after a failure
  std::vector<PendingFact> facts_;               // of the running transaction
  std::map<std::string, TableColumns> columns_;  // of tables that were written while somebody watched
  bool unsure_ = false;                          // a commit failed, and may be there for now
};

}  // namespace ordeal::sim
