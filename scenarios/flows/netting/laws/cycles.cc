// I-79, of cycles: an obligation is taken once, for one cycle, which was open; it ends once; and with its cycle at the latest.
// I-04: a cycle is closed once, then netted, then settled; from netted it goes back to closed, and its round goes up, when it is unwound.
#include <memory>

#include "core/wire/names.h"
#include "scenarios/flows/netting/laws/laws.h"
#include "scenarios/flows/netting/laws/rest_rows.h"
#include "scenarios/flows/netting/laws/watched.h"

namespace ordeal::netting {
namespace {

using api::CycleState;
using api::ObligationState;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

Evidence about(const play::Scenario& scenario, const told::ObligationTaken& taken) {
  return {{"obligation", taken.obligation.text()},
          {"debtor", bank_text(scenario, taken.debtor)},
          {"creditor", bank_text(scenario, taken.creditor)},
          {"amount", taken.amount.text()},
          {"cycle", taken.cycle.text()}};
}

class InOneCycle {
 public:
  explicit InOneCycle(const play::Scenario& scenario) : scenario_(scenario) {}
  void on(const told::ObligationTaken& taken, const Fact& fact, Findings& findings) {
    if (cycles_.find(taken.obligation) != nullptr)
      return say("an obligation was taken twice", taken, fact.at_ns, findings);
    cycles_.on(taken);
    if (closed_.contains(taken.cycle))
      say("an obligation was taken for a cycle that was closed", taken, fact.at_ns, findings);
    if (api::key_of(taken.cycle).currency != taken.amount.currency)
      say("an obligation was taken for a cycle of another currency", taken, fact.at_ns, findings);
  }
  void on(const told::CycleClosed& closed, const Fact&, Findings&) { closed_[closed.cycle] = false; }
  void on(const told::CycleSettled& settled, const Fact& fact, Findings& findings) {
    closed_[settled.cycle] = true;
    for (const auto* one : cycles_.counting(settled.cycle)) {
      if (one->state == ObligationState::taken)
        say("a cycle was settled without one of its obligations", one->what, fact.at_ns, findings);
    }
  }
  void on(const told::ObligationEnded& ended, const Fact& fact, Findings& findings) {
    const auto* known = cycles_.find(ended.obligation);
    if (known == nullptr || known->state != ObligationState::taken)
      findings.add(play::unsafe(
          kInOneCycle, fact.at_ns, "an obligation that had ended ended once more",
          {{"obligation", ended.obligation.text()}, {"to", std::string(wire::name_of(ended.state))}}));
    cycles_.on(ended);
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    std::size_t alike = 0;
    for (const auto& [id, row] : rest.obligations) {
      const auto* known = cycles_.find(id);
      const bool same = known != nullptr && known->what.debtor == row.debtor &&
                        known->what.creditor == row.creditor && known->what.amount == row.amount &&
                        known->what.cycle == row.cycle && known->state == row.state;
      alike += same ? 1 : 0;
      if (same) continue;
      findings.add(play::unsafe(kInOneCycle, rest.world.now_ns, "an obligation stands otherwise than it went",
                                about(scenario_, {id, row.debtor, row.creditor, row.amount, row.cycle, {}})));
    }
    if (alike < cycles_.all().size() && alike == rest.obligations.size())
      findings.add(
          play::unsafe(kInOneCycle, rest.world.now_ns, "an obligation that was taken is not there",
                       {{"taken", std::to_string(cycles_.all().size())}, {"there", std::to_string(alike)}}));
  }

 private:
  void say(std::string message, const told::ObligationTaken& taken, std::int64_t at_ns,
           Findings& findings) const {
    findings.add(play::unsafe(kInOneCycle, at_ns, std::move(message), about(scenario_, taken)));
  }

  const play::Scenario& scenario_;
  WatchedCycles cycles_;
  std::map<CycleId, bool> closed_;  // and settled
};

class GoesItsWay {
 public:
  void on(const told::CycleClosed& closed, const Fact& fact, Findings& findings) {
    go(closed.cycle, 0, {CycleState::open, 0}, {CycleState::closed, 0}, fact, findings);
  }
  void on(const told::CycleNetted& netted, const Fact& fact, Findings& findings) {
    go(netted.cycle, netted.round, {CycleState::closed, netted.round}, {CycleState::netted, netted.round},
       fact, findings);
  }
  void on(const told::CycleUnwound& unwound, const Fact& fact, Findings& findings) {
    go(unwound.cycle, unwound.round, {CycleState::netted, unwound.round},
       {CycleState::closed, unwound.round + 1}, fact, findings);
  }
  void on(const told::CycleSettled& settled, const Fact& fact, Findings& findings) {
    go(settled.cycle, settled.round, {CycleState::netted, settled.round},
       {CycleState::settled, settled.round}, fact, findings);
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    for (const auto& [id, row] : rest.cycles) {
      const auto found = ways_.find(id);
      const Way way = found == ways_.end() ? Way{} : found->second;
      if (way.state != row.state || way.round != row.round)
        findings.add(play::unsafe(kCycleGoesItsWay, rest.world.now_ns,
                                  "a cycle stands otherwise than it went",
                                  {{"cycle", id.text()}, {"state", std::string(wire::name_of(row.state))}}));
    }
  }

 private:
  struct Way {
    CycleState state = CycleState::open;
    std::int64_t round = 0;
    bool operator==(const Way&) const = default;
  };
  void go(CycleId cycle, std::int64_t round, Way from, Way to, const Fact& fact, Findings& findings) {
    Way& way = ways_[cycle];
    if (way != from)
      findings.add(play::unsafe(kCycleGoesItsWay, fact.at_ns, "a cycle went where it must not",
                                {{"cycle", cycle.text()},
                                 {"from", std::string(wire::name_of(way.state))},
                                 {"to", std::string(wire::name_of(to.state))},
                                 {"round", std::to_string(round)}}));
    way = to;
  }
  std::map<CycleId, Way> ways_;
};

}  // namespace

void watch_in_one_cycle(const play::Watching& parts) {
  const auto law = std::make_shared<InOneCycle>(parts.scenario);
  parts.monitors.add<told::ObligationTaken, told::ObligationEnded, told::CycleClosed, told::CycleSettled>(
      law);
  parts.audit.add<RestRows>(kInOneCycle, {"netting"}, [law](const RestRows& rest, Findings& findings) {
    law->at_rest(rest, findings);
  });
}

void watch_cycle_goes_its_way(const play::Watching& parts) {
  const auto law = std::make_shared<GoesItsWay>();
  parts.monitors.add<told::CycleClosed, told::CycleNetted, told::CycleUnwound, told::CycleSettled>(law);
  parts.audit.add<RestRows>(kCycleGoesItsWay, {"netting"}, [law](const RestRows& rest, Findings& findings) {
    law->at_rest(rest, findings);
  });
}

}  // namespace ordeal::netting
