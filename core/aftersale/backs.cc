#include "core/aftersale/backs.h"

namespace ordeal::aftersale {
namespace {

using api::BackState;
using api::DisputeState;

constexpr env::Sql kPutMerchant{"insert into merchant(id, available) values(?, ?)"};
constexpr env::Sql kPutPayment{
    "insert into payment(id, buyer, merchant, paid_by, captured, paid_at) values(?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kPayment{
    "select id, buyer, merchant, paid_by, captured, paid_at, returned, refunds from payment where id = ?"};

#define ORDEAL_BACK_COLUMNS                                                                            \
  "select id, payment, merchant, request_key, amount, route, state, asked_at, expires, sends, looks, " \
  "last_sent, trace from back "
constexpr env::Sql kBack{ORDEAL_BACK_COLUMNS "where id = ?"};
constexpr env::Sql kRequest{ORDEAL_BACK_COLUMNS "where payment = ? and request_key = ?"};
constexpr env::Sql kDue{ORDEAL_BACK_COLUMNS "where next_look <= ? order by next_look, id limit ?"};
#undef ORDEAL_BACK_COLUMNS
constexpr env::Sql kNextDue{"select min(next_look) from back where next_look is not null"};

constexpr env::Sql kReserve{
    "update payment set returned = returned + ?2, refunds = refunds + ?3 "
    "where id = ?1 and returned + ?2 <= captured and refunds + ?3 <= ?4"};
constexpr env::Sql kReserveUnseen{
    "update payment set returned = returned + ?2, refunds = refunds + ?3 where id = ?1"};
constexpr env::Sql kFree{"update payment set returned = returned - ?2 where id = ?1"};
constexpr env::Sql kApart{
    "update payment set next_send = ?2 + ?3 "
    "where id = ?1 and (next_send is null or next_send <= ?2 or next_send > ?2 + ?3)"};
constexpr env::Sql kNextSend{"select next_send from payment where id = ?"};

constexpr env::Sql kPayFor{
    "update merchant set available = available - ?2 where id = ?1 and available >= ?2"};
constexpr env::Sql kTakeFrom{"update merchant set available = available - ?2 where id = ?1"};
constexpr env::Sql kGiveTo{"update merchant set available = available + ?2 where id = ?1"};
constexpr env::Sql kLookAtWaiting{"update back set next_look = ?2 where merchant = ?1 and state = 0"};
constexpr env::Sql kMerchant{"select 1 from merchant where id = ?"};

constexpr env::Sql kWrite{
    "insert into back(id, payment, merchant, request_key, amount, route, state, asked_at, expires, "
    "next_look, "
    "trace) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kFund{"update back set state = 1, next_look = ?2 where id = ?1 and state = 0"};
constexpr env::Sql kLapse{"update back set state = 4, next_look = null where id = ?1 and state = 0"};
constexpr env::Sql kReroute{
    "update back set route = 1, looks = looks + 1, sends = 0, last_sent = null, next_look = ?2 "
    "where id = ?1 and state = 1 and route = 0"};
constexpr env::Sql kEnd{
    "update back set state = ?2, next_look = null where id = ?1 and state = 1 and route = ?3"};
constexpr env::Sql kBegin{
    "update back set looks = looks + 1, next_look = ?2 where id = ?1 and state = 1 and looks = ?3"};
constexpr env::Sql kBeginSend{
    "update back set looks = looks + 1, sends = sends + 1, next_look = ?2, last_sent = ?4 "
    "where id = ?1 and state = 1 and looks = ?3"};
constexpr env::Sql kAgain{"update back set next_look = ?2 where id = ?1 and state = 1 and looks = ?3"};
constexpr env::Sql kWaitOn{"update back set next_look = expires where id = ? and state = 0"};

constexpr env::Sql kDispute{
    "select case_number, payment, merchant, amount, state from dispute where case_number = ?"};
constexpr env::Sql kWriteDispute{
    "insert into dispute(case_number, payment, merchant, amount, state) values(?, ?, ?, ?, ?)"};
constexpr env::Sql kReverse{"update dispute set state = 2 where case_number = ? and state = 1"};

constexpr env::Sql kPayIn{
    "insert into deposit(merchant, request_key, amount) values(?, ?, ?) on conflict do nothing"};
constexpr env::Sql kDeposit{"select amount from deposit where merchant = ? and request_key = ?"};

Back back_of(const env::Rows& rows) {
  Back b;
  b.id = rows.get<RefundId>(0);
  b.payment = rows.get<PaymentId>(1);
  b.merchant = rows.get<MerchantId>(2);
  b.request_key = rows.get<std::string>(3);
  b.amount = {rows.get<std::int64_t>(4), kCurrency};
  b.route = rows.get<api::BackRoute>(5);
  b.state = rows.get<BackState>(6);
  b.asked_at = rows.get<Instant>(7);
  b.expires = rows.get<Instant>(8);
  b.sends = rows.get<std::int64_t>(9);
  b.looks = rows.get<std::int64_t>(10);
  if (!rows.is_null(11)) b.last_sent = rows.get<Instant>(11);
  b.cause = rows.get<env::TraceContext>(12);
  return b;
}

std::optional<Back> first_of(env::Rows rows) {
  if (!rows.next()) return std::nullopt;
  return back_of(rows);
}

template <class Fact>
void say(env::Tx& tx, Fact fact) {
  tx.fact(env::Message::of(std::move(fact)));
}

}  // namespace

void put_merchant(env::Tx& tx, MerchantId merchant, Money available) {
  tx.exec(kPutMerchant, merchant, available.minor);
}

void put_payment(env::Tx& tx, const Payment& p) {
  tx.exec(kPutPayment, p.id, p.buyer, p.merchant, p.paid_by, p.captured.minor, p.paid_at);
}

std::optional<Payment> find_payment(env::Connection& from, PaymentId payment) {
  auto rows = from.query(kPayment, payment);
  if (!rows.next()) return std::nullopt;
  return Payment{rows.get<PaymentId>(0),
                 rows.get<UserId>(1),
                 rows.get<MerchantId>(2),
                 rows.get<api::PaidBy>(3),
                 {rows.get<std::int64_t>(4), kCurrency},
                 rows.get<Instant>(5),
                 {rows.get<std::int64_t>(6), kCurrency},
                 rows.get<std::int64_t>(7)};
}

std::optional<Back> find_back(env::Connection& from, RefundId refund) {
  return first_of(from.query(kBack, refund));
}

std::optional<Back> find_request(env::Connection& from, PaymentId payment, const std::string& request_key) {
  return first_of(from.query(kRequest, payment, request_key));
}

std::optional<DisputeRow> find_dispute(env::Connection& from, const std::string& case_number) {
  auto rows = from.query(kDispute, case_number);
  if (!rows.next()) return std::nullopt;
  return DisputeRow{rows.get<std::string>(0),
                    rows.get<PaymentId>(1),
                    rows.get<MerchantId>(2),
                    {rows.get<std::int64_t>(3), kCurrency},
                    rows.get<DisputeState>(4)};
}

bool reserve(env::Tx& tx, PaymentId payment, Money amount, std::int64_t count, std::int64_t most_refunds) {
  return tx.exec(kReserve, payment, amount.minor, count, most_refunds) == 1;
}

void reserve_unseen(env::Tx& tx, PaymentId payment, Money amount, std::int64_t count) {
  tx.exec(kReserveUnseen, payment, amount.minor, count);
}

void free_again(env::Tx& tx, PaymentId payment, Money amount) { tx.exec(kFree, payment, amount.minor); }

bool pay_for(env::Tx& tx, MerchantId merchant, Money amount) {
  return tx.exec(kPayFor, merchant, amount.minor) == 1;
}

void take_from(env::Tx& tx, MerchantId merchant, Money amount) { tx.exec(kTakeFrom, merchant, amount.minor); }

void give_to(env::Tx& tx, MerchantId merchant, Money amount, Instant now) {
  tx.exec(kGiveTo, merchant, amount.minor);
  tx.exec(kLookAtWaiting, merchant, now);
}

void write_back(env::Tx& tx, Back& b, UserId buyer) {
  const bool paid = pay_for(tx, b.merchant, b.amount);
  b.state = paid ? BackState::sending : BackState::waiting;
  tx.exec(kWrite, b.id, b.payment, b.merchant, b.request_key, b.amount.minor, b.route, b.state, b.asked_at,
          b.expires, paid ? b.asked_at : b.expires, b.cause);
  say(tx, api::facts::BackAsked{b.id, b.payment, buyer, b.merchant, b.amount, b.route, b.state});
}

bool fund(env::Tx& tx, const Back& seen, Instant now) {
  const auto there = find_back(tx, seen.id);
  if (!there || there->state != BackState::waiting || !pay_for(tx, seen.merchant, seen.amount)) return false;
  tx.exec(kFund, seen.id, now);
  say(tx, api::facts::BackFunded{seen.id});
  return true;
}

bool lapse(env::Tx& tx, const Back& seen) {
  if (tx.exec(kLapse, seen.id) == 0) return false;
  free_again(tx, seen.payment, seen.amount);
  say(tx, api::facts::BackEnded{seen.id, BackState::lapsed});
  return true;
}

void wait_on(env::Tx& tx, const Back& seen) { tx.exec(kWaitOn, seen.id); }

bool reroute(env::Tx& tx, const Back& seen, Instant now) {
  if (tx.exec(kReroute, seen.id, now) == 0) return false;
  say(tx, api::facts::BackRerouted{seen.id});
  return true;
}

bool finish(env::Tx& tx, const Back& seen, BackState as, Instant now) {
  if (tx.exec(kEnd, seen.id, as, seen.route) == 0) return false;
  if (as == BackState::failed) {
    free_again(tx, seen.payment, seen.amount);
    give_to(tx, seen.merchant, seen.amount, now);
  }
  say(tx, api::facts::BackEnded{seen.id, as});
  return true;
}

bool begin_look(env::Tx& tx, const Back& seen, bool sends, Instant now, Instant next) {
  if (sends) return tx.exec(kBeginSend, seen.id, next, seen.looks, now) == 1;
  return tx.exec(kBegin, seen.id, next, seen.looks) == 1;
}

void look_again(env::Tx& tx, const Back& seen, Instant next) { tx.exec(kAgain, seen.id, next, seen.looks); }

std::optional<Instant> keep_apart(env::Tx& tx, PaymentId payment, Duration apart, Instant now) {
  if (apart.ns == 0 || tx.exec(kApart, payment, now, apart) == 1) return std::nullopt;
  auto rows = tx.query(kNextSend, payment);
  return rows.next() && !rows.is_null(0) ? rows.get<Instant>(0) : now + apart;
}

void write_dispute(env::Tx& tx, const DisputeRow& d) {
  tx.exec(kWriteDispute, d.case_number, d.payment, d.merchant, d.amount.minor, d.state);
  say(tx, api::facts::DisputeJudged{d.case_number, d.payment, d.merchant, d.amount, d.state});
}

bool reverse(env::Tx& tx, const DisputeRow& seen, Instant now) {
  if (tx.exec(kReverse, seen.case_number) == 0) return false;
  free_again(tx, seen.payment, seen.amount);
  give_to(tx, seen.merchant, seen.amount, now);
  say(tx, api::facts::DisputeReversed{seen.case_number});
  return true;
}

bool pay_in(env::Tx& tx, const api::Deposit& deposit, Instant now) {
  if (tx.exec(kPayIn, deposit.merchant, deposit.request_key, deposit.amount.minor) == 0) {
    auto rows = tx.query(kDeposit, deposit.merchant, deposit.request_key);
    return rows.next() && rows.get<std::int64_t>(0) == deposit.amount.minor;
  }
  give_to(tx, deposit.merchant, deposit.amount, now);
  say(tx, api::facts::PaidIn{deposit.merchant, deposit.amount});
  return true;
}

bool has_merchant(env::Connection& from, MerchantId merchant) {
  auto rows = from.query(kMerchant, merchant);
  return rows.next();
}

std::vector<Back> due(env::Connection& from, Instant now, std::int64_t most) {
  std::vector<Back> all;
  for (auto rows = from.query(kDue, now, most); rows.next();) all.push_back(back_of(rows));
  return all;
}

std::optional<Instant> next_due(env::Connection& from) {
  auto rows = from.query(kNextDue);
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<Instant>(0);
}

}  // namespace ordeal::aftersale
