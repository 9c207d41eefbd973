#include "tests/flows/lending/seams.h"

namespace ordeal::lending {

const play::Seam<HandOut>& hand_out() {
  static const play::Seam<HandOut> seam{
      "library.hand_out",
      "How is an umbrella handed out so that two borrowers cannot have the same?",
      {{"conditional_update", [] { return make_hand_out("conditional_update"); }},
       {"row_lock", [] { return make_hand_out("row_lock"); }}}};
  return seam;
}

}  // namespace ordeal::lending
