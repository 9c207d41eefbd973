// I-75: there is no way from the buyers' money over an account that the platform owns to a third party, and the platform's account gets the
// platform's own fee and nothing else. By the custodian's book, as a graph of accounts and what moved between them.
// I-74: the ledger of settlement is written once and stays: every entry adds up to zero, there is one of each voucher and of each slip that was
// paid, and at rest all stand as they were posted. What was wrong is put right by the next.
#include <deque>
#include <set>

#include "scenarios/flows/settlement/laws/laws.h"
#include "scenarios/flows/settlement/laws/rest_rows.h"
#include "scenarios/flows/settlement/laws/seen.h"

namespace ordeal::settlement {
namespace {

using play::Findings;
using sim::Fact;
namespace told = api::facts;

const api::FundAccount kPlatformsOwn{api::FundAccountKind::own, api::kPlatform};

// By which order money left the platform's account and came, sooner or later, to somebody else than the platform and the buyers.
const OrderLine* way_to_others(const CustodianBook& book) {
  std::deque<api::FundAccount> next{kPlatformsOwn};
  std::set<api::FundAccount> been{kPlatformsOwn};
  while (!next.empty()) {
    const api::FundAccount from = next.front();
    next.pop_front();
    for (const auto& [number, line] : book.orders) {
      const api::FundAccount& to = line.asked.to;
      if (line.times == 0 || line.asked.from != from || to.kind == api::FundAccountKind::custody) continue;
      if (to.party != api::kPlatform) return &line;
      if (been.insert(to).second) next.push_back(to);
    }
  }
  return nullptr;
}

void check_pooled(const RestRows& rest, Findings& findings) {
  const CustodianBook* book = rest.custodian();
  if (book == nullptr) return;
  const play::Scenario& scenario = rest.world.scenario();
  if (const OrderLine* line = way_to_others(*book)) {
    findings.add(play::unsafe(kFundsAreNotPooled, line->moved_ns,
                              "buyers' money reached somebody through the platform's own account",
                              {{"party", party_text(scenario, line->asked.to.party)},
                               {"amount", line->asked.amount.text()},
                               {"slip", line->asked.number.substr(0, line->asked.number.rfind('-'))}}));
    return;
  }
  std::int64_t got = 0;
  for (const auto& [number, line] : book->orders) {
    if (line.asked.to == kPlatformsOwn) got += line.asked.amount.minor * line.times;
    if (line.asked.from == kPlatformsOwn) got -= line.asked.amount.minor * line.times;
  }
  std::int64_t fee = 0;
  for (const auto& [of, share] : rest.shares)
    fee += of.second == api::kPlatform && share.slip ? share.minor : 0;
  std::int64_t owes = 0;
  for (const auto& [id, row] : rest.slips)
    owes += row.slip.party == api::kPlatform && !row.carried_into ? row.left : 0;
  if (got > fee - owes)
    findings.add(play::unsafe(kFundsAreNotPooled, rest.world.now_ns,
                              "more is in the platform's own account than its fee",
                              {{"amount", cny(got)}, {"fee", cny(fee - owes)}}));
}

class Postings {
 public:
  void on(const told::SettlementPosted& posted, const Fact& fact, Findings& findings) {
    std::int64_t sum = 0;
    ByParty legs;
    for (const api::Share& leg : posted.legs) {
      sum += leg.minor;
      legs[leg.party] += leg.minor;
    }
    if (sum != 0)
      findings.add(play::unsafe(kSettlementPostingsStay, fact.at_ns, "an entry of settlement does not add up",
                                {{"difference", cny(sum)}}));
    if (!entries_.try_emplace(posted.entry, std::move(legs)).second)
      findings.add(play::unsafe(kSettlementPostingsStay, fact.at_ns, "an entry was posted twice",
                                {{"difference", cny(0)}}));
  }
  void on(const told::VoucherWritten& v, const Fact&, Findings&) {
    ByParty legs{{FundPartyId{}, v.minor}};
    for (const api::Share& share : v.shares) legs[share.party] -= share.minor;
    due_[v.voucher.value] = std::move(legs);
  }
  void on(const told::SlipDrafted& slip, const Fact&, Findings&) { parties_[slip.slip] = slip.party; }
  void on(const told::SlipFixed& slip, const Fact&, Findings&) { pays_[slip.slip] = slip.pays; }
  void on(const told::SlipPaid& slip, const Fact&, Findings&) {
    const std::int64_t pays = pays_[slip.slip];
    due_[slip.slip.value] = {{FundPartyId{}, -pays}, {parties_[slip.slip], pays}};
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    if (rest.legs != entries_)
      findings.add(play::unsafe(kSettlementPostingsStay, rest.world.now_ns,
                                "an entry stands otherwise than it was posted", {}));
    if (entries_ != due_)
      findings.add(play::unsafe(kSettlementPostingsStay, rest.world.now_ns,
                                "entries are not those of the vouchers and of what was paid", {}));
  }

 private:
  std::map<std::int64_t, ByParty> entries_;
  std::map<std::int64_t, ByParty> due_;
  std::map<SlipId, FundPartyId> parties_;
  std::map<SlipId, std::int64_t> pays_;
};

}  // namespace

void watch_funds_are_not_pooled(const play::Watching& parts) {
  parts.audit.add<RestRows>(kFundsAreNotPooled, {"settlement"}, check_pooled);
}

void watch_settlement_postings_stay(const play::Watching& parts) {
  const auto monitor = std::make_shared<Postings>();
  parts.monitors
      .add<told::SettlementPosted, told::VoucherWritten, told::SlipDrafted, told::SlipFixed, told::SlipPaid>(
          monitor);
  parts.audit.add<RestRows>(
      kSettlementPostingsStay, {"settlement"},
      [monitor](const RestRows& rest, Findings& findings) { monitor->at_rest(rest, findings); });
}

}  // namespace ordeal::settlement
