// F-30: Snowflake as it is copied from page to page: the last time is a variable, and a clock that is behind it is refused. A pod that
// restarts has forgotten it. If its clock was set back meanwhile, or stands still, it goes through the same milliseconds with the
// same worker once more, and counts from 0 again: an order of today gets the number of another (I-02; seata #3527). The unique index of
// a shard notices nothing, for the other order lies on another shard.
#include "core/ids/snowflake.h"
#include "scenarios/flows/marketplace/flaws/flaws.h"

namespace ordeal::marketplace::planted {
namespace {

constexpr env::Sql kMine{"select id from worker where holder = ?"};
constexpr env::Sql kCount{"select count(*) from worker"};
constexpr env::Sql kNew{"insert into worker(id, holder, used_until) values(?, ?, 0)"};

class RememberedTime final : public ids::OrderIds {
 public:
  std::optional<std::int64_t> next(const ids::Asker& asker, std::int64_t) override {
    if (!worker_) worker_ = worker_of(asker);
    const std::int64_t now = ids::ms_of(asker.env.clock.wall_now());
    if (now < last_ms_ || now < 0) return std::nullopt;
    sequence_ = now == last_ms_ ? sequence_ + 1 : 0;
    last_ms_ = now;
    return ids::compose(ids::kPlain, {now, *worker_, sequence_, 0});
  }

 private:
  // Each pod has a number of its own, and keeps it.
  static std::int64_t worker_of(const ids::Asker& asker) {
    return env::in_transaction(asker.db, "ids.worker", [&](env::Tx& tx) -> std::int64_t {
      if (auto mine = tx.query(kMine, asker.pod); mine.next()) return mine.get<std::int64_t>(0);
      std::int64_t next = 0;
      if (auto count = tx.query(kCount); count.next()) next = count.get<std::int64_t>(0);
      tx.exec(kNew, next, asker.pod);
      return next;
    });
  }

  std::optional<std::int64_t> worker_;
  std::int64_t last_ms_ = -1;
  std::int64_t sequence_ = 0;
};

}  // namespace

std::unique_ptr<ids::OrderIds> make_remembered_time() { return std::make_unique<RememberedTime>(); }

}  // namespace ordeal::marketplace::planted
