// What a hunt says of itself in sentences, for every report that people read.
#pragma once

#include <string>
#include <vector>

#include "reports/model.h"

namespace ordeal::reports {

// What it has not shown: marks that never came, faults that never struck, rates that were off.
std::vector<std::string> not_shown(const HuntReport& report);
// Why it is no success, apart from broken laws: an expectation, parts that are missing, what never happened and has to, a
// corpus that went otherwise, our own bugs, an early end.
std::vector<std::string> shortcomings(const HuntReport& report);
// "30 seeds are missing: all of shard 3/4"; empty when none is.
std::string missing_words(const MissingSeeds& missing);

}  // namespace ordeal::reports
