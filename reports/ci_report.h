// What a CI system is told of a hunt or an exploration: a case for each law that was watched, what else went wrong, and
// what was not shown. One plain value, made once; JUnit XML (reports/junit.h), the Markdown summary (reports/ci_summary.h)
// and annotations (reports/annotations.h) only arrange it.
//
// Promise: it is green exactly when the exit code is 0.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "reports/explore_report.h"
#include "reports/model.h"
#include "reports/text.h"

namespace ordeal::reports {

struct CiCase {
  std::string law;  // "I-10 no-oversell"
  bool broken = false;
  bool expected = false;  // broken, and that was asked for
  std::string kind;       // "safety"
  std::uint64_t times = 0;
  std::uint64_t seed = 0;  // the first
  std::string message;
  std::vector<std::string> takes;  // what it takes to break it, a line each
  std::string replay;              // the command that plays the repro; empty: it could not be written
  std::string run;                 // the command that plays the seed anywhere; empty: there is none
  bool fails() const { return broken && !expected; }
};

struct CiReport {
  std::string verb;      // "hunt"
  std::string scenario;  // as it was called
  std::string setting;   // "flaw F-01, stock.gate=row_lock, seeds 1..1000"; what else was chosen
  std::string engine;
  int exit_code = 0;
  std::string verdict;  // "117 of 120 trials passed; stopped because all seeds were played"
  std::uint64_t trials = 0;
  std::int64_t wall_ns = 0;
  std::vector<CiCase> cases;  // the broken ones first, as they were found, then the others by name
  std::vector<std::string> shortcomings;  // why it is no success, apart from broken laws
  std::vector<std::string> not_shown;
  std::vector<std::pair<std::string, std::string>> figures;  // name and value, for people and machines
  bool green() const { return exit_code == 0; }
};

// `laws` were watched; `style` has the program's name.
CiReport ci_report(const HuntReport& report, const std::vector<std::string>& laws, const Style& style);
CiReport ci_report(const ExploreReport& report, const std::vector<std::string>& laws, const Style& style);

}  // namespace ordeal::reports
