// Repros that are kept: failures of planted bugs, which must be found again, and failures that were fixed,
// which must pass (`expects.verdict` says which). A hunt plays those of its scenario first, the tests play
// all. What counts is what the repro is about, not its trace: code may change.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/model.h"
#include "reports/repro_json.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/play.h"

namespace ordeal::cli {

// By name; none if there is no such directory.
std::vector<std::filesystem::path> corpus_files(const std::filesystem::path& directory);

// The invariant of the repro is broken again; or, for a repro that expects a verdict alone, it is this one.
bool as_expected(const reports::Repro& repro, const sim::TrialResult& trial);

// Plays one file. Nothing if it went as the file expects, else what came instead. BadInput for a broken file.
std::optional<std::string> went_otherwise(const play::Flows& flows, const std::filesystem::path& file);

struct CorpusOutcome {
  reports::CorpusReport report;
  std::optional<sim::Verdict> regression;  // the worst verdict of those that should have passed
  bool missed = false;                     // one that should have been found again was not
  std::optional<play::ExitCode>
      unreadable;  // what the first file that cannot be read would have ended a replay with
};
// Those of one scenario; a file that cannot be read counts as otherwise.
CorpusOutcome replay_corpus(const play::Flows& flows, const std::filesystem::path& directory,
                            std::string_view scenario);

}  // namespace ordeal::cli
