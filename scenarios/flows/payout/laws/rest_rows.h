// What the payout service holds at rest, and how laws name it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/payout/payouts.h"
#include "scenarios/flows/payout/parties/books.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::payout {

struct RestRows {
  struct QuotaRow {
    std::int64_t share = 0;
    std::int64_t occupied = 0;
    std::int64_t used = 0;
  };
  struct Standing {
    Payout payout{};
    bool looks_due = false;  // it has a time for its next look
  };

  explicit RestRows(const play::Rest& rest);

  const Payout* payout(PayoutId id) const;
  // Null when there is none.
  const Payout* request(UserId user, const std::string& key) const;
  // Null where nobody came.
  const Diary* diary() const { return world.books_if_any<Diary>(); }
  const ChannelBook* channels() const { return world.books_if_any<ChannelBook>(); }
  // In which a number of this payout stands.
  std::vector<const TransferLine*> transfers_of(PayoutId payout) const;

  const play::Rest& world;
  std::map<PayoutId, Standing> payouts;
  std::map<std::pair<UserId, std::string>, PayoutId> requests;
  std::map<OccupationId, Occupation> occupations;
  std::map<std::tuple<PayAccountId, std::int64_t, std::int64_t>, QuotaRow>
      quota_rows;  // account, day, bucket
  std::map<std::pair<PayAccountId, std::int64_t>, std::int64_t> debts;
  std::map<PayAccountId, Account> accounts;
  std::map<PayAccountId, std::vector<std::string>> apps;
};

// {"payout", id}, {"payee", name}, {"amount", text}, {"state", text}
play::Evidence about(const play::Scenario& scenario, const Payout& payout);

}  // namespace ordeal::payout
