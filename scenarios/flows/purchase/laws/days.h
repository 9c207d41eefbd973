// Days by what went wrong on them. A bound that allows for the worst day hides a lateness on every other one.
#pragma once

#include "scenarios/flows/purchase/parties/calendar.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::purchase {

// The machines were sound, and every question that the system asked was answered at once and truly: strange were only people,
// and what channels and merchants say unasked. A fork that is new counts as strange people until it is named in days.cc.
bool all_answer(const play::Rest& rest);

// The machines were sound; channels, people and merchants did what they liked.
bool machines_were_sound(const play::Rest& rest);

}  // namespace ordeal::purchase
