// The planted bugs of booking: one readable file each. What they have in common is what naive code has instead of a gate: it looks
// whether the stretch is free, and writes later what it saw.
#pragma once

#include <memory>
#include <vector>

#include "core/booking/keeper.h"
#include "scenarios/play/seam.h"

namespace ordeal::booking {

std::vector<const play::FlawRow*> flaw_rows();

namespace planted {

// Does no active booking of the venue overlap?
bool looks_free(env::Database& db, const Wanted& wanted);
// The booking's row, and the calendar that people look at, whatever stands there.
api::BookReply write_down(env::Database& db, const Wanted& wanted, const std::vector<lock::Fence>& under);

std::unique_ptr<SlotKeeper> make_exact_interval_keeper();
std::unique_ptr<SlotKeeper> make_early_unlock_keeper();
std::unique_ptr<SlotKeeper> make_trusting_lease_keeper();
std::unique_ptr<SlotKeeper> make_lock_alone_keeper();

}  // namespace planted
}  // namespace ordeal::booking
