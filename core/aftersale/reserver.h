// Seam aftersale::Reserver: how a refund, or a case, gets its part of what is left of a payment.
//
// Contract: there is one refundable balance. Whatever was reserved and has not failed, lapsed or been reversed adds up to at most what came
// in, refunds of all routes and cases together, whoever asks beside whom (I-37, F-46, F-47). It is reserved before anybody is asked to pay,
// in the transaction that writes what it is for: one is there if and only if the other is.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "core/aftersale/backs.h"

namespace ordeal::aftersale {

struct Wanted {
  PaymentId payment{};
  Money amount{};
  bool by_dispute = false;
  std::int64_t most_refunds = kMostRefunds;
  std::int64_t count() const { return by_dispute ? 0 : 1; }
};

// not_wanted: `still` said no, and nothing was written.
enum class Reserved : std::uint8_t { not_wanted, exceeds, too_many, yes };

// What else the transaction does.
struct Around {
  std::function<bool(env::Tx&)> still{};
  std::function<void(env::Tx&, Reserved)> with{};  // unless it is not wanted
};

class Reserver {
 public:
  virtual ~Reserver() = default;
  virtual Reserved reserve(env::Database& db, const Wanted& wanted, const Around& around) = 0;
};

// "conditional": an update of the payment's row that fails when too little is left. "sum": adds up what is reserved of the payment, in the
// transaction that reserves. Null for an unknown name.
std::unique_ptr<Reserver> make_reserver(std::string_view name);

}  // namespace ordeal::aftersale
