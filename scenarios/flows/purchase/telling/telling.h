// How a purchase is told to people: its facts, its places and forks, its breaches. Nothing here decides anything.
#pragma once

#include <memory>
#include <vector>

#include "scenarios/play/flow.h"
#include "scenarios/play/picturing.h"

namespace ordeal::purchase {

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation);
std::vector<play::WordRow> word_rows();
std::vector<play::BreachRow> breach_rows();
std::vector<play::WordRow> chinese_rows();
// Of promotions, part of the three above.
std::vector<play::BreachRow> discount_breaches();
std::vector<play::WordRow> discount_words();
std::vector<play::WordRow> discounts_in_chinese();
// Of carts.
std::vector<play::BreachRow> cart_breaches();
std::vector<play::WordRow> cart_words();
std::vector<play::WordRow> carts_in_chinese();
std::vector<play::CoverRow> cover_rows();
const play::Picturing& picturing();

}  // namespace ordeal::purchase
