// What a scenario may say about a marketplace: its shards, the buyers, the sellers at their desks.
#pragma once

#include <cstdint>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "core/sharding/map.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"

namespace ordeal::marketplace {

struct Sharding {
  std::int64_t shards = 0;
  std::int64_t then = 0;  // 0: it stays so
  Duration at{};          // since the start
  Duration back{};        // since the start; zero: never
};

// The setting "sharding".
struct ShardingSetting {
  Sharding sharding;
};
sharding::Plan plan_of(const play::Scenario& scenario);

struct BuyingSpec {
  std::uint32_t buyers = 0;
  Duration from{};
  Duration until{};  // all come in between, uniformly
  Duration think_min{};
  Duration think_max{};                // between one thing that a buyer does and the next
  Ratio gives_up = Ratio::zero();      // cancel instead of paying
  Ratio double_click = Ratio::zero();  // order twice at once
  Ratio comes_back = Ratio::zero();    // order again later, something else
};

struct DeskSpec {
  std::uint32_t sellers = 0;
  Duration every{};  // between two looks
  Duration until{};  // the last look but one is before this
};

const play::Shape<ShardingSetting>& sharding_shape();
const play::Shape<BuyingSpec>& buying_shape();
const play::Shape<DeskSpec>& desk_shape();

// What only the whole scenario shows.
void check_sharding(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_buying(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_desk(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

// How many sellers there are to buy from: numbered from 1.
std::int64_t sellers_of(const play::Scenario& scenario);

}  // namespace ordeal::marketplace
