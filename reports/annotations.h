// Annotations of a GitHub job: lines that its runner turns into marks on the run. An error for each broken law and each
// shortcoming, a warning for each thing that was not shown, one notice with the verdict. At most ten of a kind, for more
// are dropped there; the tenth then says how many there are.
#pragma once

#include <string>

#include "reports/ci_report.h"

namespace ordeal::reports {

std::string github_annotations(const CiReport& report);

}  // namespace ordeal::reports
