// What a purchase answers to the laws that span flows (scenarios/flows/spanning/asks.h).
#pragma once

#include "scenarios/flows/purchase/laws/rest_rows.h"
#include "scenarios/flows/spanning/asks.h"

namespace ordeal::purchase {

inline void read_rows(const play::Rest& rest) { rest.rows<RestRows>(); }

const spanning::HoldsMoney& purses_and_channels();
const spanning::KeepsLedger& journal();
const spanning::HasOutboxes& outboxes();

}  // namespace ordeal::purchase
