#include "sim/disk/remote_database.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "core/base/check.h"
#include "sim/disk/database_server.h"
#include "sim/disk/database_sessions.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

// A lost packet is sent again after a second (RFC 6298: the first retransmission timeout).
constexpr Duration kRetransmit{1'000'000'000};

env::DatabaseError surely_not(const std::string& what) {
  return {env::DatabaseErrorCode::closed, what + "; it surely did not happen"};
}

}  // namespace

// A connection of the pool, for a scope.
class RemoteDatabase::Connection {
 public:
  explicit Connection(RemoteDatabase& database) : database_(database) {
    if (database.in_use_ < database.options_.connections) {
      ++database.in_use_;
      return;
    }
    Simulation& sim = database.process_.simulation();
    sim.mark("a task waited for a connection to its database");
    database.waiting_.push_back(sim.scheduler().next_token());
    const std::int64_t most = database.process_.host().true_ns(database.options_.connection_wait);
    // Who is woken was given the connection.
    if (sim.scheduler().wait_for("a connection to its database", most)) return;
    sim.mark("a pool of connections ran dry");
    throw surely_not(database.options_.name + ": no connection became free");
  }
  ~Connection() {
    Scheduler& scheduler = database_.process_.simulation().scheduler();
    while (!database_.waiting_.empty()) {
      const WakeToken token = database_.waiting_.front();
      database_.waiting_.pop_front();
      if (!scheduler.is_waiting(token)) continue;
      scheduler.wake(token);  // it is his now
      return;
    }
    --database_.in_use_;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

 private:
  RemoteDatabase& database_;
};

// An open session, for a scope. Once it is closed nobody refers to this stack any more.
class RemoteDatabase::Open {
 public:
  Open(DatabaseSessions& sessions, std::shared_ptr<DatabaseSession> session)
      : sessions_(sessions), session_(std::move(session)) {
    sessions_.open(session_);
  }
  ~Open() {
    ORDEAL_CHECK(session_->client->lent_to == nullptr, "a stack is unwound while somebody works on it");
    sessions_.close(*session_);
  }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
  DatabaseSession* operator->() const { return session_.get(); }

