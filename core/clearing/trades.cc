#include "core/clearing/trades.h"

#include <utility>

#include "core/base/check.h"

namespace ordeal::clearing {
namespace {

constexpr env::Sql kPutParty{"insert into party(id, kind, cycle, hold, rule_version) values(?, ?, ?, ?, 1)"};
constexpr env::Sql kPutRule{
    "insert into rule(merchant, version, fee, rebate, commission) values(?, ?, ?, ?, ?)"};
constexpr env::Sql kParty{"select id, kind, cycle, hold, rule_version from party where id = ?"};
constexpr env::Sql kRule{"select fee, rebate, commission from rule where merchant = ? and version = ?"};
constexpr env::Sql kNextRule{
    "update party set rule_version = rule_version + 1 where id = ? and rule_version = ?"};
constexpr env::Sql kTrade{
    "select id, merchant, leader, rule_version, fingerprint, trace from trade where id = ?"};
constexpr env::Sql kWriteTrade{
    "insert into trade(id, merchant, leader, rule_version, fingerprint, trace) values(?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kWriteLine{"insert into line(trade, no, amount) values(?, ?, ?)"};
constexpr env::Sql kLine{
    "select trade, no, amount, refunded, state, due from line where trade = ? and no = ?"};
constexpr env::Sql kPickUp{
    "update line set state = 1, picked_at = ?1 where trade = ?2 and no = ?3 and state = 0"};
constexpr env::Sql kRefund{"update line set refunded = refunded + ?1 where trade = ?2 and no = ?3"};
constexpr env::Sql kWriteRefund{"insert into line_refund(trade, no, key, amount) values(?, ?, ?, ?)"};
constexpr env::Sql kFindRefund{"select amount from line_refund where trade = ? and no = ? and key = ?"};
constexpr env::Sql kCancel{"update line set state = 3, due = null where trade = ? and no = ? and state < 2"};
constexpr env::Sql kClear{
    "update line set state = 2 where trade = ?1 and no = ?2 and state < 2 and due is not null"};
constexpr env::Sql kDue{
    "select trade, no, amount, refunded, state, due from line where due is not null and state < 2 and due <= "
    "? "
    "order by due, trade, no limit ?"};
constexpr env::Sql kNextDue{"select min(due) from line where due is not null and state < 2"};
constexpr env::Sql kNth{"select count(*) from voucher where trade = ? and no = ?"};
constexpr env::Sql kLastDay{"select coalesce(max(settle_day), 0) from voucher where trade = ? and no = ?"};
constexpr env::Sql kWriteVoucher{
    "insert into voucher(id, trade, no, nth, minor, settle_day, working_days) values(?, ?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kWriteShare{"insert into voucher_share(voucher, party, minor) values(?, ?, ?)"};
constexpr env::Sql kEntry{"insert into settlement_entry(id, kind, at) values(?, ?, ?)"};
constexpr env::Sql kLeg{"insert into settlement_leg(entry, party, minor) values(?, ?, ?)"};

Line line_of(const env::Rows& rows) {
  Line line;
  line.trade = rows.get<TradeId>(0);
  line.no = rows.get<std::int64_t>(1);
  line.amount = rows.get<std::int64_t>(2);
  line.refunded = rows.get<std::int64_t>(3);
  line.state = rows.get<api::LineState>(4);
  if (!rows.is_null(5)) line.due = rows.get<Instant>(5);
  return line;
}

}  // namespace

void put_party(env::Tx& tx, const Party& party, const api::RuleTerms& terms) {
  tx.exec(kPutParty, party.id, party.kind, party.cycle, party.hold);
  if (party.kind == PartyKind::merchant)
    tx.exec(kPutRule, party.id, 1, terms.fee, terms.rebate, terms.commission);
}

std::optional<Party> find_party(env::Connection& from, FundPartyId party) {
  auto rows = from.query(kParty, party);
  if (!rows.next()) return std::nullopt;
  return Party{rows.get<FundPartyId>(0), rows.get<PartyKind>(1), rows.get<api::SettleCycle>(2),
               rows.get<Duration>(3), rows.get<std::int64_t>(4)};
}

std::optional<api::RuleTerms> find_rule(env::Connection& from, FundPartyId merchant, std::int64_t version) {
  auto rows = from.query(kRule, merchant, version);
  if (!rows.next()) return std::nullopt;
  return api::RuleTerms{rows.get<std::int64_t>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2)};
}

bool set_rule(env::Tx& tx, FundPartyId merchant, std::int64_t seen, const api::RuleTerms& terms) {
  if (tx.exec(kNextRule, merchant, seen) == 0) return false;
  tx.exec(kPutRule, merchant, seen + 1, terms.fee, terms.rebate, terms.commission);
  tx.fact(env::Message::of(api::facts::RuleSet{merchant, seen + 1, terms}));
  return true;
}

std::optional<Trade> find_trade(env::Connection& from, TradeId trade) {
  auto rows = from.query(kTrade, trade);
  if (!rows.next()) return std::nullopt;
  Trade t;
  t.id = rows.get<TradeId>(0);
  t.merchant = rows.get<FundPartyId>(1);
  t.leader = rows.get<FundPartyId>(2);
  t.rule_version = rows.get<std::int64_t>(3);
  t.fingerprint = static_cast<std::uint64_t>(rows.get<std::int64_t>(4));
  t.cause = rows.get<env::TraceContext>(5);
  return t;
}

std::optional<Line> find_line(env::Connection& from, TradeId trade, std::int64_t no) {
  auto rows = from.query(kLine, trade, no);
  if (!rows.next()) return std::nullopt;
  return line_of(rows);
}

void write_trade(env::Tx& tx, const Trade& trade, const std::vector<Money>& lines) {
  tx.exec(kWriteTrade, trade.id, trade.merchant, trade.leader, trade.rule_version,
          static_cast<std::int64_t>(trade.fingerprint), trade.cause);
  for (std::size_t i = 0; i < lines.size(); ++i) tx.exec(kWriteLine, trade.id, i, lines[i].minor);
  tx.fact(env::Message::of(
      api::facts::TradeRecorded{trade.id, trade.merchant, trade.leader, trade.rule_version, lines}));
}

bool pick_up(env::Tx& tx, const Line& line, Instant now) {
  if (tx.exec(kPickUp, now, line.trade, line.no) == 0) return false;
  tx.fact(env::Message::of(api::facts::LinePickedUp{line.trade, line.no, now}));
  return true;
}

void note_refund(env::Tx& tx, const Line& line, const std::string& key, std::int64_t minor) {
  tx.exec(kWriteRefund, line.trade, line.no, key, minor);
  tx.exec(kRefund, minor, line.trade, line.no);
  tx.fact(env::Message::of(api::facts::LineRefunded{line.trade, line.no, {minor, kCurrency}}));
}

std::optional<std::int64_t> find_refund(env::Connection& from, const Line& line, const std::string& key) {
  auto rows = from.query(kFindRefund, line.trade, line.no, key);
  if (!rows.next()) return std::nullopt;
  return rows.get<std::int64_t>(0);
}

void cancel(env::Tx& tx, const Line& line) {
  if (tx.exec(kCancel, line.trade, line.no) == 0) return;
  tx.fact(env::Message::of(api::facts::LineCancelled{line.trade, line.no}));
}

bool clear(env::Tx& tx, const Line& line) { return tx.exec(kClear, line.trade, line.no) == 1; }

void write_voucher(env::Tx& tx, Voucher voucher, const Trade& trade, const Shares& shares, Instant now) {
  {
    auto rows = tx.query(kNth, voucher.trade, voucher.no);
    rows.next();
    voucher.nth = rows.get<std::int64_t>(0);
  }
  tx.exec(kWriteVoucher, voucher.id, voucher.trade, voucher.no, voucher.nth, voucher.minor,
          voucher.settle_day, voucher.working_days);
  std::vector<api::Share> all;
  for (const api::Share& share :
       {api::Share{trade.merchant, shares.merchant}, api::Share{api::kPlatform, shares.platform},
        api::Share{trade.leader, shares.leader}}) {
    if (share.minor != 0) all.push_back(share);
  }
  std::vector<api::Share> legs{{FundPartyId{}, voucher.minor}};
  for (const api::Share& share : all) {
    tx.exec(kWriteShare, voucher.id, share.party, share.minor);
    legs.push_back({share.party, -share.minor});
  }
  tx.fact(env::Message::of(api::facts::VoucherWritten{voucher.id, voucher.trade, voucher.no, voucher.nth,
                                                      voucher.minor, all, voucher.settle_day}));
  post(tx, EntryKind::voucher, voucher.id.value, legs, now);
}

std::int64_t last_settle_day(env::Connection& from, const Line& line) {
  auto rows = from.query(kLastDay, line.trade, line.no);
  rows.next();
  return rows.get<std::int64_t>(0);
}

std::vector<Line> due_lines(env::Connection& from, Instant now, std::int64_t most) {
  std::vector<Line> all;
  for (auto rows = from.query(kDue, now, most); rows.next();) all.push_back(line_of(rows));
  return all;
}

std::optional<Instant> next_due(env::Connection& from) {
  auto rows = from.query(kNextDue);
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<Instant>(0);
}

void post(env::Tx& tx, EntryKind kind, std::int64_t id, const std::vector<api::Share>& legs, Instant now) {
  tx.exec(kEntry, id, kind, now);
  for (const api::Share& leg : legs) tx.exec(kLeg, id, leg.party, leg.minor);
  tx.fact(env::Message::of(api::facts::SettlementPosted{id, legs}));
}

}  // namespace ordeal::clearing
