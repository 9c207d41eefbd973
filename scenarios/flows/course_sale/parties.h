// Who is outside: the office that publishes the sale, the till, and the learners. None of them crashes.
#pragma once

#include <vector>

#include "scenarios/flows/course_sale/books.h"
#include "scenarios/play/flow.h"

namespace ordeal::course_sale {

std::vector<play::PartyRow> party_rows();
std::vector<play::WorkloadRow> workload_rows();

}  // namespace ordeal::course_sale
