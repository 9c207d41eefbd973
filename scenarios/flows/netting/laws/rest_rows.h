// What the clearing house holds at rest, and how laws name it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/jobs/schedule.h"
#include "core/netting/cycles.h"
#include "scenarios/flows/netting/parties/books.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::netting {

struct RestRows {
  using AccountKey = std::pair<std::int64_t, Currency>;
  struct Leg {
    std::int64_t account = 0;
    Money amount{};
  };
  struct Entry {
    Move move{};  // without its two accounts and its amount
    std::vector<Leg> legs{};
  };
  struct JobRun {
    std::int64_t token = 0;
    bool ended = false;
  };
  struct Step {
    CycleId cycle{};
    std::string step{};
    std::int64_t token = 0;
  };

  explicit RestRows(const play::Rest& rest);

  // Null where nobody came.
  const Diary* diary() const { return world.books_if_any<Diary>(); }
  const DeskBook* desks() const { return world.books_if_any<DeskBook>(); }
  const Obligation* obligation(BankId debtor, const std::string& reference) const;

  const play::Rest& world;
  std::map<AccountKey, std::int64_t> balances;
  std::map<std::int64_t, Entry> entries;
  std::map<ObligationId, Obligation> obligations;
  std::map<std::pair<BankId, std::string>, ObligationId> references;
  std::map<std::pair<BankId, std::string>, CoverRequest> requests;
  std::map<CycleId, Cycle> cycles;
  // Of the last round.
  std::map<CycleId, std::vector<Position>> positions;
  std::map<CycleId, std::vector<Transfer>> transfers;  // of all rounds
  std::map<CycleId, JobRun> runs;
  std::vector<Step> steps;
};

}  // namespace ordeal::netting
