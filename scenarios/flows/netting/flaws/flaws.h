// The planted bugs of netting: one readable file each.
#pragma once

#include <memory>
#include <vector>

#include "core/jobs/once.h"
#include "core/netting/cover.h"
#include "core/netting/scheme.h"
#include "scenarios/play/seam.h"

namespace ordeal::netting {

std::vector<const play::FlawRow*> flaw_rows();

namespace planted {

std::unique_ptr<Scheme> make_payables_are_positive();
std::unique_ptr<Scheme> make_without_duplicates();
std::unique_ptr<Cover> make_looks_then_takes();
std::unique_ptr<jobs::Once> make_lock_that_expires();

}  // namespace planted

}  // namespace ordeal::netting
