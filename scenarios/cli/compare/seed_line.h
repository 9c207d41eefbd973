// One seed of a comparison, played with every design: what a worker sends to its parent, one line of JSON.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/play/play.h"

namespace ordeal::cli {

struct SeedLine {
  struct Outcome {
    sim::Verdict verdict = sim::Verdict::pass;
    std::string invariant;                                     // the first that was broken
    std::map<std::string, std::vector<std::int64_t>> samples;  // by measure
  };

  std::uint64_t seed = 0;
  std::vector<Outcome> outcomes;  // by design
  std::optional<std::string> our_bug;
};

// Every stage plays the seed. The fault plan is the first one's, so that a seed has the same bad day for all; where the stages
// are not of one scenario each draws its own.
SeedLine play_with_each(const std::vector<std::unique_ptr<play::Stage>>& stages, std::uint64_t seed,
                        play::FaultMode faults, bool one_plan);

std::string to_text(const SeedLine& line);
// Nothing for a line that is none of ours.
std::optional<SeedLine> seed_line_from(std::string_view text);

}  // namespace ordeal::cli
