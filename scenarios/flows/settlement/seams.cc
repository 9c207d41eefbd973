#include "scenarios/flows/settlement/seams.h"

namespace ordeal::settlement {

const play::Seam<clearing::Trigger>& trigger() {
  static const play::Seam<clearing::Trigger> seam{
      "clearing.due",
      "What makes a line of a trade due for settlement?",
      {{"each_line", [] { return clearing::make_trigger("each_line"); }},
       {"whole_trade", [] { return clearing::make_trigger("whole_trade"); }}}};
  return seam;
}

const play::Seam<clearing::Sharing>& sharing() {
  static const play::Seam<clearing::Sharing> seam{
      "clearing.shares",
      "Who gets how much of a line, and gives back how much of a refund?",
      {{"rounded_down", [] { return clearing::make_sharing("rounded_down"); }}}};
  return seam;
}

const play::Seam<BelowZero>& below_zero() {
  static const play::Seam<BelowZero> seam{"settlement.below_zero",
                                          "What becomes of a slip on which more came back than was sold?",
                                          {{"carried", [] { return make_below_zero("carried"); }}}};
  return seam;
}

const play::Seam<Route>& route() {
  static const play::Seam<Route> seam{"settlement.route",
                                      "In whose account does the buyers' money lie, and how does it leave?",
                                      {{"supervised", [] { return make_route("supervised"); }},
                                       {"provider", [] { return make_route("provider"); }},
                                       {"channel_split", [] { return make_route("channel_split"); }}}};
  return seam;
}

}  // namespace ordeal::settlement
