#include "core/netting/cycles.h"

#include "core/base/check.h"

namespace ordeal::netting {
namespace {

using api::CycleState;
using api::NetEntryKind;
using api::ObligationState;
namespace facts = api::facts;

#define ORDEAL_OBLIGATION_COLUMNS \
  "select id, debtor, creditor, minor, currency, reference, cycle, state from obligation "
constexpr env::Sql kObligation{ORDEAL_OBLIGATION_COLUMNS "where debtor = ? and reference = ?"};
constexpr env::Sql kTakenIn{ORDEAL_OBLIGATION_COLUMNS "where cycle = ? and state = 0 order by id"};
#undef ORDEAL_OBLIGATION_COLUMNS
constexpr env::Sql kTake{
    "insert into obligation(id, debtor, creditor, minor, currency, reference, cycle) values(?, ?, ?, ?, ?, "
    "?, "
    "?)"};
constexpr env::Sql kEnd{"update obligation set state = ?1 where id = ?2 and state = 0"};

constexpr env::Sql kCycle{"select state, round from cycle where id = ?"};
constexpr env::Sql kOpen{"insert into cycle(id) values(?) on conflict do nothing"};
constexpr env::Sql kClose{"update cycle set state = 1 where id = ? and state = 0"};
constexpr env::Sql kNet{"update cycle set state = 2 where id = ? and state = 1 and round = ?"};
constexpr env::Sql kUnwind{
    "update cycle set state = 1, round = round + 1 where id = ? and state = 2 and round = ?"};
constexpr env::Sql kSettle{"update cycle set state = 3 where id = ? and state = 2 and round = ?"};

constexpr env::Sql kPositions{
    "select bank, minor, told from net_position where cycle = ? and round = ? order by bank"};
constexpr env::Sql kPosition{"insert into net_position(cycle, round, bank, minor) values(?, ?, ?, ?)"};
// Who has no part in it any more is told so.
constexpr env::Sql kCarry{
    "insert into net_position(cycle, round, bank, minor) select cycle, ?2, bank, 0 from net_position "
    "where cycle = ?1 and round = ?2 - 1 on conflict do nothing"};
constexpr env::Sql kAdjust{
    "update net_position set minor = minor + ? where cycle = ? and round = ? and bank = ?"};
constexpr env::Sql kTold{"update net_position set told = 1 where cycle = ? and round = ? and bank = ?"};

constexpr env::Sql kTransfers{
    "select id, phase, from_account, to_account, minor, state from net_transfer "
    "where cycle = ? and round = ? order by id"};
constexpr env::Sql kPlan{
    "insert into net_transfer(id, cycle, round, phase, from_account, to_account, minor) "
    "values(?, ?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kMark{"update net_transfer set state = ?1 where id = ?2"};

Obligation obligation_of(const env::Rows& rows) {
  Obligation o;
  o.id = rows.get<ObligationId>(0);
  o.debtor = rows.get<BankId>(1);
  o.creditor = rows.get<BankId>(2);
  o.amount = {rows.get<std::int64_t>(3), Currency::parse(rows.get<std::string_view>(4)).value_or(Currency{})};
  o.reference = rows.get<std::string>(5);
  o.cycle = rows.get<CycleId>(6);
  o.state = rows.get<ObligationState>(7);
  return o;
}

// A cycle is unwound once a bank at most, and has a transfer or two for each pair of them: far below these.
constexpr std::int64_t kMostTransfers = 1'000;
constexpr std::int64_t kMostRounds = 100;

NetTransferId transfer_id(const Cycle& cycle, std::size_t nth) {
  ORDEAL_CHECK(nth < kMostTransfers && cycle.round < kMostRounds, "too many transfers");
  return {(cycle.id.value * kMostRounds + cycle.round) * kMostTransfers + static_cast<std::int64_t>(nth)};
}

void end(env::Tx& tx, const Obligation& obligation, ObligationState as) {
  if (tx.exec(kEnd, as, obligation.id) == 0) return;
  tx.fact(env::Message::of(facts::ObligationEnded{obligation.id, as}));
}

}  // namespace

Move Transfer::move() const {
  const NetEntryKind kind = to == api::kHouse     ? NetEntryKind::paid_in
                            : from == api::kHouse ? NetEntryKind::paid_out
                                                  : NetEntryKind::direct;
  return {kind, from, to, amount, cycle, id, {}};
}

std::optional<Obligation> find_obligation(env::Connection& from, BankId debtor,
                                          const std::string& reference) {
  auto rows = from.query(kObligation, debtor, reference);
  if (!rows.next()) return std::nullopt;
  return obligation_of(rows);
}

std::vector<Obligation> taken_in(env::Connection& from, CycleId cycle) {
  std::vector<Obligation> all;
  for (auto rows = from.query(kTakenIn, cycle); rows.next();) all.push_back(obligation_of(rows));
  return all;
}

std::optional<Cycle> find_cycle(env::Connection& from, CycleId cycle) {
  auto rows = from.query(kCycle, cycle);
  if (!rows.next()) return std::nullopt;
  return Cycle{cycle, rows.get<CycleState>(0), rows.get<std::int64_t>(1)};
}

std::vector<Transfer> transfers_of(env::Connection& from, const Cycle& cycle) {
  std::vector<Transfer> all;
  const Currency currency = api::key_of(cycle.id).currency;
  for (auto rows = from.query(kTransfers, cycle.id, cycle.round); rows.next();) {
    Transfer t{rows.get<NetTransferId>(0), cycle.id, cycle.round, rows.get<std::int64_t>(1)};
    t.from = rows.get<std::int64_t>(2);
    t.to = rows.get<std::int64_t>(3);
    t.amount = {rows.get<std::int64_t>(4), currency};
    t.state = rows.get<TransferState>(5);
    all.push_back(t);
  }
  return all;
}

std::vector<Transfer> due_of(env::Connection& from, const Cycle& cycle, std::int64_t phase) {
  std::vector<Transfer> all = transfers_of(from, cycle);
  std::erase_if(all, [&](const Transfer& t) { return t.phase != phase || t.state != TransferState::due; });
  return all;
}

std::vector<Position> positions_of(env::Connection& from, const Cycle& cycle) {
  std::vector<Position> all;
  const Currency currency = api::key_of(cycle.id).currency;
  for (auto rows = from.query(kPositions, cycle.id, cycle.round); rows.next();)
    all.push_back({{rows.get<BankId>(0), {rows.get<std::int64_t>(1), currency}}, rows.get<bool>(2)});
  return all;
}

CycleId open_cycle(env::Tx& tx, Instant at, Duration session, Currency currency) {
  for (;; at = at + session) {
    const CycleId cycle = api::cycle_id(api::cycle_at(at, session, currency));
    tx.exec(kOpen, cycle);
    if (find_cycle(tx, cycle)->state == CycleState::open) return cycle;
  }
}

void take(env::Tx& tx, const Obligation& o) {
  tx.exec(kTake, o.id, o.debtor, o.creditor, o.amount.minor, o.amount.currency.text(), o.reference, o.cycle);
  tx.fact(
      env::Message::of(facts::ObligationTaken{o.id, o.debtor, o.creditor, o.amount, o.cycle, o.reference}));
}

bool close(env::Tx& tx, CycleId cycle) {
  if (tx.exec(kClose, cycle) == 0) return false;
  tx.fact(env::Message::of(facts::CycleClosed{cycle}));
  return true;
}

bool net(env::Tx& tx, const Cycle& cycle, const Netted& netted, Money gross) {
  if (tx.exec(kNet, cycle.id, cycle.round) == 0) return false;
  for (const auto& [bank, amount] : netted.positions)
    tx.exec(kPosition, cycle.id, cycle.round, bank, amount.minor);
  tx.exec(kCarry, cycle.id, cycle.round);
  Money moves{0, gross.currency};
  for (std::size_t i = 0; i < netted.transfers.size(); ++i) {
    const Planned& one = netted.transfers[i];
    tx.exec(kPlan, transfer_id(cycle, i), cycle.id, cycle.round, one.phase, one.from, one.to,
            one.amount.minor);
    if (one.phase == 1) moves += one.amount;
  }
  tx.fact(env::Message::of(facts::CycleNetted{cycle.id, cycle.round, netted.positions, gross, moves}));
  return true;
}

void mark(env::Tx& tx, const Transfer& transfer, TransferState as) { tx.exec(kMark, as, transfer.id); }

void take_out_pair(env::Tx& tx, const Transfer& unpaid) {
  mark(tx, unpaid, TransferState::failed);
  tx.exec(kAdjust, unpaid.amount.minor, unpaid.cycle, unpaid.round, unpaid.from);
  tx.exec(kAdjust, -unpaid.amount.minor, unpaid.cycle, unpaid.round, unpaid.to);
  for (const Obligation& one : taken_in(tx, unpaid.cycle)) {
    const bool of_pair = (one.debtor.value == unpaid.from && one.creditor.value == unpaid.to) ||
                         (one.debtor.value == unpaid.to && one.creditor.value == unpaid.from);
    if (of_pair) end(tx, one, ObligationState::unpaid);
  }
}

void unwind(env::Tx& tx, const Cycle& cycle, const Transfer& unpaid) {
  if (tx.exec(kUnwind, cycle.id, cycle.round) == 0) return;
  for (const Transfer& one : transfers_of(tx, cycle)) {
    if (one.state == TransferState::due) mark(tx, one, TransferState::failed);
    if (one.state != TransferState::done && one.state != TransferState::borne) continue;
    const std::int64_t back_to = one.state == TransferState::borne ? api::kFund : one.from;
    post(tx, {NetEntryKind::returned, one.to, back_to, one.amount, one.cycle, one.id, {}});
    mark(tx, one, TransferState::returned);
  }
  const BankId bank{unpaid.from};
  for (const Obligation& one : taken_in(tx, cycle.id)) {
    if (one.debtor == bank || one.creditor == bank) end(tx, one, ObligationState::unpaid);
  }
  tx.fact(env::Message::of(facts::CycleUnwound{cycle.id, cycle.round, bank, unpaid.amount}));
}

bool settle(env::Tx& tx, const Cycle& cycle) {
  if (tx.exec(kSettle, cycle.id, cycle.round) == 0) return false;
  for (const Obligation& one : taken_in(tx, cycle.id)) end(tx, one, ObligationState::settled);
  tx.fact(env::Message::of(facts::CycleSettled{cycle.id, cycle.round}));
  return true;
}

void note_told(env::Tx& tx, const Cycle& cycle, BankId bank) { tx.exec(kTold, cycle.id, cycle.round, bank); }

}  // namespace ordeal::netting
