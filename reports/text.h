// Reports for people. The most important thing stands last: the verdict, and for a failure the one line that
// reproduces it. A green report says what it did not exercise.
#pragma once

#include <string>

#include "reports/model.h"

namespace ordeal::reports {

struct Style {
  bool color = false;
  bool quiet = false;  // the verdict and what reproduces it, nothing else
};

std::string run_text(const RunReport& report, const Style& style);
std::string hunt_text(const HuntReport& report, const Style& style);

}  // namespace ordeal::reports
