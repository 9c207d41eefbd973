#include <algorithm>
#include <utility>

#include "scenarios/flows/purchase/laws/monitor.h"

namespace ordeal::scenarios {

void Findings::add(sim::Finding finding, std::int64_t badness) {
  const auto known = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.first.kind == finding.kind && kept.first.invariant == finding.invariant;
  });
  if (known == kept_.end()) {
    kept_.push_back({std::move(finding), 0, badness, {}});
    return;
  }
  ++known->more;
  if (badness > known->badness) {
    known->badness = badness;
    known->worst = std::move(finding.message);
  }
}

std::vector<sim::Finding> Findings::take() {
  std::vector<sim::Finding> findings;
  findings.reserve(kept_.size());
  for (Kept& kept : kept_) {
    if (kept.more != 0) kept.first.evidence.emplace_back("further breaches", std::to_string(kept.more));
    if (!kept.worst.empty()) kept.first.evidence.emplace_back("the worst", std::move(kept.worst));
    findings.push_back(std::move(kept.first));
  }
  kept_.clear();
  return findings;
}

}  // namespace ordeal::scenarios
