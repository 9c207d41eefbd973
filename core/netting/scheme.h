// Seam netting::Scheme: what is paid when everybody owes everybody (C37).
//
// Contract: of each obligation what is owed counts once, with its sign; a bank's net is what it is owed less what it owes; the nets add up to
// zero; the transfers give each bank its net, and move no more than the gross (I-79). All are of one currency. When a bank cannot pay, what
// becomes of the others is a part of the scheme, and known before anybody owes anything.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/api/netting.h"

namespace ordeal::netting {

struct Owed {
  ObligationId id{};
  BankId debtor{};
  BankId creditor{};
  Money amount{};
};

// In phase 1 banks pay, in phase 2 they are paid: only when all of phase 1 is there.
struct Planned {
  std::int64_t phase = 1;
  std::int64_t from = 0;
  std::int64_t to = 0;
  Money amount{};
};

struct Netted {
  std::vector<api::NetPosition> positions{};  // of every bank that owes or is owed, by number
  std::vector<Planned> transfers{};
};

// take_out_pair: what two banks owe each other is their own affair, so it is left UNPAID, and all others are paid.
// unwind: nobody is there to bear it. What was paid in goes back, what the bank owes and is owed is left UNPAID, and the rest is netted anew.
// fund_bears: the central counterparty owes everybody his net, whoever fails; its fund pays, and claims it from the bank. Only if the fund
// has not as much the cycle is unwound.
enum class WhenUnpaid : std::uint8_t { take_out_pair, unwind, fund_bears };

class Scheme {
 public:
  virtual ~Scheme() = default;
  virtual Netted net(const std::vector<Owed>& all, Currency currency) const = 0;
  virtual WhenUnpaid when_unpaid() const = 0;
};

// What each bank is owed less what it owes. Checked to add up to zero: an error in here must not reach an account.
std::vector<api::NetPosition> positions_of(const std::vector<Owed>& all, Currency currency);
// Who has to pay pays the house, and the house pays those who are owed.
std::vector<Planned> through_the_house(const std::vector<api::NetPosition>& positions);

// "bilateral"     each pair of banks settles the difference between themselves
// "multilateral"  each bank settles one amount with all others; unwound when one cannot
// "ccp"           the same amounts, and the house is everybody's counterparty: its fund bears what one cannot pay
// Null for an unknown name.
std::unique_ptr<Scheme> make_scheme(std::string_view name);

}  // namespace ordeal::netting
