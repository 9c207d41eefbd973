// F-50: a cancel undoes what its try did, so it subtracts from what is frozen and adds to what is free. But the try was lost on its way, or found
// too little: nothing of this order is frozen. What goes back was never taken, and the frozen amount that shrinks is another's.
#include "scenarios/flows/placing/flaws/flaws.h"

namespace ordeal::placing::planted {
namespace {

class CancelsAnything final : public FenceRows {
 public:
  api::BranchStatus cancel(const Steps& steps) override {
    if (find_branch(steps.tx, steps.branch.order)) return FenceRows::cancel(steps);
    steps.move(kUnfreeze);
    steps.told(api::BranchState::cancelled);
    return api::BranchStatus::done;
  }
};

}  // namespace

std::unique_ptr<Fence> make_cancels_anything() { return std::make_unique<CancelsAnything>(); }

}  // namespace ordeal::placing::planted
