// The end of a hunt, whatever ended it and wherever its trials were played: sums become a report, the first failure of
// each invariant gets a repro, failures are made small, the exit code is found, everything is kept and printed. A hunt that
// went through, one that was taken up again and the merge of many shards all end here, so what they keep is the same byte
// for byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "reports/model.h"
#include "scenarios/cli/ci_files.h"
#include "scenarios/cli/hunt/corpus.h"
#include "scenarios/cli/hunt/hunt_sums.h"
#include "scenarios/cli/hunt/order.h"
#include "scenarios/cli/hunt/remembered.h"
#include "scenarios/cli/hunt/workers.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/repertoire.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run_directory.h"

namespace ordeal::cli {

// Why a hunt stopped, where others ask for it.
inline constexpr const char* kAllPlayed = "all seeds were played";
inline constexpr const char* kInterrupted = "it was interrupted";
inline constexpr const char* kBudgetOver = "the budget was over";
const char* limit_reached(const HuntOrder& order);

// The kept repros of the scenario. Throws BadInput (66) when the order names a directory that is not there.
CorpusOutcome replay_corpus_of(const Repertoire& repertoire, const HuntOrder& order,
                               const Production& production);

// Nothing without a directory.
std::optional<Remembered> replay_remembered_of(const Repertoire& repertoire, const std::string& directory,
                                               const Production& production);

struct HuntEnd {
  const Production& production;
  const HuntOrder& order;
  const OutputFlags& output;
  const CiFlags& ci;
  const CorpusOutcome& corpus;
  const std::optional<Remembered>& remembered;
  std::string because;
  std::int64_t wall_ns = 0;
  reports::PlayedBefore before;
  std::optional<Crash> crash;
  std::uint64_t merged_from = 0;
  reports::MissingSeeds missing;
};

reports::HuntReport end_hunt(const HuntEnd& end, HuntSums& sums, RunDirectory& directory);

}  // namespace ordeal::cli
