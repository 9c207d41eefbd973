#include "scenarios/flows/placing/parts.h"

#include "core/placing/orders.h"
#include "core/placing/service.h"
#include "scenarios/play/actor.h"

namespace ordeal::placing {

using play::ObjectReader;
using play::Place;
using play::Shape;

namespace {

constexpr std::int64_t kMaxCustomers = 5'000;
constexpr std::int64_t kMostUnits = 1'000'000;

void each_thing_once(const Stores& stores, const ObjectReader& in) {
  const Place list = in.place().key("things");
  for (std::size_t i = 0; i < stores.things.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (stores.things[j].name == stores.things[i].name)
        list.item(i).key("thing").fail("each thing once", "\"" + stores.things[i].name + "\" a second time");
    }
  }
}

const Shape<ThingSpec>& thing_shape() {
  static const Shape<ThingSpec> shape = [] {
    Shape<ThingSpec> s;
    s.text("thing", &ThingSpec::name, "what people call it");
    s.integer("units", &ThingSpec::units, 1, kMostUnits, "that the storeroom has");
    return s;
  }();
  return shape;
}

const Shape<Stores>& inner_stores_shape() {
  static const Shape<Stores> shape = [] {
    Shape<Stores> s;
    s.integer("points", &Stores::points, 0, kPointsMost, "that each customer has");
    s.list("things", &Stores::things, thing_shape(), 1, "what the storeroom has").may_get_smaller();
    s.check(each_thing_once);
    return s;
  }();
  return shape;
}

const Shape<CustomerHabits>& habits_shape() {
  using H = CustomerHabits;
  static const Shape<H> shape = [] {
    Shape<H> s;
    s.chance("double_click", &H::double_click, "send the same request twice at once")
        .optional()
        .may_get_smaller();
    s.chance("no_points", &H::no_points, "place an order without points").optional().may_get_smaller();
    s.integer("orders", &H::orders, 1, 20, "that one customer places, one after the other")
        .optional()
        .may_get_smaller(1);
    s.integer("qty_max", &H::qty_max, 1, kQtyMost, "units of one order").optional().may_get_smaller(1);
    s.integer("points_most", &H::points_most, 1, kPointsMost, "points of one order, from 1")
        .optional()
        .may_get_smaller(1);
    s.span("think", &H::think_min, &H::think_max, "between two orders").optional().may_get_smaller();
    return s;
  }();
  return shape;
}

}  // namespace

SkuId sku_id(std::size_t index) { return {static_cast<std::int64_t>(index) + 1}; }

std::string thing_text(const play::Scenario& scenario, SkuId sku) {
  const auto& things = scenario.setting<StoresSetting>().stores.things;
  const auto index = static_cast<std::size_t>(sku.value - 1);
  return sku.value >= 1 && index < things.size() ? things[index].name : sku.text();
}

std::string customer_text(const play::Scenario& scenario, UserId user) {
  const auto actor = play::actor_with_id(scenario, user.value);
  return actor ? play::actor_name(scenario, *actor) : user.text();
}

std::string pool_text(const play::Scenario& scenario, std::string_view service, PoolId pool) {
  if (service == kStoreroom) return "the stock of " + thing_text(scenario, {pool.value});
  return customer_text(scenario, {pool.value}) + "'s points";
}

std::vector<UserId> members_of(const play::Scenario& scenario) {
  std::vector<UserId> all;
  for (const play::Actor& actor : play::all_actors(scenario))
    all.push_back({play::Crowd(scenario, actor.workload, {}, {}).id_of(actor)});
  return all;
}

std::int64_t first_amount(const play::Scenario& scenario, std::string_view service, PoolId pool) {
  const Stores& stores = scenario.setting<StoresSetting>().stores;
  if (service != kStoreroom) return play::actor_with_id(scenario, pool.value) ? stores.points : 0;
  const auto index = static_cast<std::size_t>(pool.value - 1);
  return pool.value >= 1 && index < stores.things.size() ? stores.things[index].units : 0;
}

const Shape<StoresSetting>& stores_shape() {
  static const Shape<StoresSetting> shape = [] {
    Shape<StoresSetting> s;
    s.object("stores", &StoresSetting::stores, inner_stores_shape(), "what can be ordered, and with what");
    return s;
  }();
  return shape;
}

const Shape<OrderingSpec>& ordering_shape() {
  using O = OrderingSpec;
  static const Shape<O> shape = [] {
    Shape<O> s;
    s.integer("customers", &O::customers, 1, kMaxCustomers, "how many come");
    s.object("arrive", &O::arrive, play::span_shape(), "when they come, uniformly");
    s.object("habits", &O::habits, habits_shape(), "what they do");
    return s;
  }();
  return shape;
}

void check_ordering(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& work = part.as<OrderingSpec>();
  if (scenario.setting<StoresSetting>().stores.things.empty())
    place.fail("something to order: the key \"stores\" of the scenario", "none");
  play::within_the_storm(work.arrive, scenario, place.key("arrive"));
}

}  // namespace ordeal::placing
