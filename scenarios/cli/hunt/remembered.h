// Failures that are remembered from one hunt to the next (--remember DIR): a folder of repros that a CI system keeps
// between runs. A hunt plays those of its scenario first. One that breaks its law again makes the hunt a failure, found in
// milliseconds; one that is mended is taken out; one whose faults did not all find their place, since the code has changed,
// stays and is named. What the hunt finds itself is added, a file for each law and cause, so the folder stays small.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "reports/model.h"
#include "scenarios/play/flows.h"
#include "sim/trial.h"

namespace ordeal::cli {

struct Remembered {
  std::filesystem::path directory;
  reports::RememberedReport report;
  std::optional<sim::Verdict> verdict;        // the worst of those that broke again
  std::vector<std::filesystem::path> mended;  // to be taken out
};

// Makes the folder if it is not there. Throws IoError when that cannot be, or nothing can be written there.
Remembered replay_remembered(const play::Flows& flows, const std::string& directory,
                             const std::string& scenario);
// Takes out what is mended and adds what was found. The first thing that could not be written, if any.
std::optional<std::string> remember(const Remembered& remembered, const reports::HuntReport& report);

}  // namespace ordeal::cli
