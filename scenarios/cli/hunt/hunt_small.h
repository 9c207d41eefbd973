// What a hunt found, made small: the first failure of each headline, then a few more of each, to see whether
// they are the same thing. Failures with one invariant and one cause (faults/kinds/cause_of.h) are one finding with
// a count; of these the smallest is kept, and of equally small ones that with the shortest story. The causes of a
// headline come in the same order, so the first is what somebody should read first.
//
// Each failure is made small in a worker process, with a budget of its own that is counted in events of trials. The
// result does not depend on how many workers there are, nor on how fast they are; only a far bound of wall time does, and
// it is told when it was met.
#pragma once

#include "core/base/time.h"
#include "reports/model.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run_directory.h"

namespace ordeal::cli {

struct SmallBudget {
  Duration wall;  // the far bound, for all of it
  unsigned jobs = 1;
  bool shown = false;  // a line on the terminal
};

// Fills report.small and report.looked_into from report.failing_seeds, and writes the small repros.
void make_findings_small(const Production& production, RunDirectory& directory, const SmallBudget& budget,
                         reports::HuntReport& report);

}  // namespace ordeal::cli
