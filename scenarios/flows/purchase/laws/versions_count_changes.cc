// I-05: the version of an order grows by one with each change that is committed.
#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

class VersionsCountChanges {
 public:
  explicit VersionsCountChanges(const play::Scenario& scenario) : ordered_(scenario) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) {
    ordered_.on(placed);
    versions_.try_emplace(placed.order, 1);
  }
  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings& findings) {
    const auto known = versions_.find(moved.order);
    if (known == versions_.end()) return;  // I-03
    const std::int64_t before = known->second;
    known.value() = moved.version;
    if (moved.version != before + 1) tell(moved.order, before, moved.version, fact.at_ns, findings);
  }

  void check(const RestRows& rest, Findings& findings) const {
    for (const RestOrder& order : rest.orders) {
      const auto known = versions_.find(order.id);
      if (known != versions_.end() && known->second != order.version)
        tell(order.id, known->second, order.version, rest.world.now_ns, findings);
    }
  }

 private:
  void tell(OrderId order, std::int64_t before, std::int64_t after, std::int64_t at_ns,
            Findings& findings) const {
    findings.add(unsafe(
        kVersionsCountChanges, at_ns, "an order's version did not grow by one with a change",
        ordered_.of(order) + Evidence{{"before", std::to_string(before)}, {"after", std::to_string(after)}}));
  }

  Ordered ordered_;
  tsl::robin_map<OrderId, std::int64_t> versions_;
};

}  // namespace

void watch_versions_count_changes(const play::Watching& parts) {
  const auto monitor = std::make_shared<VersionsCountChanges>(parts.scenario);
  parts.monitors.add<api::facts::OrderPlaced, api::facts::OrderMoved>(monitor);
  parts.audit.add<RestRows>(
      kVersionsCountChanges, {"order"},
      [monitor](const RestRows& rest, Findings& findings) { monitor->check(rest, findings); });
}

}  // namespace ordeal::purchase
