// `ordeal merge DIR…`: the shards of a hunt, wherever they were played, as one. What is kept is the same byte for byte as
// of the hunt that was not split, in whatever order they are named, however often, and with parts that were cut off and
// played again. Failures get their repros here, from the seed: whoever merges plays them once more.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/cli/ci_files.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/hunt/campaign.h"
#include "scenarios/cli/hunt/hunt_end.h"
#include "scenarios/cli/hunt/hunt_sums.h"
#include "scenarios/cli/hunt/past_hunts.h"
#include "scenarios/cli/hunt/results.h"
#include "scenarios/cli/interrupts.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

namespace fs = std::filesystem;
using play::BadInput;
using play::ExitCode;

// Nothing of it was played by whoever merges.
constexpr reports::PlayedBefore kEverything{UINT64_MAX, UINT64_MAX, INT64_MAX};

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  std::vector<std::string> directories;
  std::string jobs;
  OutputFlags output;
  CiFlags ci;
  std::string remember;
};

// Parts of one hunt, read and compared.
struct Parts {
  std::vector<fs::path> directories;
  Campaign campaign;  // of the whole
  std::set<std::uint64_t> shards;
  std::uint64_t n = 0;  // into how many it was split; 0: not all parts say the same
  Results results;
};

std::vector<fs::path> directories_of(const Flags& flags) {
  std::set<fs::path> found;
  for (const std::string& name : flags.directories) {
    std::error_code error;
    if (!fs::exists(name, error)) throw BadInput(ExitCode::not_found, "no directory " + name);
    const std::vector<fs::path> hunts = hunts_in(name);
    if (hunts.empty())
      throw BadInput(ExitCode::not_found,
                     "no hunt in " + name + ": neither it nor a directory below it has a " + kCampaignFile);
    for (const fs::path& hunt : hunts) found.insert(fs::canonical(hunt));
  }
  return {found.begin(), found.end()};
}

Parts read_parts(const Flags& flags) {
  Parts parts;
  parts.directories = directories_of(flags);
  const fs::path& first = parts.directories.front();
  for (const fs::path& directory : parts.directories) {
    const Campaign campaign = read_campaign(directory);
    if (directory == first) {
      parts.campaign = campaign;
      parts.n = campaign.shard.n;
    }
    if (const auto what = difference(parts.campaign, campaign))
      throw BadInput(ExitCode::merge, "not parts of one hunt: " + first.string() + " and " +
                                          directory.string() + "\n  " + *what);
    if (campaign.shard.n != parts.n) parts.n = 0;
    parts.shards.insert(campaign.shard.k);
  }
  check_engine(parts.campaign, first);
  for (const fs::path& directory : parts.directories) parts.results.add(directory / kResultsFile);
  parts.campaign.shard = {};
  return parts;
}

// Of a hunt that plays all its seeds, or those up to the last failure that it was allowed.
reports::MissingSeeds missing_of(const Parts& parts, const HuntOrder& order, std::uint64_t last) {
  constexpr std::size_t kNamed = 20;
  reports::MissingSeeds missing;
  std::uint64_t next = order.seeds.first;
  std::vector<std::uint64_t> seeds = parts.results.seeds();
  std::erase_if(seeds, [&](std::uint64_t seed) { return seed > last; });
  missing.count = last - order.seeds.first + 1 - seeds.size();
  seeds.push_back(last + 1);
  for (const std::uint64_t seed : seeds) {
    for (; next != seed && missing.first.size() < std::min<std::uint64_t>(kNamed, missing.count); ++next)
      missing.first.push_back(next);
    next = seed + 1;
  }
  if (parts.n < 2) return missing;
  std::uint64_t in_whole_shards = 0;
  for (std::uint64_t k = 1; k <= parts.n && k <= last - order.seeds.first + 1; ++k) {
    const Shard shard{k, parts.n};
    const bool any = std::any_of(seeds.begin(), seeds.end() - 1,
                                 [&](std::uint64_t seed) { return has(order.seeds, shard, seed); });
    if (any) continue;
    missing.shards.push_back(shard.text());
    in_whole_shards += (last - order.seeds.first - (k - 1)) / parts.n + 1;
  }
  if (in_whole_shards != missing.count) missing.shards.clear();
  return missing;
}

