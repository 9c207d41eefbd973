// Accounts that payouts may go through, and the apps that each may serve (D1, D2). Their terms are an operator's to change: a change
// names the version that it was made from, so that of two at once the second is told (D7). An occupation keeps the version under which
// it was made; what is on its way is not touched by a change (F-64).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/api/payout.h"
#include "core/env/database.h"

namespace ordeal::payout {

// Tables of accounts, of their quotas (quota.h) and of payouts (payouts.h).
inline constexpr const char* kSchema = R"sql(
create table pay_account(
  id integer primary key,
  way integer not null,
  priority integer not null,
  quota integer not null,
  enabled integer not null,
  version integer not null);
create table account_app(
  account integer not null,
  app text not null,
  primary key(app, account)) without rowid;
create table quota_row(
  account integer not null,
  day integer not null,
  bucket integer not null,
  share integer not null,
  occupied integer not null default 0,
  used integer not null default 0,
  primary key(account, day, bucket)) without rowid;
create table quota_debt(
  account integer not null,
  day integer not null,
  amount integer not null,
  primary key(account, day)) without rowid;
create table payout(
  id integer primary key,
  user_id integer not null,
  request_key text not null,
  fingerprint integer not null,
  way integer not null,
  app text not null,
  amount integer not null,
  state integer not null default 0,
  expires integer not null,
  attempt integer not null default 0,
  next_look integer,
  looks integer not null default 0,
  first_sent integer,
  last_sent integer,
  statement_seen integer,
  trace integer not null,
  unique(user_id, request_key));
create index payout_code on payout(expires) where state = 0;
create index payout_due on payout(next_look) where state = 1;
create table occupation(
  id integer primary key,
  payout integer not null,
  attempt integer not null,
  account integer not null,
  account_version integer not null,
  app text not null,
  day integer not null,
  bucket integer not null,
  amount integer not null,
  state integer not null default 0);
create unique index one_occupation on occupation(payout) where state < 2;
create index occupation_of on occupation(payout, attempt);
)sql";

inline constexpr Currency kCurrency{};  // all of it is CNY
inline constexpr Money kMostQuota{Money::kMaxMinor, kCurrency};
inline constexpr std::int64_t kMostPriority = 1'000;

struct Account {
  PayAccountId id{};
  api::PayWay way = api::PayWay::alipay;
  api::AccountTerms terms{};
  std::int64_t version = 0;
};

bool good_terms(const api::AccountTerms& terms);

void put_account(env::Tx& tx, const Account& account, const std::vector<std::string>& apps);
std::optional<Account> find_account(env::Connection& from, PayAccountId account);
// Enabled, of this way, serving this app (any app when it is empty), the first to be asked first.
std::vector<Account> serving(env::Connection& from, api::PayWay way, const std::string& app);
bool is_linked(env::Connection& from, api::PayWay way, const std::string& app);
// Of an account that is bound to one app.
std::string app_of(env::Connection& from, PayAccountId account);

// False, and nothing is written, when the version is not this any more.
bool change_terms(env::Tx& tx, const Account& seen, const api::AccountTerms& terms, std::int64_t from_day);

}  // namespace ordeal::payout
