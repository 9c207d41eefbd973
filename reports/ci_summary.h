// A hunt as Markdown, for the summary of a CI job or a comment on a pull request: the verdict, each broken law with what
// it takes and the commands that show it again, then what was not shown; the laws that held and the figures are folded.
// Below 1 MiB whatever was found, for more is refused there; what is left out is counted. Texts cannot become markup.
#pragma once

#include <cstddef>
#include <string>

#include "reports/ci_report.h"

namespace ordeal::reports {

inline constexpr std::size_t kSummaryLimit = 1'000'000;

std::string ci_summary(const CiReport& report);

}  // namespace ordeal::reports
