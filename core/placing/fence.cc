#include "core/placing/fence.h"

namespace ordeal::placing {

using api::BranchState;
using api::BranchStatus;

namespace {

// Nothing is held, and nothing will be.
bool is_over(BranchState state) {
  return state == BranchState::cancelled || state == BranchState::suspended ||
         state == BranchState::returned || state == BranchState::denied;
}

}  // namespace

BranchStatus FenceRows::try_it(const Steps& steps) {
  const auto known = find_branch(steps.tx, steps.branch.order);
  if (!known) return steps.freeze() ? BranchStatus::done : BranchStatus::lacking;
  return known == BranchState::tried || known == BranchState::confirmed ? BranchStatus::done
                                                                        : BranchStatus::refused;
}

// A "no" is kept, too: who asks again hears the same, whatever has come free since.
BranchStatus FenceRows::take(const Steps& steps) {
  const auto known = find_branch(steps.tx, steps.branch.order);
  if (known) return known == BranchState::taken ? BranchStatus::done : BranchStatus::refused;
  if (steps.take()) return BranchStatus::done;
  steps.deny();
  return BranchStatus::lacking;
}

BranchStatus FenceRows::confirm(const Steps& steps) {
  if (steps.confirm()) return BranchStatus::done;
  return find_branch(steps.tx, steps.branch.order) == BranchState::confirmed ? BranchStatus::done
                                                                             : BranchStatus::refused;
}

BranchStatus FenceRows::cancel(const Steps& steps) {
  const auto known = find_branch(steps.tx, steps.branch.order);
  if (!known) return steps.suspend(), BranchStatus::done;
  if (known == BranchState::confirmed) return BranchStatus::refused;
  const bool moved = steps.cancel() || steps.give_back();
  return moved || is_over(*known) ? BranchStatus::done : BranchStatus::refused;
}

std::unique_ptr<Fence> make_fence(std::string_view name) {
  return name == "rows" ? std::make_unique<FenceRows>() : nullptr;
}

}  // namespace ordeal::placing
