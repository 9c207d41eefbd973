#include "scenarios/flows/purchase/laws/evidence.h"

#include <iterator>

#include <fmt/format.h>

#include "core/wire/names.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/play/actor.h"

namespace ordeal::purchase {

std::string sku_text(const play::Scenario& scenario, SkuId sku) {
  const auto& skus = scenario.setting<Catalogue>().skus;
  const auto index = static_cast<std::size_t>(sku.value - 1);
  return index < skus.size() ? skus[index].name : sku.text();
}

std::string user_text(const play::Scenario& scenario, UserId user) {
  const auto actor = play::actor_with_id(scenario, user.value);
  return actor ? play::actor_name(scenario, *actor) : user.text();
}

std::string Ordered::buyer(OrderId order) const {
  const auto known = orders_.find(order);
  return known == orders_.end() ? "nobody known" : user_text(scenario_, known->second.user);
}

Evidence Ordered::of(OrderId order) const {
  const auto known = orders_.find(order);
  Evidence rows{{"order", order.text()}};
  if (known == orders_.end()) return rows;
  rows.emplace_back("buyer", user_text(scenario_, known->second.user));
  rows.emplace_back("total", known->second.total.text());
  return rows;
}

Evidence operator+(Evidence first, Evidence more) {
  first.insert(first.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return first;
}

std::string state_text(api::OrderState state) { return std::string(wire::name_of(state)); }

std::string move_text(api::OrderState from, api::OrderState to, std::int64_t version, std::int64_t at_ns) {
  return fmt::format("{} → {}, version {}, at {}", wire::name_of(from), wire::name_of(to), version,
                     when(at_ns));
}

std::string amount_text(std::int64_t minor, Currency currency) { return Money{minor, currency}.text(); }

std::string against(std::int64_t counter, std::int64_t sum) {
  return std::to_string(counter) + (counter == sum ? "" : ", should be " + std::to_string(sum));
}

}  // namespace ordeal::purchase
