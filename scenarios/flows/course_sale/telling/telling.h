// How a flash sale is told to people.
#pragma once

#include <memory>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::course_sale {

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation);
std::vector<play::WordRow> word_rows();
std::vector<play::BreachRow> breach_rows();
std::vector<play::WordRow> chinese_rows();
std::vector<play::CoverRow> cover_rows();

}  // namespace ordeal::course_sale
