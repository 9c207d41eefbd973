#include "core/pricing/rulebook.h"

#include <algorithm>
#include <set>

#include "core/base/check.h"
#include "core/pricing/gift.h"

namespace ordeal::pricing {
namespace {

using Problem = std::optional<RuleProblem>;

template <class T>
void sort(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
}

Problem wrong_with(const Stacking& stacking) {
  const RuleProblem wrong{RuleFault::stacking, {}};
  std::set<Group> before;
  for (const Step& step : stacking.steps) {
    if (static_cast<std::size_t>(step.group) >= kGroups || before.contains(step.group)) return wrong;
    for (const Group other : step.not_with) {
      if (!before.contains(other) || other == Group::freight) return wrong;
    }
    before.insert(step.group);
  }
  if (!before.contains(Group::freight)) return wrong;
  return {};
}

std::optional<RuleFault> wrong_with(const FreightRow& row, Currency currency) {
  for (const Money amount : {row.first_fee, row.next_fee, row.free_from.value_or(row.first_fee)}) {
    if (amount.currency != currency) return RuleFault::currency;
    if (!amount.is_price()) return RuleFault::amount;
  }
  if (row.first < 0 || row.next < 1) return RuleFault::freight_step;
  if (row.regions.empty()) return RuleFault::rows;
  return {};
}

std::optional<RuleFault> wrong_with(const FreightTemplate& form, Currency currency) {
  if (form.rows.empty()) return RuleFault::rows;
  std::set<std::string> regions;
  for (const FreightRow& row : form.rows) {
    if (const auto fault = wrong_with(row, currency)) return fault;
    for (const std::string& region : row.regions) {
      if (!regions.insert(region).second) return RuleFault::rows;
    }
  }
  return {};
}

}  // namespace

Stacking usual_stacking() {
  return {{{Group::item_price},
           {Group::member_level},
           {Group::shop_offer},
           {Group::platform_offer},
           {Group::item_coupon},
           {Group::shop_coupon},
           {Group::cross_coupon},
           {Group::freight},
           {Group::points, Pick::all}}};
}

Result<Rulebook, RuleProblem> Rulebook::make(std::int64_t version, Currency currency, std::vector<Rule> rules,
                                             std::vector<FreightTemplate> freight, Stacking stacking) {
  if (const Problem wrong = wrong_with(stacking)) return Err{*wrong};
  Rulebook book;
  book.version_ = version;
  book.currency_ = currency;
  for (Step& step : stacking.steps) book.turns_.push_back({std::move(step), {}});

  std::set<RuleId> ids;
  std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
  for (Rule& rule : rules) {
    if (!rule.id || !ids.insert(rule.id).second) return Err{RuleProblem{RuleFault::id, rule.id}};
    const auto turn = std::find_if(book.turns_.begin(), book.turns_.end(),
                                   [&](const Turn& one) { return one.step.group == rule.group; });
    if (turn == book.turns_.end() || rule.group == Group::freight)
      return Err{RuleProblem{RuleFault::group, rule.id}};
    if (const auto fault = fault_of(rule, currency)) return Err{RuleProblem{*fault, rule.id}};
    sort(rule.scope.shops);
    sort(rule.scope.spus);
    sort(rule.scope.skus);
    turn->rules.push_back(std::move(rule));
  }

  std::sort(freight.begin(), freight.end(),
            [](const auto& a, const auto& b) { return std::pair(a.shop, a.id) < std::pair(b.shop, b.id); });
  for (const FreightTemplate& form : freight) {
    if (!form.id || !ids.insert(form.id).second) return Err{RuleProblem{RuleFault::id, form.id}};
    if (&form != &freight.front() && (&form - 1)->shop == form.shop)
      return Err{RuleProblem{RuleFault::shop_twice, form.id}};
    if (const auto fault = wrong_with(form, currency)) return Err{RuleProblem{*fault, form.id}};
  }
  book.freight_ = std::move(freight);
  return book;
}

const FreightTemplate* Rulebook::freight_of(MerchantId shop) const {
  const auto at =
      std::lower_bound(freight_.begin(), freight_.end(), shop,
                       [](const FreightTemplate& form, MerchantId wanted) { return form.shop < wanted; });
  return at != freight_.end() && at->shop == shop ? &*at : nullptr;
}

bool Rulebook::takes_coupons(RuleId rule) const {
  return std::any_of(turns_.begin(), turns_.end(), [&](const Turn& turn) {
    return std::any_of(turn.rules.begin(), turn.rules.end(),
                       [&](const Rule& one) { return one.id == rule && one.by_coupon; });
  });
}

}  // namespace ordeal::pricing
