// What both ends of a remote database share about the requests between them. Messages carry numbers; what a number stands
// for, among it the body of a transaction, which is a closure over its caller's stack, is found here. Private to
// sim/disk.
//
// A session is one request. The client opens it, and closes it when it has its answer, gave up, or died: a request that
// arrives for a closed session, or a second copy of one, is nothing. So work that its caller has given up before it began
// never begins.
//
// A row lock is held for a client until it is released; when the client's process died, until the server has noticed
// that, which takes the detection time.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/env/database.h"
#include "sim/disk/row_locks.h"
#include "sim/hooks.h"
#include "sim/scheduler.h"

namespace ordeal::sim {

class Host;
class Simulation;

// On the wire, both ways.
struct DatabaseCall {
  std::uint64_t session = 0;
  static const env::MessageType& type();
};

// A row lock of a client, as the server holds it.
struct HeldRow {
  std::uint64_t number = 0;
  HostId host = 0;  // of the client, and its life
  std::uint32_t life = 0;
  std::shared_ptr<RowLocks> locks;  // of the server's life that granted it
  RowLocks::Grant grant;
  std::optional<TimerId> expires;  // it was let go, and the server may not know
};

struct DatabaseSession {
  enum class Kind : std::uint8_t { connect, transact, read, lock, unlock };
  enum class State : std::uint8_t {
    sent,
    arrived,
    left,  // the body has returned: what comes now does not need the client
    done,
  };

  std::uint64_t number = 0;
  Kind kind{};
  State state = State::sent;
  std::string database;   // the name of its file
  std::string_view name;  // of the transaction, or the table
  TraceContext cause;
  Fiber* client = nullptr;  // waits for the answer; null: the session is closed
  HostId client_host = 0;
  std::uint32_t client_life = 0;
  std::vector<std::shared_ptr<HeldRow>> under;  // rows that the client's task holds meanwhile

  env::Wakes wakes;  // for the client alone: they are objects of its process
  const std::function<void(env::Tx&)>* transaction = nullptr;      // on the client's stack
  const std::function<void(env::Connection&)>* reading = nullptr;  // on the client's stack
  RowLocks::Owner owner = 0;                                       // lock
  std::int64_t key = 0;                                            // lock
  std::shared_ptr<HeldRow> row;                                    // lock: granted; unlock: which

  std::exception_ptr failure;  // rises at the client
  std::optional<env::LockError> no_lock{};
};

// One for each server; it outlives every life of either end.
class DatabaseSessions : public std::enable_shared_from_this<DatabaseSessions> {
 public:
  DatabaseSessions(Simulation& simulation, Duration detection)
      : simulation_(simulation), detection_(detection) {}

  void open(const std::shared_ptr<DatabaseSession>& session);
  void close(DatabaseSession& session);
  std::shared_ptr<DatabaseSession> find(std::uint64_t number) const;

  RowLocks::Owner new_owner() { return ++owners_; }
  std::shared_ptr<HeldRow> hold(const DatabaseSession& session, std::shared_ptr<RowLocks> locks,
                                RowLocks::Grant grant);
  // The server lets it go.
  void free(HeldRow& row);
  // The client let it go: the server knows it after the detection time at the latest.
  void expire(const std::shared_ptr<HeldRow>& row);
  // Frees what processes of `host` held, the detection time after each death.
  void watch(Host& host);

 private:
  class Watch;
  void free_of(HostId host, std::uint32_t before_life);

  Simulation& simulation_;
  Duration detection_;
  std::uint64_t sessions_ = 0;
  std::uint64_t rows_ = 0;
  RowLocks::Owner owners_ = RowLocks::kFirstForeign;
  std::map<std::uint64_t, std::shared_ptr<DatabaseSession>> open_;
  std::map<std::uint64_t, std::shared_ptr<HeldRow>> held_;
  std::set<HostId> watched_;
};

}  // namespace ordeal::sim
