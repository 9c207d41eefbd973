// One finished trial of a hunt in one line of JSON: what a worker tells the parent and what stands in
// results.jsonl. Whatever is summed or shown at the end of a hunt is in it, nothing more.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/model.h"
#include "scenarios/cli/run/judging.h"

namespace ordeal::cli {

struct TrialLine {
  struct Broken {
    std::string invariant;
    sim::FindingKind kind{};
    std::string message;
  };
  struct Rate {
    faults::FaultKind kind{};
    Ratio asked;
    std::uint64_t tries = 0;
    std::uint64_t hits = 0;
  };

  std::uint64_t seed = 0;
  sim::Verdict verdict = sim::Verdict::pass;
  std::string trace_hash;
  std::uint64_t events = 0;
  std::int64_t virtual_ns = 0;
  bool twice = false;
  bool same = true;
  std::vector<Broken> findings;  // the first of each invariant
  reports::Named<std::uint64_t> marks;
  reports::Named<std::int64_t> counts;
  reports::Named<std::int64_t> set_about;
  reports::Named<std::vector<std::string>> moves;  // edges that were taken, by machine
  reports::FaultReport faults;
  std::vector<Rate> rates;
  std::optional<std::string> our_bug;
  std::optional<std::string> unsaved;  // the line could not be appended to results.jsonl, and why
};

TrialLine line_of(std::uint64_t seed, const Judged& judged);

std::string to_text(const TrialLine& line);
// Nothing for a line that is torn or not one of ours.
std::optional<TrialLine> line_from(std::string_view text);

}  // namespace ordeal::cli
