#include "core/payout/keeper.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/payout/quota.h"

namespace ordeal::payout {
namespace {

constexpr std::int64_t kBuckets = 8;

class Keeper final : public QuotaKeeper {
 public:
  Keeper(std::int64_t buckets, bool locks) : buckets_(buckets), locks_(locks) {}

  Taken occupy(env::Database& db, const Wanted& wanted, const Around& around) override {
    std::unique_ptr<env::RowLock> lock;
    if (locks_) {
      const auto guess = env::in_read(db, "payout.choose",
                                      [&](env::Connection& from) { return first_with_room(from, wanted); });
      // Nobody has room: no row to wait for, and the transaction says so.
      if (guess) {
        auto got = db.lock_row("quota_row", guess->id.value * kBuckets + buckets_of(wanted).first);
        if (!got) {
          env_->log.sometimes("a quota row was locked for too long");
          return {};
        }
        lock = std::move(got).value();
      }
    }
    return env::in_transaction(db, "payout.occupy", [&](env::Tx& tx) -> Taken {
      if (!around.still(tx)) return {Taken::How::not_wanted, {}};
      const auto account = first_with_room(tx, wanted);
      if (!account) return {Taken::How::no_room, {}};
      Occupation occupation = occupation_for(tx, wanted, *account);
      around.with(tx, occupation);
      const auto bucket = take(tx, {account->id, wanted.day}, account->terms.quota.minor, wanted.amount.minor,
                               buckets_of(wanted));
      ORDEAL_CHECK(bucket.has_value(), "room that was there is gone");
      if (*bucket != buckets_of(wanted).first) env_->log.sometimes("a quota bucket was used up");
      occupation.bucket = *bucket;
      write_occupation(tx, occupation);
      return {Taken::How::occupied, std::move(occupation)};
    });
  }

 private:
  Buckets buckets_of(const Wanted& wanted) const {
    const std::uint64_t spread = mix64(static_cast<std::uint64_t>(wanted.payout.value));
    return {buckets_, static_cast<std::int64_t>(spread % static_cast<std::uint64_t>(buckets_))};
  }
  static std::optional<Account> first_with_room(env::Connection& from, const Wanted& wanted) {
    for (const Account& account : fitting(from, wanted)) {
      if (free_of(from, {account.id, wanted.day}, account.terms.quota.minor) >= wanted.amount.minor)
        return account;
    }
    return std::nullopt;
  }

  const std::int64_t buckets_;
  const bool locks_;
};

}  // namespace

std::vector<Account> fitting(env::Connection& from, const Wanted& wanted) {
  std::vector<Account> all = serving(from, wanted.way, wanted.any_account ? "" : wanted.app);
  std::erase_if(all, [&](const Account& account) {
    return (wanted.only && *wanted.only != account.id) ||
           std::find(wanted.not_these.begin(), wanted.not_these.end(), account.id) != wanted.not_these.end();
  });
  return all;
}

Occupation occupation_for(env::Connection& from, const Wanted& wanted, const Account& account) {
  Occupation o;
  o.id = wanted.occupation;
  o.payout = wanted.payout;
  o.attempt = wanted.attempt;
  o.account = account.id;
  o.account_version = account.version;
  o.app = wanted.app.empty() ? app_of(from, account.id) : wanted.app;
  o.day = wanted.day;
  o.amount = wanted.amount;
  o.bound = wanted.only.has_value();
  return o;
}

std::unique_ptr<QuotaKeeper> make_keeper(std::string_view name) {
  if (name == "conditional") return std::make_unique<Keeper>(1, false);
  if (name == "one_row") return std::make_unique<Keeper>(1, true);
  if (name == "buckets") return std::make_unique<Keeper>(kBuckets, true);
  return nullptr;
}

}  // namespace ordeal::payout
