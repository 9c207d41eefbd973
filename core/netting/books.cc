#include "core/netting/books.h"

#include "core/base/check.h"

namespace ordeal::netting {
namespace {

constexpr env::Sql kOpen{"insert into net_account(id, currency) values(?, ?) on conflict do nothing"};
constexpr env::Sql kBalance{"select balance from net_account where id = ? and currency = ?"};
constexpr env::Sql kAdd{"update net_account set balance = balance + ? where id = ? and currency = ?"};
constexpr env::Sql kTakeIfThere{
    "update net_account set balance = balance - ?1 where id = ?2 and currency = ?3 and balance >= ?1"};
constexpr env::Sql kEntry{"insert into net_entry(kind, cycle, transfer) values(?, ?, ?)"};
constexpr env::Sql kLastEntry{"select last_insert_rowid()"};
constexpr env::Sql kLeg{"insert into net_leg(entry, account, currency, minor) values(?, ?, ?, ?)"};
constexpr env::Sql kRequest{
    "select taken_out, minor, currency, status from cover_request where bank = ? and request_key = ?"};
constexpr env::Sql kWriteRequest{
    "insert into cover_request(bank, request_key, taken_out, minor, currency, status) values(?, ?, ?, ?, ?, "
    "?)"};

std::int64_t journal(env::Tx& tx, const Move& move) {
  tx.exec(kEntry, move.kind, move.cycle, move.transfer);
  auto rows = tx.query(kLastEntry);
  rows.next();
  const auto entry = rows.get<std::int64_t>(0);
  tx.exec(kLeg, entry, move.from, move.amount.currency.text(), -move.amount.minor);
  tx.exec(kLeg, entry, move.to, move.amount.currency.text(), move.amount.minor);
  return entry;
}

void tell(env::Tx& tx, const Move& move, std::int64_t entry) {
  tx.fact(env::Message::of(api::facts::NetEntryPosted{entry, move.kind, move.from, move.to, move.amount,
                                                      move.cycle, move.transfer, move.request_key}));
}

// The entry that it is.
std::int64_t write(env::Tx& tx, const Move& move) {
  ORDEAL_CHECK(move.amount.is_positive() && move.from != move.to, "a move of nothing, or to nowhere");
  tx.exec(kAdd, -move.amount.minor, move.from, move.amount.currency.text());
  tx.exec(kAdd, move.amount.minor, move.to, move.amount.currency.text());
  return journal(tx, move);
}

}  // namespace

void open_account(env::Tx& tx, std::int64_t account, Currency currency) {
  tx.exec(kOpen, account, currency.text());
}

std::optional<Money> balance_of(env::Connection& from, std::int64_t account, Currency currency) {
  auto rows = from.query(kBalance, account, currency.text());
  if (!rows.next()) return std::nullopt;
  return Money{rows.get<std::int64_t>(0), currency};
}

void open_with(env::Tx& tx, std::int64_t account, Money amount) {
  open_account(tx, account, amount.currency);
  write(tx, {api::NetEntryKind::put_in, api::kOutside, account, amount, {}, {}, {}});
}

void post(env::Tx& tx, const Move& move) { tell(tx, move, write(tx, move)); }

bool post_if_covered(env::Tx& tx, const Move& move) {
  if (!needs_cover(move.from)) {
    post(tx, move);
    return true;
  }
  ORDEAL_CHECK(move.amount.is_positive() && move.from != move.to, "a move of nothing, or to nowhere");
  if (tx.exec(kTakeIfThere, move.amount.minor, move.from, move.amount.currency.text()) == 0) return false;
  tx.exec(kAdd, move.amount.minor, move.to, move.amount.currency.text());
  tell(tx, move, journal(tx, move));
  return true;
}

std::optional<CoverRequest> find_cover_request(env::Connection& from, BankId bank, const std::string& key) {
  auto rows = from.query(kRequest, bank, key);
  if (!rows.next()) return std::nullopt;
  CoverRequest request;
  const auto currency = Currency::parse(rows.get<std::string_view>(2));
  request.asked = {bank, rows.get<bool>(0), {rows.get<std::int64_t>(1), currency.value_or(Currency{})}, key};
  request.status = rows.get<api::CoverStatus>(3);
  return request;
}

void write_cover_request(env::Tx& tx, const CoverRequest& request) {
  tx.exec(kWriteRequest, request.asked.bank, request.asked.request_key, request.asked.out,
          request.asked.amount.minor, request.asked.amount.currency.text(), request.status);
}

}  // namespace ordeal::netting
