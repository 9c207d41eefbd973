// Seam settlement::Route: by which orders the custodian moves what a slip pays (A19, A20).
//
// Contract: nothing of a third party's money ever lies in an account that the platform owns; there goes the platform's own fee and nothing
// else (I-75). All orders of a slip together move just what it pays.
//
//   supervised     the bank's supervised account: booked into the party's sub-ledger, and paid out of that
//   provider       a licensed provider's: paid out, one order a slip
//   channel_split  the channel's profit sharing (分账): of each trade the party's share, out of the money that is frozen for it; what went back
//                  is returned by the party that had it (分账回退)
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/api/settlement.h"

namespace ordeal::settlement {

// Of which trade it comes; below zero: it goes back to it.
struct Part {
  TradeId trade{};
  std::int64_t minor = 0;
};

struct ToPay {
  SlipId slip{};
  FundPartyId party{};
  std::int64_t pays = 0;
  std::vector<Part>
      parts{};  // of this slip, and of those whose debts it took over; together just what it pays
};

class Route {
 public:
  virtual ~Route() = default;
  // In the order in which they are carried out, each when the one before is done; numbers are by their place.
  virtual std::vector<api::FundOrder> orders(const ToPay& what) const = 0;
};

// "slp-7KQ2M9ZWX4-1", from 1.
std::string number_of(SlipId slip, std::int64_t nth);

// Null for an unknown name.
std::unique_ptr<Route> make_route(std::string_view name);

}  // namespace ordeal::settlement
