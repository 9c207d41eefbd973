// The planted bugs of placing: one readable file each.
#pragma once

#include <memory>
#include <vector>

#include "core/placing/fence.h"
#include "scenarios/play/seam.h"

namespace ordeal::placing {

std::vector<const play::FlawRow*> flaw_rows();

namespace planted {

std::unique_ptr<Fence> make_cancels_anything();
std::unique_ptr<Fence> make_forgets_empty_cancel();
std::unique_ptr<Fence> make_repairs_by_script();

}  // namespace planted
}  // namespace ordeal::placing
