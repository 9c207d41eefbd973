// What a scheme saves: how many payments, how much of what is owed has to move, and how much cover a bank has to have for it (C37).
#include <map>

#include "core/api/netting.h"
#include "scenarios/flows/netting/telling/telling.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::netting {
namespace {

namespace told = api::facts;
using Samples = std::vector<std::int64_t>;

bool moves_for_a_cycle(api::NetEntryKind kind) {
  using enum api::NetEntryKind;
  return kind == direct || kind == paid_in || kind == paid_out || kind == borne;
}

void settled(const play::Finished& trial, Samples& samples) {
  std::int64_t count = 0;
  for (const play::KeptFact& fact : trial.facts) {
    const auto* ended = fact.body.get_if<told::ObligationEnded>();
    count += ended != nullptr && ended->state == api::ObligationState::settled;
  }
  samples.push_back(count);
}

void payments(const play::Finished& trial, Samples& samples) {
  std::int64_t count = 0;
  for (const play::KeptFact& fact : trial.facts) {
    const auto* posted = fact.body.get_if<told::NetEntryPosted>();
    count += posted != nullptr && moves_for_a_cycle(posted->kind);
  }
  samples.push_back(count);
}

// Amounts of several currencies are never summed: each cycle is a sample.
void moved_of_a_thousand(const play::Finished& trial, Samples& samples) {
  for (const play::KeptFact& fact : trial.facts) {
    const auto* netted = fact.body.get_if<told::CycleNetted>();
    if (netted != nullptr && netted->gross.minor > 0)
      samples.push_back(netted->moves.minor * 1000 / netted->gross.minor);
  }
}

void unpaid(const play::Finished& trial, Samples& samples) {
  std::int64_t count = 0;
  for (const play::KeptFact& fact : trial.facts) {
    const auto* ended = fact.body.get_if<told::ObligationEnded>();
    count += ended != nullptr && ended->state == api::ObligationState::unpaid;
  }
  samples.push_back(count);
}

void netting_takes(const play::Finished& trial, Samples& samples) {
  std::map<CycleId, std::int64_t> closed_ns;
  for (const play::KeptFact& fact : trial.facts) {
    if (const auto* closed = fact.body.get_if<told::CycleClosed>())
      closed_ns.try_emplace(closed->cycle, fact.at_ns);
    const auto* ended = fact.body.get_if<told::CycleSettled>();
    if (ended == nullptr) continue;
    if (const auto found = closed_ns.find(ended->cycle); found != closed_ns.end())
      samples.push_back(fact.at_ns - found->second);
  }
}

}  // namespace

std::vector<play::MeasureRow> measure_rows() {
  using enum play::Better;
  using play::Told;
  using play::Unit;
  return {
      {"obligations settled", "Obligations that were settled with their cycle.", Told::total, Unit::number,
       more, settled, "obligation"},
      {"payments of cycles", "Payments that were made to settle cycles.", Told::total, Unit::number, less,
       payments},
      {"moved of 1,000 owed", "What of a cycle's gross had to be moved, in thousandths.", Told::spread,
       Unit::number, less, moved_of_a_thousand},
      {"left to the banks", "Obligations that were taken out of their cycle because a bank could not pay.",
       Told::total, Unit::number, less, unpaid},
      {"a cycle", "From closing a cycle until it is settled.", Told::spread, Unit::time, less, netting_takes},
  };
}

}  // namespace ordeal::netting
