#include "scenarios/flows/placing/laws/rest_rows.h"

#include "core/wire/names.h"
#include "scenarios/flows/placing/parts.h"

namespace ordeal::placing {
namespace {

constexpr env::Sql kOrders{
    "select id, user_id, request_key, fingerprint, sku, qty, points, state, lack from placed_order order by "
    "id"};
constexpr env::Sql kLog{"select order_id, phase from transaction_log order by order_id"};
constexpr env::Sql kDifferences{"select order_id, service, state from difference order by order_id, service"};
constexpr env::Sql kPools{"select id, free, frozen, used from pool order by id"};
constexpr env::Sql kBranches{"select order_id, pool, amount, state from branch order by order_id"};

}  // namespace

RestRows::RestRows(const play::Rest& rest) : world(rest) {
  rest.read("placing", [this](env::Connection& from) {
    for (auto rows = from.query(kOrders); rows.next();) {
      Order o;
      o.id = rows.get<OrderId>(0);
      o.user = rows.get<UserId>(1);
      o.request_key = rows.get<std::string>(2);
      o.fingerprint = static_cast<std::uint64_t>(rows.get<std::int64_t>(3));
      o.sku = rows.get<SkuId>(4);
      o.qty = rows.get<std::int64_t>(5);
      o.points = rows.get<std::int64_t>(6);
      o.state = rows.get<api::PlacedState>(7);
      o.lack = rows.get<api::Lack>(8);
      requests.emplace(std::pair(o.user, o.request_key), o.id);
      orders.emplace(o.id, std::move(o));
    }
    for (auto rows = from.query(kLog); rows.next();) log[rows.get<OrderId>(0)] = rows.get<Phase>(1);
    for (auto rows = from.query(kDifferences); rows.next();)
      differences[{rows.get<OrderId>(0), rows.get<std::string>(1)}] =
          rows.get<api::facts::DifferenceState>(2);
  });
  for (const std::string_view service : {kStoreroom, kLoyalty}) {
    StoreRows& store = stores[std::string(service)];
    rest.read(service, [&store](env::Connection& from) {
      for (auto rows = from.query(kPools); rows.next();)
        store.pools[rows.get<PoolId>(0)] = {rows.get<std::int64_t>(1), rows.get<std::int64_t>(2),
                                            rows.get<std::int64_t>(3)};
      for (auto rows = from.query(kBranches); rows.next();)
        store.branches[rows.get<OrderId>(0)] = {rows.get<PoolId>(1), rows.get<std::int64_t>(2),
                                                rows.get<api::BranchState>(3)};
    });
  }
}

const Order* RestRows::order(OrderId id) const {
  const auto found = orders.find(id);
  return found == orders.end() ? nullptr : &found->second;
}

const Order* RestRows::request(UserId user, const std::string& key) const {
  const auto found = requests.find({user, key});
  return found == requests.end() ? nullptr : order(found->second);
}

play::Evidence about(const play::Scenario& scenario, const Order& order) {
  return {{"order", order.id.text()},
          {"customer", customer_text(scenario, order.user)},
          {"thing", thing_text(scenario, order.sku)},
          {"state", std::string(wire::name_of(order.state))}};
}

}  // namespace ordeal::placing
