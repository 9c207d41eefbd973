// I-84: the shares of a voucher are just what it is of, nobody's has the wrong sign, and to others than the merchant goes no more than the cap.
// I-71: shares of a sale are those of the rule that its trade was recorded under, which is the one that was in force then.
// I-85: after a refund everybody has what he would have, had the buyer paid that much less: nobody keeps a share of what went back, and nobody
// pays for another's.
#include "scenarios/flows/settlement/laws/laws.h"
#include "scenarios/flows/settlement/laws/seen.h"

namespace ordeal::settlement {
namespace {

using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

class AddUp {
 public:
  explicit AddUp(const play::Scenario& scenario) : scenario_(scenario) {}
  void before(const Seen& all, const told::VoucherWritten& v, const Fact& fact, Findings& findings) const {
    std::int64_t sum = 0;
    std::int64_t others = 0;
    bool wrong_sign = false;
    const Seen::Trade* trade = all.trade(v.trade);
    const bool is_sale = v.nth == 0;
    for (const api::Share& share : v.shares) {
      sum += share.minor;
      wrong_sign = wrong_sign || (is_sale ? share.minor < 0 : share.minor > 0);
      if (trade == nullptr || share.party != trade->told.merchant) others += share.minor;
    }
    Evidence evidence = about(scenario_, v.trade, v.line, v.minor);
    evidence.emplace_back("shares", cny(sum));
    if (sum != v.minor)
      findings.add(play::unsafe(kSharesAddUp, fact.at_ns,
                                is_sale ? "the shares of a line are not what was paid for it"
                                        : "the shares of a refund are not what went back",
                                std::move(evidence)));
    else if (wrong_sign || (is_sale && others > v.minor * api::kMostToOthers / 10'000))
      findings.add(play::unsafe(kSharesAddUp, fact.at_ns, "more of a line goes to others than may",
                                std::move(evidence)));
  }

 private:
  const play::Scenario& scenario_;
};

class OfTheRule {
 public:
  explicit OfTheRule(const play::Scenario& scenario) : scenario_(scenario) {}
  void before(const Seen& all, const told::TradeRecorded& t, const Fact& fact, Findings& findings) const {
    if (t.rule_version == all.version(t.merchant)) return;
    findings.add(play::unsafe(kSharesFollowTheRule, fact.at_ns,
                              "a trade was recorded under a rule that is not in force",
                              {{"buyer", buyer_text(scenario_, t.trade)},
                               {"merchant", party_text(scenario_, t.merchant)},
                               {"version", std::to_string(t.rule_version)},
                               {"in force", std::to_string(all.version(t.merchant))}}));
  }
  void before(const Seen& all, const told::RuleSet& s, const Fact& fact, Findings& findings) const {
    if (s.version == all.version(s.merchant) + 1) return;
    findings.add(play::unsafe(kSharesFollowTheRule, fact.at_ns,
                              "a rule was changed from a version that was over",
                              {{"merchant", party_text(scenario_, s.merchant)},
                               {"version", std::to_string(s.version)},
                               {"in force", std::to_string(all.version(s.merchant))}}));
  }
  void before(const Seen& all, const told::VoucherWritten& v, const Fact& fact, Findings& findings) const {
    const Seen::Trade* trade = all.trade(v.trade);
    if (v.nth != 0 || trade == nullptr) return;
    const told::TradeRecorded& t = trade->told;
    const api::RuleTerms* terms = all.rule(t.merchant, t.rule_version);
    if (terms == nullptr) return;
    const ByParty right = shares_by_rule(*terms, t.merchant, t.leader, v.minor);
    const ByParty found = by_party(v.shares);
    if (found == right) return;
    const auto of = [](const ByParty& shares, FundPartyId party) {
      const auto share = shares.find(party);
      return share == shares.end() ? 0 : share->second;
    };
    for (const FundPartyId party : {api::kPlatform, t.leader, t.merchant}) {
      if (of(found, party) == of(right, party)) continue;
      Evidence evidence = about(scenario_, v.trade, v.line, v.minor);
      evidence.emplace_back("party", party_text(scenario_, party));
      evidence.emplace_back("gets", cny(of(found, party)));
      evidence.emplace_back("by the rule", cny(of(right, party)));
      return findings.add(play::unsafe(kSharesFollowTheRule, fact.at_ns,
                                       "a share is not that of the trade's rule", std::move(evidence)));
    }
  }

 private:
  const play::Scenario& scenario_;
};

class Returned {
 public:
  explicit Returned(const play::Scenario& scenario) : scenario_(scenario) {}
  void before(const Seen& all, const told::VoucherWritten& v, const Fact& fact, Findings& findings) const {
    const Seen::Trade* trade = all.trade(v.trade);
    const Seen::Line* line = all.line(v.trade, v.line);
    if (v.nth == 0 || line == nullptr) return;
    const told::TradeRecorded& t = trade->told;
    const api::RuleTerms* terms = all.rule(t.merchant, t.rule_version);
    if (terms == nullptr) return;
    const ByParty right = shares_by_rule(*terms, t.merchant, t.leader, line->left());
    ByParty now = line->shares;
    for (const api::Share& share : v.shares) now[share.party] += share.minor;
    for (const FundPartyId party : {t.leader, api::kPlatform, t.merchant}) {
      const auto due = right.find(party);
      const std::int64_t may_have = due == right.end() ? 0 : due->second;
      if (now[party] == may_have) continue;
      Evidence evidence = about(scenario_, v.trade, v.line, -v.minor);
      evidence.emplace_back("party", party_text(scenario_, party));
      evidence.emplace_back("has", cny(now[party]));
      evidence.emplace_back("may have", cny(may_have));
      return findings.add(play::unsafe(kRefundReturnsShares, fact.at_ns,
                                       "after a refund a party has another share than of what is left",
                                       std::move(evidence)));
    }
  }
  void at_rest(const Seen& all, std::int64_t now_ns, Findings& findings) const {
    for (const auto& [id, trade] : all.trades()) {
      for (std::size_t i = 0; i < trade.lines.size(); ++i) {
        const Seen::Line& line = trade.lines[i];
        if (line.vouchers == 0) continue;
        std::int64_t sum = 0;
        for (const auto& [party, minor] : line.shares) sum += minor;
        if (sum == line.left()) continue;
        Evidence evidence = about(scenario_, id, static_cast<std::int64_t>(i), line.left());
        evidence.emplace_back("shares", cny(sum));
        findings.add(play::unsafe(kRefundReturnsShares, now_ns,
                                  "what is left of a line is not what its shares are", std::move(evidence)));
      }
    }
  }

 private:
  const play::Scenario& scenario_;
};

}  // namespace

void watch_shares_add_up(const play::Watching& parts) { follow<AddUp>(parts); }
void watch_shares_follow_the_rule(const play::Watching& parts) { follow<OfTheRule>(parts); }
void watch_refund_returns_shares(const play::Watching& parts) {
  const auto monitor = follow<Returned>(parts);
  parts.audit.add(kRefundReturnsShares, {"settlement"},
                  [monitor](const play::Rest& rest, Findings& findings) {
                    monitor->law().at_rest(monitor->seen(), rest.now_ns, findings);
                  },
                  {});
}

}  // namespace ordeal::settlement
