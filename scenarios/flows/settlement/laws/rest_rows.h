// What the settlement service holds at rest.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/clearing/trades.h"
#include "core/settlement/slips.h"
#include "scenarios/flows/settlement/parties/books.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::settlement {

struct RestRows {
  struct SlipRow {
    Slip slip{};
    std::int64_t items = 0;
    std::int64_t carry = 0;
    std::int64_t left = 0;
    std::optional<SlipId> carried_into{};
  };
  struct ShareRow {
    std::int64_t minor = 0;
    std::optional<SlipId> slip{};
  };

  explicit RestRows(const play::Rest& rest);

  // Null where nobody came.
  const Diary* diary() const { return world.books_if_any<Diary>(); }
  const CustodianBook* custodian() const { return world.books_if_any<CustodianBook>(); }

  const play::Rest& world;
  std::map<TradeId, clearing::Trade> trades;
  std::map<std::pair<TradeId, std::int64_t>, clearing::Line> lines;
  std::map<VoucherId, clearing::Voucher> vouchers;
  std::map<std::pair<VoucherId, FundPartyId>, ShareRow> shares;
  std::map<SlipId, SlipRow> slips;
  std::map<std::int64_t, std::map<FundPartyId, std::int64_t>> legs;  // by entry
};

}  // namespace ordeal::settlement
