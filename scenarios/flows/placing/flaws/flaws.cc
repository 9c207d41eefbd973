#include "scenarios/flows/placing/flaws/flaws.h"

#include "scenarios/flows/placing/seams.h"

namespace ordeal::placing {

using play::Flaw;

std::vector<const play::FlawRow*> flaw_rows() {
  const play::FlawRow::Needs by_tcc{&consistency(), "tcc"};
  static const Flaw<Fence> f50{
      {"F-50", "TCC: cancel without a try", "I-55 branch-steps-keep-their-turn", "mugs_for_all",
       "A cancel gives back a freeze that never happened, because its try was lost on its way."},
      fence(),
      planted::make_cancels_anything,
      by_tcc};
  static const Flaw<Fence> f51{
      {"F-51", "TCC: a try after its cancel", "I-55 branch-steps-keep-their-turn", "mugs_for_all",
       "A cancel that finds nothing leaves no trace, and the late try freezes after it, for ever."},
      fence(),
      planted::make_forgets_empty_cancel,
      by_tcc};
  static const Flaw<Fence> f74{
      {"F-74", "repaired twice", "I-78 repairs-are-done-once", "drifting_points",
       "A repair adds back what a failed order took, as a script does: a second one adds it once more."},
      fence(),
      planted::make_repairs_by_script,
      {&consistency(), "reconcile"}};
  return {&f50, &f51, &f74};
}

}  // namespace ordeal::placing
