#include "scenarios/flows/netting/flaws/flaws.h"

#include "scenarios/flows/netting/seams.h"

namespace ordeal::netting {

using play::Flaw;

std::vector<const play::FlawRow*> flaw_rows() {
  static const Flaw<jobs::Once> f65{
      {"F-65", "a job under a lock that expires", "I-67 job-done-once", "job_twice",
       "Runs a job under a lock for thirty seconds: when a bank answers slowly, the "
       "other node begins, and both pay."},
      once(),
      planted::make_lock_that_expires};
  static const Flaw<Scheme> f66{
      {"F-66", "payables added as positive", "I-79 net-positions-add-up", "one_cycle",
       "Nets two columns of positive numbers: a payment that was given back is added to "
       "what its debtor owes."},
      scheme(),
      planted::make_payables_are_positive};
  static const Flaw<Scheme> c38{
      {"C38", "duplicates removed by amount", "I-79 net-positions-add-up", "one_cycle",
       "Removes what is there twice by banks and amount: of two payments of one amount "
       "only one is netted."},
      scheme(),
      planted::make_without_duplicates};
  static const Flaw<Cover> f80{
      {"F-80", "balance looked at, then taken", "I-93 no-account-overdrawn", "one_cycle",
       "Looks at a balance, compares, and takes in another transaction: two who look at "
       "once take more than there is."},
      cover(),
      planted::make_looks_then_takes};
  return {&f65, &f66, &c38, &f80};
}

}  // namespace ordeal::netting
