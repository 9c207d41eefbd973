#include "core/payout/payouts.h"

#include "core/payout/quota.h"

namespace ordeal::payout {
namespace {

using api::PayoutState;

#define ORDEAL_PAYOUT_COLUMNS                                                                        \
  "select id, user_id, request_key, fingerprint, way, app, amount, state, expires, attempt, looks, " \
  "first_sent, "                                                                                     \
  "last_sent, statement_seen, trace from payout "
constexpr env::Sql kPayout{ORDEAL_PAYOUT_COLUMNS "where id = ?"};
constexpr env::Sql kRequest{ORDEAL_PAYOUT_COLUMNS "where user_id = ? and request_key = ?"};
constexpr env::Sql kExpired{ORDEAL_PAYOUT_COLUMNS
                            "where state = 0 and expires <= ? order by expires, id limit ?"};
constexpr env::Sql kDue{ORDEAL_PAYOUT_COLUMNS
                        "where state = 1 and next_look <= ? order by next_look, id limit ?"};
#undef ORDEAL_PAYOUT_COLUMNS
constexpr env::Sql kNextExpiry{"select min(expires) from payout where state = 0"};
constexpr env::Sql kNextDue{"select min(next_look) from payout where state = 1"};
constexpr env::Sql kWrite{
    "insert into payout(id, user_id, request_key, fingerprint, way, app, amount, expires, trace) "
    "values(?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kClaim{
    "update payout set state = 1, attempt = 1, next_look = ?1 where id = ?2 and state = 0"};
constexpr env::Sql kReroute{
    "update payout set attempt = attempt + 1, next_look = ?1, looks = looks + 1, first_sent = null, "
    "last_sent = null, statement_seen = null where id = ?2 and state = 1 and attempt = ?3"};
constexpr env::Sql kExpire{"update payout set state = 4 where id = ? and state = 0"};
constexpr env::Sql kEnd{
    "update payout set state = ?1, next_look = null where id = ?2 and state = 1 and attempt = ?3"};
constexpr env::Sql kBegin{
    "update payout set looks = looks + 1, next_look = ?1 where id = ?2 and state = 1 and looks = ?3"};
constexpr env::Sql kBeginSend{
    "update payout set looks = looks + 1, next_look = ?1, first_sent = coalesce(first_sent, ?4), "
    "last_sent = ?4 where id = ?2 and state = 1 and looks = ?3"};
constexpr env::Sql kAgain{"update payout set next_look = ?1 where id = ?2 and state = 1 and looks = ?3"};
constexpr env::Sql kSeen{
    "update payout set statement_seen = ?1 where id = ?2 and state = 1 and attempt = ?3"};

constexpr env::Sql kOccupation{
    "select id, payout, attempt, account, account_version, app, day, bucket, amount, state "
    "from occupation where payout = ? and state < 2"};
constexpr env::Sql kTried{"select distinct account from occupation where payout = ? order by account"};
constexpr env::Sql kOccupy{
    "insert into occupation(id, payout, attempt, account, account_version, app, day, bucket, amount) "
    "values(?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kUse{"update occupation set state = 1 where id = ? and state = 0"};
constexpr env::Sql kRelease{"update occupation set state = 2 where id = ? and state = 0"};

std::optional<Instant> instant_if(const env::Rows& rows, int column) {
  return rows.is_null(column) ? std::nullopt : std::optional(rows.get<Instant>(column));
}

Payout payout_of(const env::Rows& rows) {
  Payout p;
  p.id = rows.get<PayoutId>(0);
  p.user = rows.get<UserId>(1);
  p.request_key = rows.get<std::string>(2);
  p.fingerprint = static_cast<std::uint64_t>(rows.get<std::int64_t>(3));
  p.way = rows.get<api::PayWay>(4);
  p.app = rows.get<std::string>(5);
  p.amount = {rows.get<std::int64_t>(6), kCurrency};
  p.state = rows.get<PayoutState>(7);
  p.expires = rows.get<Instant>(8);
  p.attempt = rows.get<std::int64_t>(9);
  p.looks = rows.get<std::int64_t>(10);
  p.first_sent = instant_if(rows, 11);
  p.last_sent = instant_if(rows, 12);
  if (!rows.is_null(13)) p.statement_seen = rows.get<std::int64_t>(13);
  p.cause = rows.get<env::TraceContext>(14);
  return p;
}

std::optional<Payout> first_of(env::Rows rows) {
  if (!rows.next()) return std::nullopt;
  return payout_of(rows);
}

std::vector<Payout> all_of(env::Rows rows) {
  std::vector<Payout> all;
  while (rows.next()) all.push_back(payout_of(rows));
  return all;
}

std::optional<Instant> least(env::Rows rows) {
  if (!rows.next()) return std::nullopt;
  return instant_if(rows, 0);
}

void ended(env::Tx& tx, PayoutId payout, PayoutState state) {
  tx.fact(env::Message::of(api::facts::PayoutEnded{payout, state}));
}

QuotaDay quota_of(const Occupation& occupation) { return {occupation.account, occupation.day}; }

}  // namespace

std::string number_of(PayoutId payout, std::int64_t attempt) {
  return payout.text() + "-" + std::to_string(attempt);
}

std::optional<Payout> find_payout(env::Connection& from, PayoutId payout) {
  return first_of(from.query(kPayout, payout));
}

std::optional<Payout> find_request(env::Connection& from, UserId user, const std::string& request_key) {
  return first_of(from.query(kRequest, user, request_key));
}

std::optional<Occupation> occupation_of(env::Connection& from, PayoutId payout) {
  auto rows = from.query(kOccupation, payout);
  if (!rows.next()) return std::nullopt;
  Occupation o;
  o.id = rows.get<OccupationId>(0);
  o.payout = rows.get<PayoutId>(1);
  o.attempt = rows.get<std::int64_t>(2);
  o.account = rows.get<PayAccountId>(3);
  o.account_version = rows.get<std::int64_t>(4);
  o.app = rows.get<std::string>(5);
  o.day = rows.get<std::int64_t>(6);
  o.bucket = rows.get<std::int64_t>(7);
  o.amount = {rows.get<std::int64_t>(8), kCurrency};
  o.state = rows.get<OccupationState>(9);
  return o;
}

std::vector<PayAccountId> accounts_tried(env::Connection& from, PayoutId payout) {
  std::vector<PayAccountId> all;
  for (auto rows = from.query(kTried, payout); rows.next();) all.push_back(rows.get<PayAccountId>(0));
  return all;
}

void write_payout(env::Tx& tx, const Payout& p) {
  tx.exec(kWrite, p.id, p.user, p.request_key, static_cast<std::int64_t>(p.fingerprint), p.way, p.app,
          p.amount.minor, p.expires, p.cause);
  tx.fact(env::Message::of(api::facts::PayoutMade{p.id, p.user, p.way, p.app, p.amount, p.expires}));
}

void write_occupation(env::Tx& tx, const Occupation& o) {
  tx.exec(kOccupy, o.id, o.payout, o.attempt, o.account, o.account_version, o.app, o.day, o.bucket,
          o.amount.minor);
  tx.fact(env::Message::of(api::facts::QuotaOccupied{o.id, o.payout, o.account, o.account_version, o.app,
                                                     o.day, o.amount, o.bound}));
}

bool use(env::Tx& tx, const Occupation& o) {
  if (tx.exec(kUse, o.id) == 0) return false;
  use(tx, quota_of(o), o.bucket, o.amount.minor);
  tx.fact(env::Message::of(api::facts::QuotaUsed{o.id}));
  return true;
}

bool release(env::Tx& tx, const Occupation& o) {
  if (tx.exec(kRelease, o.id) == 0) return false;
  give_back(tx, quota_of(o), o.bucket, o.amount.minor);
  tx.fact(env::Message::of(api::facts::QuotaReleased{o.id}));
  return true;
}

bool claim(env::Tx& tx, const Payout& seen, Instant now) {
  if (tx.exec(kClaim, now, seen.id) == 0) return false;
  tx.fact(env::Message::of(api::facts::PayoutClaimed{seen.id, seen.app}));
  return true;
}

bool reroute(env::Tx& tx, const Payout& seen, Instant now) {
  if (tx.exec(kReroute, now, seen.id, seen.attempt) == 0) return false;
  tx.fact(env::Message::of(api::facts::PayoutRerouted{seen.id, seen.attempt + 1}));
  return true;
}

bool expire(env::Tx& tx, const Payout& seen) {
  if (tx.exec(kExpire, seen.id) == 0) return false;
  ended(tx, seen.id, PayoutState::expired);
  return true;
}

bool end(env::Tx& tx, const Payout& seen, PayoutState as) {
  if (tx.exec(kEnd, as, seen.id, seen.attempt) == 0) return false;
  ended(tx, seen.id, as);
  return true;
}

bool begin_look(env::Tx& tx, const Payout& seen, bool sends, Instant now, Instant next) {
  if (sends) return tx.exec(kBeginSend, next, seen.id, seen.looks, now) == 1;
  return tx.exec(kBegin, next, seen.id, seen.looks) == 1;
}

void look_again(env::Tx& tx, const Payout& seen, Instant next) { tx.exec(kAgain, next, seen.id, seen.looks); }

void note_statement(env::Tx& tx, const Payout& seen, std::int64_t day) {
  tx.exec(kSeen, day, seen.id, seen.attempt);
}

std::vector<Payout> expired(env::Connection& from, Instant now, std::int64_t most) {
  return all_of(from.query(kExpired, now, most));
}
std::optional<Instant> next_expiry(env::Connection& from) { return least(from.query(kNextExpiry)); }
std::vector<Payout> due(env::Connection& from, Instant now, std::int64_t most) {
  return all_of(from.query(kDue, now, most));
}
std::optional<Instant> next_due(env::Connection& from) { return least(from.query(kNextDue)); }

}  // namespace ordeal::payout
