// The laws that span flows. Each asks every flow of the list for what it needs (asks.h) and knows none of them.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/play/laws/watch.h"

namespace ordeal::spanning {

inline constexpr std::string_view kEveryEventArrives = "I-51 every-event-arrives";
inline constexpr std::string_view kEntriesBalance = "I-70 entries-balance";
inline constexpr std::string_view kMoneyIsConserved = "I-93 money-is-conserved";

void watch_every_event_arrives(const play::Watching& parts);
void watch_entries_balance(const play::Watching& parts);
void watch_money_is_conserved(const play::Watching& parts);

// The pseudo flow that hands them over, and what the program was asked for (telling/asked_for.h): it has nothing to play.
const play::Flow& flow();

}  // namespace ordeal::spanning
