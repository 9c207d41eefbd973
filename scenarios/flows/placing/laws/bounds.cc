#include "scenarios/flows/placing/laws/bounds.h"

#include <string_view>

#include "core/placing/comparing.h"
#include "core/placing/half_message.h"
#include "core/placing/tcc.h"
#include "scenarios/flows/placing/seams.h"
#include "scenarios/play/designer.h"

namespace ordeal::placing {
namespace {

using namespace ordeal::literals;

constexpr Duration kOutboxBackOff = 10_min;  // core/outbox/outbox.h

}  // namespace

Duration bound_of(const play::Rest& rest) {
  const std::string_view design = rest.designer().design_of(consistency());
  const Duration rest_of_it = worker::kLongestNap + 2_min;
  if (design == "tcc") return kGlobalTimeout + rest_of_it;
  if (design == "outbox") return kOutboxBackOff + rest_of_it;
  if (design == "half_message") return kAskAfter * 2 + rest_of_it;
  return kComparePeriod * 2 + rest_of_it;
}

Duration calm_bound_of(const play::Rest& rest) {
  const bool compares = rest.designer().design_of(consistency()) == "reconcile";
  return compares ? kComparePeriod + 10_s : Duration{10_s};
}

}  // namespace ordeal::placing
