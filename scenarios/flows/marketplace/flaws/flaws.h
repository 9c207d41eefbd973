// The planted bugs of a marketplace: one readable file each, with its maker here and its row in flaws.cc.
#pragma once

#include <memory>
#include <vector>

#include "core/ids/order_ids.h"
#include "core/marketplace/index.h"
#include "core/sharding/router.h"
#include "scenarios/play/seam.h"

namespace ordeal::marketplace {

namespace planted {

std::unique_ptr<ids::OrderIds> make_remembered_time();   // F-30
std::unique_ptr<ids::OrderIds> make_worker_from_file();  // F-31
std::unique_ptr<CopyWriter> make_as_they_come();         // F-58
std::unique_ptr<sharding::Router> make_hash_modulo();    // F-59

}  // namespace planted

std::vector<const play::FlawRow*> flaw_rows();

}  // namespace ordeal::marketplace
