#include "core/payout/accounts.h"

#include "core/payout/quota.h"

namespace ordeal::payout {
namespace {

#define ORDEAL_ACCOUNT_COLUMNS \
  "select a.id, a.way, a.priority, a.quota, a.enabled, a.version from pay_account a "
constexpr env::Sql kPut{
    "insert into pay_account(id, way, priority, quota, enabled, version) values(?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kPutApp{"insert into account_app(account, app) values(?, ?)"};
constexpr env::Sql kFind{ORDEAL_ACCOUNT_COLUMNS "where a.id = ?"};
constexpr env::Sql kServing{ORDEAL_ACCOUNT_COLUMNS
                            "join account_app l on l.account = a.id "
                            "where l.app = ? and a.way = ? and a.enabled = 1 order by a.priority, a.id"};
constexpr env::Sql kOfWay{ORDEAL_ACCOUNT_COLUMNS
                          "where a.way = ? and a.enabled = 1 order by a.priority, a.id"};
#undef ORDEAL_ACCOUNT_COLUMNS
constexpr env::Sql kLinked{
    "select 1 from account_app l join pay_account a on a.id = l.account where l.app = ? and a.way = ? limit "
    "1"};
constexpr env::Sql kApp{"select app from account_app where account = ? order by app limit 1"};
constexpr env::Sql kChange{
    "update pay_account set priority = ?1, quota = ?2, enabled = ?3, version = version + 1 "
    "where id = ?4 and version = ?5"};

Account account_of(const env::Rows& rows) {
  Account account;
  account.id = rows.get<PayAccountId>(0);
  account.way = rows.get<api::PayWay>(1);
  account.terms.priority = rows.get<std::int64_t>(2);
  account.terms.quota = {rows.get<std::int64_t>(3), kCurrency};
  account.terms.enabled = rows.get<bool>(4);
  account.version = rows.get<std::int64_t>(5);
  return account;
}

}  // namespace

bool good_terms(const api::AccountTerms& terms) {
  return terms.priority >= 0 && terms.priority <= kMostPriority && terms.quota.currency == kCurrency &&
         terms.quota.is_price();
}

void put_account(env::Tx& tx, const Account& account, const std::vector<std::string>& apps) {
  tx.exec(kPut, account.id, account.way, account.terms.priority, account.terms.quota.minor,
          account.terms.enabled, account.version);
  for (const std::string& app : apps) tx.exec(kPutApp, account.id, app);
}

std::optional<Account> find_account(env::Connection& from, PayAccountId account) {
  auto rows = from.query(kFind, account);
  if (!rows.next()) return std::nullopt;
  return account_of(rows);
}

std::vector<Account> serving(env::Connection& from, api::PayWay way, const std::string& app) {
  std::vector<Account> all;
  auto rows = app.empty() ? from.query(kOfWay, way) : from.query(kServing, app, way);
  while (rows.next()) all.push_back(account_of(rows));
  return all;
}

bool is_linked(env::Connection& from, api::PayWay way, const std::string& app) {
  return from.query(kLinked, app, way).next();
}

std::string app_of(env::Connection& from, PayAccountId account) {
  auto rows = from.query(kApp, account);
  return rows.next() ? rows.get<std::string>(0) : std::string();
}

bool change_terms(env::Tx& tx, const Account& seen, const api::AccountTerms& terms, std::int64_t from_day) {
  if (tx.exec(kChange, terms.priority, terms.quota.minor, terms.enabled, seen.id, seen.version) == 0)
    return false;
  change_quota(tx, seen.id, from_day, terms.quota.minor);
  tx.fact(env::Message::of(api::facts::AccountConfigured{seen.id, seen.version + 1, terms, from_day}));
  return true;
}

}  // namespace ordeal::payout
