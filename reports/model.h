// What reports are written from: plain values, filled by whoever played (scenarios/cli). Nothing here is
// computed twice: a writer only words and arranges what it finds. Times are virtual nanoseconds unless a name
// says `wall`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/ratio.h"
#include "sim/finding.h"
#include "sim/trial.h"

namespace ordeal::reports {

template <class Value>
using Named = std::map<std::string, Value, std::less<>>;

// How many faults were in a plan, how many came to a place where they could strike, how many struck.
struct FaultCounts {
  std::uint64_t armed = 0;
  std::uint64_t reached = 0;
  std::uint64_t effective = 0;
  std::uint64_t hits = 0;  // how often
  FaultCounts& operator+=(const FaultCounts& other);
};

struct FaultReport {
  Named<FaultCounts> by_kind;  // kinds that were armed
  FaultCounts total() const;
};

// What was played, the same for one trial and for many.
struct Setting {
  std::string engine;
  std::string scenario;
  std::string summary;
  std::map<std::string, std::string> designs;  // overrides only
  std::vector<std::string> flaws;
  std::string faults = "swarm";  // "none", "swarm" or the plan's file
  std::string order = "mixed";   // sim/ordering.h, or "mixed": drawn by the seed
};

struct RunReport {
  Setting setting;
  std::uint64_t seed = 0;
  sim::Verdict verdict = sim::Verdict::pass;
  int exit_code = 0;
  std::string order = "fifo";  // what it was played in
  std::string trace_hash;
  std::uint64_t events = 0;
  std::int64_t virtual_ns = 0;
  std::int64_t wall_ns = 0;
  bool settled = true;
  bool played_twice = false;
  std::vector<sim::Finding> findings;
  FaultReport faults;
  std::vector<std::string> plan;  // one line a window or strike
  std::vector<std::string> host_names;
  Named<std::uint64_t> sometimes;
  std::vector<std::string> not_reached;  // marks the scenario hopes for
  Named<std::int64_t> counts;
  std::optional<std::string> repro;   // where it was written
  std::optional<std::string> broken;  // our bug
  std::optional<std::string> expectation_missed;
};

// How big a failing trial is.
struct Sizes {
  std::uint64_t strikes = 0;  // that struck
  std::uint64_t windows = 0;
  std::uint64_t actors = 0;
};

// One thing taken away from a failing trial: is the promise still broken?
struct ButForRow {
  std::string kind;  // "strike", "window", "actor", "message"
  std::string what;
  bool still_breaks = false;
};
struct ButForTable {
  std::vector<ButForRow> rows;  // what was tried
  std::uint64_t untried = 0;    // for want of time
};

// A failure made small.
struct SmallFailure {
  std::string invariant;
  std::string cause;  // what is left, without numbers and ids
  std::uint64_t seed = 0;
  std::string repro;  // empty: could not be written
  Sizes before;
  Sizes after;
  std::uint64_t tries = 0;
  bool finished = false;           // false: the budget ended first
  std::vector<std::string> takes;  // what is left, a line each
  std::uint64_t count = 1;         // failures with this cause, of those that were looked into
};

struct ShrinkReport {
  Setting setting;
  std::string from;  // the repro it began with
  SmallFailure small;
  ButForTable but_for;
  std::string verdict;
  std::string trace_hash;
  std::string stopped_because;
  std::int64_t wall_ns = 0;
  int exit_code = 0;
};

// Repros of earlier failures, played before a hunt.
struct CorpusReport {
  std::uint64_t replayed = 0;
  std::uint64_t as_expected = 0;
  std::vector<std::string> otherwise;  // what came instead, by file
};

// Failures of earlier hunts that were played first.
struct RememberedReport {
  std::uint64_t replayed = 0;
  std::vector<std::string> again;    // "I-10 no-oversell: FILE"
  std::vector<std::string> mended;   // not broken any more
  std::vector<std::string> unclear;  // the code has changed too much to say
};

struct FirstFailure {
  std::uint64_t seed = 0;
  std::string invariant;
  sim::FindingKind kind = sim::FindingKind::safety;
  std::string message;
  std::string repro;  // empty: could not be written
};

struct OurBug {
  std::uint64_t seed = 0;
  std::string what;
};

// A fault rate whose hits over the campaign are more than three sigma from what was asked.
struct RateOff {
  std::string kind;
  Ratio asked;
  std::uint64_t tries = 0;
  std::uint64_t hits = 0;
};

// An edge of a state machine: in how many trials it was taken, and in how many of these a kind of fault struck.
struct EdgeTaken {
  std::uint64_t trials = 0;
  Named<std::uint64_t> under;
};

// Seeds of a hunt that nobody has played.
struct MissingSeeds {
  std::uint64_t count = 0;
  std::vector<std::uint64_t> first;  // the lowest of them
  std::vector<std::string>
      shards;  // whole ones: "3/8"; without a count where nobody knows how many they would have been
  bool any() const { return count != 0 || !shards.empty(); }
};

// What a report tells of that was played before its clock began: by an earlier part of the hunt, or by other machines.
struct PlayedBefore {
  std::uint64_t trials = 0;
  std::uint64_t events = 0;
  std::int64_t orders = 0;
};

struct HuntReport {
  Setting setting;
  std::optional<std::string> shard;  // "3/8"
  std::uint64_t merged_from = 0;     // run directories; 0: this is no merge
  MissingSeeds missing_seeds;
  PlayedBefore before;
  std::uint64_t first_seed = 0;
  std::uint64_t last_seed = 0;
  std::string stopped_because;
  int exit_code = 0;

  std::uint64_t trials = 0;
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  Named<std::uint64_t> by_verdict;
  Named<std::uint64_t> by_invariant;  // trials in which it was broken
  std::set<std::string> headlines;    // the first finding of each failing trial: what it is about
  std::uint64_t reruns = 0;
  std::uint64_t mismatches = 0;
  std::string traces_hash;                   // over seed and trace hash of each trial, by seed
  std::vector<FirstFailure> first_failures;  // the lowest seed of each invariant, by seed
  std::vector<OurBug> our_bugs;              // by seed
  // Failing seeds by headline, and of those that were made small each cause once; by headline, then seed.
  Named<std::vector<std::uint64_t>> failing_seeds;
  Named<std::uint64_t> looked_into;
  std::vector<SmallFailure> small;
  std::optional<CorpusReport> corpus;
  std::optional<RememberedReport> remembered;

  std::uint64_t events = 0;
  std::int64_t virtual_ns = 0;
  std::int64_t wall_ns = 0;
  Named<std::uint64_t> sometimes;
  std::vector<std::string> not_reached;  // marks the scenario hopes for
  std::vector<std::string> missed;       // of these what so long a hunt must reach: it is inconclusive
  FaultReport faults;
  std::vector<std::string> never_effective;  // kinds that were armed and never struck
  std::uint64_t rates_judged = 0;
  std::vector<RateOff> rates_off;
  Named<std::int64_t> counts;
  Named<Named<EdgeTaken>> machines;          // by machine and edge; those that were never taken, too
  Named<std::int64_t> set_about;             // by the count they came for: actors
  std::vector<std::string> came_to_nothing;  // of these counts those that stayed 0
  std::string run_directory;                 // empty: nothing could be written
  std::optional<std::string> expected;       // the violation that was asked for
  std::optional<std::string> expectation_missed;
};

}  // namespace ordeal::reports
