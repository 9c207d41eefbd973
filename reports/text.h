// Reports for people. What matters first: the verdict, the findings, how to see them again. What did not happen, and so what
// the report is no evidence about, stands last, and a green report has it too. The long tables are for `verbose`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "reports/model.h"

namespace ordeal::reports {

struct Style {
  bool color = false;
  bool quiet = false;                // the verdict and what reproduces it, nothing else
  bool verbose = false;              // with the tables: counts, marks, faults
  std::size_t width = 100;           // columns
  std::string program = "./ordeal";  // as it was called, for lines that people copy
};

// "./ordeal replay REPRO", to be copied.
std::string replay_line(const std::string& repro, const Style& style);

// "./ordeal run SCENARIO --seed N …": the same trial without a repro file, wherever the scenario is.
std::string run_line(const Setting& setting, std::uint64_t seed, const Style& style);

std::string run_text(const RunReport& report, const Style& style);
std::string hunt_text(const HuntReport& report, const Style& style);

}  // namespace ordeal::reports
