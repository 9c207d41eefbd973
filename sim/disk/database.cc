#include "sim/disk/database.h"

#include <exception>
#include <utility>

#include "sim/disk/database_engine.h"
#include "sim/disk/row_locks.h"

namespace ordeal::sim {

Database::Database(std::unique_ptr<DatabaseEngine> engine) : engine_(std::move(engine)) {}
Database::~Database() = default;

std::unique_ptr<Database> Database::open(Process& process, Disk& disk, DatabaseOptions options) {
  return std::unique_ptr<Database>(new Database(DatabaseEngine::open(process, disk, std::move(options))));
}

void Database::transact(std::string_view name, const std::function<void(env::Tx&)>& work) {
  const Key key = engine_->reach("reach ", name);
  env::Wakes wakes;
  std::exception_ptr failure;
  try {
    failure = engine_->transact(key, name, work, wakes);
  } catch (const Recalled&) {
    failure = std::current_exception();
  } catch (const std::exception&) {  // not even rolling back came to an end
    failure = std::current_exception();
  }
  wakes.deliver();
  if (failure != nullptr) std::rethrow_exception(failure);
}

void Database::read(std::string_view name, const std::function<void(env::Connection&)>& work) {
  engine_->read(engine_->reach("read ", name), work);
}

Result<std::unique_ptr<env::RowLock>, env::LockError> Database::lock_row(std::string_view table,
                                                                         std::int64_t key) {
  engine_->reach("lock row ", table);
  return engine_->row_locks()->lock(table, key);
}

const DatabaseOptions& Database::options() const { return engine_->options(); }

}  // namespace ordeal::sim
