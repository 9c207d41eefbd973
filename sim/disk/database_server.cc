#include "sim/disk/database_server.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/base/check.h"
#include "sim/disk/database_engine.h"
#include "sim/disk/database_sessions.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

// One life of the server.
class Life {
 public:
  Life(Process& process, std::shared_ptr<DatabaseSessions> sessions)
      : sim_(process.simulation()), sessions_(std::move(sessions)) {}

  void open(Process& process, Disk& disk, DatabaseOptions options) {
    std::string name = options.name;
    databases_.emplace(std::move(name), DatabaseEngine::open(process, disk, std::move(options)));
  }

  std::optional<env::Message> answer(const DatabaseCall& call) {
    const std::shared_ptr<DatabaseSession> session = sessions_->find(call.session);
    if (session == nullptr || session->state != DatabaseSession::State::sent) return std::nullopt;
    session->state = DatabaseSession::State::arrived;
    // So the sites below are those of a database in the caller's own process.
    sim_.scheduler().current()->cause = session->cause;
    try {
      serve(*session);
    } catch (const Recalled&) {
      return std::nullopt;
    } catch (const Killed&) {
      throw;
    } catch (const CheckFailed&) {  // our bug: nobody's answer may hide it
      throw;
    } catch (...) {
      session->failure = std::current_exception();
    }
    session->state = DatabaseSession::State::done;
    return env::Message::of(call);
  }

 private:
  void serve(DatabaseSession& session) {
    const auto found = databases_.find(session.database);
    ORDEAL_CHECK(found != databases_.end(), "no database " + session.database + " is served here");
    DatabaseEngine& engine = *found->second;
    switch (session.kind) {
      case DatabaseSession::Kind::connect:
        return;
      case DatabaseSession::Kind::transact:
        return transact(session, engine);
      case DatabaseSession::Kind::read:
        return engine.read(engine.use("read ", session.name), [&](env::Connection& connection) {
          lend(session, engine, [&] { (*session.reading)(connection); });
        });
      case DatabaseSession::Kind::lock:
        return lock(session, engine);
      case DatabaseSession::Kind::unlock:
        return sessions_->free(*session.row);
    }
  }

  void transact(DatabaseSession& session, DatabaseEngine& engine) {
    const std::exception_ptr failure = engine.transact(
        engine.use("reach ", session.name), session.name,
        [&](env::Tx& tx) { lend(session, engine, [&] { (*session.transaction)(tx); }); }, session.wakes);
    if (failure != nullptr) std::rethrow_exception(failure);
  }

  // Runs the body that stands on the client's stack.
  template <class Body>
  void lend(DatabaseSession& session, DatabaseEngine& engine, Body&& body) {
    if (session.client == nullptr) {
      sim_.mark("a transaction whose client had gone was not begun");
      throw Recalled{};
    }
    refuse_under_lost_locks(session, engine);
    try {
      const Scheduler::Loan loan(sim_.scheduler(), *session.client);
      body();
      sim_.scheduler().check_not_killed();
    } catch (const Recalled&) {
      sim_.mark("a client left while its transaction ran");
      throw;
    }
    session.state = DatabaseSession::State::left;
  }

  void lock(DatabaseSession& session, DatabaseEngine& engine) {
    refuse_under_lost_locks(session, engine);
    const auto& locks = engine.row_locks();
    const auto grant = locks->lock_for(session.owner, session.name, session.key);
    if (!grant) {
      session.no_lock = grant.error();
    } else if (session.client == nullptr) {
      sim_.mark("a row lock was granted to nobody");
      locks->release(*grant);
    } else {
      session.row = sessions_->hold(session, locks, *grant);
    }
  }

  void refuse_under_lost_locks(const DatabaseSession& session, DatabaseEngine& engine) {
    for (const auto& row : session.under) {
      if (row->locks == engine.row_locks() && row->locks->holds(row->grant)) continue;
      sim_.mark("a request under a lost row lock was refused");
      throw env::DatabaseError(env::DatabaseErrorCode::closed,
                               session.database + ": the session that held a row lock is gone");
    }
  }

  Simulation& sim_;
  std::shared_ptr<DatabaseSessions> sessions_;
  std::map<std::string, std::unique_ptr<DatabaseEngine>, std::less<>> databases_;
};

}  // namespace

DatabaseServer::DatabaseServer(Host& host, Disk& disk, DatabaseServerOptions options)
    : host_(host),
      disk_(disk),
      sessions_(std::make_shared<DatabaseSessions>(host.simulation(), options.detection)) {}

DatabaseServer& DatabaseServer::attach_to(Host& host, Disk& disk, DatabaseServerOptions options) {
  auto server = std::make_shared<DatabaseServer>(host, disk, options);
  host.attach(server);
  return *server;
}

void DatabaseServer::start(Process& process, std::vector<DatabaseOptions> databases) {
  Life& life = process.make<Life>(process, sessions_);
  for (DatabaseOptions& options : databases) life.open(process, disk_, std::move(options));
  process.serve_all("db ",
                    [&life](const env::Message& call) { return life.answer(call.as<DatabaseCall>()); });
}

}  // namespace ordeal::sim
