#include "scenarios/flows/marketplace/parts.h"

#include <string>

#include "faults/text.h"

namespace ordeal::marketplace {

using play::Shape;

namespace {

constexpr std::int64_t kMaxActors = 10'000;

const Shape<Sharding>& inner_shape() {
  static const Shape<Sharding> shape = [] {
    Shape<Sharding> s;
    s.integer("shards", &Sharding::shards, 1, sharding::kMostShards, "how many there are, from shard-1");
    s.integer("then", &Sharding::then, 1, sharding::kMostShards, "how many there will be").optional();
    s.duration("at", &Sharding::at, "when buckets begin to move, since the start").optional();
    s.duration("back", &Sharding::back, "when they begin to move back, since the start").optional();
    return s;
  }();
  return shape;
}

void check_times(Duration until, const play::Scenario& scenario, const play::Place& place) {
  if (until.ns != 0 && until <= scenario.storm) return;
  place.key("until").fail("longer than nothing and at most the storm, " + faults::text(scenario.storm),
                          "\"" + faults::text(until) + "\"");
}

}  // namespace

const Shape<ShardingSetting>& sharding_shape() {
  static const Shape<ShardingSetting> shape = [] {
    Shape<ShardingSetting> s;
    s.object("sharding", &ShardingSetting::sharding, inner_shape(), "on how many shards orders lie");
    return s;
  }();
  return shape;
}

const Shape<BuyingSpec>& buying_shape() {
  using B = BuyingSpec;
  static const Shape<B> shape = [] {
    Shape<B> s;
    s.integer("buyers", &B::buyers, 1, kMaxActors, "how many come");
    s.duration("from", &B::from, "all come after this").optional();
    s.duration("until", &B::until, "all come before this");
    s.span("think", &B::think_min, &B::think_max, "between one thing that a buyer does and the next")
        .may_get_smaller();
    s.chance("gives_up", &B::gives_up, "cancel instead of paying").optional().may_get_smaller();
    s.chance("double_click", &B::double_click, "order twice at once").optional().may_get_smaller();
    s.chance("comes_back", &B::comes_back, "order something else later").optional().may_get_smaller();
    return s;
  }();
  return shape;
}

const Shape<DeskSpec>& desk_shape() {
  using D = DeskSpec;
  static const Shape<D> shape = [] {
    Shape<D> s;
    s.integer("sellers", &D::sellers, 1, kMaxActors, "how many sellers there are");
    s.duration("every", &D::every, "between two looks at their orders");
    s.duration("until", &D::until, "the regular looks end then; there is one more when all is quiet");
    return s;
  }();
  return shape;
}

void check_sharding(const play::Part& part, const play::Scenario& scenario, const play::Place& at) {
  const Sharding& sharding = part.as<ShardingSetting>().sharding;
  if (sharding.then != 0 && sharding.then <= sharding.shards)
    at.key("then").fail("more than there are, " + std::to_string(sharding.shards),
                        std::to_string(sharding.then));
  if (sharding.then != 0 && (sharding.at.ns == 0 || sharding.at >= scenario.storm))
    at.key("at").fail("longer than nothing and within the storm, " + faults::text(scenario.storm),
                      "\"" + faults::text(sharding.at) + "\"");
  if (sharding.back.ns != 0 && sharding.then == 0)
    at.key("back").fail("shards to come back from: the key \"then\"", "none");
  if (sharding.back.ns != 0 && (sharding.back <= sharding.at || sharding.back >= scenario.storm))
    at.key("back").fail("after \"at\", " + faults::text(sharding.at) + ", and within the storm, " +
                            faults::text(scenario.storm),
                        "\"" + faults::text(sharding.back) + "\"");
  for (std::int64_t shard = 1; shard <= plan_of(scenario).at_most(); ++shard) {
    const std::string service(sharding::service_of(shard));
    if (!scenario.has_service(service)) at.fail("a host that runs \"" + service + "\"", "none");
  }
}

void check_buying(const play::Part& part, const play::Scenario& scenario, const play::Place& place) {
  const auto& work = part.as<BuyingSpec>();
  check_times(work.until, scenario, place);
  if (work.from >= work.until)
    place.key("from").fail("before \"until\", " + faults::text(work.until),
                           "\"" + faults::text(work.from) + "\"");
  if (scenario.setting<ShardingSetting>().sharding.shards == 0)
    place.fail("shards for its orders: the key \"sharding\" of the scenario", "none");
  if (sellers_of(scenario) == 0) place.fail("somebody to buy from: a workload of kind \"desk\"", "none");
}

void check_desk(const play::Part& part, const play::Scenario& scenario, const play::Place& place) {
  const auto& work = part.as<DeskSpec>();
  check_times(work.until, scenario, place);
  if (work.every.ns == 0) place.key("every").fail("longer than nothing", "\"0s\"");
}

std::int64_t sellers_of(const play::Scenario& scenario) {
  std::int64_t sellers = 0;
  for (const play::Part& part : scenario.workloads) {
    if (const auto* desk = part.get_if<DeskSpec>()) sellers += desk->sellers;
  }
  return sellers;
}

sharding::Plan plan_of(const play::Scenario& scenario) {
  const Sharding& s = scenario.setting<ShardingSetting>().sharding;
  sharding::Plan plan{s.shards, s.then, scenario.start + s.at};
  if (s.back.ns != 0) plan.back = scenario.start + s.back;
  return plan;
}

}  // namespace ordeal::marketplace
