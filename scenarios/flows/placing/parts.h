// What a scenario may say about placing: the things that are there, what points people have, and the people.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/api/placing.h"
#include "core/base/ratio.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"
#include "scenarios/play/span.h"

namespace ordeal::placing {

struct ThingSpec {
  std::string name;
  std::int64_t units = 0;
};

struct Stores {
  std::int64_t points = 0;  // of each customer
  std::vector<ThingSpec> things;
};
// The setting "stores".
struct StoresSetting {
  Stores stores;
};

struct CustomerHabits {
  Ratio double_click = Ratio::zero();
  Ratio no_points = Ratio::zero();
  std::int64_t orders = 1;  // that one places, one after the other
  std::int64_t qty_max = 1;
  std::int64_t points_most = 1;  // of one order; from 1
  Duration think_min{};
  Duration think_max{};
};

struct OrderingSpec {
  std::uint32_t customers = 0;
  play::Span arrive;
  CustomerHabits habits;
};

SkuId sku_id(std::size_t index);
// "mug"; the id of what is none of the scenario.
std::string thing_text(const play::Scenario& scenario, SkuId sku);
// "customer-3"; the id of nobody there.
std::string customer_text(const play::Scenario& scenario, UserId user);
// "mug in the storeroom", "customer-3's points".
std::string pool_text(const play::Scenario& scenario, std::string_view service, PoolId pool);
std::vector<UserId> members_of(const play::Scenario& scenario);
// What is free in the beginning; 0 for what is not there.
std::int64_t first_amount(const play::Scenario& scenario, std::string_view service, PoolId pool);

const play::Shape<StoresSetting>& stores_shape();
const play::Shape<OrderingSpec>& ordering_shape();

// What only the whole scenario shows.
void check_ordering(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

}  // namespace ordeal::placing
