// What this program was asked for (scenarios/play/coverage.h): requirements, failures and invariants, by their ids in comments,
// tests and docs. `ordeal coverage` tells what of it runs.
#pragma once

#include <vector>

#include "scenarios/play/coverage.h"

namespace ordeal::spanning {

std::vector<play::CoverItem> requirements();
std::vector<play::CoverItem> failures();
std::vector<play::CoverItem> invariants();
const play::AskedFor& asked_for();
// What runs an item and is no flow's: the tests of the devices that no flow uses yet, and of the bench itself.
std::vector<play::CoverRow> cover_rows();

}  // namespace ordeal::spanning
