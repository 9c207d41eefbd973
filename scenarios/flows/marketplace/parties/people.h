// Buyers and sellers.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::marketplace {

inline constexpr std::string_view kGongFork = "coming";
inline constexpr std::array<std::string_view, 2> kGongWays{"in own time", "at the gong"};
inline constexpr std::string_view kFormFork = "order form";
inline constexpr std::array<std::string_view, 6> kFormWays{
    "as it should be", "no key", "endless key", "no seller", "a negative sum", "nobody buys"};

std::vector<play::WorkloadRow> workload_rows();

}  // namespace ordeal::marketplace
