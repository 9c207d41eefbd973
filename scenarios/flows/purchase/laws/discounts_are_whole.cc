// I-22: each line of an order is its list price less what rules took off it, and what a rule took off an order is spread over
// its lines by what was still to pay of each, to the minor unit.
#include <algorithm>
#include <map>

#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_discounts.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"
#include "scenarios/flows/purchase/promotions.h"

namespace ordeal::purchase {
namespace {

// The order in which rules take their turns (core/pricing, usual_stacking).
int turn_of(PromotionKind kind) {
  switch (kind) {
    case PromotionKind::price:
    case PromotionKind::rate:
      return 0;
    case PromotionKind::spend_off:
    case PromotionKind::spend_rate:
      return 1;
    case PromotionKind::coupon:
      return 2;
    case PromotionKind::points:
      return 3;
  }
  return 0;
}

class OfOneOrder {
 public:
  OfOneOrder(const RestRows& rest, const RestDiscounts& discounts, const RestOrder& order, Findings& findings)
      : rest_(rest), discounts_(discounts), order_(order), findings_(findings) {}

  void check() {
    for (const RestLine& line : rest_.lines_of(order_.id)) {
      to_pay_[line.sku] = line.unit_price * line.qty;
      const auto prices = discounts_.lines_of(order_.id);
      const auto price = std::find_if(prices.begin(), prices.end(),
                                      [&](const RestLinePrice& one) { return one.sku == line.sku; });
      if (price == prices.end()) return differ("a line of an order has no price", line.sku, 0, 0);
    }
    for (int turn = 0; turn <= 3; ++turn) check_turn(turn);
    for (const RestLinePrice& line : discounts_.lines_of(order_.id)) {
      if (to_pay_[line.sku] != line.pay || line.pay < 0)
        differ("a line is not its list price less what was taken off", line.sku, line.pay, to_pay_[line.sku]);
    }
  }

 private:
  void differ(std::string message, SkuId sku, std::int64_t is, std::int64_t should_be) {
    findings_.add(unsafe(kDiscountsAreWhole, rest_.world.now_ns, std::move(message),
                         rest_.about(order_.id) + Evidence{{"line", rest_.sku(sku)},
                                                           {"is", std::to_string(is)},
                                                           {"should be", std::to_string(should_be)}}));
  }

  void check_turn(int turn) {
    std::map<RuleId, std::vector<const RestDiscount*>> by_rule;
    for (const RestDiscount& discount : discounts_.discounts_of(order_.id)) {
      const PromotionSpec* rule =
          promotion_of(discount.rule, rest_.world.scenario().setting<PromotionsSpec>());
      if (rule == nullptr) {
        if (turn == 0) differ("a discount is of a rule that there is not", discount.sku, discount.off, 0);
      } else if (turn_of(rule->kind) == turn) {
        by_rule[discount.rule].push_back(&discount);
      }
    }
    for (const auto& [rule, parts] : by_rule) {
      if (turn > 0) check_shares(parts);
      for (const RestDiscount* part : parts) to_pay_[part->sku] -= part->off;
    }
  }

  // Each line's part is within a minor unit of its share.
  void check_shares(const std::vector<const RestDiscount*>& parts) {
    std::int64_t basis = 0;
    std::int64_t off = 0;
    for (const auto& [sku, left] : to_pay_) basis += left;
    for (const RestDiscount* part : parts) off += part->off;
    for (const auto& [sku, left] : to_pay_) {
      const auto part = std::find_if(parts.begin(), parts.end(),
                                     [&, line = sku](const RestDiscount* one) { return one->sku == line; });
      const std::int64_t got = part == parts.end() ? 0 : (*part)->off;
      if (std::abs(got * basis - off * left) >= std::max<std::int64_t>(basis, 1))
        differ("a discount is not spread over its lines by their shares", sku, got,
               basis == 0 ? 0 : off * left / basis);
    }
  }

  const RestRows& rest_;
  const RestDiscounts& discounts_;
  const RestOrder& order_;
  Findings& findings_;
  std::map<SkuId, std::int64_t> to_pay_;
};

void check(const RestRows& rest, Findings& findings) {
  const RestDiscounts& discounts = rest.world.rows<RestDiscounts>();
  if (!rest.world.scenario().setting<PromotionsSpec>().any()) return;
  for (const RestOrder& order : rest.orders) {
    if (discounts.price(order.id) == nullptr) {
      findings.add(
          unsafe(kDiscountsAreWhole, rest.world.now_ns, "an order has no price", rest.about(order.id)));
      continue;
    }
    OfOneOrder(rest, discounts, order, findings).check();
  }
}

}  // namespace

void watch_discounts_are_whole(const play::Watching& parts) {
  parts.audit.add<RestRows>(kDiscountsAreWhole, {"order", "promotion"}, &check);
}

}  // namespace ordeal::purchase
