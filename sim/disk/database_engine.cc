#include "sim/disk/database_engine.h"

#include <optional>
#include <utility>

#include "core/base/check.h"
#include "sim/disk/disk.h"
#include "sim/disk/row_locks.h"
#include "sim/disk/vfs.h"
#include "sim/disk/written_rows.h"
#include "sim/process.h"
#include "sim/simulation.h"
#include "sim/words.h"

namespace ordeal::sim {
namespace {

constexpr env::Sql kGetNumber{"SELECT number FROM _ordeal_commit WHERE id = 1"};
constexpr env::Sql kSetNumber{"UPDATE _ordeal_commit SET number = ?1 WHERE id = 1"};

const char* synchronous_of(const DatabaseOptions& options) {
  switch (options.synchronous) {
    case Synchronous::durable:
      return options.journal_mode == JournalMode::del ? "EXTRA" : "FULL";
    case Synchronous::full:
      return "FULL";
    case Synchronous::normal:
      return "NORMAL";
    case Synchronous::off:
      return "OFF";
  }
  return "FULL";
}

}  // namespace

class DatabaseEngine::WriteFrame final : public env::Tx {
 public:
  WriteFrame(DatabaseEngine& engine, env::Wakes& wakes) : engine_(engine), wakes_(wakes) {
    if (engine.sim_.trace().full()) written_.emplace(engine);
  }
  // What was written, for readers of a trace with causes.
  std::string written() const { return written_ ? written_->rows.lines() : std::string(); }
  void fact(env::Message fact) override { engine_.facts_.push_back({std::move(fact), engine_.sim_.cause()}); }
  void wake(env::Wakeable& worker, Instant due) override { wakes_.add(worker, due); }

 protected:
  env::Statement& prepare(const env::Sql& sql) override {
    ++engine_.sim_.counters().statements;
    env::Statement& statement = engine_.connection_.statement(sql);
    return written_ ? written_->rows.beside(sql, statement) : statement;
  }
  std::int64_t changes() const override { return engine_.connection_.changes(); }

 private:
  struct Written {
    explicit Written(DatabaseEngine& engine)
        : rows([&engine] { return engine.connection_.changes(); },
               [&engine](const std::string& table) -> const TableColumns& { return engine.columns(table); }),
          watch(engine.connection_.session(), [this](const ChangedRow& row) { rows.changed(row); }) {}

    WrittenRows rows;
    RowWatch watch;
  };

  DatabaseEngine& engine_;
  env::Wakes& wakes_;
  std::optional<Written> written_;
};

class DatabaseEngine::ReadFrame final : public env::Connection {
 public:
  explicit ReadFrame(DatabaseEngine& engine) : engine_(engine) {}

 protected:
  env::Statement& prepare(const env::Sql& sql) override {
    ++engine_.sim_.counters().statements;
    return engine_.connection_.query(sql);
  }

 private:
  DatabaseEngine& engine_;
};

// The database for a scope; it counts how long that was waited for.
class DatabaseEngine::Turn {
 public:
  explicit Turn(DatabaseEngine& engine)
      : came_ns_(engine.sim_.now_ns()), lock_(engine.mutex_, "the database connection") {
    engine.sim_.counters().database_wait_ns += engine.sim_.now_ns() - came_ns_;
  }

