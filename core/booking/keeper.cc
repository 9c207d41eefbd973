#include "core/booking/keeper.h"

#include <utility>

namespace ordeal::booking {
namespace {

using api::BookReply;
using api::BookStatus;

constexpr Duration kLease{3'000'000'000};
constexpr Duration kLongWork{40'000'000'000};

// A token that the store refused, and the one that it has seen.
struct Stale {
  lock::Fence fence;
  std::int64_t seen = 0;
};

// The one transaction of all designs. Its last gate needs no lock.
BookReply write(env::Database& db, const Wanted& wanted, const std::vector<lock::Fence>& under,
                std::optional<Stale>& stale) {
  return env::in_transaction(db, "booking.book", [&](env::Tx& tx) -> BookReply {
    stale.reset();
    if (const auto known = known_answer(tx, wanted.booking)) return *known;
    if (!slots_are_free(tx, wanted.venue.id, wanted.booking.from, wanted.booking.until))
      return {BookStatus::taken};
    for (const lock::Fence& fence : under) {
      const auto seen = refused_by_token(tx, fence);
      if (!seen) continue;
      stale = Stale{fence, *seen};
      return {BookStatus::busy};
    }
    take_slots(tx, wanted.venue, wanted.booking);
    write_booking(tx, wanted.booking, under, wanted.overdue);
    return answer_of(wanted.booking, wanted.booking);
  });
}

class DatabaseAlone final : public SlotKeeper {
 public:
  BookReply keep(env::Database& db, const Wanted& wanted) override {
    work_under_the_lock();
    std::optional<Stale> stale;
    return write(db, wanted, {}, stale);
  }
};

class Locked final : public SlotKeeper {
 public:
  using Covers = std::vector<std::string> (*)(const Wanted&);
  Locked(Covers covers, lock::Terms terms) : covers_(covers), terms_(terms) {}

  BookReply keep(env::Database& db, const Wanted& wanted) override {
    lock::Locks locks(*env_);
    std::optional<Stale> stale;
    auto hold = locks.try_lock(covers_(wanted), terms_);
    if (!hold) {
      env_->log.sometimes(hold.error() == lock::Refusal::busy ? "a lock was busy for too long"
                                                              : "the lock service was silent");
      // Without a lock people work for nothing now and then; what they may write is decided behind it.
      if (hold.error() == lock::Refusal::busy) return {BookStatus::busy};
      return write(db, wanted, {}, stale);
    }
    work_under_the_lock();
    const BookReply reply = write(db, wanted, (*hold)->fences(), stale);
    if (stale) {
      env_->log.sometimes("a late holder was refused by its token");
      locks.catch_up(stale->fence, stale->seen);
    }
    (*hold)->release();
    return reply;
  }

 private:
  Covers covers_;
  lock::Terms terms_;
};

}  // namespace

BookReply answer_of(const Booking& known, const Booking& wanted) {
  if (known.fingerprint != wanted.fingerprint) return {BookStatus::conflict};
  return {BookStatus::booked, api::BookProblem::none, known.id, known.state, known.pay_until};
}

std::optional<BookReply> known_answer(env::Connection& from, const Booking& wanted) {
  const auto known = find_request(from, wanted.user, wanted.request_key);
  return known ? std::optional(answer_of(*known, wanted)) : std::nullopt;
}

void SlotKeeper::work_under_the_lock() const {
  if (env_->points.unlucky("booking: the work under the lock takes long")) env_->tasks.sleep(kLongWork);
}

std::vector<std::string> venue_day(const Wanted& wanted) {
  return {"venue-day:" + wanted.venue.id.text() + ":" + std::to_string(wanted.booking.from.ns / kDay.ns)};
}

std::vector<std::string> each_slot(const Wanted& wanted) {
  std::vector<std::string> all;
  for (const Instant slot : slots_of(wanted.venue, wanted.booking.from, wanted.booking.until))
    all.push_back("slot:" + wanted.venue.id.text() + ":" + std::to_string(slot.ns / 1'000'000'000));
  return all;
}

std::vector<std::string> whole_venue(const Wanted& wanted) { return {"venue:" + wanted.venue.id.text()}; }

std::unique_ptr<SlotKeeper> make_keeper(std::string_view name) {
  if (name == "venue_day") return std::make_unique<Locked>(&venue_day, lock::Terms{});
  if (name == "slot") return std::make_unique<Locked>(&each_slot, lock::Terms{});
  if (name == "venue") return std::make_unique<Locked>(&whole_venue, lock::Terms{});
  if (name == "venue_day_lease")
    return std::make_unique<Locked>(&venue_day, lock::Terms{lock::Terms{}.wait, kLease});
  if (name == "none") return std::make_unique<DatabaseAlone>();
  return nullptr;
}

}  // namespace ordeal::booking
