#include "scenarios/play/laws/findings.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace ordeal::play {

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

std::string when(std::int64_t at_ns) {
  const std::int64_t us = at_ns / 1'000;
  const std::int64_t s = us / 1'000'000;
  return fmt::format("+{:02}:{:02}:{:02}.{:06}", s / 3600, s / 60 % 60, s % 60, us % 1'000'000);
}

std::string how_long(std::int64_t ns) {
  return fmt::format("{}.{:03} s", ns / 1'000'000'000, ns / 1'000'000 % 1'000);
}

std::string kind_of_breach(const sim::Finding& finding) {
  std::string kind;
  bool quoted = false;
  for (const char c : finding.message) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c < '0' || c > '9')) kind += c;
  }
  return kind;
}

sim::Finding unsafe(std::string_view invariant, std::int64_t at_ns, std::string message, Evidence evidence) {
  return {std::string(invariant), sim::FindingKind::safety, at_ns, std::move(message), std::move(evidence)};
}

sim::Finding not_live(std::string_view invariant, std::int64_t at_ns, std::string message,
                      Evidence evidence) {
  return {std::string(invariant), sim::FindingKind::liveness, at_ns, std::move(message), std::move(evidence)};
}

}  // namespace ordeal::play
