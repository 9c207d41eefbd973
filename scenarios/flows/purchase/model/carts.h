// What each cart must hold in the end, by the requirements alone (A12, A22, I-28): small and slow, written without a look at core/cart.
//
//   put in     each request once: what was answered "done" is in; what nobody answered may be
//   taken out  by who takes a good out, or says how many there are to be: what was in when he asked has left, what was put in after he was
//              answered has not
//   bought     what an order that stands has of the cart has left it, and nothing else has
//   logged in  from then on a guest's goods are the person's: they are counted together
//
// So of each good there are between so many and so many, and on a day on which everybody is answered just so many.
#pragma once

#include <vector>

#include "scenarios/flows/purchase/model/reference.h"

namespace ordeal::purchase::model {

std::vector<Difference> cart_differences(const Outside& outside, const std::vector<BookedOrder>& orders,
                                         const CartUnits& there);

}  // namespace ordeal::purchase::model
