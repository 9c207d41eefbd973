#include "scenarios/cli/compare/compared_sums.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/check.h"

namespace ordeal::cli {
namespace {

using reports::ComparedRow;
using reports::Figure;

ComparedRow::Better better_of(const play::MeasureRow& row) {
  switch (row.better) {
    case play::Better::less:
      return ComparedRow::Better::less;
    case play::Better::more:
      return ComparedRow::Better::more;
    case play::Better::neither:
      return ComparedRow::Better::neither;
    case play::Better::never:
      return ComparedRow::Better::never;
  }
  return ComparedRow::Better::neither;
}

bool is_better(play::Better better, const Figure& a, const Figure& b) {
  if (!a.exists() || !b.exists() || better == play::Better::neither) return false;
  return better == play::Better::more ? reports::less(b, a) : reports::less(a, b);
}

}  // namespace

void Samples::add(const std::vector<std::int64_t>& samples) {
  for (const std::int64_t sample : samples) {
    ++times_[sample];
    sum_ += sample;
  }
  count_ += samples.size();
}

std::int64_t Samples::percentile(std::uint64_t percent) const {
  ORDEAL_CHECK(count_ > 0 && percent > 0 && percent <= 100);
  const std::uint64_t rank = (count_ * percent + 99) / 100;
  std::uint64_t before = 0;
  for (const auto& [sample, times] : times_) {
    before += times;
    if (before >= rank) return sample;
  }
  return times_.rbegin()->first;
}

ComparedSums::ComparedSums(std::vector<const play::MeasureRow*> measures, std::size_t designs)
    : measures_(std::move(measures)), samples_(designs, OfDesign(measures_.size())), verdicts_(designs) {
  for (const play::MeasureRow* measure : measures_) {
    if (pieces_ == nullptr && !measure->piece.empty()) pieces_ = measure;
  }
  const std::string each = "per " + std::string(pieces_ == nullptr ? "trial" : pieces_->piece);
  for (const play::MeasureRow* measure : measures_) {
    switch (measure->told) {
      case play::Told::total:
        kinds_.push_back({measure, "sum"});
        break;
      case play::Told::each:
        kinds_.push_back({measure, each});
        break;
      case play::Told::spread:
        kinds_.push_back({measure, "p50", 50});
        kinds_.push_back({measure, "p99", 99});
        break;
    }
  }
  wins_.assign(kinds_.size(), std::vector(designs, std::vector<std::uint64_t>(designs)));
}

std::size_t ComparedSums::place_of(const play::MeasureRow& measure) const {
  const auto found = std::find(measures_.begin(), measures_.end(), &measure);
  return static_cast<std::size_t>(found - measures_.begin());
}

Figure ComparedSums::figure_of(const Kind& kind, const OfDesign& of, std::uint64_t seeds) const {
  const Samples& samples = of[place_of(*kind.measure)];
  if (samples.count() == 0) return {};
  if (kind.percent != 0) return {samples.percentile(kind.percent), 1};
  if (kind.measure->told == play::Told::total) return {samples.sum(), 1};
  const std::int64_t pieces =
      pieces_ == nullptr ? static_cast<std::int64_t>(seeds) : of[place_of(*pieces_)].sum();
  return {samples.sum(), pieces};
}

void ComparedSums::note_verdict(std::size_t design, const SeedLine::Outcome& outcome, std::uint64_t seed) {
  constexpr std::array kByWeight{sim::Verdict::pass, sim::Verdict::liveness, sim::Verdict::safety,
                                 sim::Verdict::nondeterminism};
  reports::Verdicts& verdicts = verdicts_[design];
  if (outcome.verdict == sim::Verdict::pass) return;
  if (outcome.verdict == sim::Verdict::inconclusive) {
    ++verdicts.inconclusive;
    return;
  }
  if (verdicts.failed++ == 0 || seed < verdicts.first_failed) {
    verdicts.first_failed = seed;
    verdicts.first_broken = outcome.invariant;
  }
  const auto weight = [&](sim::Verdict verdict) {
    return std::find(kByWeight.begin(), kByWeight.end(), verdict) - kByWeight.begin();
  };
  if (weight(outcome.verdict) > weight(worst_)) worst_ = outcome.verdict;
}

void ComparedSums::add(const SeedLine& line) {
  ORDEAL_CHECK(line.outcomes.size() == samples_.size());
  ++seeds_;
  std::vector<OfDesign> of_seed(samples_.size(), OfDesign(measures_.size()));
  for (std::size_t design = 0; design < samples_.size(); ++design) {
    note_verdict(design, line.outcomes[design], line.seed);
    for (std::size_t i = 0; i < measures_.size(); ++i) {
      const auto found = line.outcomes[design].samples.find(std::string(measures_[i]->name));
      if (found == line.outcomes[design].samples.end()) continue;
      of_seed[design][i].add(found->second);
      samples_[design][i].add(found->second);
    }
  }
  for (std::size_t k = 0; k < kinds_.size(); ++k) {
    std::vector<Figure> figures;
    for (const OfDesign& one : of_seed) figures.push_back(figure_of(kinds_[k], one, 1));
    for (std::size_t a = 0; a < figures.size(); ++a) {
      for (std::size_t b = 0; b < figures.size(); ++b)
        wins_[k][a][b] += is_better(kinds_[k].measure->better, figures[a], figures[b]);
    }
  }
}

std::uint64_t ComparedSums::failed() const {
  std::uint64_t failed = 0;
  for (const reports::Verdicts& one : verdicts_) failed += one.failed;
  return failed;
}

std::vector<ComparedRow> ComparedSums::rows() const {
  std::vector<ComparedRow> rows;
  for (std::size_t k = 0; k < kinds_.size(); ++k) {
    const Kind& kind = kinds_[k];
    ComparedRow row;
    row.measure = kind.measure->name;
    row.figure = kind.figure;
    row.name = row.measure;
    if (kind.measure->told != play::Told::total) row.name += " " + kind.figure;
    row.says = kind.measure->says;
    row.is_time = kind.measure->unit == play::Unit::time;
    row.better = better_of(*kind.measure);
    for (const OfDesign& one : samples_) row.figures.push_back(figure_of(kind, one, seeds_));
    row.wins = wins_[k];
    const auto exists = [](const Figure& figure) { return figure.exists(); };
    if (std::any_of(row.figures.begin(), row.figures.end(), exists)) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace ordeal::cli
