#include "scenarios/flows/payout/flaws/flaws.h"

#include "scenarios/flows/payout/seams.h"

namespace ordeal::payout {

using play::Flaw;

std::vector<const play::FlawRow*> flaw_rows() {
  static const Flaw<QuotaKeeper> f60{{"F-60", "quota summed, then paid", "I-81 quota-is-kept", "one_quota",
                                      "Adds up what is taken of a quota, compares, and occupies: two who add "
                                      "up at once take more than there is."},
                                     quota_keeper(),
                                     planted::make_sums_then_pays};
  static const Flaw<Codes> f61{
      {"F-61", "quota occupied for ever", "I-83 occupations-end", "one_quota",
       "Occupies quota when a code is made and frees it when it pays: a payee who never comes keeps it."},
      codes(),
      planted::make_never_released};
  static const Flaw<QuotaKeeper> f64{
      {"F-64", "terms read once at the start", "I-71 terms-are-of-their-version", "payout_quota",
       "Reads accounts and quotas at its start and keeps them: an operator's change is not in what it pays "
       "by."},
      quota_keeper(),
      planted::make_remembers_terms};
  static const Flaw<Doubt> f78{{"F-78", "payout unknown, called failed", "I-38 paid-out-once", "one_quota",
                                "Takes no answer for a failure, and pays again from another account: the "
                                "first transfer was on its way."},
                               doubt(),
                               planted::make_unknown_is_failed};
  static const Flaw<Binding> d3{
      {"D3", "account of Alipay decided at pay", "I-82 account-fits-the-app", "one_quota",
       "Decides at pay for Alipay too: the payee has come by one account's app, and another is to pay him."},
      binding(),
      planted::make_decided_at_pay};
  return {&f60, &f61, &f64, &f78, &d3};
}

}  // namespace ordeal::payout
