#include "faults/inject/reach.h"

#include <algorithm>

#include "core/base/check.h"

namespace ordeal::faults {
namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

void Tally::add(const Tally& other) {
  armed += other.armed;
  reached += other.reached;
  effective += other.effective;
  tries += other.tries;
  hits += other.hits;
}

// Weakest first; 1/2 and 2/4 are two rates, as they are two texts.
bool Reach::RateKey::operator<(const RateKey& other) const {
  if (kind != other.kind) return kind < other.kind;
  __extension__ using Signed = __int128;
  const Signed mine = Signed{asked.num} * other.asked.den;
  const Signed theirs = Signed{other.asked.num} * asked.den;
  return mine != theirs ? mine < theirs : asked.den < other.asked.den;
}

void Reach::add(const std::vector<FaultReach>& trial) {
  for (const FaultReach& fault : trial) {
    by_kind_[static_cast<std::size_t>(fault.kind)].add(
        {1, fault.reached() ? 1u : 0u, fault.effective() ? 1u : 0u, fault.tries, fault.hits});
    if (fault.asked.is_zero() || fault.tries == 0) continue;
    Tried& tried = rates_[{fault.kind, fault.asked}];
    tried.tries += fault.tries;
    tried.hits += fault.hits;
  }
}

void Reach::merge(const Reach& other) {
  for (std::size_t i = 0; i < by_kind_.size(); ++i) by_kind_[i].add(other.by_kind_[i]);
  for (const auto& [key, tried] : other.rates_) {
    Tried& mine = rates_[key];
    mine.tries += tried.tries;
    mine.hits += tried.hits;
  }
}

Tally Reach::total() const {
  Tally sum;
  for (const Tally& tally : by_kind_) sum.add(tally);
  return sum;
}

std::vector<RateRow> Reach::rates() const {
  std::vector<RateRow> rows;
  for (const auto& [key, tried] : rates_) rows.push_back({key.kind, key.asked, tried.tries, tried.hits});
  return rows;
}

std::vector<RateRow> Reach::off_rates() const {
  std::vector<RateRow> rows = rates();
  std::erase_if(rows, [](const RateRow& row) {
    return !enough_tries(row.tries, row.asked) || within_three_sigma(row.tries, row.hits, row.asked);
  });
  return rows;
}

std::vector<FaultKind> Reach::never_effective() const {
  std::vector<FaultKind> out;
  for (const KindInfo& row : kinds()) {
    if (of(row.kind).armed > 0 && of(row.kind).effective == 0) out.push_back(row.kind);
  }
  return out;
}

bool enough_tries(std::uint64_t tries, Ratio asked) {
  constexpr unsigned kLeast = 10;
  const Wide den = static_cast<std::uint64_t>(asked.den);
  const Wide num = static_cast<std::uint64_t>(asked.num);
  if (num == 0 || num >= den) return tries > 0;  // sure things need no statistics
  return Wide{tries} * num >= kLeast * den && Wide{tries} * (den - num) >= kLeast * den;
}

// (hits·den - tries·num)² <= 9·tries·num·(den - num)
bool within_three_sigma(std::uint64_t tries, std::uint64_t hits, Ratio asked) {
  constexpr std::int64_t kLargestDenominator = 1'000'000'000;
  constexpr std::uint64_t kMostTries = 1'000'000'000'000;
  ORDEAL_CHECK(asked.den > 0 && asked.den <= kLargestDenominator && asked.num >= 0 && asked.num <= asked.den,
               "a rate");
  ORDEAL_CHECK(hits <= tries && tries <= kMostTries);
  const auto den = static_cast<std::uint64_t>(asked.den);
  const auto num = static_cast<std::uint64_t>(asked.num);
  const Wide got = Wide{hits} * den;
  const Wide want = Wide{tries} * num;
  const Wide off = got > want ? got - want : want - got;
  const Wide bound = Wide{9} * tries * num * (den - num);  // at most 9e30
  constexpr Wide kRootOfMax =
      ~std::uint64_t{0};  // beyond it the square would not fit, and is above the bound
  return off <= kRootOfMax && off * off <= bound;
}

}  // namespace ordeal::faults
