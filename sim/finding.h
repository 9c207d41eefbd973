// A finding: a broken invariant with its evidence, named by id and name in one string ("I-10 no-oversell").
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ordeal::sim {

enum class FindingKind : std::uint8_t { safety, liveness, nondeterminism, inconclusive };

struct Finding {
  std::string invariant;
  FindingKind kind = FindingKind::safety;
  std::int64_t at_ns = 0;  // true time since the trial began
  std::string message;
  std::vector<std::pair<std::string, std::string>> evidence;  // entities, amounts, times
};

}  // namespace ordeal::sim
