// How monitors and audits put a breach into words: times, moves, amounts and the finding itself. These build
// text, so they are called only once there is a breach. Times are true time since the trial began, in ns; no
// function here fails.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/api/order.h"
#include "core/base/money.h"
#include "sim/finding.h"

namespace ordeal::scenarios {

using Evidence = std::vector<std::pair<std::string, std::string>>;

// True time since the trial began: "+00:15:03.250000".
std::string when(std::int64_t at_ns);
// A stretch of time: "903.250 s".
std::string how_long(std::int64_t ns);
// "UNPAID → PAID, version 3, at +00:00:12.000000".
std::string move_text(api::OrderState from, api::OrderState to, std::int64_t version, std::int64_t at_ns);
std::string state_text(api::OrderState state);
// Minor units as an amount of a currency.
std::string amount_text(std::int64_t minor, Currency currency);

sim::Finding unsafe(std::string_view invariant, std::int64_t at_ns, std::string message, Evidence evidence);
sim::Finding not_live(std::string_view invariant, std::int64_t at_ns, std::string message, Evidence evidence);

}  // namespace ordeal::scenarios
