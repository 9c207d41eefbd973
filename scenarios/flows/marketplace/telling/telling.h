// How a marketplace is told to people, and drawn.
#pragma once

#include <memory>
#include <vector>

#include "scenarios/play/flow.h"
#include "scenarios/play/picturing.h"

namespace ordeal::marketplace {

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation);
std::vector<play::WordRow> word_rows();
std::vector<play::BreachRow> breach_rows();
std::vector<play::WordRow> chinese_rows();
std::vector<play::CoverRow> cover_rows();
const play::Picturing& picturing();

}  // namespace ordeal::marketplace
