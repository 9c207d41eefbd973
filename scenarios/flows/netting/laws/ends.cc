// I-40, of netting: every cycle is settled and its job ended, and every bank that can be reached is told; and on a day on which nothing went
// wrong a cycle is settled soon after its cut-off, and a bank that lacks cover has the whole grace to get some.
#include <memory>

#include "core/wire/names.h"
#include "scenarios/flows/netting/laws/laws.h"
#include "scenarios/flows/netting/laws/rest_rows.h"
#include "scenarios/flows/netting/parts.h"

namespace ordeal::netting {
namespace {

using namespace ordeal::literals;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

// Desks may take twenty-odd seconds each, and a run may be taken over.
constexpr Duration kSoon = 5_min;

class CyclesEnd {
 public:
  void on(const told::CycleSettled& settled, const Fact& fact, Findings&) {
    settled_[settled.cycle] = fact.at_ns;
  }
  void on(const told::CycleUnwound& unwound, const Fact& fact, Findings&) {
    late_for_a_bank_.try_emplace(unwound.cycle, fact.at_ns);
  }
  void on(const told::ObligationEnded& ended, const Fact&, Findings&) {
    if (ended.state == api::ObligationState::unpaid) some_unpaid_ = true;
  }
  void on(const told::NetEntryPosted& entry, const Fact& fact, Findings&) {
    if (entry.kind == api::NetEntryKind::borne) late_for_a_bank_.try_emplace(entry.cycle, fact.at_ns);
    if (entry.kind == api::NetEntryKind::put_in) some_put_in_ = true;
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    if (!rest.world.settled) return;
    for (const auto& [id, row] : rest.cycles) {
      if (row.state != api::CycleState::settled && has_obligations(rest, id))
        say("a cycle never comes to an end", id, std::string(wire::name_of(row.state)), rest, findings);
      else if (soon_is_meant(rest, id))
        check_soon(rest, id, findings);
    }
    for (const auto& [id, run] : rest.runs) {
      if (!run.ended) say("a job never comes to an end", id, "RUNNING", rest, findings);
    }
    check_grace(rest, findings);
    check_told(rest, findings);
  }

 private:
  static bool has_obligations(const RestRows& rest, CycleId cycle) {
    for (const auto& [id, one] : rest.obligations) {
      if (one.cycle == cycle) return true;
    }
    return false;
  }
  bool soon_is_meant(const RestRows& rest, CycleId cycle) const {
    return rest.world.calm && !some_unpaid_ && !some_put_in_ && !late_for_a_bank_.contains(cycle);
  }
  void check_soon(const RestRows& rest, CycleId cycle, Findings& findings) const {
    const play::Scenario& scenario = rest.world.scenario();
    const Rules& rules = scenario.setting<NettingSetting>().netting;
    const Instant cutoff = api::cutoff_of(cycle, rules.session);
    const auto found = settled_.find(cycle);
    if (found == settled_.end()) return;
    const Duration late = scenario.start + Duration{found->second} - cutoff;
    if (late > kSoon || late < Duration{})
      say("a cycle was settled at another time than its cut-off", cycle, play::how_long(late.ns), rest,
          findings);
  }
  // Clocks that are wrong make it shorter.
  void check_grace(const RestRows& rest, Findings& findings) const {
    if (!rest.world.calm) return;
    const play::Scenario& scenario = rest.world.scenario();
    const Rules& rules = scenario.setting<NettingSetting>().netting;
    for (const auto& [cycle, at_ns] : late_for_a_bank_) {
      if (scenario.start + Duration{at_ns} < api::cutoff_of(cycle, rules.session) + rules.grace)
        say("a bank was given up before its time", cycle, play::when(at_ns), rest, findings);
    }
  }
  static void check_told(const RestRows& rest, Findings& findings) {
    const play::Scenario& scenario = rest.world.scenario();
    for (const play::Part* desk : scenario.parties_of<DeskSpec>()) {
      if (rest.world.is_gone(desk->name)) continue;
      for (const auto& [cycle, positions] : rest.positions) {
        for (const Position& one : positions) {
          if (bank_text(scenario, one.what.bank) != desk->name) continue;
          const bool noted =
              rest.desks() != nullptr && rest.desks()->settled.contains({cycle, one.what.bank});
          if (noted && one.told) continue;
          if (rest.cycles.at(cycle).state == api::CycleState::settled)
            say("a bank was never told its position", cycle, desk->name, rest, findings);
        }
      }
    }
  }
  static void say(std::string message, CycleId cycle, std::string what, const RestRows& rest,
                  Findings& findings) {
    findings.add(play::not_live(kCyclesEnd, rest.world.now_ns, std::move(message),
                                {{"cycle", cycle.text()}, {"what", std::move(what)}}));
  }

  std::map<CycleId, std::int64_t> settled_;
  std::map<CycleId, std::int64_t> late_for_a_bank_;  // when a bank was given up first
  bool some_unpaid_ = false;
  bool some_put_in_ = false;
};

}  // namespace

void watch_cycles_end(const play::Watching& parts) {
  const auto law = std::make_shared<CyclesEnd>();
  parts.monitors.add<told::CycleSettled, told::CycleUnwound, told::ObligationEnded, told::NetEntryPosted>(
      law);
  parts.audit.add<RestRows>(kCyclesEnd, {"netting"}, [law](const RestRows& rest, Findings& findings) {
    law->at_rest(rest, findings);
  });
}

}  // namespace ordeal::netting
