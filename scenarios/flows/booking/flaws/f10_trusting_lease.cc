// F-10: takes the lock for three seconds, "so that it cannot stay for ever", and believes in it until it unlocks. A pause outlives
// the lease: somebody else gets the lock and books, then the first writes what it had seen before the pause, and its unlock deletes a
// lock that is not its own. Its token is written down and compared with nothing.
#include "scenarios/flows/booking/flaws/flaws.h"

namespace ordeal::booking::planted {
namespace {

constexpr Duration kLease{3'000'000'000};

class TrustingLease final : public SlotKeeper {
 public:
  api::BookReply keep(env::Database& db, const Wanted& wanted) override {
    lock::Terms terms;
    terms.lease = kLease;
    auto hold = lock::Locks(*env_).try_lock(venue_day(wanted), terms);
    if (!hold) return {api::BookStatus::busy};
    const std::vector<lock::Fence> under = (*hold)->fences();
    const bool free = looks_free(db, wanted);
    work_under_the_lock();
    const api::BookReply reply =
        free ? write_down(db, wanted, under) : api::BookReply{api::BookStatus::taken};
    for (const lock::Fence& fence : under)
      static_cast<void>(env_->cache().remove(lock::lock_key(fence.resource)));
    return reply;
  }
};

}  // namespace

std::unique_ptr<SlotKeeper> make_trusting_lease_keeper() { return std::make_unique<TrustingLease>(); }

}  // namespace ordeal::booking::planted
