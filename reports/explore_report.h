// What the reports of an exploration are written from. An exploration plays every single fault, or every pair
// of faults, that a trial offers; candidates = explored + what was pruned, unless it was stopped.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "reports/model.h"
#include "reports/text.h"

namespace ordeal::reports {

// A seed in a journal mode: `candidates` trials without pairs, of which some were left out for worlds before.
struct ExploreWorld {
  std::uint64_t seed = 0;
  std::string journal_mode;
  std::uint64_t actors = 0;  // that take part
  std::uint64_t candidates = 0;
  std::uint64_t left_out = 0;
};

struct ExploreFailure {
  std::string invariant;
  sim::FindingKind kind = sim::FindingKind::safety;
  std::string message;
  std::uint64_t seed = 0;
  std::uint64_t actors = 0;
  std::string journal_mode;
  std::vector<std::string> faults;  // in words; empty: it needs none
  std::string repro;                // empty: could not be written
};

struct ExploreReport {
  Setting setting;
  std::vector<ExploreWorld> worlds;
  std::uint64_t depth = 1;   // faults at once
  std::uint64_t actors = 0;  // that take part
  std::string scenario_hash;
  std::string stopped_because;
  int exit_code = 0;

  Named<std::uint64_t> sites;    // questions of the trials without faults, by kind
  Named<std::uint64_t> strikes;  // what could strike there, by action
  std::uint64_t candidates = 0;  // 0: not yet counted
  std::uint64_t explored = 0;
  Named<std::uint64_t> pruned;  // by reason
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  Named<std::uint64_t> by_verdict;
  Named<std::uint64_t> by_invariant;
  std::set<std::string> headlines;
  std::uint64_t mismatches = 0;
  std::vector<ExploreFailure> first_failures;  // the first of each invariant, in canonical order
  std::vector<std::string> our_bugs;
  // Pruned trials that were played all the same, and how many of them did not end like their representative.
  std::uint64_t pruned_checked = 0;
  std::uint64_t pruned_wrong = 0;

  std::uint64_t events = 0;
  std::int64_t wall_ns = 0;
  std::string run_directory;
  std::optional<std::string> certificate;  // one hash over all trials; nothing when it was stopped
  std::optional<std::string> expected;
  std::optional<std::string> expectation_missed;

  std::uint64_t pruned_total() const {
    std::uint64_t sum = 0;
    for (const auto& [why, count] : pruned) sum += count;
    return sum;
  }
};

nlohmann::ordered_json explore_json(const ExploreReport& report);
std::string json_text(const ExploreReport& report);
std::string explore_text(const ExploreReport& report, const Style& style);

}  // namespace ordeal::reports
