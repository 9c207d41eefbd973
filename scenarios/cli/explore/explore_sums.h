// The sums of an exploration, or of a piece of it: what a worker sends for each unit as one line of JSON, and
// what the parent adds up in canonical order. The hash is over all trials in that order, so it is the same for
// any number of workers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "faults/plan/plan.h"
#include "reports/explore_report.h"
#include "scenarios/cli/explore/certificate_hash.h"
#include "scenarios/cli/run/judging.h"

namespace ordeal::cli {

struct FirstBroken {
  std::uint64_t seed = 0;
  std::uint64_t actors = 0;  // that took part
  std::string invariant;
  sim::FindingKind kind{};
  std::string message;
  faults::Plan plan;
};

struct ExploreSums {
  std::uint64_t unit = 0;
  std::uint64_t seed = 0;    // of its trials
  std::uint64_t actors = 0;  // and who took part
  std::uint64_t trials = 0;
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  std::uint64_t mismatches = 0;
  std::uint64_t events = 0;
  reports::Named<std::uint64_t> by_verdict;
  reports::Named<std::uint64_t> by_invariant;
  std::set<std::string> headlines;
  reports::Named<std::uint64_t> pruned;
  std::uint64_t checked = 0;
  std::uint64_t wrong = 0;
  std::vector<FirstBroken> first;  // of each invariant
  std::vector<std::string> our_bugs;
  std::string digest;  // over the trials
  std::string future;  // explore_units.h

  // Counts a trial; its plan is kept if it is the first to break something.
  void add(const Judged& judged, const faults::Plan& plan, CertificateHash& hash);
  // Adds a unit that comes later in canonical order.
  void add(const ExploreSums& later, CertificateHash& hash);
};

std::string to_text(const ExploreSums& sums);
// Nothing for a line that is torn or not one of ours.
std::optional<ExploreSums> sums_from(std::string_view text);

}  // namespace ordeal::cli
