// I-79, of positions: when a cycle is netted, each bank's net is what it is owed less what it owes, of all that was taken for the cycle and
// is not UNPAID, signs and all; the nets add up to zero; what is to be moved is no more than the gross. And when it is settled, each bank
// was moved its net, and the house has nothing left of it.
#include <memory>
#include <set>

#include "scenarios/flows/netting/laws/laws.h"
#include "scenarios/flows/netting/laws/rest_rows.h"
#include "scenarios/flows/netting/laws/watched.h"

namespace ordeal::netting {
namespace {

using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;
using Known = WatchedCycles::Known;

class NetsAddUp {
 public:
  explicit NetsAddUp(const play::Scenario& scenario) : scenario_(scenario) {}
  void on(const told::ObligationTaken& taken, const Fact&, Findings&) { cycles_.on(taken); }
  void on(const told::ObligationEnded& ended, const Fact&, Findings&) { cycles_.on(ended); }
  void on(const told::CycleNetted& netted, const Fact& fact, Findings& findings) {
    const Currency currency = api::key_of(netted.cycle).currency;
    const auto due = cycles_.nets(netted.cycle);
    std::set<BankId> seen;
    Money sum{0, currency};
    for (const api::NetPosition& position : netted.positions) {
      if (position.net.currency != currency) return mixed(netted, position, fact, findings);
      sum += position.net;
      seen.insert(position.bank);
      const auto found = due.find(position.bank);
      const std::int64_t expected = found == due.end() ? 0 : found->second;
      if (position.net.minor != expected) return wrong(netted, position, expected, fact, findings);
    }
    for (const auto& [bank, net] : due) {
      if (!seen.contains(bank)) return wrong(netted, {bank, {0, currency}}, net, fact, findings);
    }
    if (sum.minor != 0)
      say("the nets of a cycle do not add up to zero", netted, fact, findings, {{"sum", sum.text()}});
    else if (netted.gross.minor != cycles_.gross(netted.cycle))
      say("a cycle has another gross than was taken for it", netted, fact, findings,
          {{"gross", netted.gross.text()}, {"taken", Money{cycles_.gross(netted.cycle), currency}.text()}});
    else if (netted.moves.minor > netted.gross.minor)
      say("more is to be moved than is owed", netted, fact, findings,
          {{"moves", netted.moves.text()}, {"gross", netted.gross.text()}});
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    for (const auto& [cycle, positions] : rest.positions) {
      const auto row = rest.cycles.find(cycle);
      if (row == rest.cycles.end() || row->second.state != api::CycleState::settled) continue;
      const auto due = cycles_.nets(cycle);
      for (const Position& position : positions) {
        const auto found = due.find(position.what.bank);
        const std::int64_t expected = found == due.end() ? 0 : found->second;
        if (position.what.net.minor == expected) continue;
        findings.add(play::unsafe(kNetsAddUp, rest.world.now_ns,
                                  "a position stands otherwise than it is owed",
                                  {{"cycle", cycle.text()},
                                   {"bank", bank_text(scenario_, position.what.bank)},
                                   {"net", position.what.net.text()}}));
      }
    }
  }

 private:
  // What one obligation does to a bank's net.
  static std::int64_t part_of(const Known& one, BankId bank) {
    return one.what.creditor == bank ? one.what.amount.minor
           : one.what.debtor == bank ? -one.what.amount.minor
                                     : 0;
  }
  // One obligation that explains the difference, if one does: the last, for it is the nearest.
  const Known* explains(CycleId cycle, BankId bank, std::int64_t difference, std::int64_t times) const {
    const Known* last = nullptr;
    for (const Known* one : cycles_.counting(cycle)) {
      if (part_of(*one, bank) != 0 && -times * part_of(*one, bank) == difference) last = one;
    }
    return last;
  }
  void wrong(const told::CycleNetted& netted, const api::NetPosition& position, std::int64_t expected,
             const Fact& fact, Findings& findings) const {
    const Currency currency = position.net.currency;
    const std::int64_t difference = position.net.minor - expected;
    Evidence more{{"bank", bank_text(scenario_, position.bank)},
                  {"net", position.net.text()},
                  {"expected", Money{expected, currency}.text()}};
    const auto with = [&](const Known& one) {
      more.emplace_back("obligation", one.what.obligation.text());
      more.emplace_back("clerk", person_of(scenario_, one.what.reference));
      more.emplace_back("amount", one.what.amount.text());
      more.emplace_back("debtor", bank_text(scenario_, one.what.debtor));
      more.emplace_back("creditor", bank_text(scenario_, one.what.creditor));
    };
    if (const Known* one = explains(netted.cycle, position.bank, difference, 1)) {
      with(*one);
      return say("an obligation is left out of a net", netted, fact, findings, more);
    }
    // A sign is lost where there is one.
    if (const Known* one = explains(netted.cycle, position.bank, difference, 2);
        one != nullptr && one->what.amount.minor < 0) {
      with(*one);
      return say("an obligation counts with the wrong sign", netted, fact, findings, more);
    }
    say("a net is not what is owed", netted, fact, findings, more);
  }
  void mixed(const told::CycleNetted& netted, const api::NetPosition& position, const Fact& fact,
             Findings& findings) const {
    say("a cycle has a net in another currency", netted, fact, findings,
        {{"bank", bank_text(scenario_, position.bank)}, {"net", position.net.text()}});
  }
  void say(std::string message, const told::CycleNetted& netted, const Fact& fact, Findings& findings,
           const Evidence& more) const {
    Evidence evidence{{"cycle", netted.cycle.text()}};
    evidence.insert(evidence.end(), more.begin(), more.end());
    findings.add(play::unsafe(kNetsAddUp, fact.at_ns, std::move(message), std::move(evidence)));
  }

