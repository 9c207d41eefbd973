// The sums of a comparison: lines of seeds come in any order and give the same figures, so the number of workers changes
// nothing. A percentile is the sample at its nearest rank, of all samples of all seeds; beside it each seed's own figure is
// compared between any two designs, for the sign test (reports/comparison.h).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "reports/comparison.h"
#include "scenarios/cli/compare/seed_line.h"
#include "scenarios/play/measuring.h"

namespace ordeal::cli {

// How often each sample came.
class Samples {
 public:
  void add(const std::vector<std::int64_t>& samples);
  std::int64_t sum() const { return sum_; }
  std::uint64_t count() const { return count_; }
  // The smallest sample that at least `percent` in a hundred samples do not exceed. There is one.
  std::int64_t percentile(std::uint64_t percent) const;

 private:
  std::map<std::int64_t, std::uint64_t> times_;
  std::uint64_t count_ = 0;
  std::int64_t sum_ = 0;
};

class ComparedSums {
 public:
  ComparedSums(std::vector<const play::MeasureRow*> measures, std::size_t designs);

  // A line with an outcome for each design.
  void add(const SeedLine& line);
  std::uint64_t seeds() const { return seeds_; }
  std::uint64_t failed() const;

  // Rows of which no design has a figure are left out.
  std::vector<reports::ComparedRow> rows() const;
  // Without the command that plays the first failure again.
  const std::vector<reports::Verdicts>& verdicts() const { return verdicts_; }
  // Of all trials: nondeterminism, safety, liveness, else pass.
  sim::Verdict worst() const { return worst_; }

 private:
  // All samples of one design, or those of one seed of it, by measure.
  using OfDesign = std::vector<Samples>;
  struct Kind {
    const play::MeasureRow* measure;
    std::string figure;
    std::uint64_t percent = 0;  // of a spread
  };

  reports::Figure figure_of(const Kind& kind, const OfDesign& of, std::uint64_t seeds) const;
  std::size_t place_of(const play::MeasureRow& measure) const;
  void note_verdict(std::size_t design, const SeedLine::Outcome& outcome, std::uint64_t seed);

  std::vector<const play::MeasureRow*> measures_;
  const play::MeasureRow* pieces_ = nullptr;
  std::vector<Kind> kinds_;        // a row each
  std::vector<OfDesign> samples_;  // by design
  std::vector<reports::Verdicts> verdicts_;
  std::vector<std::vector<std::vector<std::uint64_t>>> wins_;  // by kind, better design, worse design
  std::uint64_t seeds_ = 0;
  sim::Verdict worst_ = sim::Verdict::pass;
};

}  // namespace ordeal::cli
