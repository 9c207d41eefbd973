// I-92, of netting: the reference model (scenarios/flows/netting/model/) is told what banks said and were told, and what stands in the books of
// the house, and says where they differ.
#include "scenarios/flows/netting/laws/laws.h"
#include "scenarios/flows/netting/laws/rest_rows.h"
#include "scenarios/flows/netting/model/reference.h"
#include "scenarios/flows/netting/parts.h"

namespace ordeal::netting {
namespace {

using play::Findings;

model::Outside outside(const RestRows& rest) {
  const play::Scenario& scenario = rest.world.scenario();
  const Rules& rules = scenario.setting<NettingSetting>().netting;
  model::Outside out;
  for (std::size_t i = 0; i < rules.banks.size(); ++i) {
    for (const Money& one : amounts_of(rules.banks[i].cover))
      out.cover[{bank_id(i).value, one.currency}] = one.minor;
  }
  for (const Money& one : amounts_of(rules.fund)) out.cover[{api::kFund, one.currency}] = one.minor;
  for (const auto& said : rest.diary()->submitted) {
    out.wishes.push_back(said.request);
    if (said.answered_ns && said.reply.status == api::SubmitStatus::taken) out.taken.push_back(said.request);
  }
  for (const auto& said : rest.diary()->moved) {
    out.cover_wishes.push_back(said.request);
    if (said.answered_ns && said.reply.status == api::CoverStatus::moved) out.moved.push_back(said.request);
  }
  return out;
}

model::Inside inside(const RestRows& rest) {
  model::Inside in;
  for (const auto& [id, one] : rest.obligations)
    in.obligations.push_back({{one.debtor, one.creditor, one.amount, one.reference}, one.state});
  for (const auto& [key, one] : rest.requests) in.cover.push_back(one.asked);
  for (const auto& [key, balance] : rest.balances) in.balances[key] = balance;
  return in;
}

void check(const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr || !rest.world.settled) return;
  const play::Scenario& scenario = rest.world.scenario();
  for (const model::Difference& one : model::differences(outside(rest), inside(rest)))
    findings.add(play::unsafe(kNettingIsAsTold, rest.world.now_ns, one.sentence,
                              {{"account", account_text(scenario, one.account)},
                               {"expected", one.expected.text()},
                               {"found", one.found.text()}}));
}

}  // namespace

void watch_netting_is_as_told(const play::Watching& parts) {
  parts.audit.add<RestRows>(kNettingIsAsTold, {"netting"}, check);
}

}  // namespace ordeal::netting
