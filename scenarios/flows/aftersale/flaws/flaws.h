// The planted bugs of refunds: one readable file each.
#pragma once

#include <memory>
#include <vector>

#include "core/aftersale/reserver.h"
#include "core/aftersale/router.h"
#include "core/aftersale/wishes.h"
#include "scenarios/play/seam.h"

namespace ordeal::aftersale {

std::vector<const play::FlawRow*> flaw_rows();

namespace planted {

std::unique_ptr<Numbering> make_number_per_try();
std::unique_ptr<Reserver> make_sums_then_refunds();
std::unique_ptr<Reserver> make_two_tables();
std::unique_ptr<Router> make_payout_when_unsure();
std::unique_ptr<Recognition> make_known_by_amount();

}  // namespace planted

}  // namespace ordeal::aftersale
