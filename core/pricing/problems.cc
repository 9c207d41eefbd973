// The sentences of problems: what is wrong, where, and what was expected.
#include "core/base/check.h"
#include "core/pricing/basket.h"
#include "core/pricing/rulebook.h"

namespace ordeal::pricing {
namespace {

std::string expected(BasketFault fault) {
  switch (fault) {
    case BasketFault::empty:
      return "no lines: expected at least one";
    case BasketFault::too_many_lines:
      return "too many lines: expected at most " + std::to_string(kMaxLines);
    case BasketFault::units:
      return "units: expected 1 to " + std::to_string(kMaxUnits);
    case BasketFault::unit_price:
      return "unit price: expected 0 to " + std::to_string(Money::kMaxMinor) + " minor units";
    case BasketFault::size:
      return "grams, cm3 and stock: expected none below 0, and no unit above " + std::to_string(kMaxSize);
    case BasketFault::currency:
      return "currency: expected that of the rules, for every line";
    case BasketFault::contradiction:
      return "two lines of one sku: expected them to differ in their units alone";
    case BasketFault::points:
      return "points: expected 0 to " + std::to_string(kMaxPoints);
    case BasketFault::coupon_twice:
      return "used twice: expected each coupon once";
    case BasketFault::coupon_unknown:
      return "issued under no rule in force: expected one that takes coupons";
    case BasketFault::no_template:
      return "no freight template: expected one for each shop that delivers";
    case BasketFault::not_delivered:
      return "does not deliver there: expected a row of its template that fits";
    case BasketFault::total:
      return "total: expected at most " + std::to_string(Money::kMaxMinor) + " minor units";
  }
  check_failed(__FILE__, __LINE__, "a known fault");
}

std::string expected(RuleFault fault) {
  switch (fault) {
    case RuleFault::id:
      return "id: expected one that no other rule or template has";
    case RuleFault::group:
      return "group: expected one of the stacking that takes rules";
    case RuleFault::span:
      return "span: expected line for a price of a unit";
    case RuleFault::currency:
      return "currency: expected that of the rulebook";
    case RuleFault::rate:
      return "rate: expected a share from 0 to 1 with a denominator of at most " +
             std::to_string(kMaxDenominator);
    case RuleFault::amount:
      return "amount: expected a price, and something that is given";
    case RuleFault::gives_too_much:
      return "gives more than it asks to be spent: expected off at most spend";
    case RuleFault::bound:
      return "level, stock, times or points: expected at least 1";
    case RuleFault::shop_twice:
      return "a second freight template of a shop: expected one";
    case RuleFault::rows:
      return "freight rows: expected at least one, each with regions of its own";
    case RuleFault::freight_step:
      return "freight step: expected first at least 0 and next at least 1";
    case RuleFault::stacking:
      return "stacking: expected each group once, freight among them, and not_with to name earlier groups";
  }
  check_failed(__FILE__, __LINE__, "a known fault");
}

}  // namespace

std::string BasketProblem::text() const {
  std::string where;
  if (sku) where += sku.text() + ": ";
  if (coupon) where += coupon.text() + ": ";
  if (shop) where += shop.text() + ": ";
  return where + expected(fault);
}

std::string RuleProblem::text() const {
  return (rule ? rule.text() + ": " : std::string()) + expected(fault);
}

}  // namespace ordeal::pricing