  const play::Scenario& scenario_;
  WatchedCycles cycles_;
};

// --- settled as netted ---

class SettledAsNetted {
 public:
  explicit SettledAsNetted(const play::Scenario& scenario) : scenario_(scenario) {}
  void on(const told::ObligationTaken& taken, const Fact&, Findings&) { cycles_.on(taken); }
  void on(const told::ObligationEnded& ended, const Fact&, Findings&) { cycles_.on(ended); }
  void on(const told::NetEntryPosted& entry, const Fact&, Findings&) {
    if (!entry.cycle) return;
    moved_[entry.cycle][entry.from] -= entry.amount.minor;
    moved_[entry.cycle][entry.to] += entry.amount.minor;
  }
  // What the fund paid is what banks that owe have not: all that moved adds up to zero, so it comes out even when every bank does.
  void on(const told::CycleSettled& settled, const Fact& fact, Findings& findings) {
    auto moved = moved_[settled.cycle];
    const std::int64_t left = moved[api::kHouse];
    if (left != 0)
      return say("the house is left with money of a cycle", settled.cycle, "the house", left, 0, fact.at_ns,
                 findings);
    std::int64_t borne = -moved[api::kFund];
    auto due = cycles_.nets(settled.cycle);
    for (const auto& [account, amount] : moved) {
      if (account != api::kHouse && account != api::kFund) due.try_emplace(BankId{account}, 0);
    }
    for (const auto& [bank, net] : due) {
      const std::int64_t got = moved[bank.value];
      if (got == net) continue;
      if (net < 0 && got == 0 && borne >= -net) {
        borne += net;
        continue;
      }
      say("a bank was moved another amount than its net", settled.cycle, bank_text(scenario_, bank), got, net,
          fact.at_ns, findings);
    }
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    for (const auto& [cycle, all] : rest.transfers) {
      std::map<std::int64_t, std::int64_t> by_rows;
      for (const Transfer& one : all) {
        if (one.state != TransferState::done && one.state != TransferState::borne) continue;
        by_rows[one.state == TransferState::borne ? api::kFund : one.from] -= one.amount.minor;
        by_rows[one.to] += one.amount.minor;
      }
      std::erase_if(by_rows, [](const auto& one) { return one.second == 0; });
      const auto found = moved_.find(cycle);
      auto by_facts = found == moved_.end() ? std::map<std::int64_t, std::int64_t>{} : found->second;
      std::erase_if(by_facts, [](const auto& one) { return one.second == 0; });
      if (by_rows != by_facts)
        findings.add(play::unsafe(kSettledAsNetted, rest.world.now_ns,
                                  "the transfers of a cycle stand otherwise than money was moved",
                                  {{"cycle", cycle.text()}}));
    }
  }

 private:
  void say(std::string message, CycleId cycle, std::string who, std::int64_t found, std::int64_t expected,
           std::int64_t at_ns, Findings& findings) const {
    const Currency currency = api::key_of(cycle).currency;
    findings.add(play::unsafe(kSettledAsNetted, at_ns, std::move(message),
                              {{"cycle", cycle.text()},
                               {"bank", std::move(who)},
                               {"moved", Money{found, currency}.text()},
                               {"net", Money{expected, currency}.text()}}));
  }

  const play::Scenario& scenario_;
  WatchedCycles cycles_;
  std::map<CycleId, std::map<std::int64_t, std::int64_t>> moved_;
};

}  // namespace

void watch_nets_add_up(const play::Watching& parts) {
  const auto law = std::make_shared<NetsAddUp>(parts.scenario);
  parts.monitors.add<told::ObligationTaken, told::ObligationEnded, told::CycleNetted>(law);
  parts.audit.add<RestRows>(kNetsAddUp, {"netting"}, [law](const RestRows& rest, Findings& findings) {
    law->at_rest(rest, findings);
  });
}

void watch_settled_as_netted(const play::Watching& parts) {
  const auto law = std::make_shared<SettledAsNetted>(parts.scenario);
  parts.monitors.add<told::ObligationTaken, told::ObligationEnded, told::NetEntryPosted, told::CycleSettled>(
      law);
  parts.audit.add<RestRows>(kSettledAsNetted, {"netting"}, [law](const RestRows& rest, Findings& findings) {
    law->at_rest(rest, findings);
  });
}

}  // namespace ordeal::netting
