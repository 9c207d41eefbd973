// What must hold of lending.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::lending {

inline constexpr std::string_view kOneBorrower = "I-900 one-umbrella-one-borrower";
inline constexpr std::string_view kEveryLoanEnds = "I-901 every-loan-ends";

std::vector<play::LawRow> law_rows();

}  // namespace ordeal::lending
