#include "core/settlement/slips.h"

#include <utility>

#include "core/clearing/trades.h"

namespace ordeal::settlement {
namespace {

using api::SlipState;
namespace told = api::facts;

#define ORDEAL_SETTLEMENT_OPEN                                                                \
  "from voucher_share join voucher on voucher.id = voucher_share.voucher where slip is null " \
  "and settle_day <= ?1 and (working_days = 0 or ?2) "
constexpr env::Sql kPartiesDue{"select distinct party " ORDEAL_SETTLEMENT_OPEN
                               "and not exists(select 1 from slip where slip.party = voucher_share.party and "
                               "slip.day = ?1) order by party"};
constexpr env::Sql kSharesDue{"select voucher, voucher_share.minor " ORDEAL_SETTLEMENT_OPEN
                              "and party = ?3 order by trade, no, nth"};
#undef ORDEAL_SETTLEMENT_OPEN
constexpr env::Sql kAnythingOpen{"select 1 from voucher_share where slip is null limit 1"};
constexpr env::Sql kWrite{
    "insert into slip(id, party, day, trace) values(?, ?, ?, ?) on conflict(party, day) do nothing"};
constexpr env::Sql kTake{
    "update voucher_share set slip = ?1 where voucher = ?2 and party = ?3 and slip is null"};
#define ORDEAL_SLIP_COLUMNS "select id, party, day, state, pays, looks, trace from slip "
constexpr env::Sql kSlip{ORDEAL_SLIP_COLUMNS "where id = ?"};
constexpr env::Sql kDrafts{ORDEAL_SLIP_COLUMNS "where state = 0 and day <= ? order by day, party = 1, party"};
constexpr env::Sql kPaying{ORDEAL_SLIP_COLUMNS
                           "where state = 1 and next_look <= ? order by next_look, id limit ?"};
#undef ORDEAL_SLIP_COLUMNS
constexpr env::Sql kFirstDraft{"select min(day) from slip where state = 0"};
constexpr env::Sql kNextLook{"select min(next_look) from slip where state = 1"};
constexpr env::Sql kItems{"select coalesce(sum(minor), 0) from voucher_share where slip = ?"};
constexpr env::Sql kCarry{
    "select coalesce(sum(left), 0) from slip where party = ? and state = 3 and carried_into is null"};
constexpr env::Sql kTakeOver{
    "update slip set carried_into = ?1 where party = ?2 and state = 3 and carried_into is null and left < 0"};
constexpr env::Sql kFix{
    "update slip set state = ?1, items = ?2, carry = ?3, pays = ?4, left = ?5, next_look = ?6 where id = ?7 "
    "and state = 0"};
constexpr env::Sql kParts{
    "with recursive chain(id) as (select ?1 union select slip.id from slip join chain on slip.carried_into = "
    "chain.id) "
    "select voucher.trade, sum(voucher_share.minor) as part from chain "
    "join voucher_share on voucher_share.slip = chain.id "
    "join voucher on voucher.id = voucher_share.voucher "
    "group by voucher.trade having part <> 0 order by voucher.trade"};
constexpr env::Sql kWriteOrder{
    "insert into fund_order(slip, nth, from_kind, from_party, to_kind, to_party, trade, minor) "
    "values(?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kOpenOrder{
    "select nth, from_kind, from_party, to_kind, to_party, trade, minor from fund_order "
    "where slip = ? and done = 0 order by nth limit 1"};
constexpr env::Sql kDone{"update fund_order set done = 1 where slip = ? and nth = ?"};
constexpr env::Sql kBegin{
    "update slip set looks = looks + 1, next_look = ?1 where id = ?2 and state = 1 and looks = ?3"};
constexpr env::Sql kAgain{"update slip set next_look = ?1 where id = ?2 and state = 1 and looks = ?3"};
constexpr env::Sql kPay{
    "update slip set state = 2, next_look = null where id = ?1 and state = 1 "
    "and not exists(select 1 from fund_order where slip = ?1 and done = 0)"};

Slip slip_of(const env::Rows& rows) {
  return {rows.get<SlipId>(0),           rows.get<FundPartyId>(1),  rows.get<std::int64_t>(2),
          rows.get<SlipState>(3),        rows.get<std::int64_t>(4), rows.get<std::int64_t>(5),
          rows.get<env::TraceContext>(6)};
}

std::vector<Slip> all_of(env::Rows rows) {
  std::vector<Slip> all;
  while (rows.next()) all.push_back(slip_of(rows));
  return all;
}

std::int64_t number(env::Rows rows) {
  rows.next();
  return rows.get<std::int64_t>(0);
}

// How many it took.
std::size_t take_open(env::Tx& tx, const Slip& slip, RunDay day, bool adjusts) {
  std::vector<api::Share> open;
  std::vector<VoucherId> of;
  for (auto rows = tx.query(kSharesDue, day.day, day.works, slip.party); rows.next();) {
    of.push_back(rows.get<VoucherId>(0));
    open.push_back({slip.party, rows.get<std::int64_t>(1)});
  }
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (tx.exec(kTake, slip.id, of[i], slip.party) == 0) continue;
    tx.fact(env::Message::of(told::ShareTaken{slip.id, of[i], slip.party, open[i].minor, adjusts}));
  }
  return open.size();
}

void write_orders(env::Tx& tx, const Slip& slip, std::int64_t pays, const Route& route) {
  ToPay what{slip.id, slip.party, pays, {}};
  for (auto rows = tx.query(kParts, slip.id); rows.next();)
    what.parts.push_back({rows.get<TradeId>(0), rows.get<std::int64_t>(1)});
  std::int64_t nth = 0;
  for (const api::FundOrder& order : route.orders(what)) {
    ++nth;
    tx.exec(kWriteOrder, slip.id, nth, order.from.kind, order.from.party, order.to.kind, order.to.party,
            order.trade, order.amount.minor);
  }
}

}  // namespace

