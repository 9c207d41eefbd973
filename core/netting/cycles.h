// Obligations, and the cycles that they are netted in: rows, and the steps that everything is made of. An obligation is in the one cycle that
// it was taken for, in the transaction that took it, if that cycle was open: so closing is one update, and nothing can come in between (I-79).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/netting/books.h"
#include "core/netting/scheme.h"

namespace ordeal::netting {

struct Obligation {
  ObligationId id{};
  BankId debtor{};
  BankId creditor{};
  Money amount{};
  std::string reference{};
  CycleId cycle{};
  api::ObligationState state = api::ObligationState::taken;
};

struct Cycle {
  CycleId id{};
  api::CycleState state = api::CycleState::open;
  std::int64_t round = 0;  // how often it was unwound
};

// RETURNED: it was done, and its cycle was unwound. FAILED: the bank that should pay could not. BORNE: the fund paid for it.
enum class TransferState : std::uint8_t { due, done, returned, failed, borne };

struct Transfer {
  NetTransferId id{};
  CycleId cycle{};
  std::int64_t round = 0;
  std::int64_t phase = 1;
  std::int64_t from = 0;
  std::int64_t to = 0;
  Money amount{};
  TransferState state = TransferState::due;
  Move move() const;
};

struct Position {
  api::NetPosition what{};
  bool told = false;
};

std::optional<Obligation> find_obligation(env::Connection& from, BankId debtor, const std::string& reference);
// Of a cycle, TAKEN.
std::vector<Obligation> taken_in(env::Connection& from, CycleId cycle);
std::optional<Cycle> find_cycle(env::Connection& from, CycleId cycle);
std::vector<Transfer> transfers_of(env::Connection& from, const Cycle& cycle);
// DUE, of this round and phase.
std::vector<Transfer> due_of(env::Connection& from, const Cycle& cycle, std::int64_t phase);
// Of this round.
std::vector<Position> positions_of(env::Connection& from, const Cycle& cycle);

// The first cycle that is open, from the one on in which `at` falls: a node with a clock that is ahead may have closed that one.
CycleId open_cycle(env::Tx& tx, Instant at, Duration session, Currency currency);
void take(env::Tx& tx, const Obligation& obligation);

// OPEN becomes CLOSED.
bool close(env::Tx& tx, CycleId cycle);
// CLOSED becomes NETTED, with positions and transfers.
bool net(env::Tx& tx, const Cycle& cycle, const Netted& netted, Money gross);
void mark(env::Tx& tx, const Transfer& transfer, TransferState as);
// What these two owe each other in this cycle, either way, becomes UNPAID, and is no part of their positions any more.
void take_out_pair(env::Tx& tx, const Transfer& unpaid);
// What was paid in goes back, what the bank owes and is owed becomes UNPAID, and NETTED becomes CLOSED.
void unwind(env::Tx& tx, const Cycle& cycle, const Transfer& unpaid);
// NETTED becomes SETTLED, and what is TAKEN with it.
bool settle(env::Tx& tx, const Cycle& cycle);
// The bank has been told that its cycle is settled.
void note_told(env::Tx& tx, const Cycle& cycle, BankId bank);

}  // namespace ordeal::netting
