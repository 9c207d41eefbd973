// The planted bugs of payouts: one readable file each.
#pragma once

#include <memory>
#include <vector>

#include "core/payout/binding.h"
#include "core/payout/codes.h"
#include "core/payout/doubt.h"
#include "core/payout/keeper.h"
#include "scenarios/play/seam.h"

namespace ordeal::payout {

std::vector<const play::FlawRow*> flaw_rows();

namespace planted {

std::unique_ptr<QuotaKeeper> make_sums_then_pays();
std::unique_ptr<QuotaKeeper> make_remembers_terms();
std::unique_ptr<Codes> make_never_released();
std::unique_ptr<Doubt> make_unknown_is_failed();
std::unique_ptr<Binding> make_decided_at_pay();

}  // namespace planted

}  // namespace ordeal::payout
