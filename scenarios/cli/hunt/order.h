// What a hunt is told to do: its flags, and what they mean.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/ci_files.h"
#include "scenarios/cli/hunt/shard.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/repertoire.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run/judging.h"

namespace ordeal::cli {

struct HuntFlags {
  explicit HuntFlags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  CastFlags cast;
  OutputFlags output;
  CiFlags ci;
  std::string seeds;
  std::string shard;
  std::string resume;
  std::string budget;
  std::string until_stale;
  std::string jobs;
  std::string max_failures;
  bool fail_fast = false;
  std::string rerun_share;
  std::vector<std::string> expect;
  bool no_shrink = false;
  std::string shrink_budget;
  std::string corpus;
  std::string remember;
};

void add_hunt_flags(CommandLine& command_line, HuntFlags& flags);
void add_remember_flag(CommandLine& command_line, std::string& directory);
// -j; one worker a core without it.
void add_jobs_flag(CommandLine& command_line, std::string& jobs);
unsigned jobs_of(const std::string& jobs);

inline constexpr Duration kShrinkBudget{120'000'000'000};

// Flags, parsed.
struct HuntOrder {
  SeedRange seeds;
  Shard shard;
  std::optional<Duration> budget;
  Patience patience;
  Ratio rerun_share = kRerunShare;
  std::uint64_t max_failures = 0;
  unsigned jobs = 1;
  std::set<std::string> expected;
  std::optional<Duration> shrink_budget = kShrinkBudget;  // nothing: failures stay as they are
  std::string corpus;                                     // empty: the repertoire's

  bool has_patience() const { return patience.time || patience.trials != 0; }
  // It stops when it has had enough, and no machine can say in advance after which seed.
  bool open_end() const { return budget || has_patience(); }
};

// Throws BadInput (usage). Says where a shard was found (--shard auto).
HuntOrder order_of(const HuntFlags& flags);
// Throws BadInput (usage) for flags that a hunt that is taken up again has from its beginning.
void check_resuming(const HuntFlags& flags);

}  // namespace ordeal::cli
