// F-60: adds up what an account has paid and promised today, compares it with the quota, and writes the next occupation. Between the sum
// and the write somebody else has looked at the same sum: both fit, together they do not.
#include "scenarios/flows/payout/flaws/flaws.h"

namespace ordeal::payout::planted {
namespace {

constexpr env::Sql kSum{
    "select coalesce(sum(amount), 0) from occupation where account = ? and day = ? and state < 2"};
constexpr env::Sql kBegin{
    "insert into quota_row(account, day, bucket, share) values(?, ?, 0, ?) on conflict do nothing"};
constexpr env::Sql kTake{
    "update quota_row set occupied = occupied + ? where account = ? and day = ? and bucket = 0"};

class SumsThenPays final : public QuotaKeeper {
 public:
  Taken occupy(env::Database& db, const Wanted& wanted, const Around& around) override {
    const auto account =
        env::in_read(db, "payout.sum", [&](env::Connection& from) { return first_with_room(from, wanted); });
    if (!account) return {Taken::How::no_room, {}};
    return env::in_transaction(db, "payout.occupy", [&](env::Tx& tx) -> Taken {
      if (!around.still(tx)) return {Taken::How::not_wanted, {}};
      const Occupation occupation = occupation_for(tx, wanted, *account);
      around.with(tx, occupation);
      tx.exec(kBegin, account->id, wanted.day, account->terms.quota.minor);
      tx.exec(kTake, wanted.amount.minor, account->id, wanted.day);
      write_occupation(tx, occupation);
      return {Taken::How::occupied, occupation};
    });
  }

 private:
  static std::optional<Account> first_with_room(env::Connection& from, const Wanted& wanted) {
    for (const Account& account : fitting(from, wanted)) {
      auto rows = from.query(kSum, account.id, wanted.day);
      rows.next();
      if (rows.get<std::int64_t>(0) + wanted.amount.minor <= account.terms.quota.minor) return account;
    }
    return std::nullopt;
  }
};

}  // namespace

std::unique_ptr<QuotaKeeper> make_sums_then_pays() { return std::make_unique<SumsThenPays>(); }

}  // namespace ordeal::payout::planted
