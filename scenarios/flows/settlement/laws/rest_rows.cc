#include "scenarios/flows/settlement/laws/rest_rows.h"

namespace ordeal::settlement {
namespace {

constexpr env::Sql kTrades{"select id, merchant, leader, rule_version from trade order by id"};
constexpr env::Sql kLines{"select trade, no, amount, refunded, state, due from line"};
constexpr env::Sql kVouchers{"select id, trade, no, nth, minor, settle_day, working_days from voucher"};
constexpr env::Sql kShares{"select voucher, party, minor, slip from voucher_share"};
constexpr env::Sql kSlips{
    "select id, party, day, state, pays, items, carry, left, carried_into from slip order by day, party"};
constexpr env::Sql kLegs{
    "select settlement_entry.id, party, minor from settlement_entry left join settlement_leg on entry = "
    "settlement_entry.id"};

}  // namespace

RestRows::RestRows(const play::Rest& rest) : world(rest) {
  rest.read("settlement", [this](env::Connection& from) {
    for (auto rows = from.query(kTrades); rows.next();) {
      clearing::Trade t;
      t.id = rows.get<TradeId>(0);
      t.merchant = rows.get<FundPartyId>(1);
      t.leader = rows.get<FundPartyId>(2);
      t.rule_version = rows.get<std::int64_t>(3);
      trades.emplace(t.id, t);
    }
    for (auto rows = from.query(kLines); rows.next();) {
      clearing::Line line{rows.get<TradeId>(0),      rows.get<std::int64_t>(1),   rows.get<std::int64_t>(2),
                          rows.get<std::int64_t>(3), rows.get<api::LineState>(4), {}};
      if (!rows.is_null(5)) line.due = rows.get<Instant>(5);
      lines.emplace(std::pair(line.trade, line.no), line);
    }
    for (auto rows = from.query(kVouchers); rows.next();)
      vouchers.emplace(
          rows.get<VoucherId>(0),
          clearing::Voucher{rows.get<VoucherId>(0), rows.get<TradeId>(1), rows.get<std::int64_t>(2),
                            rows.get<std::int64_t>(3), rows.get<std::int64_t>(4), rows.get<std::int64_t>(5),
                            rows.get<bool>(6)});
    for (auto rows = from.query(kShares); rows.next();) {
      ShareRow& share = shares[{rows.get<VoucherId>(0), rows.get<FundPartyId>(1)}];
      share.minor = rows.get<std::int64_t>(2);
      if (!rows.is_null(3)) share.slip = rows.get<SlipId>(3);
    }
    for (auto rows = from.query(kSlips); rows.next();) {
      SlipRow row;
      row.slip.id = rows.get<SlipId>(0);
      row.slip.party = rows.get<FundPartyId>(1);
      row.slip.day = rows.get<std::int64_t>(2);
      row.slip.state = rows.get<api::SlipState>(3);
      row.slip.pays = rows.get<std::int64_t>(4);
      row.items = rows.get<std::int64_t>(5);
      row.carry = rows.get<std::int64_t>(6);
      row.left = rows.get<std::int64_t>(7);
      if (!rows.is_null(8)) row.carried_into = rows.get<SlipId>(8);
      slips.emplace(row.slip.id, row);
    }
    for (auto rows = from.query(kLegs); rows.next();) {
      auto& entry = legs[rows.get<std::int64_t>(0)];
      if (!rows.is_null(1)) entry[rows.get<FundPartyId>(1)] = rows.get<std::int64_t>(2);
    }
  });
}

}  // namespace ordeal::settlement
