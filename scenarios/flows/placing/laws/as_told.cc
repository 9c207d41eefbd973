// I-92: the reference model (model/reference.h) and the system agree on all that can be observed. Here is only what turns books and rows
// into what the model is told.
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "scenarios/flows/placing/laws/laws.h"
#include "scenarios/flows/placing/laws/rest_rows.h"
#include "scenarios/flows/placing/model/reference.h"
#include "scenarios/flows/placing/parts.h"

namespace ordeal::placing {
namespace {

using api::PlacedState;
using api::PlacingStatus;
using play::Findings;

model::What what_of(std::string_view service, PoolId pool) {
  return service == kStoreroom ? model::What{{pool.value}, {}} : model::What{{}, {pool.value}};
}
std::string what_text(const play::Scenario& scenario, const model::What& what) {
  return what.first ? pool_text(scenario, kStoreroom, pool_of(what.first))
                    : pool_text(scenario, kLoyalty, pool_of(what.second));
}

model::Outside outside(const RestRows& rest) {
  model::Outside out;
  const play::Scenario& scenario = rest.world.scenario();
  const Stores& stores = scenario.setting<StoresSetting>().stores;
  for (std::size_t i = 0; i < stores.things.size(); ++i) out.before[{sku_id(i), {}}] = stores.things[i].units;
  for (const UserId user : members_of(scenario)) out.before[{{}, user}] = stores.points;
  std::map<std::tuple<UserId, std::string, SkuId, std::int64_t, std::int64_t>, std::size_t> known;
  for (const Asked& asked : rest.diary()->asked) {
    // What was refused, or was another request's key, is no wish that could become an order.
    if (asked.answered_ns && asked.reply.status != PlacingStatus::order &&
        asked.reply.status != PlacingStatus::unknown)
      continue;
    const api::Place& r = asked.request;
    const auto [at, is_new] =
        known.try_emplace({r.user, r.request_key, r.sku, r.qty, r.points}, out.wishes.size());
    if (is_new) out.wishes.push_back({asked.request});
    model::Wish& wish = out.wishes[at->second];
    const bool heard = asked.answered_ns && asked.reply.status == PlacingStatus::order;
    wish.told_placed |= heard && asked.reply.state == PlacedState::placed;
    wish.told_no |= heard && asked.reply.state == PlacedState::rejected;
  }
  out.calm = rest.world.undisturbed_at({});
  return out;
}

model::Inside inside(const RestRows& rest) {
  model::Inside in;
  for (const auto& [id, o] : rest.orders)
    in.orders.push_back({o.user, o.request_key, o.sku, o.qty, o.points, o.state == PlacedState::placed});
  for (const auto& [service, store] : rest.stores) {
    for (const auto& [id, pool] : store.pools)
      in.pools[what_of(service, id)] = {pool.free, pool.frozen, pool.used};
  }
  return in;
}

void check(const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr || !rest.world.settled) return;
  const play::Scenario& scenario = rest.world.scenario();
  for (const model::Difference& one : model::differences(outside(rest), inside(rest))) {
    play::Evidence evidence{{"of", what_text(scenario, one.what)}};
    if (one.user) evidence.emplace_back("customer", customer_text(scenario, one.user));
    evidence.emplace_back("expected", std::to_string(one.expected));
    evidence.emplace_back("found", std::to_string(one.found));
    findings.add(play::unsafe(kPlacingsAreAsTold, rest.world.now_ns, one.sentence, std::move(evidence)));
  }
}

}  // namespace

void watch_placings_are_as_told(const play::Watching& parts) {
  parts.audit.add<RestRows>(kPlacingsAreAsTold, {"placing", "storeroom", "loyalty"}, &check);
}

}  // namespace ordeal::placing