// Of a hunt that went on until each machine had had enough.
reports::MissingSeeds missing_shards(const Parts& parts) {
  reports::MissingSeeds missing;
  for (std::uint64_t k = 1; k <= parts.n; ++k) {
    if (!parts.shards.contains(k)) missing.shards.push_back(Shard{k, parts.n}.text());
  }
  return missing;
}

std::string because(const HuntOrder& order, const HuntSums& sums, const reports::MissingSeeds& missing) {
  if (missing.any()) return "not all of it was played";
  if (sums.full()) return limit_reached(order);
  if (order.budget) return kBudgetOver;
  return order.has_patience() ? "nothing new was seen" : kAllPlayed;
}

// The sums of every part, which are in no other order than seeds are.
void add_all(Parts& parts, const HuntOrder& order, HuntSums& sums) {
  parts.results.for_each([&](TrialLine line) {
    if (!has(order.seeds, {}, line.seed)) {
      throw BadInput(ExitCode::data, "seed " + std::to_string(line.seed) + " is in " + kResultsFile + " of " +
                                         parts.directories.front().string() +
                                         " or another part, and not one of this hunt");
    }
    sums.add(std::move(line));
    return !sums.full();
  });
  sums.close_gaps();
}

ExitCode merge(const Flags& flags) {
  check(flags.output);
  check(flags.ci);
  const Interrupts interrupts;
  const std::int64_t began_ns = wall_now_ns();
  Parts parts = read_parts(flags);
  const std::string file = (parts.directories.front() / kCampaignFile).string();
  HuntOrder order = order_of(flags.repertoire.flows, parts.campaign, file);
  order.jobs = jobs_of(flags.jobs);
  const Production production = production_of(flags.repertoire.flows, parts.campaign, file);
  HuntSums sums(order.seeds, order.max_failures);
  add_all(parts, order, sums);
  reports::MissingSeeds missing =
      order.open_end() ? missing_shards(parts)
                       : missing_of(parts, order, sums.ended_with().value_or(order.seeds.last));

  RunDirectory directory(flags.output.out, "merge-" + production.stage->scenario().name);
  if (directory.trouble()) print_error(*directory.trouble() + "; going on, but nothing will be kept");
  directory.write_early(kCampaignFile, to_text(parts.campaign));
  if (directory.usable()) {
    try {
      parts.results.write(directory.path() / kResultsFile);
    } catch (const IoError& error) {
      directory.remember(error.what());
    }
  }
  const std::optional<Remembered> remembered =
      replay_remembered_of(flags.repertoire, flags.remember, production);
  const CorpusOutcome corpus = replay_corpus_of(flags.repertoire, order, production);
  const reports::HuntReport report = end_hunt({.production = production,
                                               .order = order,
                                               .output = flags.output,
                                               .ci = flags.ci,
                                               .corpus = corpus,
                                               .remembered = remembered,
                                               .because = because(order, sums, missing),
                                               .wall_ns = wall_now_ns() - began_ns,
                                               .before = kEverything,
                                               .crash = {},
                                               .merged_from = parts.directories.size(),
                                               .missing = missing},
                                              sums, directory);
  return static_cast<ExitCode>(report.exit_code);
}

}  // namespace

Action declare_merge(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  command_line.words("directories", flags->directories, "DIR",
                     "run directories of one hunt, or directories that have them");
  add_jobs_flag(command_line, flags->jobs);
  add_remember_flag(command_line, flags->remember);
  add_ci_flags(command_line, flags->ci);
  add_output_flags(command_line, flags->output);
  return [flags] { return merge(*flags); };
}

}  // namespace ordeal::cli
