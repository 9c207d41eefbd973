#include "scenarios/flows/payout/laws/rest_rows.h"

#include "core/wire/names.h"
#include "scenarios/flows/payout/parts.h"

namespace ordeal::payout {
namespace {

constexpr env::Sql kPayouts{
    "select id, user_id, request_key, fingerprint, way, app, amount, state, expires, attempt, "
    "first_sent, last_sent, statement_seen, next_look is not null from payout order by id"};
constexpr env::Sql kOccupations{
    "select id, payout, attempt, account, account_version, app, day, bucket, amount, state "
    "from occupation order by id"};
constexpr env::Sql kQuota{"select account, day, bucket, share, occupied, used from quota_row"};
constexpr env::Sql kDebts{"select account, day, amount from quota_debt"};
constexpr env::Sql kAccounts{"select id, way, priority, quota, enabled, version from pay_account"};
constexpr env::Sql kApps{"select account, app from account_app order by account, app"};

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
  p.state = rows.get<api::PayoutState>(7);
  p.expires = rows.get<Instant>(8);
  p.attempt = rows.get<std::int64_t>(9);
  p.first_sent = instant_if(rows, 10);
  p.last_sent = instant_if(rows, 11);
  if (!rows.is_null(12)) p.statement_seen = rows.get<std::int64_t>(12);
  return p;
}

Occupation occupation_of(const env::Rows& rows) {
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

}  // namespace

RestRows::RestRows(const play::Rest& rest) : world(rest) {
  rest.read("payout", [this](env::Connection& from) {
    for (auto rows = from.query(kPayouts); rows.next();) {
      Payout p = payout_of(rows);
      requests.emplace(std::pair(p.user, p.request_key), p.id);
      payouts.emplace(p.id, Standing{std::move(p), rows.get<bool>(13)});
    }
    for (auto rows = from.query(kOccupations); rows.next();) {
      Occupation o = occupation_of(rows);
      occupations.emplace(o.id, std::move(o));
    }
    for (auto rows = from.query(kQuota); rows.next();)
      quota_rows[{rows.get<PayAccountId>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2)}] = {
          rows.get<std::int64_t>(3), rows.get<std::int64_t>(4), rows.get<std::int64_t>(5)};
    for (auto rows = from.query(kDebts); rows.next();)
      debts[{rows.get<PayAccountId>(0), rows.get<std::int64_t>(1)}] = rows.get<std::int64_t>(2);
    for (auto rows = from.query(kAccounts); rows.next();) {
      Account account{rows.get<PayAccountId>(0), rows.get<api::PayWay>(1), {}, rows.get<std::int64_t>(5)};
      account.terms = {rows.get<std::int64_t>(2), {rows.get<std::int64_t>(3), kCurrency}, rows.get<bool>(4)};
      accounts.emplace(account.id, account);
    }
    for (auto rows = from.query(kApps); rows.next();)
      apps[rows.get<PayAccountId>(0)].push_back(rows.get<std::string>(1));
  });
}

const Payout* RestRows::payout(PayoutId id) const {
  const auto found = payouts.find(id);
  return found == payouts.end() ? nullptr : &found->second.payout;
}

const Payout* RestRows::request(UserId user, const std::string& key) const {
  const auto found = requests.find({user, key});
  return found == requests.end() ? nullptr : payout(found->second);
}

std::vector<const TransferLine*> RestRows::transfers_of(PayoutId payout) const {
  std::vector<const TransferLine*> all;
  if (channels() == nullptr) return all;
  const std::string begins = payout.text() + "-";
  for (const auto& [number, line] : channels()->transfers) {
    if (number.second.starts_with(begins)) all.push_back(&line);
  }
  return all;
}

play::Evidence about(const play::Scenario& scenario, const Payout& payout) {
  return {{"payout", payout.id.text()},
          {"payee", payee_text(scenario, payout.user)},
          {"amount", payout.amount.text()},
          {"state", std::string(wire::name_of(payout.state))}};
}

}  // namespace ordeal::payout
