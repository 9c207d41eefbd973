#include "tests/flows/lending/measures.h"

#include <map>

#include "tests/flows/lending/library/api.h"

namespace ordeal::lending {
namespace {

void loans(const play::Finished& trial, std::vector<std::int64_t>& samples) {
  std::int64_t count = 0;
  for (const play::KeptFact& fact : trial.facts) count += fact.body.get_if<facts::UmbrellaLent>() != nullptr;
  samples.push_back(count);
}

void time_away(const play::Finished& trial, std::vector<std::int64_t>& samples) {
  std::map<LoanId, std::int64_t> lent_ns;
  for (const play::KeptFact& fact : trial.facts) {
    if (const auto* lent = fact.body.get_if<facts::UmbrellaLent>()) lent_ns.emplace(lent->loan, fact.at_ns);
    if (const auto* back = fact.body.get_if<facts::UmbrellaBack>())
      samples.push_back(fact.at_ns - lent_ns.at(back->loan));
  }
}

}  // namespace

std::vector<play::MeasureRow> measure_rows() {
  using play::Better;
  using play::Told;
  using play::Unit;
  return {
      {"loans", "Umbrellas that were lent.", Told::total, Unit::number, Better::more, loans, "loan"},
      {"away", "How long an umbrella that came back had been away.", Told::spread, Unit::time,
       Better::neither, time_away},
  };
}

}  // namespace ordeal::lending
