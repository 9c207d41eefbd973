// What a way of being consistent costs against another (A8, A10, E35).
#include <map>
#include <set>
#include <string>
#include <utility>

#include "scenarios/flows/placing/parties/books.h"
#include "scenarios/flows/placing/telling/telling.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::placing {
namespace {

namespace told = api::facts;
using api::BranchState;
using Samples = std::vector<std::int64_t>;

void orders(const play::Finished& trial, Samples& samples) {
  std::int64_t count = 0;
  for (const play::KeptFact& fact : trial.facts) count += fact.body.get_if<told::PlacingBegun>() != nullptr;
  samples.push_back(count);
}

void placed(const play::Finished& trial, Samples& samples) {
  std::int64_t count = 0;
  for (const play::KeptFact& fact : trial.facts) {
    const auto* decided = fact.body.get_if<told::PlacingDecided>();
    count += decided != nullptr && decided->state == api::PlacedState::placed;
  }
  samples.push_back(count);
}

// By request: from the first asking to the first answer that ends it.
void until_told(const play::Finished& trial, Samples& samples) {
  const Diary* diary = trial.rest.books_if_any<Diary>();
  if (diary == nullptr) return;
  std::map<std::pair<UserId, std::string>, std::int64_t> since;
  for (const Asked& asked : diary->asked) {
    const auto [begun, first] =
        since.try_emplace({asked.request.user, asked.request.request_key}, asked.asked_ns);
    if (begun->second < 0 || !asked.answered_ns || !ends(asked.reply)) continue;
    samples.push_back(*asked.answered_ns - begun->second);
    begun->second = -1;
  }
}

void until_decided(const play::Finished& trial, Samples& samples) {
  std::map<OrderId, std::int64_t> begun_ns;
  for (const play::KeptFact& fact : trial.facts) {
    if (const auto* begun = fact.body.get_if<told::PlacingBegun>()) begun_ns[begun->order] = fact.at_ns;
    if (const auto* decided = fact.body.get_if<told::PlacingDecided>())
      samples.push_back(fact.at_ns - begun_ns[decided->order]);
  }
}

// A fence row alone is nothing to disagree about.
bool moves_amounts(BranchState to) { return to != BranchState::suspended && to != BranchState::denied; }

// From the first branch that moved until order and branches are where they stay.
void disagree(const play::Finished& trial, Samples& samples) {
  std::map<OrderId, std::pair<std::int64_t, std::int64_t>> windows;
  for (const play::KeptFact& fact : trial.facts) {
    OrderId order{};
    if (const auto* decided = fact.body.get_if<told::PlacingDecided>()) order = decided->order;
    const auto* moved = fact.body.get_if<told::BranchMoved>();
    if (moved != nullptr && moves_amounts(moved->to)) order = moved->order;
    if (!order) continue;
    windows.try_emplace(order, fact.at_ns, fact.at_ns).first->second.second = fact.at_ns;
  }
  for (const auto& [order, window] : windows) samples.push_back(window.second - window.first);
}

// Amounts that nobody else could have, for an order that may still come to nothing: from the freeze, or the taking, to its end or the decision.
void held_in_doubt(const play::Finished& trial, Samples& samples) {
  std::map<std::pair<std::string, OrderId>, std::int64_t> since_ns;
  std::set<OrderId> ended;
  const auto end = [&](const std::pair<std::string, OrderId>& branch, std::int64_t at_ns) {
    const auto found = since_ns.find(branch);
    if (found == since_ns.end()) return;
    samples.push_back(at_ns - found->second);
    since_ns.erase(found);
  };
  for (const play::KeptFact& fact : trial.facts) {
    if (const auto* moved = fact.body.get_if<told::BranchMoved>()) {
      const std::pair branch(moved->service, moved->order);
      if (moved->to == BranchState::tried ||
          (moved->to == BranchState::taken && !ended.contains(moved->order)))
        since_ns.try_emplace(branch, fact.at_ns);
      else
        end(branch, fact.at_ns);
    }
    const auto* decided = fact.body.get_if<told::PlacingDecided>();
    if (decided == nullptr) continue;
    ended.insert(decided->order);
    // What was taken is the order's from here on; what is frozen waits for its confirm.
    if (decided->state != api::PlacedState::placed) continue;
    for (const play::KeptFact& other : trial.facts) {
      const auto* taken = other.body.get_if<told::BranchMoved>();
      if (taken != nullptr && taken->order == decided->order && taken->to == BranchState::taken)
        end({taken->service, taken->order}, fact.at_ns);
    }
  }
}

}  // namespace

std::vector<play::MeasureRow> measure_rows() {
  using enum play::Better;
  using play::Told;
  using play::Unit;
  return {
      {"placings", "Orders that were written down.", Told::total, Unit::number, neither, orders, "placing"},
      {"placed", "Orders that were placed.", Told::total, Unit::number, more, placed},
      {"until a customer knows", "From a customer's first asking to the answer that ends it.", Told::spread,
       Unit::time, less, until_told},
      {"until it is decided", "From the order's first row to its decision.", Told::spread, Unit::time, less,
       until_decided},
      {"held in doubt", "How long stock or points were held for an order that could still come to nothing.",
       Told::spread, Unit::time, less, held_in_doubt},
      {"order and branches disagree", "From the first change of a branch until all three databases agree.",
       Told::spread, Unit::time, less, disagree},
  };
}

}  // namespace ordeal::placing
