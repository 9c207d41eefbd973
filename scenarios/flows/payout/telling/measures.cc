// What a quota's row costs that everybody waits for (D8), what a choice that is made early keeps from others (D3), and how long one is in
// doubt.
#include <map>
#include <string>
#include <utility>

#include "core/api/payout.h"
#include "scenarios/flows/payout/parties/books.h"
#include "scenarios/flows/payout/telling/telling.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::payout {
namespace {

namespace told = api::facts;
using Samples = std::vector<std::int64_t>;

template <api::PayoutState State>
void ended_as(const play::Finished& trial, Samples& samples) {
  std::int64_t count = 0;
  for (const play::KeptFact& fact : trial.facts) {
    const auto* ended = fact.body.get_if<told::PayoutEnded>();
    count += ended != nullptr && ended->state == State;
  }
  samples.push_back(count);
}

// By request: from the first asking to the first answer that ends it.
void a_code_takes(const play::Finished& trial, Samples& samples) {
  const Diary* diary = trial.rest.books_if_any<Diary>();
  if (diary == nullptr) return;
  std::map<std::pair<UserId, std::string>, std::int64_t> since;
  for (const auto& said : diary->made) {
    const auto [begun, first] =
        since.try_emplace({said.request.user, said.request.request_key}, said.asked_ns);
    if (begun->second < 0 || !said.answered_ns) continue;
    if (said.reply.status != api::MakeStatus::made && said.reply.status != api::MakeStatus::no_quota)
      continue;
    samples.push_back(*said.answered_ns - begun->second);
    begun->second = -1;
  }
}

void told_no_more(const play::Finished& trial, Samples& samples) {
  const Diary* diary = trial.rest.books_if_any<Diary>();
  std::int64_t count = 0;
  if (diary != nullptr) {
    for (const auto& said : diary->made)
      count += said.answered_ns && said.reply.status == api::MakeStatus::no_quota;
    for (const auto& said : diary->claimed)
      count += said.answered_ns && said.reply.status == api::ClaimStatus::no_quota;
  }
  samples.push_back(count);
}

// From the claim to the end.
void in_doubt(const play::Finished& trial, Samples& samples) {
  std::map<PayoutId, std::int64_t> claimed_ns;
  for (const play::KeptFact& fact : trial.facts) {
    if (const auto* claimed = fact.body.get_if<told::PayoutClaimed>())
      claimed_ns.try_emplace(claimed->payout, fact.at_ns);
    const auto* ended = fact.body.get_if<told::PayoutEnded>();
    if (ended == nullptr) continue;
    if (const auto found = claimed_ns.find(ended->payout); found != claimed_ns.end())
      samples.push_back(fact.at_ns - found->second);
  }
}

// How long each occupation kept others from its quota without paying anybody.
void occupied_in_vain(const play::Finished& trial, Samples& samples) {
  std::map<OccupationId, std::int64_t> since_ns;
  for (const play::KeptFact& fact : trial.facts) {
    if (const auto* occupied = fact.body.get_if<told::QuotaOccupied>())
      since_ns.try_emplace(occupied->occupation, fact.at_ns);
    const auto* released = fact.body.get_if<told::QuotaReleased>();
    if (released == nullptr) continue;
    if (const auto found = since_ns.find(released->occupation); found != since_ns.end())
      samples.push_back(fact.at_ns - found->second);
  }
}

}  // namespace

std::vector<play::MeasureRow> measure_rows() {
  using enum play::Better;
  using play::Told;
  using play::Unit;
  return {
      {"payouts paid", "Payouts that were paid.", Told::total, Unit::number, more,
       ended_as<api::PayoutState::paid>, "payout"},
      {"a code", "From a payee's first asking to a code, or to \"no more today\", asking again included.",
       Told::spread, Unit::time, less, a_code_takes},
      {"told \"no more today\"", "Answers that no account has as much left.", Told::total, Unit::number, less,
       told_no_more},
      {"known after", "From a claim until it is known what became of it.", Told::spread, Unit::time, less,
       in_doubt},
      {"occupied in vain", "How long a quota was occupied of which nothing was paid.", Told::spread,
       Unit::time, less, occupied_in_vain},
  };
}

}  // namespace ordeal::payout
