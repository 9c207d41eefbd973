#include "scenarios/flows/aftersale/seams.h"

namespace ordeal::aftersale {

const play::Seam<Reserver>& reserver() {
  static const play::Seam<Reserver> seam{"aftersale.reserve",
                                         "How does a refund get its part of what is left of a payment?",
                                         {{"conditional", [] { return make_reserver("conditional"); }},
                                          {"sum", [] { return make_reserver("sum"); }}}};
  return seam;
}

const play::Seam<Recognition>& recognition() {
  static const play::Seam<Recognition> seam{"aftersale.known_by",
                                            "When is a wish for money back one that was made before?",
                                            {{"key", [] { return make_recognition("key"); }}}};
  return seam;
}

const play::Seam<Numbering>& numbering() {
  static const play::Seam<Numbering> seam{
      "aftersale.number",
      "Under which number is a refund asked for at the channel when it is asked for again?",
      {{"of_the_refund", [] { return make_numbering("of_the_refund"); }}}};
  return seam;
}

const play::Seam<Router>& router() {
  static const play::Seam<Router> seam{
      "aftersale.route",
      "By which route does money go back when the refund window of its payment ends?",
      {{"by_date", [] { return make_router("by_date"); }}, {"asks", [] { return make_router("asks"); }}}};
  return seam;
}

}  // namespace ordeal::aftersale
