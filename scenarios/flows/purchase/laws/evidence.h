// How laws put what happened to an order into words: moves, states, amounts. These build text, so they are called only
// once there is a breach; none of them fails.
#pragma once

#include <cstdint>
#include <string>

#include "core/api/order.h"
#include "core/base/money.h"
#include "scenarios/play/laws/findings.h"

namespace ordeal::purchase {

using play::Evidence;
using play::Findings;
using play::how_long;
using play::not_live;
using play::unsafe;
using play::when;

// "UNPAID → PAID, version 3, at +00:00:12.000000".
std::string move_text(api::OrderState from, api::OrderState to, std::int64_t version, std::int64_t at_ns);
std::string state_text(api::OrderState state);
// Minor units as an amount of a currency.
std::string amount_text(std::int64_t minor, Currency currency);

}  // namespace ordeal::purchase
