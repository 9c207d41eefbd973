#include "scenarios/flows/payout/seams.h"

namespace ordeal::payout {

const play::Seam<QuotaKeeper>& quota_keeper() {
  static const play::Seam<QuotaKeeper> seam{"payout.quota",
                                            "How does a payout get a part of an account's quota for the day?",
                                            {{"conditional", [] { return make_keeper("conditional"); }},
                                             {"one_row", [] { return make_keeper("one_row"); }},
                                             {"buckets", [] { return make_keeper("buckets"); }}}};
  return seam;
}

const play::Seam<Binding>& binding() {
  static const play::Seam<Binding> seam{
      "payout.bind_account_at",
      "When is it decided which account a payout goes through, where the channel leaves a choice?",
      {{"pay", [] { return make_binding("pay"); }}, {"code", [] { return make_binding("code"); }}}};
  return seam;
}

const play::Seam<Doubt>& doubt() {
  static const play::Seam<Doubt> seam{
      "payout.doubt",
      "How does one learn what became of a transfer of which the channel says nothing?",
      {{"query", [] { return make_doubt("query"); }},
       {"query_and_statement", [] { return make_doubt("query_and_statement"); }}}};
  return seam;
}

const play::Seam<Codes>& codes() {
  static const play::Seam<Codes> seam{
      "payout.codes",
      "How does a code that nobody scans give back the quota that it occupies?",
      {{"deadline", [] { return make_codes("deadline"); }}, {"scan", [] { return make_codes("scan"); }}}};
  return seam;
}

}  // namespace ordeal::payout
