// F-64: reads the accounts when it starts and keeps them, "they change twice a year". An operator lowers a quota, and what is paid goes on
// under terms that are over (D7).
#include <algorithm>
#include <map>

#include "core/payout/quota.h"
#include "scenarios/flows/payout/flaws/flaws.h"

namespace ordeal::payout::planted {
namespace {

class RemembersTerms final : public QuotaKeeper {
 public:
  Taken occupy(env::Database& db, const Wanted& wanted, const Around& around) override {
    return env::in_transaction(db, "payout.occupy", [&](env::Tx& tx) -> Taken {
      if (!around.still(tx)) return {Taken::How::not_wanted, {}};
      for (const Account& account : remembered(tx, wanted)) {
        if (!may_be(wanted, account.id)) continue;
        if (free_of(tx, {account.id, wanted.day}, account.terms.quota.minor) < wanted.amount.minor) continue;
        Occupation occupation = occupation_for(tx, wanted, account);
        around.with(tx, occupation);
        occupation.bucket =
            take(tx, {account.id, wanted.day}, account.terms.quota.minor, wanted.amount.minor, {})
                .value_or(0);
        write_occupation(tx, occupation);
        return {Taken::How::occupied, std::move(occupation)};
      }
      return {Taken::How::no_room, {}};
    });
  }

 private:
  static bool may_be(const Wanted& wanted, PayAccountId account) {
    const auto& tried = wanted.not_these;
    return (!wanted.only || *wanted.only == account) &&
           std::find(tried.begin(), tried.end(), account) == tried.end();
  }
  const std::vector<Account>& remembered(env::Connection& from, const Wanted& wanted) {
    const auto key = std::pair(wanted.way, wanted.any_account ? std::string() : wanted.app);
    const auto [kept, is_new] = kept_.try_emplace(key);
    if (is_new) kept->second = serving(from, key.first, key.second);
    return kept->second;
  }

  std::map<std::pair<api::PayWay, std::string>, std::vector<Account>> kept_;
};

}  // namespace

std::unique_ptr<QuotaKeeper> make_remembers_terms() { return std::make_unique<RemembersTerms>(); }

}  // namespace ordeal::payout::planted
