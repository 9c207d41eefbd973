#include "scenarios/cli/hunt/corpus.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "scenarios/cli/hunt/recall.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

constexpr std::string_view kPass = "pass";

sim::TrialResult play(const play::Flows& flows, const reports::Repro& repro, const std::string& file,
                      std::string& matched) {
  const Production production = recall(flows, repro, file);
  play::Played played = production.stage->play(production.options);
  const std::size_t all = played.plan.strikes.size();
  matched = fmt::format("{} of {} strikes matched", all - played.unmatched.size(), all);
  return std::move(played.trial);
}

std::optional<std::string> instead(const reports::Repro& repro, const sim::TrialResult& trial,
                                   const std::string& matched) {
  if (trial.broken) return "our bug: " + *trial.broken;
  if (as_expected(repro, trial)) return std::nullopt;
  const std::string wanted = repro.expects.invariant.empty() || repro.expects.verdict == kPass
                                 ? repro.expects.verdict
                                 : repro.expects.invariant;
  const std::string came =
      trial.findings.empty() ? std::string(sim::name_of(trial.verdict)) : trial.findings.front().invariant;
  return fmt::format("expected {}, found {} ({})", wanted, came, matched);
}

}  // namespace

std::vector<std::filesystem::path> corpus_files(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.path().filename().string().ends_with(kReproEnding)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool as_expected(const reports::Repro& repro, const sim::TrialResult& trial) {
  if (repro.expects.invariant.empty() || repro.expects.verdict == kPass)
    return sim::name_of(trial.verdict) == repro.expects.verdict;
  return std::any_of(trial.findings.begin(), trial.findings.end(), [&](const sim::Finding& finding) {
    return finding.invariant == repro.expects.invariant;
  });
}

std::optional<std::string> went_otherwise(const play::Flows& flows, const std::filesystem::path& file) {
  const reports::Repro repro = read_repro_file(file.string());
  std::string matched;
  const sim::TrialResult trial = play(flows, repro, file.string(), matched);
  return instead(repro, trial, matched);
}

CorpusOutcome replay_corpus(const play::Flows& flows, const std::filesystem::path& directory,
                            std::string_view scenario) {
  CorpusOutcome outcome;
  const auto note = [&](const std::filesystem::path& file, const std::string& what) {
    outcome.report.otherwise.push_back(file.string() + ": " + what);
  };
  for (const std::filesystem::path& file : corpus_files(directory)) {
    try {
      const reports::Repro repro = read_repro_file(file.string());
      if (reports::scenario_name(repro) != scenario) continue;
      ++outcome.report.replayed;
      std::string matched;
      const sim::TrialResult trial = play(flows, repro, file.string(), matched);
      const std::optional<std::string> came = instead(repro, trial, matched);
      if (!came) {
        ++outcome.report.as_expected;
        continue;
      }
      note(file, *came);
      if (repro.expects.verdict != kPass) {
        outcome.missed = true;
      } else if ((!outcome.regression || *outcome.regression != sim::Verdict::safety)) {
        outcome.regression = trial.verdict;
      }
    } catch (const play::BadInput& error) {
      note(file, error.what());
      if (!outcome.unreadable) outcome.unreadable = error.code();
    }
  }
  return outcome;
}

}  // namespace ordeal::cli
