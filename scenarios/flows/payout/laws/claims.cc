// I-83: who claims a code comes before it is over.
// I-81: a quota is of the day on which it is used: what pays, or goes on to pay from another account, is occupied on that day.
#include <memory>
#include <set>

#include "scenarios/flows/payout/laws/laws.h"
#include "scenarios/flows/payout/laws/rest_rows.h"
#include "scenarios/flows/payout/laws/watched.h"
#include "scenarios/flows/payout/parts.h"

namespace ordeal::payout {
namespace {

using namespace ordeal::literals;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

// The day is read before the quota row is waited for; midnight may pass in between.
constexpr Duration kWaited = 1_min;

class Claims {
 public:
  explicit Claims(const play::Scenario& scenario) : scenario_(scenario), watched_(scenario) {}

  void on(const told::PayoutMade& made, const Fact&, Findings&) { made_.try_emplace(made.payout, made); }
  void on(const told::PayoutClaimed& claimed, const Fact& fact, Findings&) {
    claimed_ns_.try_emplace(claimed.payout, fact.at_ns);
    if (const Watched::Held* held = watched_.of_payout(claimed.payout))
      used_.push_back({held->what, fact.at_ns});
  }
  // Of one that is claimed already, or in the same transaction, in which the claim is told first.
  void on(const told::QuotaOccupied& occupied, const Fact& fact, Findings&) {
    watched_.on(occupied, fact);
    if (claimed_ns_.contains(occupied.payout)) used_.push_back({occupied, fact.at_ns});
  }
  void on(const told::QuotaReleased& released, const Fact& fact, Findings&) { watched_.on(released, fact); }

  // A clock that is wrong has another day and another end.
  void at_rest(const RestRows& rest, Findings& findings) const {
    if (!rest.world.machines_ran()) return;
    for (const Used& one : used_) {
      const std::int64_t day = day_at(one.at_ns);
      if (one.what.day == day || one.what.day == day_at(one.at_ns - kWaited.ns)) continue;
      Evidence evidence = about_claim(one.what.payout, one.at_ns);
      evidence.emplace_back("account", account_text(scenario_, one.what.account));
      evidence.emplace_back("day", day_text(one.what.day));
      findings.add(play::unsafe(kClaimsAreOfTheirDay, one.at_ns,
                                "a payout was to be paid from another day's quota", std::move(evidence)));
    }
    if (rest.diary() == nullptr) return;
    std::set<PayoutId> in_time;
    for (const auto& said : rest.diary()->claimed) {
      const auto made = made_.find(said.request.payout);
      if (made != made_.end() && scenario_.start + Duration{said.asked_ns} < made->second.expires)
        in_time.insert(said.request.payout);
    }
    for (const auto& [payout, at_ns] : claimed_ns_) {
      if (in_time.contains(payout)) continue;
      findings.add(play::unsafe(kClaimsAreOfTheirDay, at_ns, "a code that was over was claimed",
                                about_claim(payout, at_ns)));
    }
  }

 private:
  struct Used {
    told::QuotaOccupied what{};
    std::int64_t at_ns = 0;
  };
  std::int64_t day_at(std::int64_t at_ns) const {
    return api::business_day(scenario_.start + Duration{at_ns});
  }
  Evidence about_claim(PayoutId payout, std::int64_t at_ns) const {
    const auto made = made_.find(payout);
    return {{"payout", payout.text()},
            {"payee", made == made_.end() ? "nobody" : payee_text(scenario_, made->second.user)},
            {"at", play::when(at_ns)}};
  }

  const play::Scenario& scenario_;
  Watched watched_;
  std::map<PayoutId, told::PayoutMade> made_;
  std::map<PayoutId, std::int64_t> claimed_ns_;
  std::vector<Used> used_;
};

}  // namespace

void watch_claims_are_of_their_day(const play::Watching& parts) {
  const auto monitor = std::make_shared<Claims>(parts.scenario);
  parts.monitors.add<told::PayoutMade, told::PayoutClaimed, told::QuotaOccupied, told::QuotaReleased>(
      monitor);
  parts.audit.add<RestRows>(
      kClaimsAreOfTheirDay, {"payout"},
      [monitor](const RestRows& rest, Findings& findings) { monitor->at_rest(rest, findings); });
}

}  // namespace ordeal::payout
