// The sums of a hunt. Trials arrive from several workers in any order and are merged by seed, so the result
// does not depend on how many workers there were. With a limit on failures the hunt ends at the seed of the
// last allowed one: what workers finished beyond it is left out, again so that every -j gives the same
// result.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "reports/model.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/explore/certificate_hash.h"
#include "scenarios/cli/hunt/shard.h"
#include "scenarios/cli/run/trial_line.h"
#include "scenarios/play/scenario.h"

namespace ordeal::cli {

class HuntSums {
 public:
  // `max_failures` 0: no limit.
  // Of a shard: its seeds only.
  HuntSums(const SeedRange& seeds, std::uint64_t max_failures, const Shard& shard = {})
      : next_(seeds.first + (shard.k - 1)), step_(shard.n), max_failures_(max_failures) {}

  void add(TrialLine line);
  // The limit on failures is reached.
  bool full() const { return max_failures_ != 0 && report_.failed >= max_failures_; }
  // Trials that came, merged or not: for progress.
  std::uint64_t arrived() const { return report_.trials + waiting_.size(); }
  std::uint64_t failures_seen() const { return failures_seen_; }

  // After a limit on failures was reached: the seed that it ended with.
  std::optional<std::uint64_t> ended_with() const { return full() ? last_ : std::nullopt; }

  // Merges what waits behind a gap: nothing is to come any more.
  void close_gaps();
  // The same, and fills every sum and list of a report.
  void finish(reports::HuntReport& report, const play::Scenario& scenario);

 private:
  void merge(const TrialLine& line);

  using RateKey = std::pair<int, std::pair<std::int64_t, std::int64_t>>;
  struct Tried {
    std::uint64_t tries = 0;
    std::uint64_t hits = 0;
  };

  std::uint64_t next_;
  std::uint64_t step_;
  std::optional<std::uint64_t> last_;  // that was merged
  std::uint64_t max_failures_;
  std::uint64_t failures_seen_ = 0;
  std::map<std::uint64_t, TrialLine> waiting_;  // by seed
  std::map<RateKey, Tried> rates_;
  CertificateHash traces_;
  reports::HuntReport report_;
};

}  // namespace ordeal::cli
