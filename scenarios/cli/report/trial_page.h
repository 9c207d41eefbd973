// From a repro file to the page of its trial: played again with causes, compared with a trial that passes, and asked what it
// takes.
//
// Fails as recall() does. A repro that does not play as it says is shown all the same, under a warning.
#pragma once

#include <string>
#include <vector>

#include "reports/page/page_data.h"
#include "scenarios/cli/repertoire.h"

namespace ordeal::cli {

struct TrialPage {
  reports::PageData page;
  std::vector<std::string> warnings;
  bool as_it_says = true;  // false: this engine wrote the repro and plays another trial
};

TrialPage trial_page(const Repertoire& repertoire, const std::string& repro_file);

}  // namespace ordeal::cli
