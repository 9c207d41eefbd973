#include "sim/disk/row_locks.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/check.h"
#include "core/base/digest.h"
#include "sim/host.h"
#include "sim/simulation.h"

namespace ordeal::sim {

class RowLocks::Held final : public env::RowLock {
 public:
  Held(std::shared_ptr<RowLocks> locks, Grant grant) : locks_(std::move(locks)), grant_(grant) {}
  ~Held() override { locks_->release(grant_); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

 private:
  std::shared_ptr<RowLocks> locks_;
  Grant grant_;
};

// Whoever waits for a row waits for its owner and for all who stand before him: would that lead back to me?
bool RowLocks::would_deadlock(Owner me, const Row& row) const {
  std::vector<const Row*> look_at{&row};
  std::vector<const Row*> seen;
  const auto follow = [&](Owner owner) {
    const auto waits = waits_for_.find(owner);
    if (waits != waits_for_.end()) look_at.push_back(waits->second);
    return owner == me;
  };
  while (!look_at.empty()) {
    const Row* at = look_at.back();
    look_at.pop_back();
    if (std::find(seen.begin(), seen.end(), at) != seen.end()) continue;
    seen.push_back(at);
    if (follow(at->owner)) return true;
    for (const Waiting& waiting : at->queue) {
      if (follow(waiting.owner)) return true;
    }
  }
  return false;
}

Result<std::unique_ptr<env::RowLock>, env::LockError> RowLocks::lock(std::string_view table,
                                                                     std::int64_t key) {
  const Fiber* me = host_.simulation().scheduler().current();
  ORDEAL_CHECK(me != nullptr, "a row lock is taken by a task");
  const auto grant = lock_for(Owner{me->index} + 1, table, key);
  if (!grant) return Err{grant.error()};
  return std::unique_ptr<env::RowLock>(std::make_unique<Held>(shared_from_this(), *grant));
}

Result<RowLocks::Grant, env::LockError> RowLocks::lock_for(Owner me, std::string_view table,
                                                           std::int64_t key) {
  Scheduler& scheduler = host_.simulation().scheduler();
  ORDEAL_CHECK(scheduler.current() != nullptr && scheduler.current()->no_suspend == 0,
               "a row lock inside a transaction");
  const std::uint64_t id = Digest().add(table).add(static_cast<std::uint64_t>(key)).value();

  auto& slot = rows_[id];
  if (slot == nullptr) slot = std::make_unique<Row>();
  Row& row = *slot;
  if (row.owner == 0 || row.owner == me) {
    if (row.owner == 0) row.grant = ++grants_;
    row.owner = me;
    ++row.depth;
    return Grant{id, row.grant};
  }
  Counters& counters = host_.simulation().counters();
  if (would_deadlock(me, row)) {
    ++counters.deadlocks;
    return Err{env::LockError::deadlock};
  }

  row.queue.push_back({me, scheduler.next_token()});
  waits_for_[me] = &row;
  // Also when Killed is thrown, even if the row was handed over just before.
  struct Leave {
    RowLocks& locks;
    std::uint64_t id;
    Owner me;
    bool keeps = false;
    ~Leave() {
      if (!keeps) locks.leave(id, me);
    }
  } leave{*this, id, me};
  ++counters.row_waits;
  const std::int64_t came_ns = scheduler.now_ns();
  scheduler.wait_for("a row lock", host_.true_ns(timeout_));
  counters.row_wait_ns += scheduler.now_ns() - came_ns;
  if (row.owner != me) return Err{env::LockError::timeout};
  leave.keeps = true;
  waits_for_.erase(me);
  return Grant{id, row.grant};
}

void RowLocks::leave(std::uint64_t id, Owner me) {
  waits_for_.erase(me);
  const auto found = rows_.find(id);
  if (found == rows_.end()) return;
  if (found->second->owner == me) return hand_over(id);
  std::erase_if(found.value()->queue, [&](const Waiting& waiting) { return waiting.owner == me; });
}

bool RowLocks::holds(Grant grant) const {
  const auto found = rows_.find(grant.row);
  return found != rows_.end() && found->second->owner != 0 && found->second->grant == grant.number;
}

void RowLocks::release(Grant grant) {
  if (!holds(grant)) return;
  if (--rows_.find(grant.row).value()->depth == 0) hand_over(grant.row);
}

// The next in the row owns it at once.
void RowLocks::hand_over(std::uint64_t id) {
  const auto found = rows_.find(id);
  Row& row = *found.value();
  row.owner = 0;
  Scheduler& scheduler = host_.simulation().scheduler();
  while (!row.queue.empty()) {
    const Waiting next = row.queue.front();
    row.queue.pop_front();
    if (!scheduler.is_waiting(next.token)) continue;  // killed meanwhile
    row.owner = next.owner;
    row.grant = ++grants_;
    row.depth = 1;
    waits_for_.erase(next.owner);
    scheduler.wake(next.token);
    return;
  }
  rows_.erase(found);
}

}  // namespace ordeal::sim
