// Seam placing::Fence: what a participant remembers of a branch, so that a step that is late, early or there twice does no harm.
//
// Contract (I-55), whatever order steps arrive in and however often: a cancel of what was never tried changes no amount; what was cancelled
// is never frozen or taken after it; what is confirmed was tried; a step that comes again is done and changes nothing. All of it within
// the caller's transaction.
#pragma once

#include <memory>
#include <string_view>

#include "core/placing/pools.h"

namespace ordeal::placing {

class Fence {
 public:
  virtual ~Fence() = default;
  virtual api::BranchStatus try_it(const Steps& steps) = 0;
  virtual api::BranchStatus take(const Steps& steps) = 0;
  virtual api::BranchStatus confirm(const Steps& steps) = 0;
  virtual api::BranchStatus cancel(const Steps& steps) = 0;
};

// "rows"  Seata's three rules in one table (SpringFenceHandler, domain 2.7). A try writes its row with the freeze. A cancel without a row
//         writes SUSPENDED and is done: an empty rollback, and the row a late try runs into (hanging). A confirm without a row is refused. A
//         step that is there again finds its row moved (idempotence). What is taken at once keeps to the same rows.
// Null for an unknown name.
std::unique_ptr<Fence> make_fence(std::string_view name);

// The clean one, for flaws that differ in one step.
class FenceRows : public Fence {
 public:
  api::BranchStatus try_it(const Steps& steps) override;
  api::BranchStatus take(const Steps& steps) override;
  api::BranchStatus confirm(const Steps& steps) override;
  api::BranchStatus cancel(const Steps& steps) override;
};

}  // namespace ordeal::placing