 private:
  DatabaseSessions& sessions_;
  std::shared_ptr<DatabaseSession> session_;
};

class RemoteDatabase::Lock final : public env::RowLock {
 public:
  Lock(RemoteDatabase& database, std::uint32_t task, std::shared_ptr<HeldRow> row, std::string_view table)
      : database_(database), task_(task), row_(std::move(row)), table_(table) {}
  ~Lock() override { database_.let_go(task_, row_, table_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  RemoteDatabase& database_;
  std::uint32_t task_;
  std::shared_ptr<HeldRow> row_;
  std::string_view table_;
};

RemoteDatabase::RemoteDatabase(Process& process, const DatabaseServer& server, RemoteDatabaseOptions options)
    : process_(process),
      server_(server.host()),
      sessions_(server.sessions()),
      options_(std::move(options)),
      life_(process.host().life()) {}

RemoteDatabase::~RemoteDatabase() = default;

std::unique_ptr<RemoteDatabase> RemoteDatabase::connect(Process& process, const DatabaseServer& server,
                                                        RemoteDatabaseOptions options) {
  ORDEAL_CHECK(options.connections > 0, "a pool without connections");
  std::unique_ptr<RemoteDatabase> database(new RemoteDatabase(process, server, std::move(options)));
  database->sessions_->watch(process.host());
  const auto session = database->make_session(database->options_.name);
  session->kind = DatabaseSession::Kind::connect;
  Open open(*database->sessions_, session);
  database->ask(open, "db connect ", database->options_.deadline);
  return database;
}

std::shared_ptr<DatabaseSession> RemoteDatabase::make_session(std::string_view name) const {
  auto session = std::make_shared<DatabaseSession>();
  Simulation& sim = process_.simulation();
  session->database = options_.name;
  session->name = sim.intern(name);
  session->cause = sim.cause();
  session->client_host = process_.host().id();
  session->client_life = life_;
  const Fiber* task = sim.scheduler().current();
  ORDEAL_CHECK(task != nullptr, "a database is used by a task");
  if (const auto holder = holders_.find(task->index); holder != holders_.end()) {
    session->under = holder->second.rows;
  }
  return session;
}

// Returns when the answer is there.
void RemoteDatabase::ask(Open& open, std::string_view verb, Duration deadline) {
  Simulation& sim = process_.simulation();
  const std::string_view method = sim.intern(Words(verb, open->name));
  const auto answer = process_.call(server_, method, env::Message::of(DatabaseCall{open->number}), deadline);
  if (answer) {
    if (open->failure) std::rethrow_exception(open->failure);
    return;
  }
  sim.scheduler().recall();
  if (!env::may_have_happened(answer.error())) throw surely_not(options_.name + ": nobody answers");
  const bool left =
      open->state == DatabaseSession::State::left || open->state == DatabaseSession::State::done;
  if (left && open->kind == DatabaseSession::Kind::transact && !open->failure) {
    sim.mark("a client does not know that its transaction was not undone");
  }
  throw env::DatabaseError(env::DatabaseErrorCode::io, options_.name + ": no answer to " +
                                                           std::string(method) + "; it may have happened");
}

void RemoteDatabase::transact(std::string_view name, const std::function<void(env::Tx&)>& work) {
  const Connection connection(*this);
  const auto session = make_session(name);
  session->kind = DatabaseSession::Kind::transact;
  session->transaction = &work;
  Open open(*sessions_, session);
  std::exception_ptr failure;
  try {
    ask(open, "db ", options_.deadline);
  } catch (const Killed&) {
    throw;
  } catch (...) {
    failure = std::current_exception();
  }
  // Also after a commit of which nothing is known: a look at the table waits behind it.
  session->wakes.deliver();
  if (failure != nullptr) std::rethrow_exception(failure);
}

void RemoteDatabase::read(std::string_view name, const std::function<void(env::Connection&)>& work) {
  const Connection connection(*this);
  const auto session = make_session(name);
  session->kind = DatabaseSession::Kind::read;
  session->reading = &work;
  Open open(*sessions_, session);
  ask(open, "db read ", options_.deadline);
}

Result<std::unique_ptr<env::RowLock>, env::LockError> RemoteDatabase::lock_row(std::string_view table,
                                                                               std::int64_t key) {
  const auto session = make_session(table);
  const std::uint32_t task = process_.simulation().scheduler().current()->index;
  Holder& holder = holders_[task];
  if (holder.owner == 0) holder.owner = sessions_->new_owner();
  struct Asking {
    RemoteDatabase& database;
    std::uint32_t task;
    Asking(RemoteDatabase& d, std::uint32_t t) : database(d), task(t) { ++database.holders_[task].asking; }
    ~Asking() {
      --database.holders_[task].asking;
      database.forget(task);
    }
  } asking{*this, task};
  session->kind = DatabaseSession::Kind::lock;
  session->owner = holder.owner;
  session->key = key;
  // Granted, and the answer did not come: nobody knows the lock but the server.
  struct Unanswered {
    RemoteDatabase& database;
    DatabaseSession& session;
    bool answered = false;
    ~Unanswered() {
      if (!answered && session.row) database.release(session.row, session.name);
    }
  } unanswered{*this, *session};
  {
    Open open(*sessions_, session);
    ask(open, "db lock ", options_.row_lock_timeout + options_.deadline);
  }
  unanswered.answered = true;
  if (session->no_lock) return Err{*session->no_lock};
  holder.rows.push_back(session->row);
  return std::unique_ptr<env::RowLock>(std::make_unique<Lock>(*this, task, session->row, session->name));
}

void RemoteDatabase::let_go(std::uint32_t task, const std::shared_ptr<HeldRow>& row, std::string_view table) {
  std::erase(holders_[task].rows, row);
  forget(task);
  release(row, table);
}

void RemoteDatabase::forget(std::uint32_t task) {
  const auto found = holders_.find(task);
  if (found->second.rows.empty() && found->second.asking == 0) holders_.erase(found);
}

// Called by destructors: it never waits.
void RemoteDatabase::release(const std::shared_ptr<HeldRow>& row, std::string_view table) {
  Scheduler& scheduler = process_.simulation().scheduler();
  const Fiber* me = scheduler.current();
  if (me == nullptr || me->killed || process_.host().life() != life_) return;  // the server will notice
  sessions_->expire(row);
  scheduler.spawn(&process_.host(), "release of a row lock", me->cause,
                  [this, row, table] { keep_releasing(row, table); });
}

void RemoteDatabase::keep_releasing(const std::shared_ptr<HeldRow>& row, std::string_view table) {
  Simulation& sim = process_.simulation();
  const std::string_view method = sim.intern(Words("db unlock ", table));
  while (row->expires) {
    const auto session = make_session(table);
    session->kind = DatabaseSession::Kind::unlock;
    session->row = row;
    const Open open(*sessions_, session);
    const auto answer =
        process_.call(server_, method, env::Message::of(DatabaseCall{open->number}), kRetransmit);
    // Nothing listens: what was locked there is gone.
    if (answer || answer.error() == env::RpcError::unreachable) return;
    if (answer.error() == env::RpcError::refused) sim.scheduler().sleep(process_.host().true_ns(kRetransmit));
  }
}

}  // namespace ordeal::sim
