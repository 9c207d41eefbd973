// How settlement is told: facts in sentences, places in words, breaches, all of it in Chinese too, what facts draw, and what is covered.
#pragma once

#include <memory>
#include <vector>

#include "scenarios/play/flow.h"
#include "scenarios/play/picturing.h"

namespace ordeal::settlement {

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation);
const play::Picturing& picturing();
std::vector<play::WordRow> word_rows();
std::vector<play::BreachRow> breach_rows();
std::vector<play::WordRow> chinese_rows();
std::vector<play::CoverRow> cover_rows();
std::vector<play::MarkRow> mark_rows();
std::vector<play::MeasureRow> measure_rows();

}  // namespace ordeal::settlement
