// What a small plan is about, so that two failures can be told to be one: the actions of its strikes with the
// ends of the paths of their sites, the kinds of its windows; numbers, ids and times left out. Of a path the
// last hop counts and what was done there: how a request came to the place that was struck says little.
//
//   "crash at order.place › after commit order.place + drop at visit › send gateway.pay"
#pragma once

#include <string>
#include <string_view>

#include "faults/plan/plan.h"

namespace ordeal::faults {

// Numbers and ids become "N": shopper-12/checkout-1 → shopper-N/checkout-N, ord-0000007KQ → ord-N.
std::string abstracted(std::string_view site);
// The last hop of a path and what was done there.
std::string_view end_of_path(std::string_view site);

// Sorted, each thing once however often it struck; "no fault" for an empty plan.
std::string cause_of(const Plan& plan);

}  // namespace ordeal::faults
