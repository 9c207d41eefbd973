// I-92: the reference model (model/reference.h) and the system agree on all that can be observed. Here is only what turns books and rows
// into what the model is told.
#include <algorithm>
#include <memory>

#include "scenarios/flows/payout/laws/laws.h"
#include "scenarios/flows/payout/laws/rest_rows.h"
#include "scenarios/flows/payout/model/reference.h"
#include "scenarios/flows/payout/parts.h"

namespace ordeal::payout {
namespace {

using play::Evidence;
using play::Findings;

class Quotas {
 public:
  void on(const api::facts::AccountConfigured& configured, const sim::Fact&, Findings&) {
    Money& highest = highest_[configured.account];
    if (configured.terms.quota.minor > highest.minor) highest = configured.terms.quota;
  }
  std::int64_t highest(PayAccountId account, const AccountSpec& spec) const {
    const auto found = highest_.find(account);
    return std::max(spec.quota.minor, found == highest_.end() ? 0 : found->second.minor);
  }

 private:
  std::map<PayAccountId, Money> highest_;
};

model::Outside outside(const Quotas& quotas, const RestRows& rest) {
  model::Outside out;
  const auto& accounts = rest.world.scenario().setting<PayoutSetting>().payout.accounts;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const PayAccountId id = account_id(i);
    out.accounts[id] = {accounts[i].name, accounts[i].apps, {quotas.highest(id, accounts[i]), kCurrency}};
  }
  if (const ChannelBook* channels = rest.channels()) {
    for (const auto& [number, line] : channels->transfers) {
      const auto payout = PayoutId::parse(number.second.substr(0, number.second.rfind('-')));
      out.lines[payout.value_or(PayoutId{})].push_back({number.first, line.asked.app, line.asked.payee,
                                                        line.asked.amount, line.times,
                                                        line.state == api::TransferState::failed});
    }
  }
  for (const auto& said : rest.diary()->made) out.wishes.push_back(said.request);
  for (const auto& said : rest.diary()->claimed) {
    if (!said.answered_ns) continue;
    if (said.reply.status == api::ClaimStatus::paying) out.claimed.push_back(said.request.payout);
    if (said.reply.status == api::ClaimStatus::no_quota) out.put_off.push_back(said.request.payout);
  }
  out.calm = rest.world.undisturbed_at({});
  return out;
}

model::Inside inside(const RestRows& rest) {
  model::Inside in;
  for (const auto& [id, standing] : rest.payouts) {
    const Payout& p = standing.payout;
    in.payouts.push_back({id, p.user, p.request_key, p.amount, p.state});
  }
  for (const auto& [key, row] : rest.quota_rows) {
    model::Used& day = in.days[{std::get<0>(key), std::get<1>(key)}];
    day.occupied += row.occupied;
    day.used += row.used;
  }
  return in;
}

void check(const Quotas& quotas, const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr || !rest.world.settled) return;
  const play::Scenario& scenario = rest.world.scenario();
  for (const model::Difference& one : model::differences(outside(quotas, rest), inside(rest))) {
    const Payout* payout = rest.payout(one.payout);
    Evidence evidence = payout != nullptr ? about(scenario, *payout)
                                          : Evidence{{"account", account_text(scenario, one.account)}};
    evidence.emplace_back("expected", one.expected.text());
    evidence.emplace_back("found", one.found.text());
    findings.add(play::unsafe(kPayoutsAreAsTold, rest.world.now_ns, one.sentence, std::move(evidence)));
  }
}

}  // namespace

void watch_payouts_are_as_told(const play::Watching& parts) {
  const auto quotas = std::make_shared<Quotas>();
  parts.monitors.add<api::facts::AccountConfigured>(quotas);
  parts.audit.add<RestRows>(
      kPayoutsAreAsTold, {"payout"},
      [quotas](const RestRows& rest, Findings& findings) { check(*quotas, rest, findings); });
}

}  // namespace ordeal::payout
