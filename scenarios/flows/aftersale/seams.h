// The decisions of refunds that a scenario may take otherwise.
#pragma once

#include "core/aftersale/reserver.h"
#include "core/aftersale/router.h"
#include "core/aftersale/wishes.h"
#include "scenarios/play/seam.h"

namespace ordeal::aftersale {

const play::Seam<Reserver>& reserver();
const play::Seam<Recognition>& recognition();
const play::Seam<Numbering>& numbering();
const play::Seam<Router>& router();

}  // namespace ordeal::aftersale
