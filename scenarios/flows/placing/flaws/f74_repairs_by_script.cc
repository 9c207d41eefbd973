// F-74: the repair is a script: the order was rejected and its points were taken, so add them back. Two run it, or one runs it again because it
// heard no answer, and each adds. Nothing tells the second that the difference which it saw is gone.
#include "scenarios/flows/placing/flaws/flaws.h"

namespace ordeal::placing::planted {
namespace {

class RepairsByScript final : public FenceRows {
 public:
  api::BranchStatus cancel(const Steps& steps) override {
    if (find_branch(steps.tx, steps.branch.order) != api::BranchState::returned)
      return FenceRows::cancel(steps);
    steps.move(kUnuse);
    steps.told(api::BranchState::returned);
    return api::BranchStatus::done;
  }
};

}  // namespace

std::unique_ptr<Fence> make_repairs_by_script() { return std::make_unique<RepairsByScript>(); }

}  // namespace ordeal::placing::planted
