// What a hunt has seen before. Behaviour is coarse on purpose: marks and how often (to a power of two), how the
// trial ended, its counts (to a power of two), what was broken, which kinds of faults struck. A hunt that shows
// nothing new for long has said what its faults and its workload can say.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "core/base/time.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/run/trial_line.h"

namespace ordeal::cli {

class Novelty {
 public:
  Novelty(Patience patience, std::int64_t now_ns) : patience_(patience), last_ns_(now_ns) {}

  // Whether the trial showed something new.
  bool add(const TrialLine& line, std::int64_t now_ns);
  // Why to stop, if it is time to: "nothing new in 500 trials".
  std::optional<std::string> stale(std::int64_t now_ns) const;
  // For the progress line: "found I-10, I-32  nothing new for 12 s, 340 trials".
  std::string words(std::int64_t now_ns) const;
  std::uint64_t behaviours() const { return seen_.size(); }

 private:
  std::string found_words() const;

  Patience patience_;
  std::set<std::string> seen_;
  std::set<std::string> broken_;  // ids of invariants: "I-10"
  std::int64_t last_ns_;
  std::uint64_t trials_since_ = 0;
};

}  // namespace ordeal::cli
