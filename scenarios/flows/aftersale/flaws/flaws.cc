#include "scenarios/flows/aftersale/flaws/flaws.h"

#include "scenarios/flows/aftersale/seams.h"

namespace ordeal::aftersale {

using play::Flaw;

std::vector<const play::FlawRow*> flaw_rows() {
  static const Flaw<Numbering> f45{
      {"F-45", "refund under a new number", "I-38 given-back-once", "pieces_back",
       "Makes a new number for each try of a refund: the first try was on its way."},
      numbering(),
      planted::make_number_per_try};
  static const Flaw<Reserver> f46{
      {"F-46", "refunds summed, then made", "I-37 one-refundable-balance", "pieces_back",
       "Adds up the refunds of a payment, compares, and makes one more: two who "
       "add up at once give back more than was paid."},
      reserver(),
      planted::make_sums_then_refunds};
  static const Flaw<Reserver> f47{
      {"F-47", "refund and case apart", "I-37 one-refundable-balance", "to_the_bank",
       "Compares refunds with refunds and cases of the bank with cases: both give "
       "the same money back."},
      reserver(),
      planted::make_two_tables};
  static const Flaw<Router> f48{{"F-48", "payout beside a refund", "I-38 given-back-once", "old_trades",
                                 "Pays out when the refund API does not answer: the refund was on its way."},
                                router(),
                                planted::make_payout_when_unsure};
  static const Flaw<Recognition> f98{
      {"F-98", "refunds known by amount", "I-37 each-wish-is-its-own", "pieces_back",
       "Takes a second refund of the same amount within a day for the first "
       "one: two equal things are one refund."},
      recognition(),
      planted::make_known_by_amount};
  return {&f45, &f46, &f47, &f48, &f98};
}

}  // namespace ordeal::aftersale
