// The decisions of payout that a scenario may take otherwise.
#pragma once

#include "core/payout/binding.h"
#include "core/payout/codes.h"
#include "core/payout/doubt.h"
#include "core/payout/keeper.h"
#include "scenarios/play/seam.h"

namespace ordeal::payout {

const play::Seam<QuotaKeeper>& quota_keeper();
const play::Seam<Binding>& binding();
const play::Seam<Doubt>& doubt();
const play::Seam<Codes>& codes();

}  // namespace ordeal::payout
