// Payments, what goes back of them, and the merchants who pay for it: rows, and the steps that everything is made of.
//
// A payment has one refundable balance. `returned` is what refunds that have not failed or lapsed and cases that are held take of it
// together, and never exceeds what came in (I-37). A merchant's `available` money pays for a refund before it is sent (C17); only a held
// case may make him owe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/aftersale/profile.h"
#include "core/env/database.h"

namespace ordeal::aftersale {

inline constexpr const char* kSchema = R"sql(
create table payment(
  id integer primary key,
  buyer integer not null,
  merchant integer not null,
  paid_by integer not null,
  captured integer not null,
  paid_at integer not null,
  returned integer not null default 0,
  refunds integer not null default 0,
  next_send integer);
create table merchant(
  id integer primary key,
  available integer not null);
create table back(
  id integer primary key,
  payment integer not null,
  merchant integer not null,
  request_key text not null,
  amount integer not null,
  route integer not null,
  state integer not null,
  asked_at integer not null,
  expires integer not null,
  sends integer not null default 0,
  looks integer not null default 0,
  last_sent integer,
  next_look integer,
  trace integer not null,
  unique(payment, request_key));
create index back_due on back(next_look) where next_look is not null;
create index back_waiting on back(merchant) where state = 0;
create table dispute(
  case_number text primary key,
  payment integer not null,
  merchant integer not null,
  amount integer not null,
  state integer not null) without rowid;
create index dispute_of on dispute(payment);
create table deposit(
  merchant integer not null,
  request_key text not null,
  amount integer not null,
  primary key(merchant, request_key)) without rowid;
)sql";

inline constexpr Currency kCurrency{};  // all of it is CNY

struct Payment {
  PaymentId id{};
  UserId buyer{};
  MerchantId merchant{};
  api::PaidBy paid_by = api::PaidBy::wechat;
  Money captured{};
  Instant paid_at{};
  Money returned{};
  std::int64_t refunds = 0;  // made of it, whatever became of them
};

struct Back {
  RefundId id{};
  PaymentId payment{};
  MerchantId merchant{};
  std::string request_key{};
  Money amount{};
  api::BackRoute route = api::BackRoute::refund;
  api::BackState state = api::BackState::waiting;
  Instant asked_at{};
  Instant expires{};       // of one that is WAITING
  std::int64_t sends = 0;  // calls that ask for it, by this route
  std::int64_t looks = 0;  // what was done about it, counted; also its version while it is SENDING
  std::optional<Instant> last_sent{};
  env::TraceContext cause{};
};

struct DisputeRow {
  std::string case_number{};
  PaymentId payment{};
  MerchantId merchant{};
  Money amount{};
  api::DisputeState state = api::DisputeState::contested;
};

void put_merchant(env::Tx& tx, MerchantId merchant, Money available);
void put_payment(env::Tx& tx, const Payment& payment);

std::optional<Payment> find_payment(env::Connection& from, PaymentId payment);
std::optional<Back> find_back(env::Connection& from, RefundId refund);
std::optional<Back> find_request(env::Connection& from, PaymentId payment, const std::string& request_key);
std::optional<DisputeRow> find_dispute(env::Connection& from, const std::string& case_number);

// --- a payment's refundable balance ---
// False, and nothing is taken, when not as much is left. `count`: refunds that are made with it.
bool reserve(env::Tx& tx, PaymentId payment, Money amount, std::int64_t count, std::int64_t most_refunds);
// The same without looking. Who calls this has looked.
void reserve_unseen(env::Tx& tx, PaymentId payment, Money amount, std::int64_t count);
void free_again(env::Tx& tx, PaymentId payment, Money amount);

// --- a merchant's money ---
// False, and nothing is taken, when he has not as much.
bool pay_for(env::Tx& tx, MerchantId merchant, Money amount);
// Whether he has it or not.
void take_from(env::Tx& tx, MerchantId merchant, Money amount);
// What waits for it is looked at, at `now`; the caller wakes who does.
void give_to(env::Tx& tx, MerchantId merchant, Money amount, Instant now);

// --- a refund; each writes its fact ---
// SENDING if its merchant can pay for it, otherwise WAITING. Its part of the payment was reserved.
void write_back(env::Tx& tx, Back& back, UserId buyer);
// WAITING becomes SENDING, if its merchant can pay for it now.
bool fund(env::Tx& tx, const Back& seen, Instant now);
// WAITING goes on, until it expires or its merchant is given something.
void wait_on(env::Tx& tx, const Back& seen);
// WAITING becomes LAPSED, and its part of the payment is free.
bool lapse(env::Tx& tx, const Back& seen);
// SENDING goes on by a payout; nothing was or will be done by the refund API.
bool reroute(env::Tx& tx, const Back& seen, Instant now);
// SENDING becomes DONE, or FAILED with its part of the payment free and the merchant's money his again. Once, by the route it is on.
bool finish(env::Tx& tx, const Back& seen, api::BackState as, Instant now);

// Who does something about a refund at the channel says so first: of two only one goes on. What was seen is that it had so many looks.
bool begin_look(env::Tx& tx, const Back& seen, bool sends, Instant now, Instant next);
void look_again(env::Tx& tx, const Back& seen, Instant next);
// One refund of a payment after the other, so far apart: nothing when it may be sent now, or the time from which on it may.
std::optional<Instant> keep_apart(env::Tx& tx, PaymentId payment, Duration apart, Instant now);

void write_dispute(env::Tx& tx, const DisputeRow& dispute);
// HELD becomes REVERSED: the payment's part is free, and the merchant has his money again. False when it is not held.
bool reverse(env::Tx& tx, const DisputeRow& seen, Instant now);

// False when the key stands for another amount. Once for a key.
bool pay_in(env::Tx& tx, const api::Deposit& deposit, Instant now);
bool has_merchant(env::Connection& from, MerchantId merchant);

std::vector<Back> due(env::Connection& from, Instant now, std::int64_t most);
std::optional<Instant> next_due(env::Connection& from);

}  // namespace ordeal::aftersale