std::vector<FundPartyId> parties_due(env::Connection& from, RunDay day) {
  std::vector<FundPartyId> all;
  for (auto rows = from.query(kPartiesDue, day.day, day.works); rows.next();)
    all.push_back(rows.get<FundPartyId>(0));
  return all;
}

bool anything_open(env::Connection& from) { return from.query(kAnythingOpen).next(); }

bool draft(env::Tx& tx, const Slip& slip, RunDay day) {
  if (tx.exec(kWrite, slip.id, slip.party, slip.day, slip.cause) == 0) return false;
  tx.fact(env::Message::of(told::SlipDrafted{slip.id, slip.party, slip.day}));
  take_open(tx, slip, day, false);
  return true;
}

std::vector<Slip> drafts_until(env::Connection& from, std::int64_t day) {
  return all_of(from.query(kDrafts, day));
}

std::optional<std::int64_t> first_draft(env::Connection& from) {
  auto rows = from.query(kFirstDraft);
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<std::int64_t>(0);
}

std::optional<SlipState> fix(env::Tx& tx, const Slip& seen, RunDay day, const BelowZero& below_zero,
                             const Route& route, Instant now) {
  const auto there = all_of(tx.query(kSlip, seen.id));
  if (there.empty() || there.front().state != SlipState::draft) return std::nullopt;
  take_open(tx, seen, day, true);
  const std::int64_t items = number(tx.query(kItems, seen.id));
  const std::int64_t carry = number(tx.query(kCarry, seen.party));
  const Outcome outcome = below_zero.outcome(items, carry);
  const SlipState state = outcome.pays > 0 ? SlipState::paying : SlipState::carried;
  tx.exec(kTakeOver, seen.id, seen.party);
  tx.exec(kFix, state, items, carry, outcome.pays, outcome.left,
          state == SlipState::paying ? std::optional(now) : std::nullopt, seen.id);
  if (state == SlipState::paying) write_orders(tx, seen, outcome.pays, route);
  tx.fact(env::Message::of(told::SlipFixed{seen.id, items, carry, outcome.pays, outcome.left}));
  return state;
}

std::vector<Slip> paying(env::Connection& from, Instant now, std::int64_t most) {
  return all_of(from.query(kPaying, now, most));
}

std::optional<Instant> next_look(env::Connection& from) {
  auto rows = from.query(kNextLook);
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<Instant>(0);
}

bool begin_look(env::Tx& tx, const Slip& seen, Instant next) {
  return tx.exec(kBegin, next, seen.id, seen.looks) == 1;
}

void look_again(env::Tx& tx, const Slip& seen, Instant next) { tx.exec(kAgain, next, seen.id, seen.looks); }

std::optional<OpenOrder> open_order(env::Connection& from, SlipId slip) {
  auto rows = from.query(kOpenOrder, slip);
  if (!rows.next()) return std::nullopt;
  OpenOrder open;
  open.nth = rows.get<std::int64_t>(0);
  open.order.number = number_of(slip, open.nth);
  open.order.from = {rows.get<api::FundAccountKind>(1), rows.get<FundPartyId>(2)};
  open.order.to = {rows.get<api::FundAccountKind>(3), rows.get<FundPartyId>(4)};
  open.order.trade = rows.get<TradeId>(5);
  open.order.amount = {rows.get<std::int64_t>(6), clearing::kCurrency};
  return open;
}

void order_done(env::Tx& tx, SlipId slip, std::int64_t nth) { tx.exec(kDone, slip, nth); }

void pay(env::Tx& tx, const Slip& slip, Instant now) {
  if (tx.exec(kPay, slip.id) == 0) return;
  clearing::post(tx, clearing::EntryKind::slip, slip.id.value,
                 {{FundPartyId{}, -slip.pays}, {slip.party, slip.pays}}, now);
  tx.fact(env::Message::of(told::SlipPaid{slip.id}));
}

}  // namespace ordeal::settlement
