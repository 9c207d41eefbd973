#include "scenarios/cli/hunt/order.h"

#include <array>
#include <utility>

#include "scenarios/cli/hunt/shard_environment.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

// Without --seeds: enough to be worth a coffee, or as many as the budget allows.
constexpr SeedRange kSeeds{1, 1'000};
constexpr SeedRange kSeedsOfBudget{1, INT64_MAX};
constexpr std::uint64_t kJobsMax = 1'024;

Shard shard_asked(const HuntFlags& flags) {
  if (flags.shard.empty()) return {};
  if (flags.shard != "auto") return parse_shard("--shard", flags.shard);
  const FoundShard found = shard_of(environment_of_process());
  if (!flags.output.quiet) complain("shard " + found.shard.text() + ", from " + found.from + "\n");
  return found.shard;
}

}  // namespace

void add_jobs_flag(CommandLine& command_line, std::string& jobs) {
  command_line.option("-j,--jobs", jobs, "N", "worker processes; never changes results (one a core)");
}

void add_remember_flag(CommandLine& command_line, std::string& directory) {
  command_line.option("--remember", directory, "DIR",
                      "play the failures that are kept there first, and keep those that are found");
}

unsigned jobs_of(const std::string& jobs) {
  return jobs.empty() ? usable_cores() : static_cast<unsigned>(parse_count("--jobs", jobs, kJobsMax));
}

void add_hunt_flags(CommandLine& command_line, HuntFlags& flags) {
  add_cast_flags(command_line, flags.cast, Who::perhaps);
  command_line.option("--seeds", flags.seeds, "A..B",
                      "which worlds, such as 1..20000 (1..1000; with --budget as many as fit)");
  command_line.option("--shard", flags.shard, "K/N",
                      "only every N-th seed, from the K-th; auto: as the environment says (docs/ci.md)");
  command_line.option("--resume", flags.resume, "DIR",
                      "go on with the hunt that was cut off in this run directory; auto: with what there is "
                      "of this hunt in --out");
  add_jobs_flag(command_line, flags.jobs);
  command_line.option("--budget", flags.budget, "TIME", "stop after this time, such as 60s");
  command_line.option("--until-stale", flags.until_stale, "TIME|N",
                      "stop when nothing new was seen for this time (60s) or so many trials (500)");
  command_line.option("--max-failures", flags.max_failures, "N", "stop after so many failed trials");
  command_line.flag("--fail-fast", flags.fail_fast, "stop after the first failed trial");
  command_line.options("--expect-violation", flags.expect, "INVARIANT",
                       "exit 0 only if exactly this is broken, else 6 (may be repeated)");
  command_line.option("--rerun-share", flags.rerun_share, "K/N",
                      "the share of passing trials that are played twice (5/100)");
  command_line.flag("--no-shrink", flags.no_shrink, "leave failures as big as they were found");
  command_line.option("--shrink-budget", flags.shrink_budget, "TIME",
                      "far bound of the time to make failures small (2m)");
  command_line.option("--corpus", flags.corpus, "DIR",
                      "kept repros: those of the scenario are replayed first (tests/regressions/repros)");
  add_remember_flag(command_line, flags.remember);
  add_ci_flags(command_line, flags.ci);
  add_output_flags(command_line, flags.output);
}

HuntOrder order_of(const HuntFlags& flags) {
  check(flags.output);
  if (flags.cast.scenario.empty())
    misused("a scenario is missing", "hunt first_sale", "ordeal list scenarios, ordeal hunt --help");
  HuntOrder order;
  if (!flags.budget.empty()) order.budget = parse_budget(flags.budget);
  if (!flags.until_stale.empty()) order.patience = parse_patience("--until-stale", flags.until_stale);
  order.seeds = !flags.seeds.empty() ? parse_seeds(flags.seeds) : order.open_end() ? kSeedsOfBudget : kSeeds;
  order.shard = shard_asked(flags);
  if (!flags.rerun_share.empty()) order.rerun_share = parse_share("--rerun-share", flags.rerun_share);
  order.expected = parse_invariants(flags.repertoire.flows, "--expect-violation", flags.expect);
  if (!flags.max_failures.empty())
    order.max_failures = parse_count("--max-failures", flags.max_failures, UINT64_MAX);
  if (!flags.shrink_budget.empty()) order.shrink_budget = parse_budget(flags.shrink_budget);
  if (flags.no_shrink) order.shrink_budget.reset();
  if (flags.fail_fast) order.max_failures = 1;
  order.jobs = jobs_of(flags.jobs);
  order.corpus = flags.corpus;
  return order;
}

void check_resuming(const HuntFlags& flags) {
  check(flags.output);
  const CastFlags usual;
  const std::array<std::pair<const char*, bool>, 15> given{{
      {"SCENARIO", !flags.cast.scenario.empty()},
      {"--scenarios", !flags.cast.scenarios_dir.empty()},
      {"--flaw", !flags.cast.flaws.empty()},
      {"--design", !flags.cast.designs.empty()},
      {"--faults", flags.cast.faults != usual.faults},
      {"--order", flags.cast.order != usual.order},
      {"--seeds", !flags.seeds.empty()},
      {"--shard", !flags.shard.empty()},
      {"--until-stale", !flags.until_stale.empty()},
      {"--max-failures", !flags.max_failures.empty()},
      {"--fail-fast", flags.fail_fast},
      {"--rerun-share", !flags.rerun_share.empty()},
      {"--expect-violation", !flags.expect.empty()},
      {"--no-shrink or --shrink-budget", flags.no_shrink || !flags.shrink_budget.empty()},
      {"--corpus", !flags.corpus.empty()},
  }};
  for (const auto& [name, is_given] : given) {
    if (is_given)
      misused(std::string("--resume goes on as the hunt began: leave out ") + name,
              "hunt --resume " + flags.resume, "ordeal hunt --help");
  }
}

}  // namespace ordeal::cli
