// `--shard auto`: which shard this process is, from the variables that schedulers set for the jobs of one task. Nothing is
// guessed: two schedulers that disagree, a place without a total, and numbers that do not fit each other are refused with
// BadInput (usage) that names the variables and what to set instead.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "scenarios/cli/hunt/shard.h"

namespace ordeal::cli {

// What a variable holds; nothing when it is not set or empty.
using Environment = std::function<std::optional<std::string>(const std::string& variable)>;
Environment environment_of_process();

struct FoundShard {
  Shard shard;
  std::string from;  // "CI_NODE_INDEX=2 and CI_NODE_TOTAL=5 (GitLab)"
};

// ORDEAL_SHARD=k/n wins over everything else.
FoundShard shard_of(const Environment& environment);

}  // namespace ordeal::cli
