// The planted bugs of clearing and settlement: one readable file each.
#pragma once

#include <memory>
#include <vector>

#include "core/clearing/sharing.h"
#include "core/clearing/trigger.h"
#include "core/settlement/below_zero.h"
#include "core/settlement/route.h"
#include "scenarios/play/seam.h"

namespace ordeal::settlement {

std::vector<const play::FlawRow*> flaw_rows();

namespace planted {

std::unique_ptr<clearing::Trigger> make_first_parcel();
std::unique_ptr<BelowZero> make_never_below_zero();
std::unique_ptr<Route> make_own_account();
std::unique_ptr<clearing::Sharing> make_each_rounds_up();
std::unique_ptr<clearing::Sharing> make_merchant_refunds();

}  // namespace planted

}  // namespace ordeal::settlement