 private:
  const std::int64_t came_ns_;
  const MutexLock lock_;
};

std::unique_ptr<DatabaseEngine> DatabaseEngine::open(Process& process, Disk& disk, DatabaseOptions options) {
  Simulation& sim = process.simulation();
  ORDEAL_CHECK(disk.host() == &process.host(), "a process opens databases on the disk of its own host");
  sim.scheduler().check_not_killed();
  const Key key = sim.choices().next(site_of(sim.cause(), Words("open ", options.name)));
  seed_sqlite(sim.choices(), key);
  return std::make_unique<DatabaseEngine>(process.host(), disk, std::move(options));
}

DatabaseEngine::DatabaseEngine(Host& host, Disk& disk, DatabaseOptions options)
    : options_(std::move(options)),
      host_(host),
      sim_(host.simulation()),
      log_(disk.commit_log(options_.name)),
      mutex_(sim_.scheduler()),
      row_locks_(std::make_shared<RowLocks>(host, options_.row_lock_timeout)),
      connection_(disk, {.name = options_.name,
                         .journal_mode = options_.journal_mode,
                         .synchronous = synchronous_of(options_),
                         .cache_pages = options_.cache_pages,
                         .wal_autocheckpoint_pages = options_.wal_autocheckpoint_pages}) {
  // The first read recovers the database; then it tells which commit in flight happened.
  number_ = connection_.integer(kGetNumber);
  settle();
}

Key DatabaseEngine::use(std::string_view verb, std::string_view name) {
  ORDEAL_CHECK(sim_.scheduler().current() != nullptr, "a database is used by a task");
  return sim_.choices().next(site_of(sim_.cause(), Words(verb, name)));
}

// Others may run while this task is on its way to the database.
Key DatabaseEngine::reach(std::string_view verb, std::string_view name) {
  const Key key = use(verb, name);
  const Duration delay = sim_.choices().between(key, lane("delay"), options_.reach_min, options_.reach_max);
  sim_.scheduler().sleep(delay.ns, "the database to be reached");
  return key;
}

std::exception_ptr DatabaseEngine::transact(Key key, std::string_view name,
                                            const std::function<void(env::Tx&)>& work, env::Wakes& wakes) {
  const Turn turn(*this);
  seed_sqlite(sim_.choices(), key);
  make_sure();
  facts_.clear();
  Failure failure;
  try {
    run(key, name, work, wakes);
    return nullptr;
  } catch (const Recalled& recalled) {
    failure = Failure::caught(recalled);
  } catch (const std::exception& error) {
    failure = Failure::caught(error);
  }
  // Here, for rolling back may suspend, which a catch block must not. Whoever was Killed rolls nothing back.
  ++sim_.counters().in_vain;
  roll_back(failure);
  number_.reset();
  note(EventKind::rolled_back, key, name, 0);
  if (unsure_) end_doubt();
  if (!failure.refused.empty()) {
    sim_.report({std::string(kConstraint),
                 FindingKind::safety,
                 sim_.now_ns(),
                 "a constraint refused what the code had let through",
                 {{"transaction", std::string(name)}, {"constraint", failure.refused}}});
  }
  return failure.what;
}

void DatabaseEngine::read(Key key, const std::function<void(env::Connection&)>& work) {
  const Turn turn(*this);
  seed_sqlite(sim_.choices(), key);
  make_sure();
  // In WAL nobody else has the file open and the mutex keeps this connection still: each statement sees the
  // same snapshot.
  const bool frame = options_.journal_mode != JournalMode::wal;
  ReadFrame reading(*this);
  Failure failure;
  try {
    if (frame) connection_.begin_read();
    {
      const NoSuspend guard(sim_.scheduler().current());
      work(reading);
    }
    if (frame) connection_.commit();
    return;
  } catch (const Recalled& recalled) {
    failure = Failure::caught(recalled);
  } catch (const std::exception& error) {
    failure = Failure::caught(error);
  }
  roll_back(failure);
  std::rethrow_exception(failure.what);
}

DatabaseEngine::Failure DatabaseEngine::Failure::caught(const std::exception& error) {
  const auto* of_storage = dynamic_cast<const env::DatabaseError*>(&error);
  const bool damaged = of_storage != nullptr && of_storage->code() == env::DatabaseErrorCode::corrupt;
  const bool refused = of_storage != nullptr && of_storage->code() == env::DatabaseErrorCode::constraint;
  return {std::current_exception(), damaged, false, refused ? of_storage->what() : ""};
}

void DatabaseEngine::roll_back(const Failure& failure) {
  Scheduler& scheduler = sim_.scheduler();
  scheduler.check_not_killed();
  // Whoever was recalled ran out of turn, perhaps on a frozen host.
  if (failure.recalled) scheduler.sleep(0, "its turn, after a client left");
  if (connection_.in_transaction()) connection_.rollback();
  scheduler.check_not_killed();
  if (failure.damaged) stop();
}

void DatabaseEngine::note(EventKind kind, Key key, std::string_view name, std::uint64_t payload,
                          std::string_view written) {
  sim_.trace().add(kind, sim_.now_ns(), host_.id(), key.site, payload,
                   [&] { return std::string(name) + " in " + options_.name + std::string(written); });
}

void DatabaseEngine::run(Key key, std::string_view name, const std::function<void(env::Tx&)>& work,
                         env::Wakes& wakes) {
  connection_.begin_write();
  note(EventKind::transaction_began, key, name, key.occurrence);
  if (!number_) number_ = connection_.integer(kGetNumber);
  const std::int64_t changes_before = connection_.total_changes();
  WriteFrame frame(*this, wakes);
  {
    const NoSuspend guard(sim_.scheduler().current());
    work(frame);
  }
  sim_.step(host_, Stepping::Where::before_commit, name);
  const bool writes = connection_.total_changes() != changes_before;
  if (writes && !facts_.empty()) {
    CommitLog::Flight flight{log_.new_number(), *number_, {}};
    set_number(flight.number);
    flight.facts.swap(facts_);
    log_.take_off(std::move(flight));
  }
  unsure_ = writes;
  connection_.commit();
  unsure_ = false;
  note(EventKind::committed, key, name, static_cast<std::uint64_t>(*number_), frame.written());
  ++(writes ? sim_.counters().transactions : sim_.counters().in_vain);
  if (writes) {
    settle();
  } else {
    for (const PendingFact& fact : facts_) sim_.emit(fact.body, host_.id(), fact.cause);
  }
  sim_.step(host_, Stepping::Where::after_commit, name);
}

const TableColumns& DatabaseEngine::columns(const std::string& table) {
  const auto known = columns_.find(table);
  if (known != columns_.end()) return known->second;
  return columns_.emplace(table, columns_of(connection_.session(), table)).first->second;
}

void DatabaseEngine::set_number(std::int64_t number) {
  env::Statement& statement = connection_.statement(kSetNumber);
  env::Rows rows(statement);
  statement.bind(1, number);
  rows.next();
  number_ = number;
}

// A COMMIT that failed may be in the file all the same. In a rollback-journal mode, when the journal was cut or removed but
// that was not synced: it is there for every reader, and gone with the next power loss. In WAL, when its last frame was
// written and the sync or the padding after it failed: it is gone for every reader, and back with the next recovery. Nobody may
// build on either before a further commit has made it last, or written over it.
void DatabaseEngine::make_sure() {
  if (!unsure_) return;
  std::exception_ptr failure;
  try {
    connection_.begin_write();
    number_ = connection_.integer(kGetNumber);
    // Another number: SQLite writes no page that stays as it is.
    CommitLog::Flight flight{log_.new_number(), *number_, {}};
    set_number(flight.number);
    log_.take_off(std::move(flight));
    connection_.commit();
    unsure_ = false;
    settle();
    return;
  } catch (...) {
    failure = std::current_exception();
  }
  sim_.scheduler().check_not_killed();
  if (connection_.in_transaction()) connection_.rollback();
  sim_.scheduler().check_not_killed();
  number_.reset();
  std::rethrow_exception(failure);
}

// At once, for nobody else may come by for hours. A database that fails twice in a row is left to recovery: its process dies, as
// PostgreSQL's does since fsyncgate.
void DatabaseEngine::end_doubt() {
  bool still_unsure = false;
  try {
    make_sure();
  } catch (const env::DatabaseError&) {
    still_unsure = true;
  }
  sim_.scheduler().check_not_killed();
  if (!still_unsure) return;
  sim_.mark("a process died of a doubtful commit");
  host_.crash(sim_.moment("doubtful commit", host_.id()), Host::kSupervisorDelay);
  sim_.scheduler().check_not_killed();
}

// Nobody serves from a damaged database: the process ends, and its supervisor leaves it to an operator.
void DatabaseEngine::stop() {
  host_.crash(sim_.moment(Words("damage in ", options_.name), host_.id()), Duration::max());
  sim_.scheduler().check_not_killed();
}

// The database durably holds number_: emits the facts that came true, and forgets those that did not.
void DatabaseEngine::settle() {
  if (log_.empty()) return;
  log_.settle(*number_, [&](const PendingFact& fact) { sim_.emit(fact.body, host_.id(), fact.cause); });
}

}  // namespace ordeal::sim
