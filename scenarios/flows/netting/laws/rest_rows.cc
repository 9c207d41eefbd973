#include "scenarios/flows/netting/laws/rest_rows.h"

#include "core/netting/runner.h"

namespace ordeal::netting {
namespace {

constexpr env::Sql kAccounts{"select id, currency, balance from net_account"};
constexpr env::Sql kEntries{"select id, kind, cycle, transfer from net_entry"};
constexpr env::Sql kLegs{"select entry, account, minor, currency from net_leg order by entry, account"};
constexpr env::Sql kObligations{
    "select id, debtor, creditor, minor, currency, reference, cycle, state from obligation"};
constexpr env::Sql kRequests{
    "select bank, request_key, taken_out, minor, currency, status from cover_request"};
constexpr env::Sql kCycles{"select id, state, round from cycle"};
constexpr env::Sql kPositions{
    "select p.cycle, p.bank, p.minor, p.told from net_position p join cycle c on c.id = p.cycle "
    "where p.round = c.round order by p.cycle, p.bank"};
constexpr env::Sql kTransfers{
    "select id, cycle, round, phase, from_account, to_account, minor, state from net_transfer order by id"};
constexpr env::Sql kRuns{"select job, day, partition, token, ended from job_run"};
constexpr env::Sql kSteps{"select job, day, partition, step, token from job_step"};

Money money(const env::Rows& rows, int minor, int currency) {
  return {rows.get<std::int64_t>(minor),
          Currency::parse(rows.get<std::string_view>(currency)).value_or(Currency{})};
}
jobs::Key job_key(const env::Rows& rows) {
  return {rows.get<std::string>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2)};
}

}  // namespace

RestRows::RestRows(const play::Rest& rest) : world(rest) {
  rest.read("netting", [this](env::Connection& from) {
    for (auto rows = from.query(kAccounts); rows.next();) {
      const Money balance = money(rows, 2, 1);
      balances[{rows.get<std::int64_t>(0), balance.currency}] = balance.minor;
    }
    for (auto rows = from.query(kEntries); rows.next();) {
      Move& move = entries[rows.get<std::int64_t>(0)].move;
      move.kind = rows.get<api::NetEntryKind>(1);
      move.cycle = rows.get<CycleId>(2);
      move.transfer = rows.get<NetTransferId>(3);
    }
    for (auto rows = from.query(kLegs); rows.next();)
      entries[rows.get<std::int64_t>(0)].legs.push_back({rows.get<std::int64_t>(1), money(rows, 2, 3)});
    for (auto rows = from.query(kObligations); rows.next();) {
      Obligation o{rows.get<ObligationId>(0), rows.get<BankId>(1), rows.get<BankId>(2), money(rows, 3, 4)};
      o.reference = rows.get<std::string>(5);
      o.cycle = rows.get<CycleId>(6);
      o.state = rows.get<api::ObligationState>(7);
      references[{o.debtor, o.reference}] = o.id;
      obligations[o.id] = std::move(o);
    }
    for (auto rows = from.query(kRequests); rows.next();) {
      CoverRequest request;
      request.asked = {rows.get<BankId>(0), rows.get<bool>(2), money(rows, 3, 4), rows.get<std::string>(1)};
      request.status = rows.get<api::CoverStatus>(5);
      requests[{request.asked.bank, request.asked.request_key}] = request;
    }
    for (auto rows = from.query(kCycles); rows.next();) {
      const CycleId id = rows.get<CycleId>(0);
      cycles[id] = {id, rows.get<api::CycleState>(1), rows.get<std::int64_t>(2)};
    }
    for (auto rows = from.query(kPositions); rows.next();) {
      const CycleId id = rows.get<CycleId>(0);
      positions[id].push_back(
          {{rows.get<BankId>(1), {rows.get<std::int64_t>(2), api::key_of(id).currency}}, rows.get<bool>(3)});
    }
    for (auto rows = from.query(kTransfers); rows.next();) {
      Transfer t{rows.get<NetTransferId>(0), rows.get<CycleId>(1),      rows.get<std::int64_t>(2),
                 rows.get<std::int64_t>(3),  rows.get<std::int64_t>(4), rows.get<std::int64_t>(5)};
      t.amount = {rows.get<std::int64_t>(6), api::key_of(t.cycle).currency};
      t.state = rows.get<TransferState>(7);
      transfers[t.cycle].push_back(t);
    }
    for (auto rows = from.query(kRuns); rows.next();)
      runs[cycle_of(job_key(rows))] = {rows.get<std::int64_t>(3), rows.get<bool>(4)};
    for (auto rows = from.query(kSteps); rows.next();)
      steps.push_back({cycle_of(job_key(rows)), rows.get<std::string>(3), rows.get<std::int64_t>(4)});
  });
}

const Obligation* RestRows::obligation(BankId debtor, const std::string& reference) const {
  const auto found = references.find({debtor, reference});
  return found == references.end() ? nullptr : &obligations.at(found->second);
}

}  // namespace ordeal::netting
