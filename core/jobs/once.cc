#include "core/jobs/once.h"

#include "core/api/jobs.h"
#include "core/base/digest.h"

namespace ordeal::jobs {
namespace {

constexpr env::Sql kIsDone{"select 1 from job_step where job = ? and day = ? and partition = ? and step = ?"};
constexpr env::Sql kDone{"insert into job_step(job, day, partition, step, token) values(?, ?, ?, ?, ?)"};

class RunKey final : public Once {
 public:
  explicit RunKey(bool locks) : locks_(locks) {}

  std::optional<std::unique_ptr<env::RowLock>> hold(env::Database& db, const Key& key) override {
    if (!locks_) return Once::hold(db, key);
    Digest name;
    name.add(key.job);
    name.add(static_cast<std::uint64_t>(key.day));
    name.add(static_cast<std::uint64_t>(key.partition));
    auto got = db.lock_row("job_run", static_cast<std::int64_t>(name.value() >> 1));
    if (!got) {
      env_->log.sometimes("a job was locked for too long");
      return std::nullopt;
    }
    return std::move(got).value();
  }

  bool may(env::Tx& tx, const Run& run, std::string_view step) override {
    if (token_of(tx, run.key) != run.token) {
      env_->log.sometimes("a run was overtaken");
      return false;
    }
    if (tx.query(kIsDone, run.key.job, run.key.day, run.key.partition, step).next()) {
      env_->log.sometimes("a step was done before");
      return false;
    }
    return true;
  }

  void did(env::Tx& tx, const Run& run, std::string_view step, Instant now) override {
    tx.exec(kDone, run.key.job, run.key.day, run.key.partition, step, run.token);
    put_off(tx, run, now + kLease);
    tell_done(tx, run, step);
  }

 private:
  const bool locks_;
};

}  // namespace

std::optional<std::unique_ptr<env::RowLock>> Once::hold(env::Database&, const Key&) {
  return std::unique_ptr<env::RowLock>();
}

void tell_done(env::Tx& tx, const Run& run, std::string_view step) {
  tx.fact(env::Message::of(
      api::facts::JobDid{run.key.job, run.key.day, run.key.partition, std::string(step), run.token}));
}

std::unique_ptr<Once> make_once(std::string_view name) {
  if (name == "run_key") return std::make_unique<RunKey>(false);
  if (name == "row_lock") return std::make_unique<RunKey>(true);
  return nullptr;
}

}  // namespace ordeal::jobs
