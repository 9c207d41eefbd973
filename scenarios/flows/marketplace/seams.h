// The decisions of a marketplace that a scenario may take otherwise.
#pragma once

#include "core/ids/order_ids.h"
#include "core/marketplace/index.h"
#include "core/marketplace/lookup.h"
#include "core/sharding/router.h"
#include "scenarios/play/seam.h"

namespace ordeal::marketplace {

const play::Seam<ids::OrderIds>& order_ids();
const play::Seam<Lookup>& lookup();
const play::Seam<sharding::Router>& router();
const play::Seam<CopyWriter>& copy_writer();

std::vector<const play::SeamRow*> seam_rows();

}  // namespace ordeal::marketplace
