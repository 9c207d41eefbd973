// F-51: a cancel that finds no row has nothing to undo, says "done", and writes nothing. The try that it was meant for was only late: it finds no
// row either, and freezes. Nobody will ever confirm or cancel that, for the transaction is over.
#include "scenarios/flows/placing/flaws/flaws.h"

namespace ordeal::placing::planted {
namespace {

class ForgetsEmptyCancel final : public FenceRows {
 public:
  api::BranchStatus cancel(const Steps& steps) override {
    if (!find_branch(steps.tx, steps.branch.order)) {
      steps.told(api::BranchState::suspended);
      return api::BranchStatus::done;
    }
    return FenceRows::cancel(steps);
  }
};

}  // namespace

std::unique_ptr<Fence> make_forgets_empty_cancel() { return std::make_unique<ForgetsEmptyCancel>(); }

}  // namespace ordeal::placing::planted
