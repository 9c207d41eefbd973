#include "scenarios/flows/placing/seams.h"

namespace ordeal::placing {

const play::Seam<Consistency>& consistency() {
  static const play::Seam<Consistency> seam{
      "order.consistency",
      "How is an order made atomic over the databases of three services?",
      {{"tcc", [] { return make_consistency("tcc"); }},
       {"outbox", [] { return make_consistency("outbox"); }},
       {"half_message", [] { return make_consistency("half_message"); }, play::Device::broker},
       {"reconcile", [] { return make_consistency("reconcile"); }}}};
  return seam;
}

const play::Seam<Fence>& fence() {
  static const play::Seam<Fence> seam{
      "branch.fence",
      "What does a participant remember, so that a step out of its turn does no harm?",
      {{"rows", [] { return make_fence("rows"); }}}};
  return seam;
}

}  // namespace ordeal::placing
