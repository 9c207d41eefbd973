#include "scenarios/flows/netting/seams.h"

namespace ordeal::netting {

const play::Seam<Scheme>& scheme() {
  static const play::Seam<Scheme> seam{
      "netting.scheme",
      "Who pays whom when everybody owes everybody, and who bears it when one "
      "cannot?",
      {{"multilateral", [] { return make_scheme("multilateral"); }},
       {"bilateral", [] { return make_scheme("bilateral"); }},
       {"ccp", [] { return make_scheme("ccp"); }}}};
  return seam;
}

const play::Seam<Cover>& cover() {
  static const play::Seam<Cover> seam{
      "netting.cover",
      "How does who pays from a settlement account see to it that there is enough?",
      {{"conditional", [] { return make_cover("conditional"); }},
       {"row_lock", [] { return make_cover("row_lock"); }}}};
  return seam;
}

const play::Seam<jobs::Once>& once() {
  static const play::Seam<jobs::Once> seam{"job.once",
                                           "What makes of two nodes that fire one job one effect?",
                                           {{"run_key", [] { return jobs::make_once("run_key"); }},
                                            {"row_lock", [] { return jobs::make_once("row_lock"); }}}};
  return seam;
}

}  // namespace ordeal::netting
