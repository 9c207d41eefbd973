// What `ordeal compare` plays: the words of its command line as contestants, each a scenario and a cast. A question is a seam;
// several questions are answered in every combination. "stock.gate" has all designs of that seam, "stock.gate=row_lock,version"
// those two; a planted flaw of a seam that is asked about is one more answer. Several scenarios are a question themselves,
// "scenario": they must be one workload, put up in different ways.
//
// Everything is read and checked here, before anything runs; what is wrong is a BadInput.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/cli/arguments.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/repertoire.h"
#include "scenarios/play/play.h"

namespace ordeal::cli {

struct CompareFlags {
  explicit CompareFlags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  OutputFlags output;
  std::vector<std::string> words;  // questions and scenarios
  std::string scenarios_dir;
  std::string seeds;
  std::string faults = "none";
  std::string jobs;
  std::vector<std::string> designs;
  std::vector<std::string> flaws;
  std::string keep;  // a directory
};

struct Contestant {
  std::string scenario;  // as it was named
  play::Cast cast;
  std::vector<std::string> answers;  // to each question
};

struct Contest {
  std::vector<std::string> questions;
  std::vector<Contestant> contestants;
  std::vector<std::string> fixed;     // "order.close_by=scan": of everybody
  std::vector<std::string> left_out;  // designs that nobody named and no scenario here has the means for
  SeedRange seeds;
  play::FaultMode faults = play::FaultMode::none;
  bool one_scenario = true;
};

// More would be no table that anybody reads.
inline constexpr std::size_t kMostContestants = 64;

Contest contest_of(const CompareFlags& flags);

// Ready to be played, one for each contestant. BadInput for a design that its scenario does not have the means for.
std::vector<std::unique_ptr<play::Stage>> stages_of(const CompareFlags& flags, const Contest& contest);

}  // namespace ordeal::cli
